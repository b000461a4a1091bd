package io.tollgate.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.tollgate.simulator.ConfigFile.BrokenConfigException;
import io.tollgate.simulator.EndpointReplies.PjsipEndpoint;
import org.jspecify.annotations.Nullable;

/** The insides of a simulated PBX: what it knows, whoever is connected. */
final class Machine {

	private final SimulatedPbxSpec spec;

	private final AstDb astDb = new AstDb();

	private final ConfigFiles files;

	private final Faults faults = new Faults();

	private final Runnable changed;

	private final Instant startedAt = Instant.now();

	private volatile List<PjsipEndpoint> endpoints;

	private volatile Instant reloadedAt = this.startedAt;

	private Map<String, String> loaded = Map.of();

	private @Nullable Dialplan dialplan;

	/**
	 * @param spec what it is like
	 * @param changed told after each change to the store or the files
	 */
	Machine(SimulatedPbxSpec spec, Runnable changed) {
		this.spec = spec;
		this.changed = changed;
		this.files = new ConfigFiles(spec.files());
		this.endpoints = endpoints(spec.endpoints(), spec.trunks());
		reload();
	}

	SimulatedPbxSpec spec() {
		return this.spec;
	}

	AstDb astDb() {
		return this.astDb;
	}

	ConfigFiles files() {
		return this.files;
	}

	Faults faults() {
		return this.faults;
	}

	List<PjsipEndpoint> endpoints() {
		return this.endpoints;
	}

	void endpoints(List<SimulatedPbxSpec.Endpoint> phones) {
		this.endpoints = endpoints(phones, this.spec.trunks());
	}

	Instant startedAt() {
		return this.startedAt;
	}

	Instant reloadedAt() {
		return this.reloadedAt;
	}

	boolean is16() {
		return this.spec.version().startsWith("16.");
	}

	void changed() {
		this.changed.run();
	}

	/**
	 * Loads the dialplan from the files.
	 * @return {@code false} when {@code extensions.conf} is missing or broken; the old
	 * dialplan stays
	 */
	synchronized boolean reload() {
		var texts = this.files.all();
		var main = texts.get(ConfigFiles.DIALPLAN);
		if (main == null || isBroken(main)) {
			return false;
		}
		this.loaded = texts;
		this.dialplan = null;
		this.reloadedAt = Instant.now();
		return true;
	}

	/** The loaded dialplan; read from the loaded texts when it is first asked for. */
	synchronized Dialplan dialplan() {
		if (this.dialplan == null) {
			this.dialplan = read(this.loaded);
		}
		return this.dialplan;
	}

	private static Dialplan read(Map<String, String> texts) {
		try {
			var file = ConfigFiles.load(texts, ConfigFiles.DIALPLAN);
			return (file != null) ? Dialplan.of(file) : Dialplan.EMPTY;
		}
		catch (BrokenConfigException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean isBroken(String text) {
		try {
			ConfigFile.parse(text);
			return false;
		}
		catch (BrokenConfigException ex) {
			return true;
		}
	}

	private static List<PjsipEndpoint> endpoints(List<SimulatedPbxSpec.Endpoint> phones, List<String> trunks) {
		var endpoints = new ArrayList<PjsipEndpoint>(phones.size() + trunks.size());
		phones.forEach((phone) -> endpoints.add(new PjsipEndpoint(phone.number(), phone.name(), false)));
		trunks.forEach((trunk) -> endpoints.add(new PjsipEndpoint(trunk, "", true)));
		return List.copyOf(endpoints);
	}

}
