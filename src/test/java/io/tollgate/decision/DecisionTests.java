package io.tollgate.decision;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.decision.Verdict.Reason;
import io.tollgate.decision.Verdict.Step;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.route.OutboundRoute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DecisionTests {

	/** A Tuesday, 10:42 in Monterrey. */
	private static final Instant TUESDAY = Instant.parse("2026-11-24T16:42:00Z");

	private static final CallRestrictions ABROAD = new CallRestrictions(false, false, false, null);

	/**
	 * The story of the first page: a factory in Mexico, customers in Argentina. 1001 may
	 * call abroad, 1002 may not.
	 */
	@ParameterizedTest
	@CsvSource({ "1001, 00541938384, ROUTED, 00541938384", "1001, 00621938384, COUNTRY,",
			"1001, 541938384, ROUTED, 541938384", "1002, 00541938384, EXTENSION,",
			"1001, +541938384, ROUTED, 00541938384", "1001, 011541938384, ROUTED, 00541938384",
			"1001, 011621938384, COUNTRY,", "1001, +621938384, COUNTRY,", "1002, 541938384, ROUTED, 541938384",
			"1002, 911, EMERGENCY, 911", "1001, 0018765550123, COUNTRY,", "1001, 00, COUNTRY,", "1001, 0054, NO_ROUTE,",
			"1001, 12, NO_ROUTE,", "9999, 541938384, ROUTED, 541938384", "9999, 00541938384, EXTENSION,",
			"trunk, 541938384, OUTBOUND,", "trunk, 911, EMERGENCY, 911", "1001, 9-1-1, EMERGENCY, 911" })
	void judgesTheStory(String endpoint, String dialled, Reason reason, String sent) {
		var verdict = judge(mexico(), endpoint, dialled);
		assertThat(verdict.reason()).isEqualTo(reason);
		assertThat(verdict.sent()).isEqualTo((sent != null) ? sent : "");
		assertThat(verdict.allowed()).isEqualTo(sent != null);
	}

	@ParameterizedTest
	@ValueSource(strings = { "00-541938384", "00541938384#", "００541938384", "0054 1938384", "00+541938384", "abc", "",
			"0054193838;1", "1&Local/900", "0054\r\nX: 1", "*72", "٠٠٥٤١٩٣٨٣٨٤" })
	void refusesWhatIsNoNumber(String dialled) {
		assertThat(judge(mexico(), "1001", dialled).reason()).isEqualTo(Reason.NUMBER);
	}

	@Test
	void refusesSixtyDigits() {
		assertThat(judge(mexico(), "1001", "0054" + "1".repeat(56)).reason()).isEqualTo(Reason.NUMBER);
	}

	@Test
	void anybodyMayReachAnEmergencyNumberWhateverElseHolds() {
		var nothing = with(mexico(), Map.of("1001", new CallRestrictions(true, true, true, 60)));
		assertThat(judge(nothing, "1001", "911").reason()).isEqualTo(Reason.EMERGENCY);
		assertThat(judge(nothing, "", "911").reason()).isEqualTo(Reason.EMERGENCY);
	}

	@Test
	void nobodyAnswersForACallWithoutAnEndpoint() {
		assertThat(judge(mexico(), "", "541938384").reason()).isEqualTo(Reason.WHO);
	}

	@Test
	void disallowedOutboundStopsNationalCallsToo() {
		var inside = with(mexico(), Map.of("1001", new CallRestrictions(false, true, false, null)));
		assertThat(judge(inside, "1001", "541938384").reason()).isEqualTo(Reason.OUTBOUND);
	}

	@Test
	void businessHoursCountInTheirOwnZone() {
		var office = with(mexico(), Map.of("1001", new CallRestrictions(false, false, true, null)));
		var opens = Instant.parse("2026-11-24T14:00:00Z");
		assertThat(judge(office, new Call("1001", "541938384", opens)).allowed()).isTrue();
		assertThat(judge(office, new Call("1001", "541938384", opens.minusSeconds(1))).reason())
			.isEqualTo(Reason.HOURS);
		assertThat(judge(office, new Call("1001", "541938384", opens.plusSeconds(10 * 3600 - 1))).allowed()).isTrue();
		assertThat(judge(office, new Call("1001", "541938384", opens.plusSeconds(10 * 3600))).reason())
			.isEqualTo(Reason.HOURS);
		var sunday = Instant.parse("2026-11-22T16:00:00Z");
		assertThat(judge(office, new Call("1001", "541938384", sunday)).reason()).isEqualTo(Reason.HOURS);
	}

	@Test
	void withoutProtectionEveryCountryIsOpen() {
		var open = policy("MX", false, "00", Set.of("+", "00", "011"), Set.of());
		assertThat(judge(with(mexico(), open), "1002", "00621938384").sent()).isEqualTo("00621938384");
	}

	@Test
	void aRemovedPrefixMakesANumberNational() {
		var narrow = policy("MX", true, "00", Set.of("00"), Set.of("54"));
		assertThat(judge(with(mexico(), narrow), "1001", "011621938384").reason()).isEqualTo(Reason.NO_ROUTE);
		assertThat(judge(with(mexico(), narrow), "1001", "011621938384").international()).isFalse();
	}

	/**
	 * From a +1 country the islands are a long-distance call away, in two more spellings.
	 */
	@ParameterizedTest
	@CsvSource({ "18765550123, COUNTRY,", "8765550123, COUNTRY,", "0118765550123, COUNTRY,", "01118765550123, COUNTRY,",
			"+18765550123, COUNTRY,", "15035550123, ROUTED, 15035550123", "5035550123, ROUTED, 5035550123",
			"+15035550123, ROUTED, 15035550123", "01115035550123, ROUTED, 15035550123",
			"12425550123, ROUTED, 12425550123", "2425550123, ROUTED, 2425550123", "+12425550123, ROUTED, 12425550123",
			"8765550, NO_ROUTE,", "01154193838499, COUNTRY,", "011441938384123, ROUTED, 011441938384123" })
	void judgesTheIslandsFromTheUnitedStates(String dialled, Reason reason, String sent) {
		var policy = policy("US", true, "011", Set.of("+", "00", "011"), Set.of("1", "1242", "44"));
		var snapshot = Snapshot.of(
				policy, hours(), new TreeMap<>(Map.of("1001", ABROAD)), new TreeSet<>(), List.of(OutboundRoute
					.through("Outbound", List.of("trunk"), List.of("NXXNXXXXXX", "1NXXNXXXXXX", "011ZXXXX!"))),
				NumberRestrictions.none());
		var verdict = judge(snapshot, "1001", dialled);
		assertThat(verdict.reason()).isEqualTo(reason);
		assertThat(verdict.sent()).isEqualTo((sent != null) ? sent : "");
	}

	@Test
	void tellsEveryStepAndWhatWasNotReached() {
		var verdict = judge(mexico(), "1002", "00541938384");
		assertThat(verdict.steps()).extracting(Step::rule).containsExactly(Step.Rule.values());
		assertThat(verdict.steps()).extracting(Step::outcome)
			.containsExactly(Step.Outcome.PASS, Step.Outcome.PASS, Step.Outcome.PASS, Step.Outcome.PASS,
					Step.Outcome.PASS, Step.Outcome.STOP, Step.Outcome.NOT_REACHED, Step.Outcome.NOT_REACHED,
					Step.Outcome.NOT_REACHED, Step.Outcome.NOT_REACHED);
		assertThat(verdict.callingCode()).isEqualTo("54");
	}

	private static Verdict judge(Snapshot snapshot, String endpoint, String dialled) {
		return judge(snapshot, new Call(endpoint, dialled, TUESDAY));
	}

	private static Verdict judge(Snapshot snapshot, Call call) {
		return Decision.judge(snapshot, call);
	}

	private static Snapshot mexico() {
		return Snapshot.of(policy("MX", true, "00", Set.of("+", "00", "011"), Set.of("54")), hours(),
				new TreeMap<>(Map.of("1001", ABROAD, "1002", CallRestrictions.DEFAULT)), new TreeSet<>(Set.of("trunk")),
				List.of(OutboundRoute.through("Outbound", List.of("trunk"),
						List.of("NXXXXXXXX", "NXXXXXXXXX", "00ZXXXX!"))),
				NumberRestrictions.none());
	}

	private static PolicyRules policy(String home, boolean protection, String dialingCode, Set<String> prefixes,
			Set<String> allowed) {
		return new PolicyRules(1, "Test", home, protection, dialingCode, new TreeSet<>(prefixes),
				new TreeSet<>(allowed), new TreeSet<>(Set.of("911")));
	}

	private static BusinessHours hours() {
		var open = new BusinessHours.Hours(8 * 60, 18 * 60);
		return new BusinessHours(ZoneId.of("America/Monterrey"),
				Map.of(DayOfWeek.MONDAY, open, DayOfWeek.TUESDAY, open));
	}

	private static Snapshot with(Snapshot snapshot, Map<String, CallRestrictions> extensions) {
		return Snapshot.of(snapshot.policy(), snapshot.hours(), new TreeMap<>(extensions), snapshot.trunks().keySet(),
				snapshot.routes(), snapshot.restrictions());
	}

	private static Snapshot with(Snapshot snapshot, PolicyRules policy) {
		return Snapshot.of(policy, snapshot.hours(), snapshot.extensions(), snapshot.trunks().keySet(),
				snapshot.routes(), snapshot.restrictions());
	}

}
