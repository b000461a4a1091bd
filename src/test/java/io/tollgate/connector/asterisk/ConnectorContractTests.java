package io.tollgate.connector.asterisk;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tollgate.connector.Candidate.Stage;
import io.tollgate.connector.ConnectionReport;
import io.tollgate.connector.ConnectionReport.Result;
import io.tollgate.connector.Connector;
import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.ConnectorException.Kind;
import io.tollgate.connector.DesiredConfig;
import io.tollgate.connector.DialSection;
import io.tollgate.connector.EmergencyCall;
import io.tollgate.connector.DesiredConfig.CodeRule;
import io.tollgate.connector.DesiredConfig.EndpointRights;
import io.tollgate.connector.DesiredConfig.OpenHours;
import io.tollgate.connector.DesiredConfig.Outbound;
import io.tollgate.connector.Drift;
import io.tollgate.connector.Inspection;
import io.tollgate.connector.Inventory.Endpoint;
import io.tollgate.connector.Running.GuardState;
import io.tollgate.connector.Line;
import io.tollgate.connector.Observation;
import io.tollgate.connector.PendingCommit;
import io.tollgate.connector.PinGate;
import io.tollgate.connector.Probe;
import io.tollgate.connector.Probe.Expected;
import io.tollgate.connector.ProbeReport;
import io.tollgate.connector.Session;
import io.tollgate.connector.Target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a connector must do on every PBX it knows, whether simulated or real.
 */
abstract class ConnectorContractTests {

	static final String SECRET = "labsecret";

	static final String INCLUDES = """
			[general]
			static=yes
			writeprotect=no
			clearglobalvars=yes
			[globals]
			#tryinclude "tollgate_guard.conf"
			#tryinclude "tollgate_slot_a*.conf"
			#tryinclude "tollgate_slot_b*.conf"
			""";

	static final String PHONES = """
			[from-internal]
			exten => _1XXX,1,Dial(PJSIP/${EXTEN},20)
			same => n,Hangup()
			""";

	private static final String LEADS_TO_THE_GUARD = "include => tollgate-outbound\n";

	/** Does not wait for the disk: what a dying PBX keeps is another test. */
	static final AmiClient.Deadlines HASTY = new AmiClient.Deadlines(Duration.ofSeconds(10), Duration.ofSeconds(20),
			Duration.ofSeconds(60), Duration.ofMillis(10));

	final Connector connector = new AsteriskConnector(HASTY);

	private @Nullable Pbx pbx;

	/**
	 * A PBX with nothing of ours on it, phones from 1001 on, {@code Extension 1001} and
	 * so on, and the endpoint {@code trunk}.
	 */
	abstract Pbx start(Account account, String extensionsConf);

	/** The account that the portal signs in with. */
	enum Account {

		WITH_ORIGINATE, WITH_CONFIG, WITHOUT_CONFIG, WITHOUT_REPORTING, WITHOUT_SYSTEM

	}

	/** The PBX, seen from behind the portal's back. */
	interface Pbx extends AutoCloseable {

		Target target();

		/** Major version. */
		int version();

		void write(String file, String text);

		void reload();

		void put(String key, String value);

		/** Sets an option of an endpoint. */
		void option(String endpoint, String option, String value);

		@Override
		void close();

	}

	@AfterEach
	void stop() {
		if (this.pbx != null) {
			this.pbx.close();
		}
	}

	private Pbx pbx(Account account, String extensionsConf) {
		this.pbx = start(account, extensionsConf);
		return this.pbx;
	}

	private Pbx ready() {
		return pbx(Account.WITH_CONFIG, INCLUDES + PHONES + LEADS_TO_THE_GUARD);
	}

	private static final String EMERGENCY_LINE = "emergency/%1$s = %1$s,1,Dial(PJSIP/%1$s@trunk,120) | %1$s,2,Hangup()";

	static DesiredConfig desired() {
		var codes = new TreeMap<String, CodeRule>(Map.of("54", CodeRule.ALLOW, "1", CodeRule.ALLOW_AS_NATIONAL, "1876",
				CodeRule.DENY, "1242", CodeRule.ALLOW_AS_NATIONAL));
		var endpoints = new TreeMap<String, EndpointRights>(
				Map.of("1001", new EndpointRights(true, Outbound.ALWAYS, 600), "1002",
						new EndpointRights(false, Outbound.BUSINESS_HOURS, null), "trunk", EndpointRights.NONE));
		var hours = new EnumMap<DayOfWeek, OpenHours>(DayOfWeek.class);
		hours.put(DayOfWeek.MONDAY, new OpenHours(480, 1020));
		hours.put(DayOfWeek.SUNDAY, new OpenHours(0, 1440));
		return new DesiredConfig(true, "011", new TreeSet<>(Set.of("+", "00", "011")), new TreeSet<>(Set.of("1876")),
				codes, emergency(Set.of("911", "112")), new TreeSet<>(), new TreeSet<>(), new TreeMap<>(), endpoints,
				"America/New_York", new TreeMap<>(hours),
				List.of(DialSection.through("trunk",
						List.of("NXXNXXXXXX", "1NXXNXXXXXX", "011NXXXX!", "[1-35]11", "*67X"))),
				new TreeMap<>(), new TreeMap<>());
	}

	/** Those numbers by the trunk of the lab. */
	static SortedMap<String, EmergencyCall> emergency(Set<String> numbers) {
		var calls = new TreeMap<String, EmergencyCall>();
		numbers.forEach((number) -> calls.put(number, new EmergencyCall(number, List.of(Line.of("trunk")))));
		return calls;
	}

	static DesiredConfig withCodes(DesiredConfig old, Map<String, CodeRule> codes) {
		return new DesiredConfig(old.protection(), old.dialingCode(), old.internationalPrefixes(),
				old.nationalTerritories(), new TreeMap<>(codes), old.emergency(), old.nationalForms(), old.restricted(),
				old.exemptions(), old.endpoints(), old.zone(), old.hours(), old.sections(), old.pins(),
				old.announcements());
	}

	static DesiredConfig withRoute(DesiredConfig old, Set<String> emergency, List<String> patterns) {
		return new DesiredConfig(old.protection(), old.dialingCode(), old.internationalPrefixes(),
				old.nationalTerritories(), old.codes(), emergency(emergency), old.nationalForms(), old.restricted(),
				old.exemptions(), old.endpoints(), old.zone(), old.hours(),
				List.of(DialSection.through("trunk", patterns)), old.pins(), old.announcements());
	}

	static DesiredConfig withEndpoints(DesiredConfig old, Map<String, EndpointRights> endpoints) {
		return new DesiredConfig(old.protection(), old.dialingCode(), old.internationalPrefixes(),
				old.nationalTerritories(), old.codes(), old.emergency(), old.nationalForms(), old.restricted(),
				old.exemptions(), new TreeMap<>(endpoints), old.zone(), old.hours(), old.sections(), old.pins(),
				old.announcements());
	}

	/** With a line of each kind, PINs and a feature code. */
	static DesiredConfig withPins(DesiredConfig old, Line line, PinGate gate, String code) {
		var section = new DialSection("Guests", List.of(new DialSection.Rule("", 1, "9NXXNXXXXXX")), "",
				new TreeSet<>(Set.of("1001")), null, List.of(line, Line.of("trunk")), "", "k3f9", null);
		var emergency = new TreeMap<>(Map.of("911", new EmergencyCall("911", List.of(line, Line.of("trunk")))));
		return new DesiredConfig(old.protection(), old.dialingCode(), old.internationalPrefixes(),
				old.nationalTerritories(), old.codes(), emergency, old.nationalForms(), old.restricted(),
				old.exemptions(), old.endpoints(), old.zone(), old.hours(), List.of(section),
				new TreeMap<>(Map.of("k3f9", gate)),
				new TreeMap<>(Map.of(code, new DialSection.Ending(16, List.of("sorry", "custom/closed"), true))));
	}

	private int apply(Pbx pbx, DesiredConfig desired) {
		try (var session = this.connector.open(pbx.target())) {
			return apply(session, desired);
		}
	}

	private int apply(Session session, DesiredConfig desired) {
		var commit = session.load(desired).commit(Duration.ofMinutes(1), (stage) -> {
		});
		assertThat(commit.verify().isEmpty()).isTrue();
		commit.confirm();
		return commit.generation();
	}

	private static Map<String, Result> results(ConnectionReport report) {
		var results = new TreeMap<String, Result>();
		report.checks().forEach((check) -> results.put(check.name(), check.result()));
		return results;
	}

	private static @Nullable String problem(ConnectionReport report, String name) {
		return report.checks()
			.stream()
			.filter((check) -> check.name().equals(name) && check.problem() != null)
			.map((check) -> check.problem().code())
			.findFirst()
			.orElse(null);
	}

	private static void refused(String code, Runnable work) {
		failed(Kind.REFUSED, code, work);
	}

	static void failed(Kind kind, String code, Runnable work) {
		assertThatExceptionOfType(ConnectorException.class).isThrownBy(work::run).satisfies((ex) -> {
			assertThat(ex.problem().code()).isEqualTo(code);
			assertThat(ex.kind()).isEqualTo(kind);
		});
	}

	static void await(BooleanSupplier condition) {
		var end = Instant.now().plusSeconds(60);
		while (!condition.getAsBoolean()) {
			assertThat(Instant.now()).isBefore(end);
			LockSupport.parkNanos(50_000_000);
		}
	}

	@Test
	void testsAPbxThatHasOnlyTheIncludeLines() {
		var pbx = ready();
		var report = this.connector.test(pbx.target());
		assertThat(report.usable()).isTrue();
		assertThat(report.checks()).extracting(ConnectionReport.Check::name)
			.containsExactly("reach", "tls", "sign-in", "version", "rights", "probe", "endpoints", "guard", "routes");
		assertThat(problem(report, "guard")).isEqualTo("guard-will-be-installed");
		assertThat(problem(report, "rights")).isNull();
		assertThat(problem(report, "probe")).isEqualTo("no-originate-right");
		assertThat(results(report)).containsEntry("probe", Result.SKIPPED);
		assertThat(report.software()).startsWith("Asterisk " + pbx.version() + ".");
		assertThat(report.endpoints()).isGreaterThanOrEqualTo(4);
		// nothing was left behind
		assertThat(problem(this.connector.test(pbx.target()), "guard")).isEqualTo("guard-will-be-installed");
		apply(pbx, desired());
		assertThat(results(this.connector.test(pbx.target()))).containsEntry("guard", Result.PASSED)
			.containsEntry("routes", Result.PASSED);
	}

	@Test
	void missesTheIncludeLines() {
		var pbx = pbx(Account.WITH_CONFIG, "[general]\nstatic=yes\n[globals]\n" + PHONES);
		var report = this.connector.test(pbx.target());
		assertThat(report.usable()).isFalse();
		assertThat(problem(report, "guard")).isEqualTo("include-lines-missing");
		assertThat(problem(report, "routes")).isEqualTo("no-context-includes");
		refused("include-lines-missing", () -> apply(pbx, desired()));
		try (var session = this.connector.open(pbx.target())) {
			assertThat(session.running().generation()).isNull();
			assertThat(session.running().guard()).isEqualTo(GuardState.MISSING);
		}
	}

	@Test
	void discoversEndpoints() {
		try (var session = this.connector.open(ready().target())) {
			assertThat(session.inventory().software()).startsWith("Asterisk ");
			assertThat(session.inventory().endpoints())
				.contains(new Endpoint("1001", "Extension 1001", Endpoint.Kind.EXTENSION),
						new Endpoint("1003", "Extension 1003", Endpoint.Kind.EXTENSION),
						new Endpoint("trunk", "", Endpoint.Kind.TRUNK))
				.doesNotHaveDuplicates();
		}
	}

	@Test
	void loadsForTheFirstTime() {
		var pbx = ready();
		try (var session = this.connector.open(pbx.target())) {
			assertThat(session.running().generation()).isNull();
			var candidate = session.load(desired());
			assertThat(candidate.diff().added()).contains("e164/54 = ai", "ext/1001 = 11600", "cfg = 1*011",
					EMERGENCY_LINE.formatted("911"),
					"route/1/_011NXXXX! = _011NXXXX!,1,Goto(tollgate-*-1-go,${EXTEN},1)", "guard = CURRENT",
					"hours/1 = 08001700", "hours/7 = 00002400", "ip/011 = 3c", "ip/1876 = 0k", "np/1876 = 1");
			assertThat(candidate.diff().removed()).containsExactly("guard = MISSING");
			var stages = new ArrayList<Stage>();
			var commit = candidate.commit(Duration.ofMinutes(1), stages::add);
			assertThat(stages).containsExactly(Stage.WRITING, Stage.VERIFYING, Stage.SWITCHING);
			assertThat(session.running().unconfirmed()).isTrue();
			assertThat(commit.verify().isEmpty()).isTrue();
			commit.confirm();
			var running = session.running();
			assertThat(running.generation()).isEqualTo(commit.generation());
			assertThat(running.unconfirmed()).isFalse();
			assertThat(running.guard()).isEqualTo(GuardState.CURRENT);
			assertThat(running.lines()).isEqualTo(AsteriskDialect.lines(desired()));
			assertThat(session.load(desired()).diff().isEmpty()).isTrue();
		}
	}

	@Test
	void changesOnlyWhatDiffers() {
		var pbx = ready();
		int first = apply(pbx, desired());
		var next = withCodes(desired(),
				Map.of("54", CodeRule.ALLOW, "1", CodeRule.ALLOW, "49", CodeRule.ALLOW, "1876", CodeRule.DENY));
		try (var session = this.connector.open(pbx.target())) {
			var diff = session.load(next).diff();
			assertThat(diff.removed()).containsExactly("e164/1 = an", "e164/1242 = an");
			assertThat(diff.added()).containsExactly("e164/1 = ai", "e164/49 = ai");
			int second = apply(session, next);
			int third = apply(session, desired());
			assertThat(List.of(first, second, third)).isSorted().doesNotHaveDuplicates();
			assertThat(session.running().lines()).isEqualTo(AsteriskDialect.lines(desired()));
		}
		try (var line = AmiLine.connect(pbx.target(), Duration.ofSeconds(5), HostPolicy.DEFAULT)) {
			line.secure();
			var client = AmiClient.greet(pbx.target(), line, AmiClient.Deadlines.DEFAULT);
			client.signIn();
			// the last one and the one before, no more
			assertThat(PbxState.read(client).generations()).hasSize(2);
		}
	}

	@Test
	void movesARouteToTheOtherSlot() {
		var pbx = ready();
		apply(pbx, desired());
		var moved = withRoute(desired(), Set.of("911", "999"), List.of("NXXNXXXXXX"));
		try (var session = this.connector.open(pbx.target())) {
			var diff = session.load(moved).diff();
			assertThat(diff.removed()).contains(EMERGENCY_LINE.formatted("112"),
					"route/1/_[1-35]11 = _[1-35]11,1,Goto(tollgate-*-1-go,${EXTEN},1)");
			assertThat(diff.added()).containsExactly(EMERGENCY_LINE.formatted("999"));
			apply(session, moved);
			assertThat(session.running().lines()).isEqualTo(AsteriskDialect.lines(moved));
			// the slot out of use lets no other emergency number pass any more
			assertThat(session.load(moved).diff().isEmpty()).isTrue();
			apply(session, desired());
			assertThat(session.load(desired()).diff().isEmpty()).isTrue();
		}
	}

	/** As bytes of a broken line leave it that come after the line behind it. */
	@Test
	void loadsNoTornFileIntoWhatIsInForce() {
		var pbx = ready();
		var first = withPins(desired(), new Line("isdn", "DAHDI/g1/$OUTNUM$", "*77", true),
				new PinGate("c0ffee", new TreeMap<>()), "*999");
		apply(pbx, first);
		pbx.write(GuardText.SLOT_A_FILE, "[tollgate-emergency-a]\nexten => 911,1,Hangup()\n[tollgate-routes-a]\n");
		try (var session = this.connector.open(pbx.target())) {
			assertThat(session.running().lines()).isEqualTo(AsteriskDialect.lines(first));
			var commit = session.load(withRoute(first, Set.of("118"), List.of("NXXX")))
				.commit(Duration.ofMinutes(1), (stage) -> {
				});
			commit.rollback();
			assertThat(session.running().lines()).isEqualTo(AsteriskDialect.lines(first));
			assertThat(session.observe(first).drifts()).isEmpty();
			pbx.reload();
			assertThat(session.running().lines()).as("after a reload").isEqualTo(AsteriskDialect.lines(first));
		}
	}

	@Test
	void bringsPinsLinesAndFeatureCodes() {
		var pbx = ready();
		var gate = new PinGate("c0ffee",
				new TreeMap<>(Map.of("0123456789abcdef0123456789abcdef01234567", "Front desk")));
		var line = new Line("isdn", "DAHDI/g1/$OUTNUM$", "*77", true);
		var wanted = withPins(desired(), line, gate, "*999");
		apply(pbx, wanted);
		try (var session = this.connector.open(pbx.target())) {
			assertThat(session.load(wanted).diff().isEmpty()).isTrue();
			var other = session.load(withPins(desired(), line, new PinGate("c0ffee", new TreeMap<>()), "*998")).diff();
			assertThat(other.removed()).containsExactly("codes/*999 = *999,1,Goto(tollgate-announce,${EXTEN},1)",
					"pin/k3f9/0123456789abcdef0123456789abcdef01234567 = Front desk",
					"say/*999 = 1sorry&custom/closed");
			assertThat(other.added()).containsExactly("codes/*998 = *998,1,Goto(tollgate-announce,${EXTEN},1)",
					"say/*998 = 1sorry&custom/closed");
		}
		// what stands in the slot out of use is brought up to date, the dial string as
		// well
		var changed = withPins(desired(), new Line("isdn", "DAHDI/g2/$OUTNUM$", "", false), gate, "*999");
		apply(pbx, changed);
		try (var session = this.connector.open(pbx.target())) {
			assertThat(session.load(changed).diff().isEmpty()).isTrue();
			assertThat(session.load(wanted).diff().removed()).anyMatch((row) -> row.contains("Dial(DAHDI/g2/911,120)"));
		}
	}

	@Test
	void fallsBackByItself() {
		var pbx = ready();
		int first = apply(pbx, desired());
		var next = withRoute(desired(), Set.of("911"), List.of("NXXX"));
		try (var session = this.connector.open(pbx.target())) {
			var commit = session.load(next).commit(Duration.ofSeconds(1), (stage) -> {
			});
			await(() -> Integer.valueOf(first).equals(session.running().generation()));
			assertThat(session.running().unconfirmed()).isFalse();
			assertThat(session.running().lines()).isEqualTo(AsteriskDialect.lines(desired()));
			refused("reverted-meanwhile", commit::confirm);
			assertThat(apply(session, next)).isGreaterThan(commit.generation());
		}
	}

	@Test
	void rollsBack() {
		var pbx = ready();
		int first = apply(pbx, desired());
		var next = withRoute(desired(), Set.of("118"), List.of("NXXX"));
		try (var session = this.connector.open(pbx.target())) {
			var commit = session.load(next).commit(Duration.ofMinutes(1), (stage) -> {
			});
			commit.rollback();
			assertThat(session.running().generation()).isEqualTo(first);
			assertThat(session.running().lines()).isEqualTo(AsteriskDialect.lines(desired()));
			assertThat(session.load(desired()).diff().isEmpty()).isTrue();
		}
	}

	@Test
	void rollsTheFirstCommitBackToNothing() {
		try (var session = this.connector.open(ready().target())) {
			session.load(desired()).commit(Duration.ofMinutes(1), (stage) -> {
			}).rollback();
			assertThat(session.running().generation()).isNull();
			assertThat(session.running().unconfirmed()).isFalse();
			apply(session, desired());
		}
	}

	private PendingCommit commit(Session session, DesiredConfig desired) {
		return session.load(desired).commit(Duration.ofMinutes(1), (stage) -> {
		});
	}

	/**
	 * 1001 may call Argentina and nobody may call Indonesia; nothing takes 7-digit
	 * numbers.
	 */
	private static final List<Probe> PROBES = List.of(new Probe("1001", "911", Expected.EMERGENCY),
			new Probe("1001", "011541938384", Expected.ALLOWED), new Probe("1001", "+541938384", Expected.ALLOWED),
			new Probe("1001", "2125551212", Expected.ALLOWED), new Probe("1001", "011621938384", Expected.BLOCKED),
			new Probe("1001", "5551212", Expected.BLOCKED), new Probe("1001", "18765551212", Expected.BLOCKED),
			new Probe("1002", "011541938384", Expected.BLOCKED), new Probe("trunk", "2125551212", Expected.BLOCKED),
			new Probe("no.such", "011541938384", Expected.BLOCKED));

	@Test
	void asksThePbxWhatBecomesOfNumbers() {
		var pbx = pbx(Account.WITH_ORIGINATE, INCLUDES + PHONES + LEADS_TO_THE_GUARD);
		try (var session = this.connector.open(pbx.target())) {
			apply(session, withCodes(desired(), Map.of("62", CodeRule.ALLOW)));
			var commit = commit(session, desired());
			var report = commit.probe(PROBES);
			assertThat(report.ran()).isTrue();
			assertThat(report.disagreements()).isEmpty();
			assertThat(report.answers()).extracting(ProbeReport.Answer::probe).isEqualTo(PROBES);
			assertThat(results(this.connector.test(pbx.target()))).containsEntry("probe", Result.PASSED);
			// twice, with what it should not be
			var wrong = commit.probe(List.of(new Probe("1001", "911", Expected.BLOCKED),
					new Probe("1001", "011541938384", Expected.EMERGENCY),
					new Probe("1001", "011621938384", Expected.ALLOWED)));
			assertThat(wrong.disagreements()).extracting(ProbeReport.Answer::found)
				.containsExactly(Expected.EMERGENCY, Expected.ALLOWED, Expected.BLOCKED);
			assertThat(session.running().unconfirmed()).isTrue();
			commit.confirm();
		}
	}

	@Test
	void asksNothingOfAGenerationThatIsNotInForce() {
		var pbx = pbx(Account.WITH_ORIGINATE, INCLUDES + PHONES + LEADS_TO_THE_GUARD);
		try (var session = this.connector.open(pbx.target())) {
			var commit = commit(session, desired());
			pbx.put("active", Active.unconfirmed(commit.generation(), null, 1));
			refused("reverted-meanwhile", () -> commit.probe(PROBES));
		}
	}

	@Test
	void looksEmergencyNumbersUpWithoutTheRightToOriginate() {
		try (var session = this.connector.open(ready().target())) {
			var commit = commit(session, desired());
			var report = commit.probe(PROBES);
			assertThat(report.ran()).isFalse();
			assertThat(report.disagreements()).isEmpty();
			assertThat(report.answers()).extracting(ProbeReport.Answer::found)
				.startsWith(Expected.EMERGENCY, null, null)
				.filteredOn((found) -> found != null)
				.hasSize(1);
			assertThat(commit
				.probe(List.of(new Probe("1001", "999", Expected.EMERGENCY),
						new Probe("1001", "112", Expected.BLOCKED)))
				.disagreements()).hasSize(2);
		}
	}

	@Test
	void goesOnOnANewLine() {
		try (var session = this.connector.open(ready().target())) {
			var commit = commit(session, desired());
			commit.reconnect();
			assertThat(commit.verify().isEmpty()).isTrue();
			commit.reconnect();
			commit.confirm();
			assertThat(session.running().unconfirmed()).isFalse();
			assertThat(session.observe(desired()).inSync()).isTrue();
		}
	}

	private static void drifts(Observation observation, Drift... expected) {
		assertThat(observation.drifts()).containsExactly(expected);
		assertThat(observation.inSync()).isFalse();
		assertThat(observation.checksum()).hasSize(64)
			.isEqualTo(new Observation(observation.running(), List.of(expected), true).checksum());
	}

	@Test
	void seesEveryHandEdit() {
		var pbx = ready();
		try (var session = this.connector.open(pbx.target())) {
			int generation = apply(session, desired());
			assertThat(session.observe(desired()).drifts()).isEmpty();
			assertThat(session.observe(desired()).checksum()).isEmpty();
			assertThat(session.observe(desired()).lookedAtEndpoints()).isTrue();
			pbx.put(generation + "/e164/62", "ai");
			pbx.put(generation + "/ext/1002", "11");
			drifts(session.observe(desired()), new Drift(Drift.Kind.RULES, "e164/62", null, "ai"),
					new Drift(Drift.Kind.RULES, "ext/1002", "0h", "11"));
			apply(session, desired());
			assertThat(session.observe(desired()).inSync()).isTrue();
			pbx.write(GuardText.SLOT_A_FILE, "[tollgate-emergency-a]\nexten => 00,1,Dial(PJSIP/1@trunk)\n");
			pbx.reload();
			assertThat(session.observe(desired()).drifts())
				.contains(new Drift(Drift.Kind.RULES, "emergency/00", null, "00,1,Dial(PJSIP/1@trunk)"))
				.anySatisfy((drift) -> assertThat(drift.key()).isEqualTo("emergency/911"))
				.anySatisfy((drift) -> assertThat(drift.key()).isEqualTo("route/include"))
				.extracting(Drift::kind)
				.containsOnly(Drift.Kind.RULES);
			pbx.write(GuardText.SLOT_B_FILE, "[tollgate-emergency-b]\nexten => 01,1,Dial(PJSIP/1@trunk)\n");
			pbx.reload();
			apply(session, desired());
			// the slot out of use lets emergency numbers pass, too
			assertThat(session.observe(desired()).inSync()).isTrue();
			pbx.write(GuardText.SLOT_A_FILE, "[tollgate-emergency-a]\nexten => 02,1,Dial(PJSIP/1@trunk)\n");
			pbx.reload();
			assertThat(session.observe(desired()).drifts())
				.contains(new Drift(Drift.Kind.RULES, "unused/emergency/02", null, "02,1,Dial(PJSIP/1@trunk)"));
		}
	}

	@Test
	void seesAGuardThatIsNotOurs() {
		var pbx = ready();
		try (var session = this.connector.open(pbx.target())) {
			apply(session, desired());
			pbx.write(GuardText.GUARD_FILE,
					GuardText.guard()
						.replace("[tollgate-deny]",
								"[tollgate-deny]\nexten => s,1,Goto(from-internal,0,1)\n[tollgate-not]")
						.replace("[tollgate-short]", "[tollgate-long]"));
			pbx.reload();
			var observation = session.observe(desired());
			assertThat(observation.running().guard()).isEqualTo(GuardState.CHANGED);
			drifts(observation,
					new Drift(Drift.Kind.GUARD, "tollgate-deny", "s,1,Set(TG_Y=country)",
							"s,1,Goto(from-internal,0,1)"),
					new Drift(Drift.Kind.GUARD, "tollgate-short", "[tollgate-short]", null));
		}
	}

	@Test
	void seesWhichGenerationRuns() {
		var pbx = ready();
		try (var session = this.connector.open(pbx.target())) {
			drifts(new Observation(session.observe(desired()).running(),
					session.observe(desired())
						.drifts()
						.stream()
						.filter((drift) -> drift.kind() != Drift.Kind.GUARD)
						.toList(),
					true), new Drift(Drift.Kind.GENERATION, "active", null, null),
					new Drift(Drift.Kind.ENDPOINT, "1001", "tollgate-outbound", "from-internal"),
					new Drift(Drift.Kind.ENDPOINT, "1002", "tollgate-outbound", "from-internal"),
					new Drift(Drift.Kind.ENDPOINT, "1003", "tollgate-outbound", "from-internal"));
			var old = withCodes(desired(), Map.of("49", CodeRule.ALLOW));
			int first = apply(session, old);
			int second = apply(session, desired());
			pbx.put("active", Integer.toString(first));
			drifts(session.observe(desired()),
					new Drift(Drift.Kind.GENERATION, "active", null, Integer.toString(first)));
			assertThat(session.observe(old).inSync()).isTrue();
			pbx.put(first + "/e164/62", "ai");
			// not whole any more
			drifts(session.observe(desired()), new Drift(Drift.Kind.RULES, "e164/1", "an", null),
					new Drift(Drift.Kind.RULES, "e164/1242", "an", null),
					new Drift(Drift.Kind.RULES, "e164/1876", "d", null),
					new Drift(Drift.Kind.RULES, "e164/49", null, "ai"),
					new Drift(Drift.Kind.RULES, "e164/54", "ai", null),
					new Drift(Drift.Kind.RULES, "e164/62", null, "ai"));
			pbx.put("active", "nonsense");
			drifts(session.observe(desired()), new Drift(Drift.Kind.GENERATION, "active", null, null));
			pbx.put("active", Active.unconfirmed(second, first, 9_999_999_999L));
			var pending = session.observe(desired());
			assertThat(pending.running().unconfirmed()).isTrue();
			assertThat(pending.inSync()).isTrue();
		}
	}

	@Test
	void seesPhonesThatLeftTheGuard() {
		var pbx = pbx(Account.WITH_CONFIG, INCLUDES + PHONES + LEADS_TO_THE_GUARD
				+ "[open]\nexten => _X.,1,Dial(PJSIP/${EXTEN}@trunk)\n[through]\ninclude => from-internal\n");
		try (var session = this.connector.open(pbx.target())) {
			apply(session, desired());
			pbx.option("1001", "context", "through");
			pbx.option("trunk", "context", "open");
			assertThat(session.observe(desired()).drifts()).isEmpty();
			pbx.option("1003", "context", "open");
			pbx.option("1002", "context", "nowhere");
			drifts(session.observe(desired()), new Drift(Drift.Kind.ENDPOINT, "1002", "tollgate-outbound", "nowhere"),
					new Drift(Drift.Kind.ENDPOINT, "1003", "tollgate-outbound", "open"));
		}
	}

	@Test
	void saysNothingOfSecrets() {
		var pbx = ready();
		var gate = new PinGate("c0ffee", new TreeMap<>(Map.of("ab".repeat(20), "Anna", "cd".repeat(20), "Bert")));
		var desired = withPins(desired(), Line.of("trunk"), gate, "*999");
		try (var session = this.connector.open(pbx.target())) {
			int generation = apply(session, desired);
			pbx.put(generation + "/salt/k3f9", "badcafe");
			pbx.put(generation + "/pin/k3f9/" + "ef".repeat(20), "Mallory");
			var observation = session.observe(desired);
			drifts(observation, new Drift(Drift.Kind.RULES, "pin/k3f9", "", "Mallory"));
			assertThat(observation.drifts().toString()).doesNotContain("badcafe", "c0ffee", "efef", "abab");
		}
	}

	@Test
	void letsNobodyIntoARunningCommit() {
		var pbx = ready();
		try (var session = this.connector.open(pbx.target()); var other = this.connector.open(pbx.target())) {
			var early = other.load(desired());
			var commit = session.load(desired()).commit(Duration.ofMinutes(1), (stage) -> {
			});
			refused("commit-pending", () -> other.load(desired()));
			refused("changed-meanwhile", () -> early.commit(Duration.ofMinutes(1), (stage) -> {
			}));
			commit.confirm();
			assertThat(other.load(desired()).diff().isEmpty()).isTrue();
		}
	}

	@Test
	void findsAndRepairsHandEdits() {
		var pbx = ready();
		int generation = apply(pbx, desired());
		pbx.put(generation + "/e164/1876", "ai");
		pbx.write(GuardText.GUARD_FILE, GuardText.guard().replace("Hangup(21)", "Hangup(16)"));
		pbx.reload();
		assertThat(problem(this.connector.test(pbx.target()), "guard")).isEqualTo("guard-will-be-replaced");
		try (var session = this.connector.open(pbx.target())) {
			assertThat(session.running().guard()).isEqualTo(GuardState.CHANGED);
			var diff = session.load(desired()).diff();
			assertThat(diff.removed()).containsExactly("e164/1876 = ai", "guard = CHANGED");
			apply(session, desired());
			assertThat(session.running().guard()).isEqualTo(GuardState.CURRENT);
			assertThat(session.load(desired()).diff().isEmpty()).isTrue();
		}
	}

	@Test
	void noticesAnEditBetweenCommitAndConfirmation() {
		var pbx = ready();
		try (var session = this.connector.open(pbx.target())) {
			var commit = session.load(desired()).commit(Duration.ofMinutes(1), (stage) -> {
			});
			pbx.put(commit.generation() + "/e164/1876", "ai");
			assertThat(commit.verify().removed()).containsExactly("e164/1876 = ai");
			commit.rollback();
		}
	}

	@Test
	void letsNothingUncleanReachThePbx() {
		try (var session = this.connector.open(ready().target())) {
			var bad = new EndpointRights(true, Outbound.ALWAYS, null);
			refused("invalid-endpoint", () -> session.load(withEndpoints(desired(), Map.of("x\r\nAction: Y", bad))));
			refused("invalid-pattern", () -> session.load(withRoute(desired(), Set.of("911"), List.of("_."))));
			refused("invalid-emergency", () -> session.load(withRoute(desired(), Set.of("9,1,Goto(x)"), List.of())));
			assertThat(session.running().generation()).isNull();
		}
	}

	@Test
	void refusesAWrongSecret() {
		var target = ready().target();
		var wrong = new Target(target.host(), target.port(), target.tls(), null, target.user(), "not it");
		refused("wrong-secret", () -> this.connector.open(wrong));
		var report = this.connector.test(wrong);
		assertThat(problem(report, "sign-in")).isEqualTo("wrong-secret");
		assertThat(results(report)).containsEntry("rights", Result.SKIPPED);
		var unknown = new Target(target.host(), target.port(), target.tls(), null, "nobody", SECRET);
		assertThat(problem(this.connector.test(unknown), "sign-in")).isEqualTo("wrong-secret");
	}

	@Test
	void namesTheMissingRight() {
		var pbx = pbx(Account.WITHOUT_SYSTEM, INCLUDES + PHONES);
		var report = this.connector.test(pbx.target());
		assertThat(report.checks()
			.stream()
			.filter((check) -> check.name().equals("rights"))
			.findFirst()
			.orElseThrow()
			.problem()
			.arguments()).startsWith("system");
		refused("missing-rights", () -> apply(pbx, desired()));
	}

	@Test
	void namesTheMissingRightToRead() {
		var pbx = pbx(Account.WITHOUT_REPORTING, INCLUDES + PHONES);
		assertThat(problem(this.connector.test(pbx.target()), "rights")).isEqualTo("missing-rights");
		refused("missing-right", () -> apply(pbx, desired()));
	}

	@Test
	void managesWithoutTheRightToWriteFiles() {
		var pbx = pbx(Account.WITHOUT_CONFIG, INCLUDES + PHONES + LEADS_TO_THE_GUARD);
		var report = this.connector.test(pbx.target());
		assertThat(problem(report, "rights")).isEqualTo("no-config-right");
		assertThat(problem(report, "guard")).isEqualTo("guard-missing");
		refused("guard-missing", () -> apply(pbx, desired()));
		pbx.write(GuardText.GUARD_FILE, GuardText.guard());
		pbx.reload();
		refused("route-text-differs", () -> apply(pbx, desired()));
		pbx.write(GuardText.SLOT_A_FILE, GuardText.slot(desired()));
		pbx.reload();
		assertThat(this.connector.test(pbx.target()).usable()).isTrue();
		try (var session = this.connector.open(pbx.target())) {
			apply(session, desired());
			var codes = withCodes(desired(), Map.of("49", CodeRule.ALLOW));
			apply(session, codes);
			assertThat(session.running().lines()).isEqualTo(AsteriskDialect.lines(codes));
			refused("route-text-differs", () -> session.load(withRoute(desired(), Set.of("911"), List.of("NXXX"))));
		}
		pbx.write(GuardText.GUARD_FILE, GuardText.guard().replace("Hangup(21)", "Hangup(16)"));
		pbx.reload();
		refused("guard-changed", () -> apply(pbx, desired()));
	}

	private List<String> inspect(Pbx pbx, Inspection.Kind kind) {
		try (var session = this.connector.open(pbx.target())) {
			return session.inspect()
				.entries()
				.stream()
				.filter((entry) -> entry.kind() == kind)
				.map((entry) -> phones(entry) + " | " + entry.context() + " | " + String.join(" > ", entry.way())
						+ " | " + entry.target())
				.toList();
		}
	}

	/** The endpoints that every PBX of this contract has. */
	private static String phones(Inspection.Entry entry) {
		return entry.endpoints()
			.stream()
			.filter((name) -> name.matches("100[123]|trunk"))
			.filter((name) -> entry.endpoints().size() == 1 || !name.equals("trunk"))
			.collect(Collectors.joining(","));
	}

	private Inspection inspect(Pbx pbx) {
		try (var session = this.connector.open(pbx.target())) {
			return session.inspect();
		}
	}

	private static void load(Pbx pbx, String extensionsConf) {
		pbx.write("extensions.conf", extensionsConf);
		pbx.reload();
	}

	@Test
	void findsNothingWhereAllCallsAreJudged() {
		var pbx = ready();
		assertThat(inspect(pbx).entries()).isEmpty();
		apply(pbx, withPins(desired(), new Line("isdn", "DAHDI/g1/$OUTNUM$", "*77", true),
				new PinGate("c0ffee", new TreeMap<>()), "*999"));
		apply(pbx, desired());
		assertThat(inspect(pbx).entries()).isEmpty();
		// what stands behind the guard gets nothing that begins like a number
		load(pbx, INCLUDES + PHONES + LEADS_TO_THE_GUARD + """
				include => old
				[old]
				exten => _X.,1,Dial(PJSIP/${EXTEN}@trunk)
				exten => _[+1-9]X!,1,Dial(PJSIP/${EXTEN}@trunk)
				exten => 15035550100,1,Dial(PJSIP/${EXTEN}@trunk)
				""");
		assertThat(inspect(pbx).entries()).isEmpty();
		assertThat(inspect(pbx).allowsProof()).isTrue();
	}

	@Test
	void findsEveryWayBesideTheGuard() {
		var pbx = ready();
		apply(pbx, desired());
		load(pbx, INCLUDES + """
				[from-internal]
				exten => _1XXX,1,Dial(PJSIP/${EXTEN},20)
				exten => _1XXX,n,Hangup()
				exten => 700,1,Answer()
				exten => 700,n,GotoIf($["${X}"="1"]?menu,s,1:bye)
				exten => 700,n(bye),Hangup()
				exten => 701,1,ExecIf($[1]?Dial(Local/15035550100@old/n,20))
				exten => 702,1,Dial(PJSIP/1001&PJSIP/15035550100@trunk,20)
				exten => _7X!,2,Dial(DAHDI/g1/${EXTEN:1},20)
				exten => 703,1,Dial(PJSIP/1001,20,G(old^99^1))
				exten => 704,1,Set(__TRANSFER_CONTEXT=old)
				include => tollgate-outbound
				include => old,09:00-17:00,mon-fri,*,*
				[old]
				exten => _*.,1,Dial(PJSIP/${EXTEN:1}@trunk,20)
				exten => _X.,1,Dial(PJSIP/${EXTEN}@trunk,20)
				include => from-internal
				[menu]
				exten => s,1,Background(welcome)
				exten => 9,1,Goto(old,99,1)
				""");
		assertThat(inspect(pbx, Inspection.Kind.BESIDE_GUARD)).containsExactlyInAnyOrder(
				"1001,1002,1003 | from-internal | from-internal > 702 | trunk",
				"1001,1002,1003 | from-internal | from-internal > _7X! | DAHDI/g1/${EXTEN:1}",
				"1001,1002,1003 | from-internal | from-internal > old > _*. | trunk",
				"1001,1002,1003 | from-internal | from-internal > 701 > old > _X. | trunk");
		assertThat(inspect(pbx).allowsProof()).isFalse();
	}

	@Test
	void findsWhatCannotBeFollowed() {
		var pbx = pbx(Account.WITH_CONFIG, INCLUDES + """
				[from-internal]
				exten => _1XXX,1,Dial(PJSIP/${EXTEN},20)
				exten => _2X.,1,Dial(PJSIP/${EXTEN},20)
				exten => _3X.,1,Dial(PJSIP/${FILTER(0-9,${EXTEN})},20)
				exten => 700,1,AGI(route.agi)
				exten => 701,1,Dial(${LINE}/15035550100)
				exten => 702,1,Goto(${DB(where)},${EXTEN},1)
				exten => 703,1,Dial(PJSIP/15035550100@${LINE})
				exten => 704,1,Goto(tollgate-guard,${EXTEN},judge)
				exten => _8.,1,Goto(${EXTEN:1},1)
				switch => Realtime/@extensions
				include => tollgate-outbound
				""");
		assertThat(inspect(pbx, Inspection.Kind.ANY_DEVICE))
			.containsExactly("1001,1002,1003 | from-internal | from-internal > _2X. | PJSIP/${EXTEN}");
		assertThat(inspect(pbx, Inspection.Kind.UNKNOWN_WAY))
			.extracting((entry) -> entry.substring("1001,1002,1003 | from-internal | ".length()))
			.containsExactlyInAnyOrder("from-internal | switch => Realtime/@extensions",
					"from-internal > 700 | AGI(route.agi)", "from-internal > 701 | Dial(${LINE}/15035550100)",
					"from-internal > 702 | Goto(${DB(where)},${EXTEN},1)",
					"from-internal > 703 | PJSIP/15035550100@${LINE}",
					"from-internal > 704 | Goto(tollgate-guard,…,judge)", "from-internal > _8. | Goto(${EXTEN:1},1)");
	}

	@Test
	void findsEndpointsThatNeverAskTheGuard() {
		var pbx = ready();
		apply(pbx, desired());
		load(pbx, INCLUDES + PHONES + LEADS_TO_THE_GUARD + """
				[open]
				include => phones
				include => outbound-allroutes
				[outbound-allroutes]
				exten => _9.,1,Dial(PJSIP/${EXTEN:1}@trunk)
				[phones]
				exten => _1XXX,1,Dial(PJSIP/${EXTEN})
				""");
		pbx.option("1001", "context", "open");
		pbx.option("1002", "context", "phones");
		pbx.option("1003", "context", "tollgate-routes-a");
		pbx.option("trunk", "context", "open");
		await(() -> inspect(pbx, Inspection.Kind.OPEN_TRUNK).size() == 1);
		assertThat(inspect(pbx, Inspection.Kind.OPEN_CONTEXT)).hasSize(2)
			.contains("1001 | open | open > outbound-allroutes > _9. | trunk")
			.anyMatch((entry) -> entry.startsWith("1003 | tollgate-routes-a | tollgate-routes-a > tollgate-a-1 > "));
		assertThat(inspect(pbx, Inspection.Kind.APART)).containsExactly("1002 | phones |  | ");
		assertThat(inspect(pbx, Inspection.Kind.OPEN_TRUNK))
			.containsExactly("trunk | open | open > outbound-allroutes > _9. | trunk");
	}

	@Test
	void findsVariablesThatChangeWhereCallsGo() {
		var pbx = ready();
		var open = "[open]\nexten => _9.,1,Dial(PJSIP/${EXTEN:1}@trunk)\n";
		pbx.option("1002", "set_var", "__TRANSFER_CONTEXT=open");
		load(pbx, INCLUDES.replace("[globals]\n", "[globals]\nBLINDTRANSFER=PJSIP/1001-1\n") + PHONES
				+ LEADS_TO_THE_GUARD + open);
		await(() -> !inspect(pbx, Inspection.Kind.BESIDE_GUARD).isEmpty());
		assertThat(inspect(pbx, Inspection.Kind.BESIDE_GUARD))
			.containsExactly("1002 | from-internal | from-internal > __TRANSFER_CONTEXT=open > open > _9. | trunk");
		assertThat(inspect(pbx, Inspection.Kind.UNKNOWN_WAY)).contains("1001,1003 | from-internal | "
				+ "from-internal > BLINDTRANSFER=PJSIP/1001-1 | Set(BLINDTRANSFER=PJSIP/1001-1)");
	}

	@Test
	void findsRedirectionsAndTheOtherMatcher() {
		var pbx = ready();
		pbx.option("1002", "redirect_method", "uri_pjsip");
		pbx.option("1003", "redirect_method", "uri_core");
		load(pbx, INCLUDES.replace("writeprotect=no", "extenpatternmatchnew = yes") + PHONES + LEADS_TO_THE_GUARD);
		await(() -> inspect(pbx, Inspection.Kind.REDIRECT).size() == 2);
		assertThat(inspect(pbx, Inspection.Kind.REDIRECT)).containsExactlyInAnyOrder("1002 |  |  | uri_pjsip",
				"1003 |  |  | uri_core");
		assertThat(inspect(pbx, Inspection.Kind.OTHER_MATCHER)).hasSize(1);
	}

	@Test
	void findsWhatWasAddedToThePortalsContexts() {
		var pbx = ready();
		apply(pbx, desired());
		load(pbx, INCLUDES + PHONES + LEADS_TO_THE_GUARD + """
				[tollgate-emergency-b]
				exten => _9.,1,Dial(PJSIP/${EXTEN:1}@trunk)
				[tollgate-outbound]
				include => elsewhere
				[tollgate-a-1-go]
				exten => 5,1,Dial(PJSIP/5@trunk)
				""");
		assertThat(inspect(pbx, Inspection.Kind.CHANGED)).containsExactlyInAnyOrder(
				" | tollgate-emergency-b |  | _9.,1,Dial(PJSIP/${EXTEN:1}@trunk)",
				" | tollgate-outbound |  | include 6 elsewhere", " | tollgate-a-1-go |  | 5,1,Dial(PJSIP/5@trunk)");
	}

	@Test
	void saysWhatItCouldNotRead() {
		var pbx = pbx(Account.WITHOUT_REPORTING, INCLUDES + PHONES + LEADS_TO_THE_GUARD);
		assertThat(inspect(pbx, Inspection.Kind.UNREADABLE)).contains(" |  |  | ShowDialPlan",
				" |  |  | PJSIP_ENDPOINT");
		assertThat(inspect(pbx).allowsProof()).isFalse();
	}

	@Test
	void cannotReadEndpointsWithoutTheRight() {
		var pbx = pbx(Account.WITHOUT_SYSTEM, INCLUDES + PHONES + LEADS_TO_THE_GUARD);
		assertThat(inspect(pbx, Inspection.Kind.UNREADABLE)).containsExactlyInAnyOrder(" |  |  | PJSIP_ENDPOINT",
				" |  |  | set_var", " |  |  | ModuleCheck", " |  |  | extenpatternmatchnew");
	}

	@Test
	void inspectsWithoutTheRightToWriteFiles() {
		assertThat(inspect(pbx(Account.WITHOUT_CONFIG, INCLUDES + PHONES + LEADS_TO_THE_GUARD)).entries()).isEmpty();
	}

	@Test
	void takesThousandsOfExtensions() {
		var pbx = ready();
		var endpoints = new TreeMap<String, EndpointRights>();
		for (int i = 0; i < 5000; i++) {
			endpoints.put(Integer.toString(10_000 + i), new EndpointRights(i % 3 == 0, Outbound.ALWAYS, null));
		}
		var big = withEndpoints(desired(), endpoints);
		apply(pbx, big);
		try (var session = this.connector.open(pbx.target())) {
			assertThat(session.load(big).diff().isEmpty()).isTrue();
			assertThat(session.running().lines()).containsEntry("ext/14999", "01");
		}
	}

	@Test
	void stopsAtAHostThatIsNotAPbx() {
		failed(Kind.UNREACHABLE, "unknown-host",
				() -> this.connector.open(new Target("no-such-host.invalid", 5038, false, null, "x", "y")));
		failed(Kind.REFUSED, "forbidden-host",
				() -> this.connector.open(new Target("169.254.169.254", 80, false, null, "x", "y")));
	}

}
