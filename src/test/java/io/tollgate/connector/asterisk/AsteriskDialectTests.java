package io.tollgate.connector.asterisk;

import java.time.DayOfWeek;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.DesiredConfig;
import io.tollgate.connector.DialSection;
import io.tollgate.connector.Line;
import io.tollgate.connector.PinGate;
import io.tollgate.connector.DesiredConfig.CodeRule;
import io.tollgate.connector.DesiredConfig.EndpointRights;
import io.tollgate.connector.DesiredConfig.OpenHours;
import io.tollgate.connector.DesiredConfig.Outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AsteriskDialectTests {

	private static final DesiredConfig BASE = ConnectorContractTests.desired();

	private static final PinGate GATE = new PinGate("c0ffee", new TreeMap<>(Map.of("a".repeat(40), "Front desk")));

	private static void refused(String code, DesiredConfig desired) {
		assertThatExceptionOfType(ConnectorException.class).isThrownBy(() -> AsteriskDialect.validate(desired))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(ConnectorException.Kind.REFUSED))
			.satisfies((ex) -> assertThat(ex.problem().code()).isEqualTo(code));
	}

	private static DesiredConfig with(String dialingCode, Set<String> prefixes, Set<String> territories,
			Map<String, CodeRule> codes, String zone, @Nullable String trunk) {
		return new DesiredConfig(true, dialingCode, new TreeSet<>(prefixes), new TreeSet<>(territories),
				new TreeMap<>(codes), BASE.emergency(), BASE.nationalForms(), BASE.restricted(), BASE.exemptions(),
				BASE.endpoints(), zone, BASE.hours(),
				(trunk != null) ? List.of(DialSection.through(trunk, List.of("NXXNXXXXXX"))) : List.of(),
				new TreeMap<>(), new TreeMap<>());
	}

	@Test
	void encodesEveryRow() {
		assertThat(AsteriskDialect.rows(BASE, 'b')).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
				Map.entry("cfg", "1b011"), Map.entry("e164/1", "an"), Map.entry("e164/1242", "an"),
				Map.entry("e164/1876", "d"), Map.entry("e164/54", "ai"), Map.entry("ext/1001", "11600"),
				Map.entry("ext/1002", "0h"), Map.entry("ext/trunk", "00"), Map.entry("hours/1", "08001700"),
				Map.entry("hours/7", "00002400"), Map.entry("hours/tz", "America/New_York"), Map.entry("ip/+", "1c"),
				Map.entry("ip/00", "2c"), Map.entry("ip/011", "3c"), Map.entry("ip/1876", "0k"),
				Map.entry("np/1876", "1"), Map.entry("sum", "9dd8bb98dc490ddbe54a5e3815718ed56fed4bef")));
	}

	@Test
	void writesASlotFile() {
		var desired = ConnectorContractTests.withRoute(BASE, Set.of("911"), List.of("NXXX!"));
		assertThat(AsteriskDialect.slot(desired, 'a').text()).isEqualTo("""
				[tollgate-emergency-a]
				exten => 911,1,Dial(PJSIP/911@trunk,120)
				same => n,Hangup()
				[tollgate-routes-a]
				include => tollgate-a-1
				include => tollgate-noroute
				[tollgate-a-1]
				exten => _NXXX!,1,Goto(tollgate-a-1-go,${EXTEN},1)
				include => tollgate-noroute
				[tollgate-a-1-go]
				exten => _[+0-9]!,1,Dial(PJSIP/${EXTEN}@trunk,120,${IF($["${TG_X:2}"!=""]?S(${TG_X:2}))})
				same => n(end),Hangup()
				""");
	}

	@Test
	void asksForAPinAndSendsInFull() {
		var line = new Line("isdn", "DAHDI/g1/$OUTNUM$", "77", true);
		var desired = ConnectorContractTests.withPins(BASE, line, GATE, "*999");
		var text = String.join("\n", "[tollgate-emergency-a]", "exten => 911,1,Dial(DAHDI/g1/77911,120)",
				"same => n,Dial(PJSIP/911@trunk,120)", "same => n,Hangup()", "[tollgate-codes-a]",
				"exten => *999,1,Goto(tollgate-announce,${EXTEN},1)", "[tollgate-routes-a]", "include => tollgate-a-1",
				"include => tollgate-noroute", "[tollgate-a-1]",
				"exten => _9NXXNXXXXXX,1,GotoIf($[(\"${DB(tollgate/${TG_G}/who/1/${${TG_V}:6:-9})}\"=\"1\")]?tollgate-a-1-go,${EXTEN:1},1:tollgate-noroute,${EXTEN},1)",
				"include => tollgate-noroute", "[tollgate-a-1-go]",
				"exten => _[+0-9]!,1,Gosub(tollgate-sent,${EXTEN},1)", "same => n,Gosub(tollgate-pin,s,1(k3f9))",
				"same => n,Set(DIALSTATUS=)",
				"same => n,ExecIf($[\"${TG_E}\"!=\"\"]?Dial(DAHDI/g1/77+${TG_E},120,${IF($[\"${TG_X:2}\"!=\"\"]?S(${TG_X:2}))}))",
				"same => n,GotoIf($[\"${DIALSTATUS}\"=\"CHANUNAVAIL\" | \"${DIALSTATUS}\"=\"CONGESTION\" | \"${DIALSTATUS}\"=\"\"]?:end)",
				"same => n,Dial(PJSIP/${EXTEN}@trunk,120,${IF($[\"${TG_X:2}\"!=\"\"]?S(${TG_X:2}))})",
				"same => n(end),Hangup()");
		assertThat(AsteriskDialect.slot(desired, 'a').text()).isEqualTo(text + "\n");
		assertThat(AsteriskDialect.rows(desired, 'a')).containsEntry("salt/k3f9", "c0ffee")
			.containsEntry("pin/k3f9/" + "a".repeat(40), "Front desk")
			.containsEntry("say/*999", "1sorry&custom/closed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Local/$OUTNUM$@from-internal", "DAHDI/g1/0062$OUTNUM$", "SIP/a/+$OUTNUM$", "SIP/a",
			"SIP/a/$OUTNUM$,30", "SIP/a/$OUTNUM$&SIP/b", "SIP/$OUTNUM$/$OUTNUM$", "SIP/${SHELL(id)}/$OUTNUM$",
			"$OUTNUM$", "SIP/a/$OUTNUM$0" })
	void refusesDialStrings(String dial) {
		refused("invalid-dial-string",
				ConnectorContractTests.withPins(BASE, new Line("x", dial, "", false), GATE, "*999"));
	}

	@Test
	void refusesAccessCodesPinsAndFeatureCodes() {
		for (var code : List.of("#1", "12345678901", "1,2", "+")) {
			refused("invalid-access-code",
					ConnectorContractTests.withPins(BASE, new Line("trunk", "", code, false), GATE, "*999"));
		}
		for (var label : List.of("", "a,b", "${X}", "é", "a\nb", "x".repeat(41))) {
			refused("invalid-pin-label", ConnectorContractTests.withPins(BASE, Line.of("trunk"),
					new PinGate("c0ffee", new TreeMap<>(Map.of("a".repeat(40), label))), "*999"));
		}
		refused("invalid-pin", ConnectorContractTests.withPins(BASE, Line.of("trunk"),
				new PinGate("c0ffee", new TreeMap<>(Map.of("4711", "x"))), "*999"));
		refused("invalid-salt",
				ConnectorContractTests.withPins(BASE, Line.of("trunk"), new PinGate("${X}", new TreeMap<>()), "*999"));
		for (var code : List.of("999", "*9", "*123456", "*99,1", "_*XX")) {
			refused("invalid-feature-code", ConnectorContractTests.withPins(BASE, Line.of("trunk"), GATE, code));
		}
	}

	@Test
	void readsItsOwnFileBack() {
		var text = AsteriskDialect.slot(BASE, 'a');
		var read = DialplanText.parse(text.text());
		assertThat(read.contextNames()).isEqualTo(text.contextNames());
		for (var context : text.contextNames()) {
			assertThat(read.steps(context)).isEqualTo(text.steps(context));
		}
		var contexts = new TreeMap<String, List<String>>();
		read.contextNames().forEach((context) -> contexts.put(context, read.steps(context)));
		assertThat(AsteriskDialect.lines(AsteriskDialect.rows(BASE, 'a'), contexts, 'a'))
			.isEqualTo(AsteriskDialect.lines(BASE));
	}

	@Test
	void showsAForeignStepAsItStandsThere() {
		var steps = List.of("_NXX,1,System(rm)", "911,1,Dial(PJSIP/911@x,120)", "911,2,Hangup()");
		var lines = AsteriskDialect.lines(new TreeMap<>(),
				new TreeMap<>(Map.of("tollgate-emergency-a", steps, "tollgate-routes-a", steps)), 'a');
		assertThat(lines).containsEntry("emergency/_NXX", "_NXX,1,System(rm)")
			.containsEntry("route/_NXX", "_NXX,1,System(rm)");
		// and nothing of it is written back
		assertThat(AsteriskDialect.emergency(lines, 'a').text()).doesNotContain("System").contains("911,1,Dial");
	}

	@Test
	void comparesLineByLine() {
		var diff = AsteriskDialect.diff(new TreeMap<>(Map.of("a", "1", "b", "2")),
				new TreeMap<>(Map.of("b", "3", "c", "4")));
		assertThat(diff.removed()).containsExactly("a = 1", "b = 2");
		assertThat(diff.added()).containsExactly("b = 3", "c = 4");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "!", "_.", "_!", "9/1001", "1,1,Goto(x)", "NXX.X", "N!X", "[", "[]", "[1-", "[X]",
			"${EXTEN}", "NXX ", "nxx", "1;2", "NX\n", "-1", "X-X", "[1-5]]", "1!!",
			"XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX" })
	void refusesPatterns(String pattern) {
		refused("invalid-pattern", ConnectorContractTests.withRoute(BASE, Set.of("911"), List.of("NXX", pattern)));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "X", "NXXNXXXXXX", "00ZXXXX!", "011NXXXX.", "[1-35*#]11", "*67X!", "#31#X", "112", "+49X!" })
	void takesPatterns(String pattern) {
		AsteriskDialect.validate(ConnectorContractTests.withRoute(BASE, Set.of("911"), List.of(pattern)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a b", "a/b", "a&b", "a,b", "${SHELL(id)}", "é", "1001\n", "a)b", "x;y",
			"12345678901234567890123456789012345678901" })
	void refusesEndpointsAndTrunks(String name) {
		refused("invalid-endpoint", ConnectorContractTests.withEndpoints(BASE, Map.of(name, EndpointRights.UNKNOWN)));
		refused("invalid-trunk", with("00", Set.of("00"), Set.of(), Map.of(), "UTC", name));
	}

	@Test
	void refusesTheRest() {
		refused("invalid-dialing-code", with("+", Set.of("00"), Set.of(), Map.of(), "UTC", "t"));
		refused("invalid-dialing-code", with("", Set.of("00"), Set.of(), Map.of(), "UTC", "t"));
		refused("invalid-prefix", with("00", Set.of("0011223"), Set.of(), Map.of(), "UTC", "t"));
		refused("invalid-prefix", with("00", Set.of("0/1"), Set.of(), Map.of(), "UTC", "t"));
		refused("invalid-prefix", with("00", Set.of(""), Set.of(), Map.of(), "UTC", "t"));
		refused("invalid-code", with("00", Set.of("00"), Set.of("876"), Map.of(), "UTC", "t"));
		refused("invalid-code", with("00", Set.of("00"), Set.of(), Map.of("54x", CodeRule.ALLOW), "UTC", "t"));
		refused("invalid-zone", with("00", Set.of("00"), Set.of(), Map.of(), "Mars/Olympus", "t"));
		refused("invalid-zone", with("00", Set.of("00"), Set.of(), Map.of(), "UTC,x", "t"));
		refused("invalid-emergency", ConnectorContractTests.withRoute(BASE, Set.of("1"), List.of()));
		refused("invalid-limit", ConnectorContractTests.withEndpoints(BASE,
				Map.of("1", new EndpointRights(true, Outbound.ALWAYS, 86_401))));
		refused("invalid-hours", new DesiredConfig(true, "00", new TreeSet<>(), new TreeSet<>(), new TreeMap<>(),
				ConnectorContractTests.emergency(Set.of("112")), new TreeSet<>(), new TreeSet<>(), new TreeMap<>(),
				new TreeMap<>(), "UTC", new TreeMap<>(Map.of(DayOfWeek.MONDAY, new OpenHours(600, 600))), List.of(),
				new TreeMap<>(), new TreeMap<>()));
		var many = java.util.stream.IntStream.range(10_000, 30_000).mapToObj(Integer::toString).toList();
		refused("too-many-patterns", ConnectorContractTests.withRoute(BASE, Set.of("911"), many));
	}

	@Test
	void readsTheSwitchAsTheGuardDoes() {
		assertThat(Active.parse("12").inForce(99)).isEqualTo(12);
		assertThat(Active.parse("12-11-100").inForce(99)).isEqualTo(12);
		assertThat(Active.parse("12-11-100").inForce(100)).isEqualTo(11);
		assertThat(Active.parse("12-11-100").isPending(99)).isTrue();
		assertThat(Active.parse("12--100").inForce(100)).isNull();
		for (var other : List.of("", "x", "12-", "12-11", "-1", "12-11-100-1", "99999999999")) {
			assertThat(Active.parse(other).inForce(0)).as(other).isNull();
		}
	}

	@Test
	void namesTheSoftware() {
		assertThat(AsteriskSession.software("22.10.1+dfsg+~cs6.17.60671434-1")).isEqualTo("Asterisk 22.10.1");
		assertThat(AsteriskSession.software("certified/18.9-cert5")).isEqualTo("Asterisk certified/18.9-cert5");
		assertThat(AsteriskSession.majorVersion("16.28.0~dfsg-0+deb11u10")).isEqualTo(16);
		assertThat(AsteriskSession.majorVersion("certified/18.9-cert5")).isEqualTo(18);
		assertThat(AsteriskSession.majorVersion("GIT-master-abc")).isZero();
	}

	@Test
	void takesNamesFromCallerIds() {
		assertThat(AsteriskSession.displayName("1003", "\"Ext Three\" <1003>")).isEqualTo("Ext Three");
		assertThat(AsteriskSession.displayName("1003", "Ext Three <1003>")).isEqualTo("Ext Three");
		assertThat(AsteriskSession.displayName("1003", "<unknown>")).isEmpty();
		assertThat(AsteriskSession.displayName("1003", "\"1003\" <1003>")).isEmpty();
		assertThat(AsteriskSession.displayName("1003", "")).isEmpty();
		assertThat(AsteriskSession.displayName("1003", "\"a\u001b[31m\" <1003>")).isEmpty();
		assertThat(AsteriskSession.displayName("1003", "\"" + "x".repeat(200) + "\" <1>")).hasSize(80);
	}

}
