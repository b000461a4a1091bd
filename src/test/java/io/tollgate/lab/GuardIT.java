package io.tollgate.lab;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.tollgate.lab.SipPhones.Call;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The guard on a real Asterisk: what phones dial, and what reaches the carrier.
 * Generation 12 is a Mexican factory that may call Argentina: 1001 may call abroad, 1002
 * not, 1003 only in business hours, 1004 not at all, 1005 for two seconds, and of 1006
 * nothing is known.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(RealAsterisk.Version.class)
@ExtendWith(AsteriskLog.class)
class GuardIT {

	private static final String ARGENTINA = "00541938384";

	private static final String INDONESIA = "00621938384";

	private static final String NATIONAL = "541938384";

	private static RealAsterisk pbx;

	private static SipPhones phones;

	private static Carrier carrier;

	private static LabAmi ami;

	@Parameter
	private RealAsterisk.Version version;

	@BeforeParameterizedClassInvocation
	static void start(RealAsterisk.Version version) {
		pbx = RealAsterisk.start(version, LabSpec.of(10));
		carrier = Carrier.start(pbx);
		phones = new SipPhones(pbx);
		ami = pbx.ami();
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		ami.close();
		carrier.close();
		pbx.close();
	}

	@BeforeEach
	void load() {
		pbx.install(Map.of("tollgate_guard.conf", GuardFiles.guard(), "tollgate_slot_a.conf",
				GuardFiles.slot("a", List.of("911"),
						List.of("NXXXXXXXX", "NXXNXXXXXX", "1NXXNXXXXXX", "00NXXXX!", "011NXXXX!")),
				"tollgate_slot_b.conf", GuardFiles.slot("b", List.of("066"), List.of("NXXXXXXX"))));
		ami.clear();
		rows("12", "cfg=1a00", "ip/+=1c", "ip/00=2c", "ip/011=3c", "e164/54=ai", "e164/1=ai", "ext/1001=11",
				"ext/1002=01", "ext/1003=1h", "ext/1004=10", "ext/1005=112", "ext/trunk=00", "ext/by-address=01");
		ami.put("active", "12");
		carrier.numbers();
		ami.forget();
	}

	private static void rows(String generation, String... rows) {
		for (var row : rows) {
			ami.put(generation + "/" + row.substring(0, row.indexOf('=')), row.substring(row.indexOf('=') + 1));
		}
	}

	private void assertPasses(String endpoint, String number, String sent) {
		assertThat(phones.call(endpoint, number)).as("%s dials %s", endpoint, number).isEqualTo(200);
		assertThat(carrier.numbers()).as("%s dials %s", endpoint, number).containsExactly(sent);
	}

	private void assertBlocked(String endpoint, String number, String why) {
		assertThat(phones.call(endpoint, number)).as("%s dials %s", endpoint, number)
			.isEqualTo(why.equals("no-route") ? 404 : 403);
		assertBlockEvent(endpoint, why);
	}

	private void assertBlockEvent(String who, String why) {
		var event = ami.awaitBlock();
		assertThat(event.value("Who")).as("%s", event).isEqualTo(who);
		assertThat(event.value("Why")).as("%s", event).isEqualTo(why);
		assertThat(carrier.numbers()).isEmpty();
	}

	@Test
	void theFourVerdicts() {
		assertPasses("1001", ARGENTINA, ARGENTINA);
		assertBlocked("1001", INDONESIA, "country");
		assertPasses("1001", NATIONAL, NATIONAL);
		assertBlocked("1002", ARGENTINA, "extension");
	}

	@ParameterizedTest
	@ValueSource(strings = { "00", "011", "+", "%2B", "%2b" })
	void everySpellingOfACountryIsJudgedTheSame(String prefix) {
		assertPasses("1001", prefix + "541938384", ARGENTINA);
		assertBlocked("1001", prefix + "621938384", "country");
		assertBlocked("1002", prefix + "541938384", "extension");
	}

	@Test
	void whatMayNotBeInANumberPassesNowhere() {
		var sixty = "0054" + "1".repeat(56);
		var numbers = List.of("00-541938384", "-00541938384", "5-41938384", "-541938384", "00%20541938384",
				"00541938384%23", "00%23", "%23541938384", "54193838%2A", "1%26Local%2F900%40secret",
				"541938384%26Local%2F" + INDONESIA, "%EF%BC%90%EF%BC%90541938384", "%D9%A0%D9%A0541938384",
				"541938384%EF%BC%91", sixty, "5".repeat(33), "5".repeat(78), "541938384%2C1",
				"541938384%2C1%2CTG_G%3D12", "0%22%20%7C%20%221", "541938384%22", "5%27or%271",
				"541938384%24%7BSHELL%28id%29%7D", "541938384%29", "54193838%7D", "541938384%0A", "541938384%3Bx=1",
				"541938384%E2%80%A8", "+", "00", "0", "%2B%2B541938384", "00%2B541938384", "0000541938384",
				"00621938384%00", "9".repeat(32));
		var calls = numbers.stream().map((number) -> new Call("1001", number)).toList();
		var statuses = phones.callAll(calls);
		assertThat(IntStream.range(0, calls.size()).filter((n) -> statuses.get(n) == 200).mapToObj(numbers::get))
			.isEmpty();
		assertThat(carrier.numbers()).isEmpty();
	}

	@Test
	void anEarlyEndIsJudgedAsItIsSent() {
		assertPasses("1001", NATIONAL + "%00" + INDONESIA, NATIONAL);
		assertBlocked("1001", INDONESIA + "%00", "country");
	}

	@Test
	void lineBreaksInANumberMakeNoHeaders() throws Exception {
		try (var watcher = new LabAmi(pbx.amiPort(), "tollgate", true)) {
			assertBlocked("1001", INDONESIA + "%0d%0aInjected%3A%20yes%0d%0aWho%3A%201004", "number");
			var event = watcher.awaitBlock();
			assertThat(event.lines()).noneMatch((line) -> line.startsWith("Injected"));
			assertThat(event.values("Who")).containsExactly("1001");
			assertThat(event.value("Number")).matches("[0-9]{11,32}");
		}
	}

	@Test
	void theEndpointIsJudgedNotItsCallerId() {
		for (var header : List.of("P-Asserted-Identity: <sip:1001@127.0.0.1>", "Remote-Party-ID: <sip:1001@127.0.0.1>",
				"Diversion: <sip:1001@127.0.0.1>", "Referred-By: <sip:1001@127.0.0.1>")) {
			assertThat(phones.callFrom("127.0.0.13", "1001", ARGENTINA, header)).as(header).isEqualTo(403);
			assertBlockEvent("by-address", "extension");
		}
	}

	@Test
	void aTransferIsJudgedByWhoTransfers() {
		phones.callAndTransfer("1001", NATIONAL, INDONESIA);
		assertThat(carrier.numbers()).containsExactly(NATIONAL);
		assertBlockEvent("1001", "country");
		phones.callAndTransfer("1002", NATIONAL, ARGENTINA);
		assertThat(carrier.numbers()).containsExactly(NATIONAL);
		assertBlockEvent("1002", "extension");
		phones.callAndTransfer("1001", NATIONAL, ARGENTINA);
		assertThat(carrier.numbers()).containsExactly(NATIONAL, ARGENTINA);
	}

	@Test
	void aTransferByTheCalledIsJudgedByTheCalled() {
		try (var phone = CalledPhone.transferring(pbx, ARGENTINA)) {
			assertThat(phones.hold("1001", "1002")).isLessThan(Duration.ofSeconds(20));
			assertBlockEvent("1002", "extension");
			assertThat(phone.calls()).isEqualTo(1);
		}
	}

	@Test
	void aCarrierTransfersNobodyAbroad() {
		carrier.close();
		carrier = Carrier.transferring(pbx, ARGENTINA);
		try {
			assertThat(phones.hold("1001", NATIONAL)).isLessThan(Duration.ofSeconds(20));
			assertThat(carrier.numbers()).containsExactly(NATIONAL);
			assertBlockEvent("trunk", "outbound");
		}
		finally {
			carrier.close();
			carrier = Carrier.start(pbx);
		}
	}

	@Test
	void aForwardedCallIsJudgedByWhoForwards() {
		try (var phone = CalledPhone.forwarding(pbx, ARGENTINA)) {
			phones.call("1001", "1002");
			assertBlockEvent("1002", "extension");
			phones.call("1002", "1001");
			assertThat(carrier.numbers()).containsExactly(ARGENTINA);
			assertThat(phone.calls()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "00541938384%2CTG_G=12", "0054%221938384", "00541938384%0d%0aWho%3A%201001" })
	void aForwardToAStrangeNumberPassesNowhere(String number) {
		try (var phone = CalledPhone.forwarding(pbx, number)) {
			assertThat(phones.call("1002", "1001")).isNotEqualTo(200);
			assertThat(phone.calls()).isEqualTo(1);
			assertThat(carrier.numbers()).isEmpty();
		}
	}

	private static String probe(String endpoint, String number) {
		ami.action("DBDelTree", "Family", "tollgateprobe");
		ami.action("Originate", "Channel", "Local/" + number + "@tollgate-probe/n", "Application", "NoOp", "Timeout",
				"2000", "Variable", "_TGP_WHO=" + endpoint, "Variable", "_TGP_ID=1", "Variable", "CDR_PROP(disable)=1");
		return ami.command("database show tollgateprobe")
			.stream()
			.filter((line) -> line.startsWith("/tollgateprobe/1 "))
			.map((line) -> line.substring(line.indexOf(':') + 1).strip())
			.findFirst()
			.orElse("");
	}

	@Test
	void aProbeIsJudgedLikeACallAndCallsNobody() {
		assertThat(probe("1001", "911")).isEqualTo("emergency");
		assertThat(probe("1004", "066")).isEqualTo("emergency");
		assertThat(probe("1001", ARGENTINA)).isEqualTo("allowed-12-a-" + ARGENTINA);
		assertThat(probe("1001", "+541938384")).isEqualTo("allowed-12-a-" + ARGENTINA);
		assertThat(probe("1002", NATIONAL)).isEqualTo("allowed-12-a-" + NATIONAL);
		assertThat(probe("1001", INDONESIA)).isEqualTo("blocked-12");
		assertThat(probe("1002", ARGENTINA)).isEqualTo("blocked-12");
		assertThat(probe("1003", NATIONAL)).isEqualTo("blocked-12");
		assertThat(probe("1004", NATIONAL)).isEqualTo("blocked-12");
		assertThat(probe("trunk", NATIONAL)).isEqualTo("blocked-12");
		assertThat(probe("", ARGENTINA)).isEqualTo("blocked-12");
		ami.delete("active");
		assertThat(probe("1001", "911")).isEqualTo("emergency");
		assertThat(probe("1001", NATIONAL)).isEqualTo("blocked-");
		assertThat(carrier.numbers()).isEmpty();
		assertThat(ami.events()).noneMatch((event) -> event.has("UserEvent", "TollgateBlock"))
			.noneMatch((event) -> event.has("Event", "Cdr"));
	}

	/** Neither what a phone says in SIP nor what it dials makes a probe of its call. */
	@Test
	void noCallBecomesAProbe() {
		// what was set to probing by hand in another test has left its verdict
		ami.command("database deltree tollgateprobe");
		for (var header : List.of("TG_Q: probe-", "X-TG_Q: probe-", "Variable: TG_Q=probe-", "TGP_ID: 1")) {
			assertThat(phones.callFrom("127.0.0.13", "by-address", NATIONAL, header)).as(header).isEqualTo(200);
			assertThat(carrier.numbers()).as(header).containsExactly(NATIONAL);
			assertThat(phones.callFrom("127.0.0.13", "by-address", INDONESIA, header)).as(header).isEqualTo(403);
			assertBlockEvent("by-address", "extension");
		}
		for (var number : List.of(NATIONAL + "%40tollgate-probe", "tollgate-probe", "s%40tollgate-probe-deny",
				NATIONAL + "%3BTG_Q=probe-")) {
			phones.call("1001", number);
		}
		phones.callAndTransfer("1001", NATIONAL, INDONESIA);
		assertBlockEventAfter(NATIONAL);
		assertThat(ami.command("database show tollgateprobe")).noneMatch((line) -> line.startsWith("/tollgateprobe"));
	}

	private void assertBlockEventAfter(String first) {
		assertThat(carrier.numbers()).allMatch(first::equals);
		var event = ami.await((message) -> message.has("Why", "country"), Duration.ofSeconds(30));
		assertThat(event.value("Who")).isEqualTo("1001");
	}

	/** Where the variable is set after all, in the dialplan, the call goes nowhere. */
	@Test
	void aCallThatIsSetToProbingDoesNotLeave() {
		pbx.install(Map.of("tollgate_slot_b.conf",
				GuardFiles.slot("b", List.of("066"), List.of("NXXXXXXX"))
						+ "[set-by-hand]\nexten => _X.,1,MSet(TG_Q=probe-,BLINDTRANSFER=PJSIP/1001-00000000)\n"
						+ "same => n,Goto(tollgate-guard,${EXTEN},1)\n"));
		ami.action("Originate", "Channel", "Local/" + ARGENTINA + "@set-by-hand/n", "Application", "NoOp", "Timeout",
				"2000");
		assertThat(carrier.numbers()).isEmpty();
	}

	@Test
	void aCallThatBelongsToNobodyGoesNowhere() {
		var response = ami.action("Originate", "Channel", "Local/" + ARGENTINA + "@from-internal", "Application",
				"Echo", "Async", "true", "Timeout", "5000");
		assertThat(response.value("Response")).isEqualTo("Success");
		assertBlockEvent("", "who");
	}

	@Test
	void emergencyNumbersPassInEveryState() {
		var calls = Stream.of("1001", "1002", "1003", "1004", "1006", "by-address")
			.flatMap((endpoint) -> Stream.of(new Call(endpoint, "911"), new Call(endpoint, "066")))
			.toList();
		assertThat(phones.callAll(calls)).containsOnly(200);
		ami.delete("active");
		assertThat(phones.callAll(calls)).containsOnly(200);
		ami.clear();
		assertThat(phones.callAll(calls)).containsOnly(200);
		assertThat(phones.callFrom("127.0.0.20", "1001", "911", "X-Lab: 1")).isEqualTo(200);
		carrier.numbers();
		assertBlocked("1001", NATIONAL, "no-policy");
	}

	@Test
	void aTornGuardLetsEmergencyNumbersPassAndNothingElse() {
		var lines = GuardFiles.guard().lines().toList();
		int first = lines.indexOf("include => tollgate-emergency-a") + 1;
		int second = lines.indexOf("include => tollgate-emergency-b") + 1;
		int judged = IntStream.range(0, lines.size())
			.filter((n) -> lines.get(n).startsWith("same => n(judge)"))
			.findFirst()
			.orElseThrow();
		for (int cut = 1; cut < lines.size(); cut++) {
			pbx.install(Map.of("tollgate_guard.conf", String.join("\n", lines.subList(0, cut)) + "\n"));
			var statuses = phones.callAll(List.of(new Call("1001", INDONESIA), new Call("1002", ARGENTINA),
					new Call("1004", NATIONAL), new Call("1001", "911"), new Call("1001", "066")));
			var expected = (cut < first) ? List.<String>of() : (cut < second) ? List.of("911") : List.of("911", "066");
			assertThat(carrier.numbers()).as("cut after line %d", cut).containsExactlyInAnyOrderElementsOf(expected);
			if (cut <= judged) {
				assertThat(phones.call("1001", NATIONAL)).as("cut after line %d", cut).isNotEqualTo(200);
			}
			assertThat(statuses.subList(0, 3)).as("cut after line %d", cut).doesNotContain(200);
			// Asterisk hangs up on a manager who does not read the events
			ami.forget();
		}
	}

	@Test
	void anUnconfirmedCommitEndsByItself() {
		rows("13", "cfg=1a00", "ip/00=2c", "e164/62=ai", "ext/1001=11");
		long now = Instant.now().getEpochSecond();
		ami.put("active", "13-12-" + (now + 600));
		assertPasses("1001", INDONESIA, INDONESIA);
		assertBlocked("1001", ARGENTINA, "country");
		ami.put("active", "13-12-" + (now - 1));
		assertPasses("1001", ARGENTINA, ARGENTINA);
		assertBlocked("1001", INDONESIA, "country");
		ami.put("active", "13--" + (now - 1));
		assertBlocked("1001", INDONESIA, "no-policy");
		ami.put("active", "13--" + (now + 600));
		assertPasses("1001", INDONESIA, INDONESIA);
		ami.put("active", "13");
		assertPasses("1001", INDONESIA, INDONESIA);
	}

	@Test
	void theFallBackNeedsNobody() {
		rows("13", "cfg=1a00", "ip/00=2c", "e164/62=ai", "ext/1001=11");
		var end = Instant.now().plusSeconds(3);
		ami.put("active", "13-12-" + end.getEpochSecond());
		assertThat(phones.call("1001", ARGENTINA)).isEqualTo(403);
		int status = 403;
		while (status != 200 && Instant.now().isBefore(end.plusSeconds(5))) {
			status = phones.call("1001", ARGENTINA);
		}
		assertThat(status).isEqualTo(200);
		assertThat(Instant.now()).isAfterOrEqualTo(end.minusSeconds(1));
	}

	@Test
	void businessHoursAreThoseOfTheTimeZone() {
		for (int day = 1; day <= 7; day++) {
			rows("12", "hours/" + day + "=09001700");
		}
		rows("12", "hours/tz=" + zoneWhereItIs(12));
		assertPasses("1003", ARGENTINA, ARGENTINA);
		assertPasses("1003", NATIONAL, NATIONAL);
		assertBlocked("1003", INDONESIA, "country");
		rows("12", "hours/tz=" + zoneWhereItIs(3));
		assertBlocked("1003", NATIONAL, "hours");
		assertBlocked("1003", ARGENTINA, "hours");
		assertPasses("1001", NATIONAL, NATIONAL);
		ami.delete("12/hours/tz");
		assertBlocked("1003", NATIONAL, "hours");
	}

	@Test
	void aDayWithoutHoursIsClosedAndOneOfAllHoursOpen() {
		rows("12", "hours/tz=America/Mexico_City");
		assertBlocked("1003", NATIONAL, "hours");
		for (int day = 1; day <= 7; day++) {
			rows("12", "hours/" + day + "=00002400");
		}
		assertPasses("1003", NATIONAL, NATIONAL);
	}

	/** A zone in which it is between that hour and the next. */
	private static String zoneWhereItIs(int hour) {
		int offset = Math.floorMod(hour - Instant.now().atZone(ZoneOffset.UTC).getHour(), 24);
		// the sign of these names is turned round
		return (offset > 12) ? "Etc/GMT+" + (24 - offset) : "Etc/GMT-" + offset;
	}

	@Test
	void aCallEndsAtItsLongestDuration() {
		assertThat(phones.hold("1005", ARGENTINA)).isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(20));
	}

	@Test
	void territoriesOfPlusOneAreJudgedInNationalFormToo() {
		rows("14", "cfg=1a011", "ip/+=1c", "ip/00=2c", "ip/011=3c", "ip/1876=0k", "np/1876=1", "e164/1=an",
				"e164/54=ai", "e164/1876=d", "ext/1001=11", "ext/1002=01");
		ami.put("active", "14");
		for (var jamaica : List.of("18762345678", "8762345678", "87623456789", "+18762345678", "0018762345678",
				"01118762345678")) {
			assertBlocked("1001", jamaica, "country");
			assertBlocked("1002", jamaica, "extension");
		}
		assertPasses("1002", "14162345678", "14162345678");
		assertPasses("1002", "4162345678", "4162345678");
		assertPasses("1001", "+14162345678", "14162345678");
		assertPasses("1001", "01114162345678", "14162345678");
		assertPasses("1001", "00541938384", "011541938384");
		rows("14", "e164/1876=an");
		assertPasses("1001", "18762345678", "18762345678");
		assertPasses("1001", "8762345678", "8762345678");
		assertPasses("1001", "+18762345678", "18762345678");
		ami.delete("14/e164/1876");
		assertPasses("1001", "8762345678", "8762345678");
		ami.delete("14/e164/1");
		assertBlocked("1001", "8762345678", "country");
	}

	@Test
	void theLongestCodeAndTheLongestPrefixDecide() {
		rows("12", "e164/5491=d", "e164/5491123=ai", "e164/41=ai", "ip/0099=4c", "ip/00995=5c");
		assertBlocked("1001", "0054911299999", "country");
		assertPasses("1001", "0054911239999", "0054911239999");
		assertPasses("1001", "0099541938384", "0041938384");
	}

	@Test
	void anExtensionThatIsNotKnownStaysInTheCountry() {
		assertPasses("1006", NATIONAL, NATIONAL);
		assertBlocked("1006", ARGENTINA, "extension");
	}

	@Test
	void noOutboundCallsMeansNone() {
		assertBlocked("1004", NATIONAL, "outbound");
		assertBlocked("1004", ARGENTINA, "outbound");
	}

	@Test
	void whatComesInByTheTrunkDoesNotGoOutByIt() {
		assertThat(phones.callFrom("127.0.0.20", "1001", NATIONAL, "X-Lab: 1")).isEqualTo(403);
		assertBlockEvent("trunk", "outbound");
	}

	@Test
	void withoutProtectionEveryCountryMayBeDialled() {
		rows("12", "cfg=0a00");
		assertPasses("1002", INDONESIA, INDONESIA);
		assertPasses("1002", "+621938384", INDONESIA);
		assertBlocked("1004", INDONESIA, "outbound");
	}

	@Test
	void theSlotOfTheGenerationIsUsed() {
		rows("12", "cfg=1b00");
		assertPasses("1001", "54193838", "54193838");
		assertBlocked("1001", NATIONAL, "no-route");
		rows("12", "cfg=1c00");
		assertThat(phones.call("1001", NATIONAL)).isNotEqualTo(200);
		assertThat(carrier.numbers()).isEmpty();
	}

	@Test
	void aRowThatIsNotUnderstoodDenies() {
		for (var broken : List.of("cfg=\"", "ext/1001=\"", "ext/1001=1", "ext/1001=$[", "e164/54=x",
				"e164/54=\"|\"1")) {
			load();
			rows("12", broken);
			assertThat(phones.call("1001", ARGENTINA)).as(broken).isNotEqualTo(200);
			assertThat(carrier.numbers()).as(broken).isEmpty();
		}
	}

}
