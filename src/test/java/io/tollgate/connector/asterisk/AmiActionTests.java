package io.tollgate.connector.asterisk;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.asterisk.AmiAction.Edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AmiActionTests {

	private static String text(AmiAction action) {
		return new String(action.encode("7"), StandardCharsets.UTF_8);
	}

	private static void unsendable(Runnable work) {
		assertThatExceptionOfType(ConnectorException.class).isThrownBy(work::run)
			.satisfies((ex) -> assertThat(ex.problem().code()).isEqualTo("unsendable"))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("Originate"));
	}

	@Test
	void writesHeadersOneALine() {
		assertThat(text(AmiAction.dbPut("12/e164/54", "ai")))
			.isEqualTo("Action: DBPut\r\nActionID: 7\r\nFamily: tollgate\r\nKey: 12/e164/54\r\nVal: ai\r\n\r\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x\r\nAction: Originate\r\nChannel: Local/1", "x\nAction: Originate",
			"x\rAction: Originate", "x\u0000y", "x\u2028Action: Originate", "x\u2029y", "x\u0085y", "x\u000by",
			"x\u001b[31m", "x\ud800y", "x\u202ey" })
	void refusesEverythingThatCouldEndALine(String value) {
		unsendable(() -> AmiAction.loginPlain("portal", value).encode("7"));
		unsendable(() -> AmiAction.loginPlain(value, "secret").encode("7"));
		unsendable(() -> AmiAction.dbPut("active", value).encode("7"));
		unsendable(() -> AmiAction.dbPut(value, "1"));
		unsendable(() -> AmiAction.callerId(value));
		unsendable(() -> AmiAction.showDialPlan(value).encode("7"));
		unsendable(() -> AmiAction.updateConfig(GuardText.GUARD_FILE, List.of(Edit.append("x", "exten", value)))
			.encode("7"));
	}

	@Test
	void sendsEscapedFormsAsTheyAre() {
		assertThat(text(AmiAction.loginPlain("portal", "a%0d%0aAction: Originate")))
			.contains("Secret: a%0d%0aAction: Originate\r\n");
	}

	@Test
	void measuresLinesInBytes() {
		int room = AmiAction.MAX_LINE - "Secret: ".length();
		assertThat(text(AmiAction.loginPlain("u", "x".repeat(room)))).contains("x\r\n");
		unsendable(() -> AmiAction.loginPlain("u", "x".repeat(room + 1)).encode("7"));
		unsendable(() -> AmiAction.loginPlain("u", "é".repeat(room / 2 + 1)).encode("7"));
	}

	@Test
	void fitsAsManyEditsAsThereAreHeaders() {
		var edits = new ArrayList<>(Collections.nCopies(AmiAction.MAX_EDITS, Edit.append("c", "exten", "x")));
		var text = text(AmiAction.updateConfig(GuardText.SLOT_A_FILE, edits));
		assertThat(text.lines().filter((line) -> !line.isEmpty())).hasSize(AmiAction.MAX_HEADERS);
		assertThat(text).contains("Action-000000: Append").contains("Value-000030: >x").doesNotContain("-000031");
		edits.add(Edit.append("c", "exten", "x"));
		unsendable(() -> AmiAction.updateConfig(GuardText.SLOT_A_FILE, edits));
	}

	@ParameterizedTest
	@ValueSource(strings = { "extensions.conf", "manager.conf", "../tollgate_guard.conf", "tollgate_guard.conf/x",
			"TOLLGATE_GUARD.CONF", "" })
	void writesOnlyItsOwnFiles(String file) {
		unsendable(() -> AmiAction.createConfig(file));
		unsendable(() -> AmiAction.readFile(file));
		unsendable(() -> AmiAction.updateConfig(file, List.of()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1001)},callerid)", "${SHELL(id)}", "1001,callerid", "", "a b", "1001/2" })
	void asksOnlyForEndpoints(String endpoint) {
		unsendable(() -> AmiAction.callerId(endpoint));
	}

	/** Nothing else is ever originated. */
	@Test
	void originatesOnlyIntoTheContextWhereNothingDials() {
		assertThat(text(AmiAction.probe(3, "1001", "+541938384", Duration.ofSeconds(1))))
			.isEqualTo("Action: Originate\r\nActionID: 7\r\nChannel: Local/+541938384@tollgate-probe/n\r\n"
					+ "Application: NoOp\r\nTimeout: 1000\r\nVariable: _TGP_WHO=1001\r\nVariable: _TGP_ID=3\r\n"
					+ "Variable: CDR_PROP(disable)=1\r\n\r\n");
		for (var number : List.of("", "1@from-internal", "1/n@x", "9&Local/1", "*97", "1,2", "++1", "1 ")) {
			unsendable(() -> AmiAction.probe(1, "1001", number, Duration.ofSeconds(1)));
			unsendable(() -> AmiAction.showDialPlan("c", number));
		}
		for (var endpoint : List.of("", "1001,TG_Q=", "1001)", "a b", "${X}")) {
			unsendable(() -> AmiAction.probe(1, endpoint, "911", Duration.ofSeconds(1)));
		}
	}

	/** The whole list: who adds an action looks here first. */
	@Test
	void knowsTheseActionsOnly() {
		var names = new TreeSet<String>();
		for (var action : List.of(AmiAction.challenge(), AmiAction.login("u", "k"), AmiAction.loginPlain("u", "s"),
				AmiAction.logoff(), AmiAction.ping(), AmiAction.userEvents(), AmiAction.coreSettings(),
				AmiAction.listCommands(), AmiAction.showEndpoints(), AmiAction.callerId("1001"),
				AmiAction.contextOf("1001"), AmiAction.redirectMethod("1001"), AmiAction.dbPut("a", "b"),
				AmiAction.dbGet("a"), AmiAction.dbDel("a"), AmiAction.dbGetTree(), AmiAction.dbGetTree(1),
				AmiAction.dbDelTree(1), AmiAction.showDialPlan(), AmiAction.showDialPlan("c"),
				AmiAction.showDialPlan("c", "1"), AmiAction.probe(1, "1001", "911", Duration.ofSeconds(1)),
				AmiAction.readProbes(), AmiAction.forgetProbes(), AmiAction.readContext("c"), AmiAction.readEndpoints(),
				AmiAction.readVariable("TRANSFER_CONTEXT"), AmiAction.checkDriver("chan_iax2"),
				AmiAction.global("TRANSFER_CONTEXT"), AmiAction.readFile(GuardText.GUARD_FILE),
				AmiAction.createConfig(GuardText.GUARD_FILE), AmiAction.updateConfig(GuardText.GUARD_FILE, List.of()),
				AmiAction.reloadDialplan())) {
			names.add(action.name());
		}
		assertThat(names).isEqualTo(new TreeSet<>(Set.of("Challenge", "Login", "Logoff", "Ping", "Events",
				"CoreSettings", "ListCommands", "PJSIPShowEndpoints", "Getvar", "DBPut", "DBGet", "DBDel", "DBGetTree",
				"DBDelTree", "ShowDialPlan", "ModuleCheck", "Originate", "GetConfig", "CreateConfig", "UpdateConfig",
				"Reload")));
		long factories = java.util.Arrays.stream(AmiAction.class.getDeclaredMethods())
			.filter((method) -> java.lang.reflect.Modifier.isStatic(method.getModifiers())
					&& !java.lang.reflect.Modifier.isPrivate(method.getModifiers())
					&& method.getReturnType() == AmiAction.class)
			.count();
		assertThat(factories).as("factories, each in the list above").isEqualTo(33);
	}

	@Test
	void keepsSecretsOutOfItsText() {
		assertThat(AmiAction.loginPlain("portal", "marker")).hasToString("Login");
	}

}
