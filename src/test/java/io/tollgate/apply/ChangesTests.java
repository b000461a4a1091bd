package io.tollgate.apply;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.announcement.Announcement;
import io.tollgate.apply.Change.Effect;
import io.tollgate.apply.Change.Kind;
import io.tollgate.decision.Snapshot;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.extension.ExtensionGroup;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.Exemption;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.route.Block;
import io.tollgate.route.DialRule;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.RouteType;
import io.tollgate.route.Trunk;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class ChangesTests {

	private static final CallRestrictions ABROAD = new CallRestrictions(false, false, false, null);

	@Test
	void nothingIsNoChange() {
		var same = snapshot(true, Set.of("54"), Map.of("1001", ABROAD));
		assertThat(Changes.between(same, same)).isEmpty();
	}

	@Test
	void aNewPhoneWithTheDefaultsIsNoChange() {
		var before = snapshot(true, Set.of("54"), Map.of("1001", ABROAD));
		var after = snapshot(true, Set.of("54"), Map.of("1001", ABROAD, "1002", CallRestrictions.DEFAULT));
		assertThat(Changes.between(before, after)).isEmpty();
		assertThat(Compiler.compile(before, (key, list) -> list.salt()))
			.isEqualTo(Compiler.compile(after, (key, list) -> list.salt()));
	}

	@Test
	void aCountryOpensForThoseWhoMayCallAbroad() {
		var before = snapshot(true, Set.of(), Map.of("1001", ABROAD, "1002", CallRestrictions.DEFAULT));
		var after = snapshot(true, Set.of("54"), Map.of("1001", ABROAD, "1002", CallRestrictions.DEFAULT));
		assertThat(Changes.between(before, after))
			.containsExactly(new Change(Effect.OPENS, Kind.CODE_OPENED, "54", 1, List.of()));
		assertThat(Changes.between(after, before))
			.containsExactly(new Change(Effect.CLOSES, Kind.CODE_CLOSED, "54", 1, List.of()));
	}

	@Test
	void aCountryThatNobodyMayCallOpensNothing() {
		var before = snapshot(true, Set.of(), Map.of("1002", CallRestrictions.DEFAULT));
		var after = snapshot(true, Set.of("54"), Map.of("1002", CallRestrictions.DEFAULT));
		assertThat(Changes.between(before, after)).extracting(Change::effect).containsExactly(Effect.NEUTRAL);
	}

	@Test
	void countriesWithoutProtectionAreNoChangeOnThePbx() {
		var before = snapshot(false, Set.of(), Map.of());
		var after = snapshot(false, Set.of("54"), Map.of());
		assertThat(Changes.between(before, after)).isEmpty();
		assertThat(Compiler.compile(before, (key, list) -> list.salt()))
			.isEqualTo(Compiler.compile(after, (key, list) -> list.salt()));
	}

	@Test
	void rightsThatAreGivenAreToldWithTheirExtensionsInOrder() {
		var before = snapshot(true, Set.of("54"), Map.of());
		var after = snapshot(true, Set.of("54"), Map.of("1010", ABROAD, "201", ABROAD, "1001", ABROAD));
		assertThat(Changes.between(before, after)).containsExactly(
				new Change(Effect.OPENS, Kind.INTERNATIONAL_ALLOWED, "", 3, List.of("201", "1001", "1010")));
	}

	@Test
	void theFirstApplyTellsAllThatItOpens() {
		var after = snapshot(true, Set.of("54", "34"), Map.of("1001", ABROAD));
		assertThat(Changes.between(null, after)).extracting(Change::kind)
			.containsExactly(Kind.FIRST, Kind.CODE_OPENED, Kind.CODE_OPENED, Kind.INTERNATIONAL_ALLOWED,
					Kind.ROUTE_ADDED);
	}

	@Test
	void theFirstApplyNamesRoutesTrunksAndRestrictions() {
		var plain = snapshot(true, Set.of(), Map.of());
		var after = Snapshot.of(plain.policy(), plain.hours(), plain.extensions(), List.of("carrier"),
				List.of(OutboundRoute.through("Out", List.of("carrier"), List.of("NXXXXXX")),
						OutboundRoute.blocking("Premium", Block.rejected(), List.of("1900!")),
						OutboundRoute.through("Later", List.of("carrier"), List.of("00.")).withEnabled(false)),
				new NumberRestrictions(new TreeSet<>(Set.of("1900")), List.of()));
		assertThat(Changes.between(null, after)).contains(
				new Change(Effect.OPENS, Kind.ROUTE_ADDED, "Out", 0, List.of("NXXXXXX")),
				new Change(Effect.CLOSES, Kind.ROUTE_ADDED, "Premium", 0, List.of("1900!")),
				new Change(Effect.NEUTRAL, Kind.ROUTE_ADDED, "Later", 0, List.of("00.")),
				new Change(Effect.NEUTRAL, Kind.TRUNKS, "", 0, List.of("carrier")),
				new Change(Effect.CLOSES, Kind.RESTRICTED, "", 1, List.of("1900")));
	}

	@Test
	void aGroupThatIsUsedTellsWhoCameAndWent() {
		var before = grouped(false, "Sales", "1001", "1002");
		assertThat(Changes.between(before, grouped(false, "Sales team", "1001", "1003", "1004")))
			.containsExactly(new Change(Effect.NEUTRAL, Kind.GROUP_CHANGED, "Sales team", 3,
					List.of("+1003", "+1004", "\u22121002")));
		assertThat(Changes.between(before, grouped(false, "Sales", "1001", "1002", "1003")))
			.extracting(Change::effect, Change::items)
			.containsExactly(tuple(Effect.OPENS, List.of("+1003")));
		assertThat(Changes.between(before, grouped(false, "Sales", "1001"))).extracting(Change::effect)
			.containsExactly(Effect.CLOSES);
		assertThat(Changes.between(grouped(true, "Sales", "1001"), grouped(true, "Sales", "1001", "1002")))
			.extracting(Change::effect)
			.containsExactly(Effect.CLOSES);
		assertThat(Changes.between(before, grouped(false, "Other name", "1001", "1002"))).isEmpty();
	}

	@Test
	void aGroupThatNothingUsesIsNobodysBusiness() {
		var one = grouped(false, "Sales", "1001").withRoutes(List.of());
		var other = grouped(false, "Sales", "1002").withRoutes(List.of());
		assertThat(Changes.between(one, other)).isEmpty();
	}

	@Test
	void anExemptionOfAGroupIsToldByItsName() {
		var before = grouped(false, "Sales", "1001");
		var after = before.withRestrictions(
				new NumberRestrictions(new TreeSet<>(), List.of(new Exemption("group:k3f9", "1900", null))));
		assertThat(Changes.between(before, after))
			.containsExactly(new Change(Effect.OPENS, Kind.EXEMPTED, "", 1, List.of("Sales (1900)")));
		assertThat(Changes.between(after, before)).extracting(Change::items).containsExactly(List.of("Sales (1900)"));
	}

	private static Snapshot grouped(boolean blocks, String name, String... members) {
		var plain = snapshot(true, Set.of(), Map.of());
		var route = new OutboundRoute("Route", RouteType.NORMAL, true, List.of(DialRule.of("NXXXXXX")),
				blocks ? List.of() : List.of("trunk"), blocks ? Block.rejected() : null,
				new TreeSet<>(Set.of("group:k3f9")), null, "", "");
		var groups = new TreeMap<>(Map.of("k3f9", new ExtensionGroup(name, new TreeSet<>(Set.of(members))), "zzzz",
				new ExtensionGroup("Unused", new TreeSet<>(Set.of(members)))));
		return new Snapshot(plain.policy(), plain.hours(), plain.extensions(), groups, plain.trunks(), List.of(route),
				plain.restrictions(), plain.pins(), plain.announcements());
	}

	@Test
	void manyCountriesAreOneChange() {
		var after = snapshot(true, Set.of("54", "34", "49", "33", "39", "44"), Map.of("1001", ABROAD));
		var before = snapshot(true, Set.of(), Map.of("1001", ABROAD));
		assertThat(Changes.between(before, after)).extracting(Change::kind, Change::subject)
			.containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.CODES_OPENED, "6"));
	}

	@Test
	void switchingTheProtectionOnClosesAndNamesWhatStaysOpen() {
		var before = snapshot(false, Set.of("54"), Map.of("1001", ABROAD));
		var after = snapshot(true, Set.of("54"), Map.of("1001", ABROAD));
		assertThat(Changes.between(before, after))
			.containsExactly(new Change(Effect.CLOSES, Kind.PROTECTION_ON, "", 1, List.of("54")));
	}

	@Test
	void aRouteThatTakesNoCallAbroadIsWarnedAbout() {
		var good = snapshot(true, Set.of("54"), Map.of("1001", ABROAD));
		var bad = Snapshot.of(good.policy(), good.hours(), good.extensions(), good.trunks().keySet(),
				List.of(OutboundRoute.through("Outbound", List.of("trunk"), List.of("011ZXXXX!", "NXXXXXX"))),
				NumberRestrictions.none());
		assertThat(((Compiled.Ready) Compiler.compile(good, (key, list) -> list.salt())).warnings()).isEmpty();
		assertThat(((Compiled.Ready) Compiler.compile(bad, (key, list) -> list.salt())).warnings())
			.containsExactly("no-international-pattern");
		var nobody = snapshot(true, Set.of("54"), Map.of());
		assertThat(((Compiled.Ready) Compiler.compile(nobody, (key, list) -> list.salt())).warnings()).isEmpty();
	}

	@Test
	void announcementsAreToldThatSomebodyCanHear() {
		var block = OutboundRoute.blocking("Premium", new Block(21, "aaaa"), List.of("1900!"));
		var played = snapshot(true, Set.of(), Map.of()).withRoutes(List.of(block));
		var sorry = new Announcement("Sorry", List.of("sorry"), false, "");
		var closed = new Announcement("Closed", List.of("custom/closed"), false, "");
		var coded = new Announcement("Closed", List.of("custom/closed"), false, "*998");
		var none = played.withAnnouncements(new TreeMap<>());
		var one = played.withAnnouncements(new TreeMap<>(Map.of("aaaa", sorry)));
		var two = played.withAnnouncements(new TreeMap<>(Map.of("aaaa", sorry, "bbbb", closed)));
		var three = played.withAnnouncements(new TreeMap<>(Map.of("aaaa", coded, "bbbb", coded)));
		assertThat(Changes.between(none, one))
			.containsExactly(new Change(Effect.NEUTRAL, Kind.ANNOUNCEMENT_ADDED, "Sorry", 0, List.of("sorry")));
		assertThat(Changes.between(one, none))
			.containsExactly(new Change(Effect.NEUTRAL, Kind.ANNOUNCEMENT_REMOVED, "Sorry", 0, List.of()));
		assertThat(Changes.between(one, two)).isEmpty();
		assertThat(Compiler.compile(one, (key, list) -> list.salt()))
			.isEqualTo(Compiler.compile(two, (key, list) -> list.salt()));
		assertThat(Changes.between(two, three)).containsExactly(
				new Change(Effect.NEUTRAL, Kind.ANNOUNCEMENT_CHANGED, "Closed", 0, List.of("custom/closed")),
				new Change(Effect.NEUTRAL, Kind.ANNOUNCEMENT_CHANGED, "Closed", 0, List.of("custom/closed")));
		assertThat(Changes.between(none, three)).extracting(Change::kind)
			.containsExactly(Kind.ANNOUNCEMENT_ADDED, Kind.ANNOUNCEMENT_ADDED);
		assertThat(Changes.between(null, one)).extracting(Change::kind).containsExactly(Kind.FIRST, Kind.ROUTE_ADDED);
		var renamed = new Announcement("Pardon", List.of("sorry"), false, "");
		assertThat(Changes.between(one, played.withAnnouncements(new TreeMap<>(Map.of("aaaa", renamed))))).isEmpty();
	}

	@Test
	void trunksAreToldThatCallsLeaveByOtherwise() {
		var plain = snapshot(true, Set.of(), Map.of());
		var before = withTrunks(plain, Map.of("trunk", Trunk.PLAIN, "unused", Trunk.PLAIN));
		var after = withTrunks(plain, Map.of("trunk", new Trunk("", Trunk.Reading.E164, "9"), "unused",
				new Trunk("", Trunk.Reading.E164, "")));
		assertThat(Changes.between(before, after)).containsExactly(
				new Change(Effect.NEUTRAL, Kind.TRUNK_CHANGED, "trunk", 0, List.of("PJSIP/9+$OUTNUM$@trunk")));
		var isdn = new Trunk("DAHDI/g1/$OUTNUM$", Trunk.Reading.AS_DIALLED, "");
		var more = withTrunks(plain, Map.of("trunk", Trunk.PLAIN, "unused", Trunk.PLAIN, "isdn", isdn));
		assertThat(Changes.between(before, more)).isEmpty();
		assertThat(Changes.between(before, withTrunks(plain, Map.of("trunk", Trunk.PLAIN))))
			.containsExactly(new Change(Effect.NEUTRAL, Kind.TRUNKS, "", 0, List.of("trunk")));
	}

	private static Snapshot withTrunks(Snapshot snapshot, Map<String, Trunk> trunks) {
		return new Snapshot(snapshot.policy(), snapshot.hours(), snapshot.extensions(), snapshot.groups(),
				new TreeMap<>(trunks), snapshot.routes(), snapshot.restrictions(), snapshot.pins(),
				snapshot.announcements());
	}

	@Test
	void withoutATrunkNothingIsCompiled() {
		var snapshot = snapshot(true, Set.of(), Map.of());
		var trunkless = Snapshot.of(snapshot.policy(), snapshot.hours(), snapshot.extensions(),
				snapshot.trunks().keySet(), List.of(OutboundRoute.through("Outbound", List.of(), List.of())),
				NumberRestrictions.none());
		assertThat(Compiler.compile(trunkless, (key, list) -> list.salt()))
			.isEqualTo(new Compiled.Rejected(List.of("no-trunk")));
	}

	private static Snapshot snapshot(boolean protection, Set<String> allowed, Map<String, CallRestrictions> rights) {
		var policy = new PolicyRules(1, "Test", "MX", protection, "00", new TreeSet<>(Set.of("+", "00")),
				new TreeSet<>(allowed), new TreeSet<>(Set.of("911")));
		return Snapshot.of(policy, new BusinessHours(ZoneId.of("UTC"), Map.of()), new TreeMap<>(rights),
				new TreeSet<>(), List.of(OutboundRoute.through("Outbound", List.of("trunk"), List.of("00ZXXXX!"))),
				NumberRestrictions.none());
	}

}
