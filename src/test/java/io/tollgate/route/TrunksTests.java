package io.tollgate.route;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.announcement.Announcements;
import io.tollgate.audit.AuditForTests;
import io.tollgate.extension.Discovered;
import io.tollgate.extension.Extensions;
import io.tollgate.extension.Groups;
import io.tollgate.keys.Keys;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pin.PinLists;
import io.tollgate.policy.PolicyScope;
import io.tollgate.policy.RestrictionLists;
import io.tollgate.route.Trunk.Reading;
import io.tollgate.route.TrunkAnswer.Changed;
import io.tollgate.route.TrunkAnswer.Found;
import io.tollgate.route.TrunkAnswer.Gone;
import io.tollgate.route.TrunkAnswer.InUse;
import io.tollgate.route.TrunkAnswer.Refused;
import io.tollgate.route.TrunkAnswer.Unchanged;
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

/** Trunks that people change and add, on both databases, in real transactions. */
@DataJpaTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Import({ Routes.class, Trunks.class, RoutePins.class, RoutesThatAsk.class, Announcements.class, Groups.class,
		Extensions.class, RestrictionLists.class, AuditForTests.class, PolicyScope.class, TrunksTests.Beans.class })
@TestPropertySource(properties = "tollgate.key-file=target/test-secret.key")
abstract class TrunksTests {

	private static final Trunk DAHDI = new Trunk("DAHDI/g1/$OUTNUM$", Reading.AS_DIALLED, "9");

	private static final Trunk FULL = new Trunk("", Reading.E164, "");

	@Autowired
	Trunks trunks;

	@Autowired
	Routes routes;

	@Autowired
	Extensions extensions;

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
		this.trunks.discovered(this.pbx, Set.of("carrier"));
		this.jdbc.update("delete from audit_event");
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
	void changesHowACarrierReadsNumbers() {
		var wished = new Trunk("IAX2/other/$OUTNUM$", Reading.E164, " 9 ");
		assertThat(this.trunks.change(this.pbx, "carrier", wished)).isEqualTo(new Changed());
		assertThat(this.trunks.present(this.pbx))
			.containsExactly(Map.entry("carrier", new Trunk("", Reading.E164, "9")));
		assertThat(revision()).isEqualTo(2);
		assertThat(this.trunks.change(this.pbx, "carrier", wished)).isEqualTo(new Unchanged());
		assertThat(this.trunks.change(this.pbx, "gone", wished)).isEqualTo(new Gone());
		assertThat(this.trunks.change(this.pbx, "carrier", new Trunk("", Reading.E164, "#")))
			.isInstanceOf(Refused.class);
		assertThat(this.trunks.remove(this.pbx, "carrier")).isEqualTo(new Found());
		assertThat(revision()).isEqualTo(2);
		assertThat(trail()).containsExactly("trunk.changed | carrier at Monterrey plant"
				+ " | PJSIP endpoint, numbers as dialled | PJSIP endpoint, numbers in full, E.164, access code 9");
	}

	@Test
	void addsAndRemovesByHand() {
		assertThat(this.trunks.add(this.pbx, " isdn ", DAHDI)).isEqualTo(new Changed());
		assertThat(this.trunks.all(this.pbx).get("isdn")).isEqualTo(new StoredTrunk("isdn", true, true, DAHDI));
		assertThat(this.trunks.names(this.pbx)).containsExactly("carrier", "isdn");
		this.routes.add(this.pbx, OutboundRoute.through("Local", List.of("isdn"), List.of("NXXXXXX")));
		assertThat(this.trunks.remove(this.pbx, "isdn")).isEqualTo(new InUse(List.of("Local")));
		this.routes.delete(this.pbx, this.routes.list(this.pbx).getFirst().id());
		assertThat(this.trunks.change(this.pbx, "isdn", FULL)).isEqualTo(new Changed());
		assertThat(this.trunks.remove(this.pbx, "isdn")).isEqualTo(new Changed());
		assertThat(this.trunks.remove(this.pbx, "isdn")).isEqualTo(new Gone());
		assertThat(trail()).filteredOn((event) -> event.startsWith("trunk."))
			.containsExactly(
					"trunk.added | isdn at Monterrey plant | -"
							+ " | DAHDI/g1/$OUTNUM$, numbers as dialled, access code 9",
					"trunk.changed | isdn at Monterrey plant | DAHDI/g1/$OUTNUM$, numbers as dialled, access code 9"
							+ " | PJSIP endpoint, numbers in full, E.164",
					"trunk.removed | isdn at Monterrey plant | PJSIP endpoint, numbers in full, E.164 | -");
	}

	@Test
	void refusesAllAtOnceAndWithoutATrace() {
		this.extensions.discovered(this.pbx, List.of(new Discovered("1001", "One")));
		long revision = revision();
		var events = trail();
		for (var name : List.of("Carrier", "1001", "a b")) {
			var answer = this.trunks.add(this.pbx, name, new Trunk("Local/$OUTNUM$@x", Reading.E164, "a"));
			assertThat(((Refused) answer).refusals()).extracting(TrunkAnswer.Refusal::field)
				.containsExactly("name", "dial", "accessCode");
		}
		assertThat(revision()).isEqualTo(revision);
		assertThat(trail()).isEqualTo(events);
		assertThat(this.trunks.names(this.pbx)).containsExactly("carrier");
	}

	@Test
	void readingThePbxKeepsWhatPeopleMade() {
		this.trunks.change(this.pbx, "carrier", new Trunk("", Reading.E164, "9"));
		this.trunks.add(this.pbx, "isdn", DAHDI);
		this.trunks.add(this.pbx, "branch", FULL);
		assertThat(this.trunks.discovered(this.pbx, Set.of()).vanished()).containsExactly("carrier");
		assertThat(this.trunks.present(this.pbx)).containsExactly(Map.entry("branch", FULL), Map.entry("isdn", DAHDI));
		var back = this.trunks.discovered(this.pbx, Set.of("carrier", "branch"));
		assertThat(back.added()).containsExactly("carrier");
		assertThat(this.trunks.present(this.pbx)).containsEntry("carrier", new Trunk("", Reading.E164, "9"));
		assertThat(this.trunks.all(this.pbx).get("branch").byHand()).isTrue();
		assertThat(this.trunks.all(this.pbx).get("carrier").byHand()).isFalse();
	}

	@Test
	void theNameOfATrunkThatIsGoneIsFree() {
		this.trunks.discovered(this.pbx, Set.of());
		this.jdbc.update("delete from audit_event");
		long revision = revision();
		assertThat(this.trunks.add(this.pbx, "carrier", DAHDI)).isEqualTo(new Changed());
		assertThat(this.trunks.all(this.pbx))
			.containsExactly(Map.entry("carrier", new StoredTrunk("carrier", true, true, DAHDI)));
		assertThat(revision()).isEqualTo(revision + 1);
		assertThat(trail()).containsExactly("trunk.added | carrier at Monterrey plant | -"
				+ " | DAHDI/g1/$OUTNUM$, numbers as dialled, access code 9");
		assertThat(this.trunks.discovered(this.pbx, Set.of()).vanished()).isEmpty();
		assertThat(this.trunks.add(this.pbx, "carrier", FULL)).isInstanceOf(Refused.class);
		assertThat(this.trunks.remove(this.pbx, "carrier")).isEqualTo(new Changed());
	}

	/** Else what comes in by the endpoint could go out as if a phone had called. */
	@Test
	void anEndpointTakesTheNameOfADialString() {
		this.trunks.add(this.pbx, "isdn", DAHDI);
		assertThat(this.trunks.discovered(this.pbx, Set.of("carrier", "isdn")).added()).containsExactly("isdn");
		assertThat(this.trunks.all(this.pbx).get("isdn"))
			.isEqualTo(new StoredTrunk("isdn", true, false, new Trunk("", Reading.AS_DIALLED, "9")));
	}

	@Test
	void returnsToHowTheyWereApplied() {
		this.trunks.add(this.pbx, "isdn", DAHDI);
		var applied = new TreeMap<>(this.trunks.present(this.pbx));
		this.trunks.change(this.pbx, "carrier", FULL);
		this.trunks.remove(this.pbx, "isdn");
		this.trunks.add(this.pbx, "later", FULL);
		this.trunks.add(this.pbx, "used", FULL);
		this.routes.add(this.pbx, OutboundRoute.through("Local", List.of("used"), List.of("NXXXXXX")));
		this.trunks.restore(this.pbx, applied);
		assertThat(this.trunks.names(this.pbx)).isEqualTo(new TreeSet<>(Set.of("carrier", "isdn", "used")));
		assertThat(this.trunks.present(this.pbx)).containsAllEntriesOf(applied);
		assertThat(this.trunks.all(this.pbx).get("isdn").byHand()).isTrue();
		long revision = revision();
		this.trunks.restore(this.pbx, new TreeMap<>(this.trunks.present(this.pbx)));
		assertThat(revision()).isEqualTo(revision);
		assertThat(trail()).filteredOn((event) -> event.startsWith("trunk.restored")).hasSize(2);
	}

	@Test
	void whatThePbxNoLongerHasStaysAway() {
		var applied = new TreeMap<>(this.trunks.present(this.pbx));
		this.trunks.change(this.pbx, "carrier", FULL);
		this.trunks.discovered(this.pbx, Set.of());
		this.trunks.restore(this.pbx, applied);
		assertThat(this.trunks.all(this.pbx))
			.containsExactly(Map.entry("carrier", new StoredTrunk("carrier", false, false, Trunk.PLAIN)));
	}

	@TestConfiguration(proxyBeanMethods = false)
	@ComponentScan(basePackageClasses = { Keys.class, PbxRegistry.class, PinLists.class },
			excludeFilters = @ComponentScan.Filter(TestConfiguration.class))
	static class Beans {

		@Bean
		Clock clock() {
			return Clock.systemUTC();
		}

	}

}

@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:trunks;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
		+ "DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000;DB_CLOSE_DELAY=-1")
class TrunksH2Tests extends TrunksTests {

}

@Import(RealPostgres.class)
class TrunksPostgresIT extends TrunksTests {

}
