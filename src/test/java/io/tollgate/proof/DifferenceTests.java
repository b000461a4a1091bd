package io.tollgate.proof;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.decision.Snapshot;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.pin.PinList;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.Exemption;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.proof.Difference.Change;
import io.tollgate.proof.Difference.Line;
import io.tollgate.proof.Difference.Numbers;
import io.tollgate.proof.Difference.Numbers.Kind;
import io.tollgate.proof.Difference.When;
import io.tollgate.route.OutboundRoute;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** What people are told about a difference. */
class DifferenceTests {

	private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

	private static final Snapshot OFFICE = office("1", "44");

	@Test
	void whatIsTheSameDoesNotDiffer() {
		assertThat(Difference.of(OFFICE, office("1", "44"), NOW))
			.isEqualTo(new Difference(List.of(), 0, new TreeSet<>(), new TreeSet<>(), true));
	}

	@Test
	void aCountryIsToldByItsCode() {
		var line = only(OFFICE, office("1", "44", "54"));
		assertThat(line.change()).isEqualTo(Change.DIALABLE);
		assertThat(line.when()).isEqualTo(When.ALWAYS);
		assertThat(line.callers()).isEqualTo(new Difference.Callers(2, List.of("1001", "1002"), false));
		assertThat(line.numbers().kind()).isEqualTo(Kind.COUNTRY);
		assertThat(line.numbers().codes()).containsExactly("54");
		assertThat(line.numbers().count()).isEmpty();
		assertThat(line.numbers().example()).startsWith("54");
		assertThat(only(office("1", "44", "54"), OFFICE).change()).isEqualTo(Change.NOT_DIALABLE);
	}

	@Test
	void aTerritoryIsToldWithHowManyNumbers() {
		var numbers = only(office("1", "44", "1658"), OFFICE).numbers();
		assertThat(numbers).isEqualTo(new Numbers(Kind.COUNTRY, new TreeSet<>(Set.of("1658")), List.of("1658NXXXXXX"),
				false, OptionalLong.of(8_000_000), numbers.example()));
	}

	@Test
	void countriesAreToldTogether() {
		var lines = lines(OFFICE, OFFICE.withPolicy(policy(false, "1", "44")));
		assertThat(lines).hasSizeLessThan(6)
			.anySatisfy((line) -> assertThat(line.numbers().codes()).contains("1242", "1876").doesNotContain("1"))
			.anySatisfy((line) -> {
				assertThat(line.numbers().codes()).contains("54", "62", "881").doesNotContain("44");
				assertThat(line.callers().all()).isTrue();
			})
			.anySatisfy((line) -> {
				assertThat(line.numbers().codes()).containsExactly("44");
				assertThat(line.callers().some()).containsExactly("1003");
			});
	}

	@Test
	void restrictionsAreToldByTheirEntries() {
		var restrictions = new NumberRestrictions(new TreeSet<>(Set.of("1900", "1XXX976", "447")), List.of());
		var lines = lines(OFFICE, OFFICE.withRestrictions(restrictions));
		assertThat(lines).allMatch((line) -> line.change() == Change.NOT_DIALABLE);
		assertThat(lines).filteredOn((line) -> line.numbers().kind() == Kind.RESTRICTION)
			.flatExtracting((line) -> line.numbers().patterns())
			.containsExactlyInAnyOrder("1XXX976", "1900", "447");
		assertThat(lines).filteredOn((line) -> line.numbers().kind() == Kind.AS_DIALLED)
			.flatExtracting((line) -> line.numbers().patterns())
			.containsExactly("976XXXX");
		var exempt = new NumberRestrictions(restrictions.entries(), List.of(new Exemption("1002", "1900", null)));
		var line = only(OFFICE.withRestrictions(restrictions), OFFICE.withRestrictions(exempt));
		assertThat(line.callers().some()).containsExactly("1002");
		assertThat(line.numbers().patterns()).containsExactly("1900");
	}

	@Test
	void theRestIsToldAsPatterns() {
		var narrow = OFFICE.withRoutes(List.of(route("1NXXNXXXXXX", "NXXNXXXXXX", "NXXXXXX", "01144ZXXXX!")));
		assertThat(only(OFFICE, OFFICE.withRoutes(List.of(route("1NXXNXXXXXX", "011ZXXXX!")))).numbers())
			.isEqualTo(new Numbers(Kind.AS_DIALLED, new TreeSet<>(), List.of("NXXXXXX"), false,
					OptionalLong.of(8_000_000), "2234567"));
		var numbers = only(OFFICE, narrow).numbers();
		assertThat(numbers.kind()).isEqualTo(Kind.NUMBERS);
		assertThat(numbers.patterns()).contains("440XX!");
	}

	@Test
	void aPinIsAChangeOfItsOwn() {
		var pins = new TreeMap<>(Map.of("list", new PinList("List", "00", new TreeMap<>(Map.of("ab", "Ana")))));
		var asks = OFFICE.withRoutes(List.of(OFFICE.routes().getFirst().withPins("list")));
		var after = new Snapshot(asks.policy(), asks.hours(), asks.extensions(), asks.groups(), asks.trunks(),
				asks.routes(), asks.restrictions(), pins, asks.announcements());
		assertThat(lines(OFFICE, after)).isNotEmpty().allMatch((line) -> line.change() == Change.PIN_ASKED);
		assertThat(lines(after, OFFICE)).allMatch((line) -> line.change() == Change.PIN_DROPPED);
		assertThat(lines(null, after)).allMatch((line) -> line.change() == Change.DIALABLE_WITH_PIN);
		assertThat(lines(OFFICE, asks)).as("nobody knows one")
			.isNotEmpty()
			.allMatch((line) -> line.change() == Change.NOT_DIALABLE);
	}

	@Test
	void saysOutsideBusinessHours() {
		var rights = new TreeMap<>(OFFICE.extensions());
		rights.put("1001", new CallRestrictions(false, false, true, null));
		var lines = lines(OFFICE, OFFICE.withExtensions(rights));
		assertThat(lines).isNotEmpty()
			.allMatch((line) -> line.when() == When.OUTSIDE_BUSINESS_HOURS && line.change() == Change.NOT_DIALABLE
					&& line.callers().some().equals(List.of("1001")));
	}

	@Test
	void namesEmergencyNumbers() {
		var policy = OFFICE.policy();
		var after = OFFICE.withPolicy(new PolicyRules(policy.id(), policy.name(), "US", true, "011",
				policy.internationalPrefixes(), policy.allowedCodes(), new TreeSet<>(Set.of("933"))));
		var difference = Difference.of(OFFICE, after, NOW);
		assertThat(difference.emergencyLost()).containsExactly("911");
		assertThat(difference.emergencyGained()).containsExactly("933");
	}

	@Test
	void firstEverythingIsNew() {
		assertThat(lines(null, OFFICE)).allMatch((line) -> line.change() == Change.DIALABLE)
			.anyMatch((line) -> line.numbers().codes().equals(Set.of("1")) && line.numbers().kind() == Kind.COUNTRY);
	}

	private static List<Line> lines(@Nullable Snapshot before, Snapshot after) {
		var difference = Difference.of(before, after, NOW);
		assertThat(difference.complete()).isTrue();
		return difference.lines();
	}

	private static Line only(Snapshot before, Snapshot after) {
		var lines = lines(before, after);
		assertThat(lines).hasSize(1);
		return lines.getFirst();
	}

	private static CallRestrictions rights(boolean abroad) {
		return new CallRestrictions(!abroad, false, false, null);
	}

	private static PolicyRules policy(boolean protection, String... allowed) {
		return new PolicyRules(1, "Policy", "US", protection, "011", new TreeSet<>(Set.of("+", "011", "00")),
				new TreeSet<>(Set.of(allowed)), new TreeSet<>(Set.of("911")));
	}

	private static OutboundRoute route(String... patterns) {
		return OutboundRoute.through("Out", List.of("carrier"), List.of(patterns));
	}

	private static Snapshot office(String... allowed) {
		return Snapshot.of(policy(true, allowed),
				new BusinessHours(ZoneId.of("UTC"), Map.of(DayOfWeek.MONDAY, new BusinessHours.Hours(480, 1080))),
				new TreeMap<>(Map.of("1001", rights(true), "1002", rights(true), "1003", rights(false))),
				List.of("carrier"), List.of(route("1NXXNXXXXXX", "NXXNXXXXXX", "NXXXXXX", "011ZXXXX!")),
				NumberRestrictions.none());
	}

}
