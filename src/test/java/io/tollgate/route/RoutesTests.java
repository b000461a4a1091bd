package io.tollgate.route;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.tollgate.announcement.Announcements;
import io.tollgate.audit.AuditForTests;
import io.tollgate.extension.Extensions;
import io.tollgate.extension.Groups;
import io.tollgate.keys.Keys;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pin.NewPin;
import io.tollgate.pin.PinChange;
import io.tollgate.pin.PinLists;
import io.tollgate.policy.PolicyScope;
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
@Import({ Routes.class, Trunks.class, RoutePins.class, RoutesThatAsk.class, Announcements.class, Groups.class,
		Extensions.class, RestrictionLists.class, AuditForTests.class, PolicyScope.class, RoutesTests.Beans.class })
@TestPropertySource(properties = "tollgate.key-file=target/test-secret.key")
abstract class RoutesTests {

	@Autowired
	Routes routes;

	@Autowired
	PinLists pins;

	@Autowired
	Trunks trunks;

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
		this.jdbc.update("delete from pin_list");
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
		var first = this.trunks.discovered(this.pbx, Set.of("carrier", "backup", "odd name"));
		assertThat(first.added()).containsExactly("backup", "carrier");
		assertThat(first.unusable()).containsExactly("odd name");
		assertThat(this.trunks.names(this.pbx)).containsExactly("backup", "carrier");
		assertThat(revision()).isEqualTo(1);
		var same = this.trunks.discovered(this.pbx, Set.of("carrier", "backup", "odd name"));
		assertThat(same.added()).isEmpty();
		assertThat(same.vanished()).isEmpty();
		assertThat(revision()).as("nothing changed").isEqualTo(1);
		var less = this.trunks.discovered(this.pbx, Set.of("carrier"));
		assertThat(less.vanished()).containsExactly("backup");
		assertThat(this.trunks.names(this.pbx)).containsExactly("carrier");
		var again = this.trunks.discovered(this.pbx, Set.of("carrier", "backup"));
		assertThat(again.added()).containsExactly("backup");
		assertThat(revision()).isEqualTo(3);
		assertThat(trail()).containsExactly("trunk.discovered | Monterrey plant | - | backup, carrier",
				"trunk.discovered | Monterrey plant | backup | -", "trunk.discovered | Monterrey plant | - | backup");
	}

	@Test
	void savesTheRouteInOrder() {
		this.trunks.discovered(this.pbx, Set.of("carrier"));
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
	void writersAtOnceLeaveEachRouteItsOwnPlace() throws Exception {
		this.trunks.discovered(this.pbx, Set.of("carrier"));
		var first = new ArrayList<Long>();
		for (int i = 0; i < 4; i++) {
			this.routes.add(this.pbx, out("First " + i));
			first.add(this.routes.list(this.pbx).getLast().id());
		}
		var work = new ArrayList<Callable<Object>>();
		for (int i = 0; i < 6; i++) {
			var name = "Added " + i;
			work.add(() -> this.routes.add(this.pbx, out(name)));
		}
		work.add(() -> this.routes.move(this.pbx, first.get(3), 0));
		work.add(() -> this.routes.move(this.pbx, first.get(2), 1));
		work.add(() -> this.routes.delete(this.pbx, first.get(0)));
		work.add(() -> this.routes.save(this.pbx, first.get(1), out("Renamed")));
		var begin = new CyclicBarrier(work.size());
		try (var threads = Executors.newFixedThreadPool(work.size())) {
			var done = work.stream().map((each) -> threads.submit(() -> {
				begin.await(1, TimeUnit.MINUTES);
				return each.call();
			})).toList();
			for (var each : done) {
				each.get();
			}
		}
		assertThat(this.jdbc.queryForList("select position from outbound_route where pbx_id = ? order by position",
				Integer.class, this.pbx))
			.containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
		assertThat(this.routes.list(this.pbx)).extracting((each) -> each.route().name())
			.contains("Renamed", "First 2", "First 3", "Added 0", "Added 5")
			.doesNotContain("First 0");
	}

	private static OutboundRoute out(String name) {
		return OutboundRoute.through(name, List.of("carrier"), List.of("NXXXXXX"));
	}

	@Test
	void nobodyOverwritesWhatSomebodyElseSavedMeanwhile() {
		this.trunks.discovered(this.pbx, Set.of("carrier"));
		var first = OutboundRoute.through("Out", List.of("carrier"), List.of("NXXXXXX"));
		this.routes.add(this.pbx, first);
		long id = this.routes.list(this.pbx).getFirst().id();
		long seen = this.routes.revision(this.pbx, id);
		var second = OutboundRoute.through("Out", List.of("carrier"), List.of("00ZXXXX!"));
		assertThat(this.routes.save(this.pbx, id, second, "", seen)).isEqualTo(new SaveResult.Saved(true));
		long now = this.routes.revision(this.pbx, id);
		var third = OutboundRoute.through("Out", List.of("carrier"), List.of("911"));
		assertThat(this.routes.save(this.pbx, id, third, "", seen))
			.isEqualTo(new SaveResult.ChangedMeanwhile(second, now));
		assertThat(this.routes.save(this.pbx, id, second, "", seen)).as("the same as now")
			.isEqualTo(new SaveResult.Saved(false));
		assertThat(this.routes.list(this.pbx).getFirst().route()).isEqualTo(second);
		assertThat(this.routes.save(this.pbx, id, third, "", now)).isEqualTo(new SaveResult.Saved(true));
	}

	/**
	 * A password is written before the route: what is refused must not have written it.
	 */
	@Test
	void aRefusedSaveLeavesThePassword() {
		this.trunks.discovered(this.pbx, Set.of("carrier"));
		var asking = OutboundRoute.through("Out", List.of("carrier"), List.of("NXXXXXX"))
			.withPins(OutboundRoute.PASSWORD);
		this.routes.add(this.pbx, asking, "802846");
		var stored = this.routes.list(this.pbx).getFirst();
		long seen = this.routes.revision(this.pbx, stored.id());
		this.routes.save(this.pbx, stored.id(), asking.withRules(List.of()), "", seen);
		assertThat(this.routes.save(this.pbx, stored.id(), asking, "739150", seen))
			.isInstanceOf(SaveResult.ChangedMeanwhile.class);
		assertThat(this.pins.opens(stored.route().pins(), "802846")).isTrue();
		assertThat(this.pins.opens(stored.route().pins(), "739150")).isFalse();
	}

	@Test
	void aRouteWhoseTrunkIsGoneCanBeSwitchedOffAndNotOn() {
		this.trunks.discovered(this.pbx, Set.of("carrier"));
		var route = OutboundRoute.through("Out", List.of("carrier"), List.of("NXXXXXX"));
		this.routes.add(this.pbx, route);
		long id = this.routes.list(this.pbx).getFirst().id();
		this.trunks.discovered(this.pbx, Set.of());
		assertThat(this.routes.save(this.pbx, id, route.withEnabled(false))).isEqualTo(new SaveResult.Saved(true));
		assertThat(this.routes.save(this.pbx, id, route)).isInstanceOf(SaveResult.Refused.class);
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

	private static OutboundRoute abroad() {
		return new OutboundRoute("Abroad", RouteType.NORMAL, true, List.of(DialRule.of("011ZXXXX!")),
				List.of("carrier"), null, new TreeSet<>(), null, "", "");
	}

	private String list(String name) {
		var key = ((PinChange.Changed) this.pins.create(name)).key();
		this.pins.add(key, List.of(new NewPin("Ana", "802846")));
		return key;
	}

	private List<String> refusals(OutboundRoute route, String password) {
		var result = this.routes.add(this.pbx, route, password);
		return (result instanceof SaveResult.Refused refused)
				? refused.problems().stream().map(RouteProblem::code).toList() : List.of();
	}

	private OutboundRoute only() {
		return this.routes.list(this.pbx).getFirst().route();
	}

	@Test
	void asksForAPinOfAList() {
		this.trunks.discovered(this.pbx, Set.of("carrier"));
		var key = list("Export desk");
		this.routes.add(this.pbx, abroad().withPins(key));
		assertThat(only().pins()).isEqualTo(key);
		assertThat(this.pins.uses().get(key)).singleElement()
			.satisfies((use) -> assertThat(use.route() + " on " + use.pbx()).isEqualTo("Abroad on Monterrey plant"));
		assertThat(this.pins.delete(key)).isEqualTo(new PinChange.InUse("Abroad (Monterrey plant)"));
		assertThat(trail().getLast()).endsWith("011ZXXXX!, asks for PIN list Export desk");
		long before = revision();
		this.pins.remove(key, "Ana");
		assertThat(revision()).isEqualTo(before + 1);
		assertThat(this.routes.problems(this.pbx, this.routes.list(this.pbx).getFirst().id(), only()))
			.extracting(RouteProblem::code)
			.containsExactly("no-pins");
	}

	@Test
	void asksForAPassword() {
		this.trunks.discovered(this.pbx, Set.of("carrier"));
		var asking = abroad().withPins(OutboundRoute.PASSWORD);
		assertThat(refusals(asking, "")).containsExactly("password");
		assertThat(refusals(asking, "12")).containsExactly("password");
		assertThat(refusals(asking, "802846")).isEmpty();
		long id = this.routes.list(this.pbx).getFirst().id();
		var key = only().pins();
		assertThat(this.pins.all().get(key).name()).isEmpty();
		assertThat(this.pins.opens(key, "802846")).isTrue();
		assertThat(trail().getLast()).endsWith("asks for a password").doesNotContain("802846");

		assertThat(this.routes.save(this.pbx, id, asking, "")).isEqualTo(new SaveResult.Saved(false));
		assertThat(this.routes.save(this.pbx, id, asking, "802846")).isEqualTo(new SaveResult.Saved(false));
		assertThat(this.routes.save(this.pbx, id, only().withEnabled(false))).isEqualTo(new SaveResult.Saved(true));
		assertThat(only().pins()).isEqualTo(key);
		assertThat(this.routes.save(this.pbx, id, asking, "739150")).isEqualTo(new SaveResult.Saved(true));
		assertThat(only().pins()).isEqualTo(key);
		assertThat(this.pins.opens(key, "802846")).isFalse();
		assertThat(trail().getLast()).endsWith("asks for a password, which is a new one").doesNotContain("739150");

		this.routes.save(this.pbx, id, abroad());
		assertThat(this.pins.all()).as("forgotten").isEmpty();
		assertThat(refusals(abroad().withPins(key), "")).contains("no-such-pins");
	}

	@Test
	void asksForNobodyElsesPasswordAndNotWhereNobodyMayBeAsked() {
		this.trunks.discovered(this.pbx, Set.of("carrier"));
		this.routes.add(this.pbx, abroad().withPins(OutboundRoute.PASSWORD), "802846");
		var other = new OutboundRoute("Other", RouteType.NORMAL, true, abroad().rules(), List.of("carrier"), null,
				new TreeSet<>(), null, "", only().pins());
		assertThat(refusals(other, "")).containsExactly("no-such-pins");
		var key = list("Export desk");
		assertThat(refusals(OutboundRoute.blocking("Stop", new Block(21, ""), List.of("1900!")).withPins(key), ""))
			.containsExactly("block-pins");
		assertThat(refusals(new OutboundRoute("Help", RouteType.EMERGENCY, true, List.of(DialRule.of("911")),
				List.of("carrier"), null, new TreeSet<>(), null, "", key), ""))
			.containsExactly("emergency-pins");
		this.routes.delete(this.pbx, this.routes.list(this.pbx).getFirst().id());
		assertThat(this.pins.all()).containsOnlyKeys(key);
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

@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:routes;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
		+ "DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000;DB_CLOSE_DELAY=-1")
class RoutesH2Tests extends RoutesTests {

}

@Import(RealPostgres.class)
class RoutesPostgresIT extends RoutesTests {

}
