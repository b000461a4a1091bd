package io.tollgate.simulator;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.tollgate.simulator.Faults.Fault;
import io.tollgate.simulator.SimulatedPbxSpec.Endpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The bytes asserted here were read off a real Asterisk 22.10.1. */
class SimulatedPbxTests {

	private static final SimulatedPbxSpec SPEC = SimulatedPbxSpec.named("lab", "tollgate", "s3cret")
		.withEndpoints(List.of(new Endpoint("1001", "José Ñandú"), new Endpoint("1002", "")))
		.withFiles(Map.of("extensions.conf", """
				[general]
				static=yes
				#tryinclude "tollgate_slot_a.conf"
				#tryinclude "not_there.conf"
				[from-internal] ; the phones
				exten => _1XXX,1(in),Dial(PJSIP/${EXTEN},20)
				same => n,Hangup()
				exten => 911,1,Dial(PJSIP/911@trunk,120)
				include => tollgate-outbound
				"""))
		.withRefusalDelay(Duration.ofMillis(20));

	private final List<AutoCloseable> open = new ArrayList<>();

	private final SimulatedPbx pbx = keep(SimulatedPbx.start(SPEC));

	@AfterEach
	void closeAll() throws Exception {
		for (var each : this.open.reversed()) {
			each.close();
		}
	}

	@Test
	void signsInByPlainSecretAndByChallenge() throws Exception {
		assertThat(line().banner).isEqualTo("Asterisk Call Manager/11.0.0");
		assertThat(line().ask("Action: Login", "ActionID: 3", "Username: TOLLGATE", "Secret: s3cret"))
			.containsExactly("Response: Success", "ActionID: 3", "Message: Authentication accepted");
		var line = line();
		var challenge = line.ask("Action: Challenge", "AuthType: MD5").get(1).substring("Challenge: ".length());
		assertThat(
				line.ask("Action: Login", "AuthType: MD5", "Username: tollgate", "Key: " + md5(challenge + "s3cret")))
			.contains("Response: Success");
		assertThat(line.ask("Action: Login")).contains("Message: Already authenticated");
		assertThat(line.ask("Action: Logoff", "ActionID: 4")).containsExactly("Response: Goodbye", "ActionID: 4",
				"Message: Thanks for all the fish.");
		assertThat(line.isHungUp()).isTrue();
	}

	@Test
	void hangsUpOnWhoeverIsNotTheUser() throws Exception {
		var wrong = line();
		assertThat(wrong.ask("Action: Login", "ActionID: 2", "Username: tollgate", "Secret: wrong"))
			.containsExactly("Response: Error", "ActionID: 2", "Message: Authentication failed");
		assertThat(wrong.isHungUp()).isTrue();
		assertThat(line().ask("Action: Login", "Username: nobody", "Secret: s3cret"))
			.contains("Message: Authentication failed");
		assertThat(line().ask("Action: Login", "AuthType: MD5", "Username: tollgate", "Key: " + md5("s3cret")))
			.contains("Message: Authentication failed");
	}

	@Test
	void saysNothingBeforeSignIn() throws Exception {
		var line = line();
		assertThat(line.ask("Action: Ping", "ActionID: 1")).containsExactly("Response: Error", "ActionID: 1",
				"Message: Permission denied");
		assertThat(line.ask("Action: Nonsense")).contains("Message: Permission denied");
		assertThat(line.ask("No: Action")).contains("Message: Missing action in request");
	}

	@Test
	void knowsWhatItIs() throws Exception {
		var line = signedIn();
		assertThat(line.ask("Action: CoreSettings")).contains("AMIversion: 11.0.0", "AsteriskVersion: 22.10.1",
				"SystemName: lab");
		assertThat(line.ask("Action: CoreStatus")).contains("CoreCurrentCalls: 0");
		assertThat(line.ask("Action: ping", "ActionID: x").subList(0, 3)).containsExactly("Response: Success",
				"ActionID: x", "Ping: Pong");
		assertThat(line.ask("Action: Foo", "ActionID: 9")).containsExactly("Response: Error", "ActionID: 9",
				"Message: Invalid/unknown command: Foo. Use Action: ListCommands to show available commands.");
	}

	@Test
	void keepsAnAstDb() throws Exception {
		var line = signedIn();
		assertThat(line.ask("Action: DBPut", "Family: tollgate/1/ext", "Key: 1001", "Val: 01", "ActionID: 10"))
			.containsExactly("Response: Success", "ActionID: 10", "Message: Updated database successfully");
		line.ask("Action: DBPut", "Family: tollgate", "Key: active", "Val: 1");
		line.ask("Action: DBPut", "Family: tollgate/10", "Key: cfg", "Val: 1a00");
		line.ask("Action: DBPut", "Family: tollgate-not", "Key: x", "Val: ");
		assertThat(line.askAll("Action: DBGet", "Family: tollgate/1", "Key: ext/1001", "ActionID: 11")).containsExactly(
				List.of("Response: Success", "ActionID: 11", "EventList: start", "Message: Result will follow"),
				List.of("Event: DBGetResponse", "Family: tollgate/1", "Key: ext/1001", "Val: 01", "ActionID: 11"),
				List.of("Event: DBGetComplete", "ActionID: 11", "EventList: Complete", "ListItems: 1"));
		assertThat(keys(line, "Family: tollgate")).containsExactly("/tollgate/1/ext/1001", "/tollgate/10/cfg",
				"/tollgate/active");
		assertThat(keys(line, "Family: tollgate", "Key: 1")).containsExactly("/tollgate/1/ext/1001");
		assertThat(keys(line, "Family: toll")).isEmpty();
		assertThat(keys(line)).hasSize(4);
		assertThat(line.ask("Action: DBDelTree", "Family: tollgate/1"))
			.contains("Message: Key tree deleted successfully");
		assertThat(line.ask("Action: DBDelTree", "Family: tollgate/1")).contains("Message: Database entry not found");
		assertThat(line.ask("Action: DBGet", "Family: tollgate/1/ext", "Key: 1001"))
			.contains("Message: Database entry not found");
		assertThat(line.ask("Action: DBDel", "Family: tollgate", "Key: active"))
			.contains("Message: Key deleted successfully");
		assertThat(line.ask("Action: DBDel", "Family: tollgate", "Key: active"))
			.contains("Message: Database entry could not be deleted");
		assertThat(this.pbx.astDb()).containsOnlyKeys("tollgate/10/cfg", "tollgate-not/x");
	}

	@Test
	void countsRowsWronglyWhenItIs16() throws Exception {
		var old = keep(SimulatedPbx.start(SPEC.withVersion("16.28.0")));
		var line = keep(new RawAmiLine(old.port()));
		assertThat(line.banner).isEqualTo("Asterisk Call Manager/5.0.4");
		line.signIn("tollgate", "s3cret");
		assertThat(line.askAll("Action: DBGetTree", "Family: nope").getLast()).contains("ListItems: 1");
	}

	@Test
	void listsEndpoints() throws Exception {
		var line = signedIn();
		var endpoints = line.askAll("Action: PJSIPShowEndpoints", "ActionID: 15");
		assertThat(endpoints).hasSize(5);
		assertThat(endpoints.get(1)).startsWith("Event: EndpointList", "ActionID: 15", "ObjectType: endpoint",
				"ObjectName: 1001");
		assertThat(endpoints.get(3)).contains("ObjectName: trunk");
		assertThat(line.askAll("Action: PJSIPShowEndpoint", "Endpoint: 1001").get(1)).contains("ObjectName: 1001",
				"Callerid: \"José Ñandú\" <1001>", "RedirectMethod: user");
		assertThat(line.askAll("Action: PJSIPShowEndpoint", "Endpoint: 1002").get(1)).contains("Callerid: <unknown>");
		assertThat(line.ask("Action: PJSIPShowEndpoint", "Endpoint: 1003"))
			.contains("Message: Unable to retrieve endpoint 1003");
		var caller = keep(SimulatedPbx.start(SPEC.withRights(EnumSet.allOf(ManagerRight.class))));
		assertThat(keep(new RawAmiLine(caller.port())).signIn("tollgate", "s3cret")
			.ask("Action: Getvar", "Variable: PJSIP_ENDPOINT(1001,callerid)")).contains("Value: \"José Ñandú\" <1001>");
		this.pbx.endpoints(List.of());
		assertThat(line.askAll("Action: PJSIPShowEndpoints")).hasSize(3);
	}

	@Test
	void listsTheLoadedDialplan() throws Exception {
		var line = signedIn();
		var plan = line.askAll("Action: ShowDialPlan", "Context: from-internal", "Extension: 1001", "ActionID: 18");
		assertThat(plan).hasSize(4);
		assertThat(plan.get(1)).containsExactly("Event: ListDialplan", "ActionID: 18", "Context: from-internal",
				"Extension: _1XXX", "ExtensionLabel: in", "Priority: 1", "Application: Dial",
				"AppData: PJSIP/${EXTEN},20", "Registrar: pbx_config");
		assertThat(plan.getLast()).containsExactly("Event: ShowDialPlanComplete", "ActionID: 18", "EventList: Complete",
				"ListItems: 2", "ListExtensions: 1", "ListPriorities: 2", "ListContexts: 1");
		assertThat(line.askAll("Action: ShowDialPlan", "Context: from-internal").get(4))
			.contains("IncludeContext: tollgate-outbound");
		assertThat(line.ask("Action: ShowDialPlan", "Context: nope")).contains("Message: Did not find context nope");
		assertThat(line.ask("Action: ShowDialPlan", "Context: from-internal", "Extension: 2"))
			.contains("Message: Did not find extension 2@from-internal");
		assertThat(line.ask("Action: ShowDialPlan", "Extension: 2"))
			.contains("Message: Did not find extension 2 in any context");
	}

	@Test
	void writesConfigFilesAndLoadsThem() throws Exception {
		var line = signedIn();
		assertThat(line.ask("Action: CreateConfig", "Filename: tollgate_slot_a.conf"))
			.contains("Message: New configuration file created successfully");
		assertThat(line.ask("Action: CreateConfig", "Filename: tollgate_slot_a.conf")).contains("Message: File exists");
		assertThat(line.ask("Action: CreateConfig", "Filename: ../x.conf"))
			.contains("Message: File requires escalated privileges");
		assertThat(update(line, "Action-000000: NewCat", "Cat-000000: tollgate-routes-a", "Action-000001: Append",
				"Cat-000001: tollgate-routes-a", "Var-000001: exten",
				"Value-000001: >_00NXXXX!,1,Dial(PJSIP/${EXTEN}@trunk,120,S(1;2))", "Action-000002: Append",
				"Cat-000002: tollgate-routes-a", "Var-000002: same", "Value-000002: >n,Hangup()"))
			.containsExactly("Response: Success");
		assertThat(line.ask("Action: GetConfig", "Filename: tollgate_slot_a.conf")).containsExactly("Response: Success",
				"Category-000000: tollgate-routes-a",
				"Line-000000-000000: exten=_00NXXXX!,1,Dial(PJSIP/${EXTEN}@trunk,120,S(1;2))",
				"Line-000000-000001: same=n,Hangup()");
		assertThat(this.pbx.files().get("tollgate_slot_a.conf")).isEqualTo("""
				[tollgate-routes-a]
				exten => _00NXXXX!,1,Dial(PJSIP/${EXTEN}@trunk,120,S(1\\;2))
				same => n,Hangup()
				""");
		assertThat(line.ask("Action: ShowDialPlan", "Context: tollgate-routes-a"))
			.contains("Message: Did not find context tollgate-routes-a");
		assertThat(line.ask("Action: Reload", "Module: pbx_config.so")).contains("Message: Module Reloaded");
		assertThat(line.askAll("Action: ShowDialPlan", "Context: tollgate-routes-a", "Extension: 00541938384"))
			.hasSize(4);
	}

	@Test
	void ignoresUpdatesThatAreNotNumberedWithoutAGap() throws Exception {
		var line = signedIn();
		line.ask("Action: CreateConfig", "Filename: tollgate_slot_a.conf");
		assertThat(update(line, "Action-0: NewCat", "Cat-0: a")).containsExactly("Response: Success");
		assertThat(update(line, "Action-000001: NewCat", "Cat-000001: a")).containsExactly("Response: Success");
		assertThat(this.pbx.files().get("tollgate_slot_a.conf")).isEmpty();
		assertThat(update(line, "Action-000000: NewCat", "Cat-000000: a", "Action-000002: NewCat", "Cat-000002: b"))
			.containsExactly("Response: Success");
		assertThat(this.pbx.files().get("tollgate_slot_a.conf")).isEqualTo("[a]\n");
	}

	@Test
	void refusesAnUpdateAsAWhole() throws Exception {
		var line = signedIn();
		line.ask("Action: CreateConfig", "Filename: tollgate_slot_a.conf");
		assertThat(update(line, "Action-000000: NewCat", "Cat-000000: a", "Action-000001: Append", "Cat-000001: b",
				"Var-000001: x", "Value-000001: y"))
			.contains("Message: Given category does not exist");
		assertThat(this.pbx.files().get("tollgate_slot_a.conf")).isEmpty();
		assertThat(update(line, "Action-000000: Append", "Var-000000: x")).contains("Message: Category not specified");
		assertThat(update(line, "Action-000000: Foo", "Cat-000000: x")).contains("Message: Unknown action command");
		assertThat(line.ask("Action: UpdateConfig", "SrcFilename: new.conf", "DstFilename: new.conf"))
			.contains("Message: File requires escalated privileges");
	}

	@Test
	void keepsTheOldDialplanWhenTheMainFileIsBroken() throws Exception {
		var line = signedIn();
		this.pbx.write("extensions.conf", "[from-internal\n");
		assertThat(line.ask("Action: Reload", "Module: pbx_config.so")).contains("Message: An unknown error occurred");
		assertThat(line.askAll("Action: ShowDialPlan", "Context: from-internal")).hasSizeGreaterThan(2);
		assertThat(line.ask("Action: Reload", "Module: nope.so")).contains("Message: No such module");
	}

	@Test
	void loadsWhatStandsBeforeABrokenLineOfAnIncludedFile() throws Exception {
		var line = signedIn();
		this.pbx.write("tollgate_slot_a.conf", "[a]\nexten => 1,1,NoOp()\n[broken\n[b]\nexten => 1,1,NoOp()\n");
		this.pbx.reload();
		assertThat(line.askAll("Action: ShowDialPlan", "Context: a")).hasSize(3);
		assertThat(line.ask("Action: ShowDialPlan", "Context: b")).contains("Response: Error");
		assertThat(line.askAll("Action: ShowDialPlan", "Context: from-internal")).hasSizeGreaterThan(2);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			SYSTEM,    CoreSettings,        true
			SYSTEM,    DBPut,               true
			SYSTEM,    DBGet,               true
			SYSTEM,    PJSIPShowEndpoints,  true
			SYSTEM,    ShowDialPlan,        false
			SYSTEM,    UpdateConfig,        false
			SYSTEM,    Reload,              true
			SYSTEM,    UserEvent,           false
			REPORTING, CoreSettings,        true
			REPORTING, DBPut,               false
			REPORTING, DBGetTree,           true
			REPORTING, PJSIPShowEndpoints,  false
			REPORTING, ShowDialPlan,        true
			REPORTING, Reload,              false
			CONFIG,    CoreSettings,        false
			CONFIG,    CreateConfig,        true
			CONFIG,    ShowDialPlan,        true
			CONFIG,    Reload,              true
			USER,      UserEvent,           true
			USER,      GetConfig,           false
			USER,      Ping,                true
			""")
	void obeysRights(ManagerRight right, String action, boolean allowed) throws Exception {
		var limited = keep(SimulatedPbx.start(SPEC.withRights(EnumSet.of(right))));
		var line = keep(new RawAmiLine(limited.port())).signIn("tollgate", "s3cret");
		var denied = List.of("Response: Error", "ActionID: 7", "Message: Permission denied");
		assertThat(line.ask("Action: " + action, "ActionID: 7").equals(denied)).isNotEqualTo(allowed);
		assertThat(keep(new RawAmiLine(limited.port())).signIn("tollgate", "s3cret")
			.ask("Action: ListCommands")
			.stream()
			.anyMatch((each) -> each.startsWith(action + ":"))).isEqualTo(allowed);
	}

	@Test
	void refusesWhatIsTooLong() throws Exception {
		var line = signedIn();
		assertThat(line.ask(ping("a", 126))).contains("Response: Success");
		assertThat(line.ask(ping("b", 127))).containsExactly("Response: Error", "ActionID: b",
				"Message: Too many lines in message or allocation failure");
		assertThat(line.ask("Action: Ping", "ActionID: c", "X: " + "y".repeat(1019))).contains("Response: Success");
		assertThat(line.ask("Action: Ping", "X: " + "y".repeat(1021), "ActionID: d")).containsExactly("Response: Error",
				"ActionID: d", "Message: Failed to parse message: line too long");
		line.send("Action: Ping\nActionID: bare\n\n".getBytes(StandardCharsets.UTF_8));
		assertThat(line.read()).contains("Response: Success", "ActionID: bare");
		// one byte over the limit tears the line end in two, on a real one as well
		assertThat(line.ask("Action: Ping", "ActionID: e", "X: " + "y".repeat(1020)))
			.contains("Message: Failed to parse message: line too long");
		assertThat(line.read()).containsExactly("Response: Error", "Message: Missing action in request");
	}

	@Test
	void sendsUserEventsToWhoeverListens() throws Exception {
		var listener = line();
		listener.ask("Action: Login", "Username: tollgate", "Secret: s3cret");
		signedIn().ask("Action: UserEvent", "UserEvent: TollgateBlock", "Who: 1001", "ActionID: 5");
		assertThat(listener.read()).containsExactly("Event: UserEvent", "Privilege: user,all",
				"UserEvent: TollgateBlock", "Who: 1001", "ActionID: 5");
		this.pbx.userEvent("TollgateBlock", new TreeMap<>(Map.of("Number", "0062", "Who", "1002")));
		assertThat(listener.read()).contains("Number: 0062", "Who: 1002");
		assertThat(listener.ask("Action: Events", "EventMask: off")).contains("Events: Off");
		this.pbx.userEvent("TollgateBlock", Map.of());
		assertThat(listener.ask("Action: Ping")).contains("Ping: Pong");
	}

	@Test
	void answersPipelinedRequestsInOrder() throws Exception {
		var line = signedIn();
		var requests = new StringBuilder();
		IntStream.range(0, 2000)
			.forEach((i) -> requests.append("Action: DBPut\r\nActionID: ")
				.append(i)
				.append("\r\nFamily: f\r\nKey: ")
				.append(i)
				.append("\r\nVal: v\r\n\r\n"));
		var writer = Thread.ofVirtual().start(() -> {
			try {
				line.send(requests.toString().getBytes(StandardCharsets.UTF_8));
			}
			catch (IOException ex) {
				throw new AssertionError(ex);
			}
		});
		for (int i = 0; i < 2000; i++) {
			assertThat(line.read()).contains("ActionID: " + i);
		}
		writer.join();
		assertThat(this.pbx.astDb()).hasSize(2000);
		assertThat(this.pbx.faults().actions()).isEqualTo(2000);
	}

	@Test
	void rejectsTheActionThatATestPicks() throws Exception {
		var line = signedIn();
		this.pbx.faults().at(2, Fault.REJECT);
		this.pbx.faults().at("DBPut", 2, Fault.REJECT);
		assertThat(line.ask("Action: Ping")).contains("Response: Success");
		assertThat(line.ask("Action: Ping")).contains("Response: Error");
		assertThat(line.ask("Action: DBPut", "Family: a", "Key: 1", "Val: x")).contains("Response: Success");
		assertThat(line.ask("Action: DBPut", "Family: a", "Key: 2", "Val: x")).contains("Response: Error");
		assertThat(line.ask("Action: DBPut", "Family: a", "Key: 3", "Val: x")).contains("Response: Success");
		assertThat(this.pbx.astDb()).containsOnlyKeys("a/1", "a/3");
	}

	@Test
	void hangsUpBeforeOrAfterItActs() throws Exception {
		var before = signedIn();
		this.pbx.faults().at(1, Fault.CLOSE_BEFORE);
		before.send("Action: DBPut", "Family: a", "Key: 1", "Val: x");
		assertThat(before.isHungUp()).isTrue();
		assertThat(this.pbx.astDb()).isEmpty();
		var after = signedIn();
		this.pbx.faults().at(1, Fault.CLOSE_AFTER);
		after.send("Action: DBPut", "Family: a", "Key: 1", "Val: x");
		assertThat(after.isHungUp()).isTrue();
		assertThat(this.pbx.astDb()).containsOnlyKeys("a/1");
	}

	@Test
	void answersLateOrNeverOrNonsense() throws Exception {
		var line = signedIn();
		this.pbx.faults().at(1, Fault.SILENCE);
		line.send("Action: DBPut", "Family: a", "Key: 1", "Val: x");
		assertThat(line.ask("Action: Ping")).contains("Ping: Pong");
		assertThat(this.pbx.astDb()).containsOnlyKeys("a/1");
		this.pbx.faults().at(1, Fault.GARBAGE);
		assertThat(line.ask("Action: Ping").getFirst()).startsWith("HTTP/1.1");
		var other = signedIn();
		this.pbx.faults().delay(Duration.ofSeconds(30));
		other.timeout(100);
		other.send("Action: Ping");
		assertThatThrownBy(other::read).isInstanceOf(SocketTimeoutException.class);
	}

	@Test
	void stopsReadingAndGoesOn() throws Exception {
		var line = signedIn();
		this.pbx.faults().stopReading(true);
		line.send("Action: Ping", "ActionID: late");
		line.timeout(100);
		assertThatThrownBy(line::read).isInstanceOf(SocketTimeoutException.class);
		line.timeout(30_000);
		this.pbx.faults().stopReading(false);
		assertThat(line.read()).contains("ActionID: late");
	}

	@Test
	void losesWhatItAcknowledged() throws Exception {
		var line = signedIn();
		this.pbx.put("a/kept", "1");
		this.pbx.stopFlushing();
		line.ask("Action: DBPut", "Family: a", "Key: lost", "Val: x");
		assertThat(this.pbx.astDb()).containsOnlyKeys("a/kept", "a/lost");
		this.pbx.crash();
		assertThat(line.isHungUp()).isTrue();
		assertThat(this.pbx.astDb()).containsOnlyKeys("a/kept");
		var again = signedIn();
		this.pbx.faults().forgetWrites(true);
		assertThat(again.ask("Action: DBPut", "Family: a", "Key: lost", "Val: x")).contains("Response: Success");
		assertThat(again.ask("Action: DBDel", "Family: a", "Key: kept")).contains("Response: Success");
		assertThat(this.pbx.astDb()).containsOnlyKeys("a/kept");
	}

	@Test
	void writesHalfAFile() throws Exception {
		var line = signedIn();
		line.ask("Action: CreateConfig", "Filename: tollgate_slot_a.conf");
		this.pbx.faults().at("UpdateConfig", 1, Fault.HALF_WRITE);
		line.send("Action: UpdateConfig", "SrcFilename: tollgate_slot_a.conf", "DstFilename: tollgate_slot_a.conf",
				"Action-000000: NewCat", "Cat-000000: a", "Action-000001: NewCat", "Cat-000001: b");
		assertThat(line.isHungUp()).isTrue();
		assertThat(this.pbx.files().get("tollgate_slot_a.conf")).isEqualTo("[a]\n");
	}

	@Test
	void isUnreachableWhileItIsDown() throws Exception {
		this.pbx.down();
		assertThatThrownBy(this::line).isInstanceOf(IOException.class);
		this.pbx.up();
		assertThat(signedIn().ask("Action: Ping")).contains("Ping: Pong");
	}

	@Test
	void goesOnWhereItStopped(@TempDir Path directory) throws Exception {
		var file = directory.resolve("simulator/lab.json");
		int port;
		try (var first = SimulatedPbx.start(SPEC, 0, file)) {
			var line = keep(new RawAmiLine(first.port())).signIn("tollgate", "s3cret");
			line.ask("Action: DBPut", "Family: tollgate", "Key: active", "Val: 12");
			line.ask("Action: CreateConfig", "Filename: tollgate_slot_a.conf");
			port = first.port();
		}
		assertThat(Files.exists(file)).isTrue();
		var second = keep(SimulatedPbx.start(SimulatedPbxSpec.named("lab", "tollgate", "s3cret"), port, file));
		assertThat(second.astDb()).containsExactly(Map.entry("tollgate/active", "12"));
		assertThat(second.files()).containsKey("tollgate_slot_a.conf")
			.containsEntry("extensions.conf", SPEC.files().get("extensions.conf"));
		assertThat(second.port()).isEqualTo(port);
		var line = keep(new RawAmiLine(second.port())).signIn("tollgate", "s3cret");
		assertThat(line.askAll("Action: PJSIPShowEndpoint", "Endpoint: 1001").get(1))
			.contains("Callerid: \"José Ñandú\" <1001>");
	}

	@Test
	void takesAnotherPortWhenTheWishedOneIsTaken() {
		assertThat(keep(SimulatedPbx.start(SPEC, this.pbx.port(), null)).port()).isNotEqualTo(this.pbx.port());
	}

	@Test
	void savesWithoutBeingClosed(@TempDir Path directory) {
		var file = directory.resolve("lab.json");
		keep(SimulatedPbx.start(SPEC, 0, file)).put("tollgate/active", "12");
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> Files.exists(file) && Files.readString(file).contains("tollgate/active"));
	}

	@Test
	void runsByTheHundredsInOneProcess() throws Exception {
		long before = usedMemory();
		var fleet = IntStream.range(0, 300).mapToObj((i) -> keep(SimulatedPbx.start(SPEC))).toList();
		for (var each : fleet) {
			assertThat(keep(new RawAmiLine(each.port())).signIn("tollgate", "s3cret").ask("Action: Ping"))
				.contains("Ping: Pong");
		}
		assertThat((usedMemory() - before) / fleet.size()).as("bytes for each, with one line open").isLessThan(50_000);
	}

	private static long usedMemory() {
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	private RawAmiLine line() throws IOException {
		return keep(new RawAmiLine(this.pbx.port()));
	}

	private RawAmiLine signedIn() throws IOException {
		return line().signIn("tollgate", "s3cret");
	}

	private List<String> update(RawAmiLine line, String... steps) throws IOException {
		var lines = new ArrayList<>(List.of("Action: UpdateConfig", "SrcFilename: tollgate_slot_a.conf",
				"DstFilename: tollgate_slot_a.conf"));
		lines.addAll(Arrays.asList(steps));
		return line.ask(lines.toArray(String[]::new));
	}

	private static List<String> keys(RawAmiLine line, String... scope) throws IOException {
		var lines = new ArrayList<>(List.of("Action: DBGetTree"));
		lines.addAll(Arrays.asList(scope));
		return line.askAll(lines.toArray(String[]::new))
			.stream()
			.filter((message) -> message.getFirst().equals("Event: DBGetTreeResponse"))
			.map((message) -> message.get(1).substring("Key: ".length()))
			.toList();
	}

	private static String[] ping(String actionId, int others) {
		var lines = new ArrayList<>(List.of("Action: Ping", "ActionID: " + actionId));
		IntStream.range(0, others).forEach((i) -> lines.add("H" + i + ": x"));
		return lines.toArray(String[]::new);
	}

	private static String md5(String text) throws Exception {
		return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
	}

	private <T extends AutoCloseable> T keep(T closeable) {
		this.open.add(closeable);
		return closeable;
	}

}
