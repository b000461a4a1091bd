package io.tollgate.apply;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.decision.Snapshot;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.proof.Difference;
import io.tollgate.proof.Leak;
import io.tollgate.proof.Leak.Cause;
import io.tollgate.proof.LeakReport;
import io.tollgate.proof.RouteFinding;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.RouteTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DangersTests {

	private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

	private static final Difference NO_DIFFERENCE = new Difference(List.of(), 0, new TreeSet<>(), new TreeSet<>(),
			true);

	private static final LeakReport TIGHT = report(List.of(), List.of());

	@Test
	void aLeakThatWasThereIsNotOpened() {
		var leak = leak("Long distance", "54", Set.of("54", "62"));
		assertThat(Dangers.between(rules("54"), report(leak), rules("54"), report(leak))).isEmpty();
	}

	@Test
	void aLeakOfMoreCountriesIsOpenedForThose() {
		var leak = leak("Long distance", "54", Set.of("54", "62"));
		assertThat(Dangers.between(rules(), report(leak("Long distance", "54", Set.of("54"))),
				rules().withRoutes(List.of(route("Long distance", "9!"))), report(leak)))
			.containsExactly(new Danger.Opened(leak, new TreeSet<>(Set.of("62"))));
	}

	@Test
	void aLeakByAnotherRouteIsOpened() {
		var leak = leak("Long distance", "54", Set.of("54"));
		assertThat(Dangers.between(rules(), report(leak("Local", "54", Set.of("54"))), rules(), report(leak)))
			.hasSize(1);
	}

	@Test
	void everyLeakOfAFirstApplyIsOpened() {
		var leak = leak("Long distance", "54", Set.of("54"));
		assertThat(Dangers.between(null, null, rules(), report(leak)))
			.containsExactly(new Danger.Opened(leak, new TreeSet<>(Set.of("54"))));
	}

	/**
	 * 9001154… left before as 01154…, while Argentina was allowed; that it still leaves
	 * is no fault of who withdraws Argentina.
	 */
	@Test
	void whatIsTightenedOpensNothing() {
		var leak = leak("Long distance", "54", Set.of("54", "62"));
		var before = rules("54", "62").withRoutes(List.of(route("Long distance", "0115!", "0116!")));
		var after = rules().withRoutes(before.routes());
		assertThat(Dangers.between(before, TIGHT, after, report(leak))).isEmpty();
		var narrower = before.withRoutes(List.of(route("Long distance", "0115!")));
		assertThat(Dangers.between(narrower, TIGHT, after, report(leak)))
			.containsExactly(new Danger.Opened(leak, new TreeSet<>(Set.of("62"))));
	}

	@Test
	void aLeakThatSpreadsIsOpened() {
		var leak = leak("Long distance", "54", Set.of("54"));
		var narrow = spread(leak, 1, true);
		var wide = spread(leak, 2, true);
		var seldom = spread(leak, 2, false);
		assertThat(Dangers.between(rules(), report(narrow), rules(), report(wide))).as("to more extensions").hasSize(1);
		assertThat(Dangers.between(rules(), report(seldom), rules(), report(wide))).as("to all times").hasSize(1);
		assertThat(Dangers.between(rules(), report(wide), rules(), report(narrow))).isEmpty();
		assertThat(Dangers.between(rules(), report(wide), rules(), report(seldom))).isEmpty();
	}

	/**
	 * One extension could dial it before, by a route of its own: now all others can too,
	 * or it can at night too.
	 */
	@Test
	void whatLeftForSomeOnlyIsOpened() {
		var leak = spread(leak("Long distance", "54", Set.of("54")), 2, true);
		var both = rules("54")
			.withExtensions(new TreeMap<>(Map.of("1001", new CallRestrictions(false, false, false, null), "1002",
					new CallRestrictions(false, false, false, null))));
		var open = route("Long distance", "0115!");
		var before = both.withRoutes(List.of(only(open, Set.of("1001"), null)));
		var after = both.withPolicy(rules().policy()).withRoutes(List.of(open));
		assertThat(Dangers.between(before, TIGHT, after, report(leak))).hasSize(1);
		var byDay = new RouteTime("America/Monterrey", new TreeSet<>(List.of(DayOfWeek.values())), 360, 1200);
		var daily = both.withRoutes(List.of(only(open, Set.of(), byDay)));
		assertThat(Dangers.between(daily, TIGHT, after, report(leak))).hasSize(1);
		assertThat(Dangers.between(both.withRoutes(List.of(open)), TIGHT, after, report(leak))).isEmpty();
		assertThat(Dangers.between(daily, TIGHT, after.withRoutes(daily.routes()), report(leak))).isEmpty();
	}

	/**
	 * A leak may be of one week of the year only, where the clocks of two zones differ: 2
	 * March 12:00 UTC is 07:00 in New York, 13 March 12:00 UTC is 08:00.
	 */
	@Test
	void whatLeftInAnotherWeekOnlyIsOpened() {
		var early = new RouteTime("America/New_York", new TreeSet<>(List.of(DayOfWeek.values())), 420, 480);
		var open = route("Long distance", "0115!");
		var before = rules("54").withRoutes(List.of(only(open, Set.of(), early)));
		var late = new RouteTime("Etc/GMT+5", early.days(), 420, 480);
		var after = rules().withRoutes(List.of(only(open, Set.of(), late)));
		var seldom = spread(leak("Long distance", "54", Set.of("54")), 1, false);
		var winter = at(seldom, Instant.parse("2026-02-02T12:00:00Z"));
		var summer = at(seldom, Instant.parse("2026-04-06T12:00:00Z"));
		assertThat(Dangers.between(before, TIGHT, after, report(winter))).isEmpty();
		assertThat(Dangers.between(before, TIGHT, after, report(winter, summer)))
			.containsExactly(new Danger.Opened(summer, new TreeSet<>(Set.of("54"))));
	}

	@Test
	void whatCannotBeCheckedAnyMoreIsADanger() {
		var leak = leak("Long distance", "54", Set.of("54"));
		var gap = new Danger.Unproved(LeakReport.Gap.TOO_INTRICATE);
		for (var incomplete : List.of(incomplete(), incomplete(leak))) {
			assertThat(Dangers.between(rules(), report(leak), rules(), incomplete)).containsExactly(gap);
			assertThat(Dangers.between(null, null, rules(), incomplete)).contains(gap);
			assertThat(Dangers.between(rules(), incomplete(leak), rules(), incomplete)).as("as it was").isEmpty();
			var check = DraftCheck.of(rules(), report(leak, leak("Local", "62", Set.of("62"))), rules(), incomplete,
					NO_DIFFERENCE);
			assertThat(check.complete()).isFalse();
			assertThat(check.closed()).as("nobody knows whether it closes the other").isZero();
			assertThat(check.dangers()).containsExactly(gap);
		}
		var closing = DraftCheck.of(rules(), report(leak), rules(), TIGHT, NO_DIFFERENCE);
		assertThat(closing.complete()).isTrue();
		assertThat(closing.closed()).isOne();
	}

	@Test
	void anEmergencyNumberThatGoesIsHidden() {
		var before = rules();
		var policy = before.policy();
		var after = before.withPolicy(new PolicyRules(policy.id(), policy.name(), "MX", true, "00",
				policy.internationalPrefixes(), policy.allowedCodes(), new TreeSet<>(Set.of("911"))));
		var swallowed = new RouteFinding(RouteFinding.Kind.EMERGENCY_SWALLOWED, "Local", "XXX", "", "060");
		assertThat(Dangers.between(before, TIGHT, after, TIGHT))
			.containsExactly(new Danger.Hidden(Danger.Hidden.Kind.GONE, "066", ""));
		assertThat(Dangers.between(after, TIGHT, before, TIGHT)).isEmpty();
		assertThat(Dangers.between(after, TIGHT, after, report(List.of(), List.of(swallowed))))
			.containsExactly(new Danger.Hidden(Danger.Hidden.Kind.SWALLOWED, "060", "Local"));
		var known = report(List.of(), List.of(swallowed));
		assertThat(Dangers.between(after, known, after, known)).isEmpty();
	}

	@Test
	void anEmergencyNumberWithoutATrunkIsHidden() {
		assertThat(Dangers.between(null, null, rules().withRoutes(List.of()), TIGHT))
			.extracting((danger) -> ((Danger.Hidden) danger).number())
			.containsExactly("066", "911");
	}

	/** What was so before is no reason to ask an administrator. */
	@Test
	void anEmergencyNumberThatWasHiddenIsNotHiddenAgain() {
		var without = rules().withRoutes(List.of());
		assertThat(Dangers.between(without, TIGHT, without, TIGHT)).isEmpty();
		var known = new RouteFinding(RouteFinding.Kind.EMERGENCY_SWALLOWED, "Local", "XXX", "", "060");
		var moved = new RouteFinding(RouteFinding.Kind.EMERGENCY_SWALLOWED, "Short", "XXX!", "", "060");
		assertThat(
				Dangers.between(rules(), report(List.of(), List.of(known)), rules(), report(List.of(), List.of(moved))))
			.isEmpty();
	}

	private static OutboundRoute only(OutboundRoute route, Set<String> users, @Nullable RouteTime time) {
		return new OutboundRoute(route.name(), route.type(), true, route.rules(), route.trunks(), null,
				new TreeSet<>(users), time, "", "");
	}

	private static OutboundRoute route(String name, String... patterns) {
		return OutboundRoute.through(name, List.of("carrier"), List.of(patterns));
	}

	private static Snapshot rules(String... allowed) {
		var policy = new PolicyRules(1, "Mexico plants", "MX", true, "00", new TreeSet<>(Set.of("+", "00")),
				new TreeSet<>(Set.of(allowed)), new TreeSet<>(Set.of("066", "911")));
		return Snapshot.of(policy, new BusinessHours(ZoneId.of("America/Monterrey"), Map.of()),
				new TreeMap<>(Map.of("1001", new CallRestrictions(false, false, false, null))), List.of("carrier"),
				List.of(route("Long distance", "NXXXXXXXXX")), NumberRestrictions.none());
	}

	private static Leak leak(String route, String subject, Set<String> subjects) {
		var number = subject + "1112345";
		return new Leak(Leak.Kind.COUNTRY, Cause.UNKNOWN_PREFIX, "011" + number, "1001", 1, NOW, true, route, "011!",
				"carrier", "011" + number, number, subject, new TreeSet<>(subjects), "011");
	}

	private static LeakReport report(Leak... leaks) {
		return report(List.of(leaks), List.of());
	}

	private static LeakReport report(List<Leak> leaks, List<RouteFinding> findings) {
		return new LeakReport(leaks.isEmpty() ? LeakReport.Result.PROVED : LeakReport.Result.LEAKS, leaks, findings,
				List.of(), new LeakReport.Scope(1, 1, 1, 1, 0, 0, 1));
	}

	private static Leak spread(Leak leak, int endpoints, boolean always) {
		return new Leak(leak.kind(), leak.cause(), leak.dialled(), leak.endpoint(), endpoints, leak.at(), always,
				leak.route(), leak.pattern(), leak.trunk(), leak.sent(), leak.number(), leak.subject(), leak.subjects(),
				leak.remedy());
	}

	private static Leak at(Leak leak, Instant at) {
		return new Leak(leak.kind(), leak.cause(), leak.dialled(), leak.endpoint(), leak.endpoints(), at, leak.always(),
				leak.route(), leak.pattern(), leak.trunk(), leak.sent(), leak.number(), leak.subject(), leak.subjects(),
				leak.remedy());
	}

	/** Not all could be looked at. */
	private static LeakReport incomplete(Leak... leaks) {
		return new LeakReport((leaks.length == 0) ? LeakReport.Result.NOT_PROVED : LeakReport.Result.LEAKS,
				List.of(leaks), List.of(), List.of(LeakReport.Gap.TOO_INTRICATE),
				new LeakReport.Scope(1, 1, 1, 1, 0, 0, 1));
	}

}
