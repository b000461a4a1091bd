package io.tollgate.simulator;

import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.tollgate.lab.LabSpec;
import io.tollgate.lab.RealAsterisk;
import io.tollgate.lab.RealAsterisk.Version;
import io.tollgate.simulator.SimulatedPbxSpec.Endpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is tested against the simulator is only worth as much as this test. */
class SimulatorParityIT {

	private static final List<String> RIGHTS = List.of("CoreSettings", "CoreStatus", "DBPut", "DBGet", "DBDel",
			"DBDelTree", "DBGetTree", "PJSIPShowEndpoint", "ShowDialPlan", "GetConfig", "CreateConfig", "UpdateConfig",
			"UserEvent", "ModuleCheck", "Originate", "Ping", "Nonsense");

	@ParameterizedTest
	@EnumSource
	void answersLikeTheRealOne(Version version) throws IOException {
		try (var real = RealAsterisk.start(version, LabSpec.of(3));
				var simulated = simulated(version, "lab", EnumSet.allOf(ManagerRight.class))) {
			var expected = ParityScript.transcript(real.amiPort(), "lab", RealAsterisk.SECRET);
			var actual = ParityScript.transcript(simulated.port(), "lab", RealAsterisk.SECRET);
			assertThat(actual).containsExactlyElementsOf(expected);
			assertThat(ParityScript.refusal(simulated.port(), "lab"))
				.isEqualTo(ParityScript.refusal(real.amiPort(), "lab"));
			compareEndpoints(real.amiPort(), simulated.port());
			compareRights(version, real, "tollgate", EnumSet.of(ManagerRight.SYSTEM, ManagerRight.REPORTING));
			compareRights(version, real, "tollgate-config",
					EnumSet.of(ManagerRight.SYSTEM, ManagerRight.REPORTING, ManagerRight.CONFIG));
			compareRights(version, real, "tollgate-probe", EnumSet.of(ManagerRight.SYSTEM, ManagerRight.REPORTING,
					ManagerRight.CONFIG, ManagerRight.ORIGINATE));
			compareRights(version, real, "readonly", EnumSet.of(ManagerRight.REPORTING));
			compareRights(version, real, "nothing", EnumSet.noneOf(ManagerRight.class));
		}
	}

	private static void compareEndpoints(int real, int simulated) throws IOException {
		try (var expected = new RawAmiLine(real).signIn("lab", RealAsterisk.SECRET);
				var actual = new RawAmiLine(simulated).signIn("lab", RealAsterisk.SECRET)) {
			assertThat(headersByEvent(actual.askAll("Action: PJSIPShowEndpoints")))
				.isEqualTo(headersByEvent(expected.askAll("Action: PJSIPShowEndpoints")));
			var ofReal = headersByEvent(expected.askAll("Action: PJSIPShowEndpoint", "Endpoint: 1001", "ActionID: 1"));
			var ofSimulated = headersByEvent(
					actual.askAll("Action: PJSIPShowEndpoint", "Endpoint: 1001", "ActionID: 1"));
			assertThat(ofSimulated.get("EndpointDetail")).containsAll(ofReal.get("EndpointDetail"));
			assertThat(ofSimulated.get("AorDetail")).containsAll(ofReal.get("AorDetail"));
			assertThat(ofSimulated.get("EndpointDetailComplete")).isEqualTo(ofReal.get("EndpointDetailComplete"));
		}
	}

	/** Which actions each account may not do, and which it is told of. */
	private static void compareRights(Version version, RealAsterisk real, String user, Set<ManagerRight> rights)
			throws IOException {
		try (var simulated = simulated(version, user, rights);
				var expected = new RawAmiLine(real.amiPort()).signIn(user, RealAsterisk.SECRET);
				var actual = new RawAmiLine(simulated.port()).signIn(user, RealAsterisk.SECRET)) {
			for (var action : RIGHTS) {
				assertThat(isDenied(actual, action)).as(user + " " + action).isEqualTo(isDenied(expected, action));
			}
			assertThat(expected.ask("Action: ListCommands").stream().map(SimulatorParityIT::withoutSynopsis))
				.containsAll(actual.ask("Action: ListCommands")
					.stream()
					.map(SimulatorParityIT::withoutSynopsis)
					.collect(Collectors.toSet()));
		}
	}

	private static boolean isDenied(RawAmiLine line, String action) throws IOException {
		return line.askAll("Action: " + action, "ActionID: 1").getFirst().contains("Message: Permission denied");
	}

	/** Words change between versions, names and privileges do not. */
	private static String withoutSynopsis(String line) {
		int colon = line.indexOf(':');
		int privileges = line.indexOf("(Priv:");
		return (colon > 0 && privileges > 0) ? line.substring(0, colon + 1) + line.substring(privileges) : line;
	}

	private static Map<String, Set<String>> headersByEvent(List<List<String>> messages) {
		var headers = new TreeMap<String, Set<String>>();
		for (var message : messages.subList(1, messages.size())) {
			var event = message.getFirst().substring("Event: ".length());
			for (var line : message) {
				headers.computeIfAbsent(event, (name) -> new TreeSet<>()).add(line.split(":", 2)[0]);
			}
		}
		return headers;
	}

	private static SimulatedPbx simulated(Version version, String user, Set<ManagerRight> rights) {
		var spec = SimulatedPbxSpec.named("lab", user, RealAsterisk.SECRET);
		var files = new HashMap<>(spec.files());
		files.put("extensions.conf", SimulatedPbxSpec.UNGUARDED_DIALPLAN.replace("[globals]\n",
				"[globals]\n#tryinclude \"tollgate_slot_a.conf\"\n"));
		var endpoints = IntStream.rangeClosed(1001, 1003).mapToObj((number) -> new Endpoint("" + number, "")).toList();
		return SimulatedPbx.start(spec.withVersion((version == Version.V16) ? "16.28.0" : "22.10.1")
			.withEndpoints(endpoints)
			.withFiles(files)
			.withRights(rights));
	}

}
