package io.tollgate.support;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.tollgate.connector.asterisk.GuardText;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.simulator.SimulatedPbxSpec;

/** A simulated PBX that has the guard's lines: phones 1001 and 1002, one carrier. */
public final class GuardedPbx {

	/** Of its manager account {@code tollgate}. */
	public static final String SECRET = "a secret";

	private GuardedPbx() {
	}

	public static SimulatedPbx start() {
		return start("");
	}

	/**
	 * The same with contexts of its own.
	 * @param contexts dialplan text, empty for none
	 */
	public static SimulatedPbx start(String contexts) {
		String dialplan = SimulatedPbxSpec.UNGUARDED_DIALPLAN
			.replace("[globals]\n", "[globals]\n" + GuardText.includeLines())
			.replace("exten => _X.,1,Dial(PJSIP/${EXTEN}@trunk,120)\nsame => n,Hangup()\n[from-trunk]",
					GuardText.contextLine() + contexts + "[from-trunk]");
		return SimulatedPbx.start(SimulatedPbxSpec.named("sim", "tollgate", SECRET)
			.withEndpoints(
					List.of(new SimulatedPbxSpec.Endpoint("1001", "One"), new SimulatedPbxSpec.Endpoint("1002", "Two")))
			.withTrunks(List.of("carrier"))
			.withFiles(Map.of("extensions.conf", dialplan))
			.withRefusalDelay(Duration.ZERO));
	}

}
