package io.tollgate.demo;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import io.tollgate.connector.asterisk.GuardText;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.simulator.SimulatedPbxSpec;
import org.jspecify.annotations.Nullable;

/** The simulated PBXs that run beside the portal, by their identity in the registry. */
final class Simulators implements AutoCloseable {

	static final String USER = "tollgate";

	private final Map<Long, SimulatedPbx> running = new LinkedHashMap<>();

	private final @Nullable Path folder;

	/**
	 * @param folder where their state is kept, {@code null} for nowhere
	 */
	Simulators(@Nullable Path folder) {
		this.folder = folder;
	}

	/** One that is new: with the guard, but without any policy. */
	SimulatedPbx launch(Plant plant, String secret) {
		return SimulatedPbx.start(spec(plant, USER, secret));
	}

	/** Keeps it from now on. */
	void adopt(long pbxId, SimulatedPbx simulated) {
		var file = file(pbxId);
		if (file != null) {
			simulated.keepIn(file);
		}
		this.running.put(pbxId, simulated);
	}

	/** One that ran before: as it was left. */
	SimulatedPbx resume(long pbxId, Plant plant, String user, String secret, int port) {
		var simulated = SimulatedPbx.start(spec(plant, user, secret), port, file(pbxId));
		this.running.put(pbxId, simulated);
		return simulated;
	}

	int count() {
		return this.running.size();
	}

	@Override
	public void close() {
		this.running.values().forEach(SimulatedPbx::close);
		this.running.clear();
	}

	private @Nullable Path file(long pbxId) {
		return (this.folder != null) ? this.folder.resolve("pbx-" + pbxId + ".json") : null;
	}

	private static SimulatedPbxSpec spec(Plant plant, String user, String secret) {
		return SimulatedPbxSpec.named(plant.name(), user, secret)
			.withEndpoints(plant.endpoints())
			.withTrunks(plant.trunks())
			.withFiles(Map.of("extensions.conf", guardedDialplan(), GuardText.GUARD_FILE, GuardText.guard()));
	}

	/** What a PBX has after its administrator did what the connect page asks for. */
	private static String guardedDialplan() {
		return """
				[general]
				static=yes
				writeprotect=no
				[globals]
				""" + GuardText.includeLines() + """
				[from-internal]
				exten => _[12]XXX,1,Dial(PJSIP/${EXTEN},20)
				same => n,Hangup()
				""" + GuardText.contextLine() + """
				[from-trunk]
				exten => _X.,1,Dial(PJSIP/1001,20)
				same => n,Hangup()
				""";
	}

}
