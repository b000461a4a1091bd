package io.tollgate.route;

import java.time.Clock;
import java.util.List;
import java.util.Set;

import io.tollgate.announcement.Announcements;
import io.tollgate.audit.AuditTrail;
import io.tollgate.audit.CurrentActor;
import io.tollgate.extension.Extensions;
import io.tollgate.extension.Groups;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.RestrictionLists;
import io.tollgate.support.RealPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/** Routes and trunks on both databases, in real transactions. */
@DataJpaTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Import({ Routes.class, Announcements.class, Groups.class, Extensions.class, RestrictionLists.class, AuditTrail.class,
		CurrentActor.class, RoutesTests.Beans.class })
abstract class RoutesTests {

	@Autowired
	Routes routes;

	@Autowired
	PbxRegistry registry;

	@Autowired
	JdbcTemplate jdbc;

	private long pbx;

	@BeforeEach
	void makePbx() {
		this.jdbc.update("""
				insert into pbx (name, host, port, tls, ami_user, secret, policy_id, created_at)
				select 'Monterrey plant', 'mty', 5038, false, 'tollgate', ?, min(id), current_timestamp from policy""",
				new byte[] { 1 });
		this.pbx = this.jdbc.queryForObject("select max(id) from pbx", Long.class);
	}

	@AfterEach
	void clear() {
		this.jdbc.update("delete from pbx");
		this.jdbc.update("delete from audit_event");
	}

	private long revision() {
		return this.registry.find(this.pbx).orElseThrow().revision();
	}

	private List<String> trail() {
		return this.jdbc.queryForList("""
				select action || ' | ' || object_name || ' | ' || coalesce(before_text, '-') || ' | '
				|| coalesce(after_text, '-') from audit_event order by id""", String.class);
	}

	@Test
	void readsTrunksAndNotesWhatChanged() {
		var first = this.routes.discovered(this.pbx, Set.of("carrier", "backup", "odd name"));
		assertThat(first.added()).containsExactly("backup", "carrier");
		assertThat(first.unusable()).containsExactly("odd name");
		assertThat(this.routes.trunks(this.pbx)).containsExactly("backup", "carrier");
		assertThat(revision()).isEqualTo(1);
		var same = this.routes.discovered(this.pbx, Set.of("carrier", "backup", "odd name"));
		assertThat(same.added()).isEmpty();
		assertThat(same.vanished()).isEmpty();
		assertThat(revision()).as("nothing changed").isEqualTo(1);
		var less = this.routes.discovered(this.pbx, Set.of("carrier"));
		assertThat(less.vanished()).containsExactly("backup");
		assertThat(this.routes.trunks(this.pbx)).containsExactly("carrier");
		var again = this.routes.discovered(this.pbx, Set.of("carrier", "backup"));
		assertThat(again.added()).containsExactly("backup");
		assertThat(revision()).isEqualTo(3);
		assertThat(trail()).containsExactly("trunk.discovered | Monterrey plant | - | backup, carrier",
				"trunk.discovered | Monterrey plant | backup | -", "trunk.discovered | Monterrey plant | - | backup");
	}

	@Test
	void savesTheRouteInOrder() {
		this.routes.discovered(this.pbx, Set.of("carrier"));
		assertThat(this.routes.first(this.pbx)).isEqualTo(new FirstRoute(null, List.of()));
		var result = this.routes.saveFirst(this.pbx, new FirstRoute("carrier", List.of("_NXXXXXX", "00zxxxx!", "911")));
		assertThat(result).isEqualTo(new SaveResult.Saved(true));
		assertThat(this.routes.first(this.pbx))
			.isEqualTo(new FirstRoute("carrier", List.of("NXXXXXX", "00ZXXXX!", "911")));
		assertThat(revision()).isEqualTo(2);
		assertThat(this.routes.saveFirst(this.pbx, new FirstRoute("carrier", List.of("NXXXXXX", "00ZXXXX!", "911"))))
			.isEqualTo(new SaveResult.Saved(false));
		assertThat(revision()).isEqualTo(2);
		this.routes.saveFirst(this.pbx, new FirstRoute("carrier", List.of("911", "NXXXXXX")));
		assertThat(this.routes.first(this.pbx).patterns()).containsExactly("911", "NXXXXXX");
		assertThat(trail().getLast())
			.isEqualTo("route.changed | Monterrey plant | Outbound, trunk carrier, NXXXXXX 00ZXXXX! 911"
					+ " | Outbound, trunk carrier, 911 NXXXXXX");
	}

	@Test
	void refusesWithoutATrace() {
		var result = this.routes.saveFirst(this.pbx, new FirstRoute("carrier", List.of("X.", "NXX")));
		assertThat(result).isInstanceOfSatisfying(SaveResult.Refused.class,
				(refused) -> assertThat(refused.problems()).extracting(RouteProblem::code)
					.containsExactly("no-such-trunk", "catch-all"));
		assertThat(this.routes.first(this.pbx)).isEqualTo(new FirstRoute(null, List.of()));
		assertThat(revision()).isZero();
		assertThat(trail()).isEmpty();
	}

	@Test
	void takesBackARouteWhoseTrunkIsGone() {
		this.routes.restore(this.pbx, List.of(new FirstRoute("gone", List.of("NXXXXXX")).toRoute()));
		assertThat(this.routes.first(this.pbx)).isEqualTo(new FirstRoute("gone", List.of("NXXXXXX")));
		assertThat(trail())
			.containsExactly("route.restored | Monterrey plant | no routes | Outbound, trunk gone, NXXXXXX");
		assertThat(this.routes.problems(this.pbx, this.routes.list(this.pbx).getFirst().id(),
				this.routes.first(this.pbx).toRoute()))
			.extracting(RouteProblem::code)
			.containsExactly("no-such-trunk");
	}

	@TestConfiguration(proxyBeanMethods = false)
	@ComponentScan(basePackageClasses = PbxRegistry.class,
			excludeFilters = @ComponentScan.Filter(TestConfiguration.class))
	static class Beans {

		@Bean
		Clock clock() {
			return Clock.systemUTC();
		}

	}

}

@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:routes;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
		+ "DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000;DB_CLOSE_DELAY=-1")
class RoutesH2Tests extends RoutesTests {

}

@Import(RealPostgres.class)
class RoutesPostgresIT extends RoutesTests {

}
