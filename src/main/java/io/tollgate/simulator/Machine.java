package io.tollgate.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.tollgate.simulator.ConfigFile.BrokenConfigException;
import io.tollgate.simulator.EndpointReplies.PjsipEndpoint;
import io.tollgate.simulator.SimulatedPbx.Watcher;
import io.tollgate.simulator.SimulatedPbxSpec.Endpoint;
import io.tollgate.simulator.StateFile.State;
import org.jspecify.annotations.Nullable;

/** The insides of a simulated PBX: what it knows, whoever is connected. */
final class Machine {

	private final SimulatedPbxSpec spec;

	private final AstDb astDb = new AstDb();

	private final ConfigFiles files;

	private final Faults faults = new Faults();

	private final Runnable changed;

	private volatile Watcher watcher = (what) -> {
	};

	private volatile Duration ahead = Duration.ZERO;

	private final Instant startedAt = Instant.now();

	private volatile List<Endpoint> phones = List.of();

	private volatile List<String> trunks = List.of();

	private final Set<String> modules = ConcurrentHashMap.newKeySet();

	private final Map<String, Map<String, String>> options = new TreeMap<>();

	private volatile List<PjsipEndpoint> endpoints = List.of();

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
		endpoints(spec.endpoints(), spec.trunks());
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

	synchronized void endpoints(List<Endpoint> phones, List<String> trunks) {
		this.phones = List.copyOf(phones);
		this.trunks = List.copyOf(trunks);
		var endpoints = new ArrayList<PjsipEndpoint>(phones.size() + trunks.size());
		phones.forEach((phone) -> endpoints
			.add(new PjsipEndpoint(phone.number(), phone.name(), false, options(phone.number()))));
		trunks.forEach((trunk) -> endpoints.add(new PjsipEndpoint(trunk, "", true, options(trunk))));
		this.endpoints = List.copyOf(endpoints);
	}

	private Map<String, String> options(String endpoint) {
		return Map.copyOf(this.options.getOrDefault(endpoint, Map.of()));
	}

	/** Sets an option of one of its endpoints. */
	synchronized void option(String endpoint, String option, String value) {
		this.options.computeIfAbsent(endpoint, (name) -> new TreeMap<>()).put(option, value);
		endpoints(this.phones, this.trunks);
	}

	/** Modules that it has besides the usual ones. */
	Set<String> modules() {
		return this.modules;
	}

	List<String> trunks() {
		return this.trunks;
	}

	/** All that a PBX keeps when its power fails. */
	synchronized State state() {
		return new State(this.astDb.tree("", ""), this.files.all(), this.phones, this.trunks,
				new TreeMap<>(this.options));
	}

	/** Goes on from there. */
	synchronized void become(State state) {
		this.options.clear();
		state.options().forEach((endpoint, options) -> this.options.put(endpoint, new TreeMap<>(options)));
		this.astDb.replace(state.astdb());
		this.files.replace(state.files());
		endpoints(state.endpoints(), state.trunks());
		reload();
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

	/** Its own clock. */
	Instant now() {
		return Instant.now().plus(this.ahead);
	}

	synchronized void advance(Duration time) {
		this.ahead = this.ahead.plus(time);
		this.watcher.changed("clock");
	}

	synchronized void watch(Watcher watcher) {
		this.watcher = watcher;
	}

	synchronized void put(String family, String key, String value) {
		this.astDb.put(family, key, value);
		told(family + "/" + key);
	}

	synchronized boolean remove(String family, String key) {
		boolean found = this.astDb.remove(family, key);
		told(family + "/" + key);
		return found;
	}

	synchronized int removeTree(String family, String key) {
		int removed = this.astDb.removeTree(family, key);
		told(key.isEmpty() ? family : family + "/" + key);
		return removed;
	}

	private void told(String what) {
		this.watcher.changed(what);
		changed();
	}

	/** What was not flushed is lost; the files are read again. */
	synchronized void crash() {
		this.astDb.crash();
		load();
		told("crash");
	}

	/**
	 * Loads the dialplan from the files.
	 * @return {@code false} when {@code extensions.conf} is missing or broken; the old
	 * dialplan stays
	 */
	synchronized boolean reload() {
		boolean loaded = load();
		this.watcher.changed("dialplan");
		return loaded;
	}

	private boolean load() {
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

}
