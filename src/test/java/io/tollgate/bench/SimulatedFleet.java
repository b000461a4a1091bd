package io.tollgate.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.tollgate.connector.asterisk.GuardText;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.simulator.SimulatedPbxSpec;

/**
 * Many simulated PBXs in a process of their own. Prints their ports, then does what it
 * reads: {@code dead 100} has the last hundred die, every other one without hanging up.
 * Ends with its input.
 */
public final class SimulatedFleet {

	static final String USER = "tollgate";

	static final String SECRET = "a secret";

	private static final String DIALPLAN = """
			[general]
			static=yes
			writeprotect=no
			[globals]
			""" + GuardText.includeLines() + """
			[from-internal]
			exten => _1XXX,1,Dial(PJSIP/${EXTEN},20)
			same => n,Hangup()
			""" + GuardText.contextLine() + """
			[from-trunk]
			exten => _X.,1,Dial(PJSIP/1000,20)
			same => n,Hangup()
			""";

	private SimulatedFleet() {
	}

	/** Takes the number of PBXs and of extensions of each. */
	public static void main(String[] arguments) throws IOException {
		int extensions = Integer.parseInt(arguments[1]);
		var files = Map.of("extensions.conf", DIALPLAN, GuardText.GUARD_FILE, GuardText.guard());
		var fleet = new ArrayList<SimulatedPbx>();
		for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
			fleet.add(SimulatedPbx.start(SimulatedPbxSpec.named("pbx" + i, USER, SECRET)
				.withEndpoints(phones(i, extensions))
				.withTrunks(List.of("carrier"))
				.withFiles(files)
				.withRefusalDelay(Duration.ZERO)));
		}
		System.out.println(fleet.stream()
			.map(SimulatedPbx::port)
			.map(String::valueOf)
			.collect(Collectors.joining(" ", "ports ", "")));
		var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (var line = input.readLine(); line != null; line = input.readLine()) {
			kill(fleet.subList(fleet.size() - Integer.parseInt(line.split(" ")[1]), fleet.size()));
			System.out.println("done");
		}
	}

	/** Numbered alike everywhere, as companies do. */
	static List<SimulatedPbxSpec.Endpoint> phones(int pbx, int extensions) {
		return IntStream.range(0, extensions)
			.mapToObj((i) -> new SimulatedPbxSpec.Endpoint(Integer.toString(1000 + i), "Phone " + i + " of " + pbx))
			.toList();
	}

	private static void kill(List<SimulatedPbx> pbxs) {
		for (int i = 0; i < pbxs.size(); i++) {
			if (i % 2 == 0) {
				pbxs.get(i).down();
			}
			else {
				pbxs.get(i).faults().stopReading(true);
			}
		}
	}

}
