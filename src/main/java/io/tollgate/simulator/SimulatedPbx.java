package io.tollgate.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * A PBX that is not one: an AMI server on a loopback port that answers as a real Asterisk
 * does, byte for byte where it matters. It keeps an AstDB, configuration files and a
 * dialplan, and carries no calls. Thousands fit into one process: an idle one costs a
 * port, a parked virtual thread and its data.
 */
public final class SimulatedPbx implements AutoCloseable {

	/** How long a change may wait to be saved: less than the real one's second. */
	private static final long SAVE_AFTER_MS = 200;

	private static final Executor SAVER = CompletableFuture.delayedExecutor(SAVE_AFTER_MS, TimeUnit.MILLISECONDS,
			Thread::startVirtualThread);

	private final Machine machine;

	private volatile @Nullable StateFile stateFile;

	private final AtomicBoolean unsaved = new AtomicBoolean();

	private final Set<AmiLine> lines = ConcurrentHashMap.newKeySet();

	private final int port;

	private ServerSocket server;

	private Thread acceptor;

	private SimulatedPbx(SimulatedPbxSpec spec, int wishedPort, @Nullable StateFile stateFile) throws IOException {
		this.machine = new Machine(spec, this::scheduleSave);
		this.stateFile = stateFile;
		var state = (stateFile != null) ? stateFile.load() : null;
		if (state != null) {
			this.machine.become(state);
		}
		this.server = listenNear(wishedPort);
		this.port = this.server.getLocalPort();
		this.acceptor = serve(this.server);
	}

	/** Starts one that forgets everything when it is closed. */
	public static SimulatedPbx start(SimulatedPbxSpec spec) {
		return start(spec, 0, null);
	}

	/**
	 * Starts one that keeps its AstDB, files and endpoints in a file, and goes on from
	 * there when that file exists already: then what the specification says of them does
	 * not count.
	 * @param wishedPort the port to listen on, unless it is taken; 0 for any
	 * @param stateFile where it keeps them, {@code null} for nowhere
	 */
	public static SimulatedPbx start(SimulatedPbxSpec spec, int wishedPort, @Nullable Path stateFile) {
		try {
			return new SimulatedPbx(spec, wishedPort, (stateFile != null) ? new StateFile(stateFile) : null);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** From now on, keeps its AstDB, files and endpoints in that file, as they are. */
	public void keepIn(Path stateFile) {
		this.stateFile = new StateFile(stateFile);
		this.unsaved.set(true);
		save();
	}

	/** The loopback port that it listens on, the same for its whole life. */
	public int port() {
		return this.port;
	}

	/** Makes it misbehave. */
	public Faults faults() {
		return this.machine.faults();
	}

	/** A copy of its AstDB; keys as {@code tollgate/active}. */
	public SortedMap<String, String> astDb() {
		var copy = new TreeMap<String, String>();
		this.machine.astDb().tree("", "").forEach((key, value) -> copy.put(key.substring(1), value));
		return copy;
	}

	/** Changes an AstDB entry by hand, as an administrator might on the PBX. */
	public void put(String key, String value) {
		int slash = key.indexOf('/');
		this.machine.put(key.substring(0, slash), key.substring(slash + 1), value);
	}

	/** Removes an AstDB entry and all below it by hand. */
	public void remove(String key) {
		this.machine.removeTree(key, "");
	}

	/** A copy of its configuration files, by name. */
	public SortedMap<String, String> files() {
		return this.machine.files().all();
	}

	/** Writes a configuration file by hand. Counts after {@link #reload()}. */
	public void write(String file, String text) {
		this.machine.files().write(file, text);
		scheduleSave();
	}

	/** Deletes a configuration file by hand. Counts after {@link #reload()}. */
	public void delete(String file) {
		this.machine.files().remove(file);
		scheduleSave();
	}

	/** Reloads the dialplan by hand. */
	public void reload() {
		this.machine.reload();
	}

	/** Replaces its phones. */
	public void endpoints(List<SimulatedPbxSpec.Endpoint> endpoints) {
		this.machine.endpoints(endpoints, this.machine.trunks());
		scheduleSave();
	}

	/**
	 * Sets an option of an endpoint by hand, as in {@code pjsip.conf}.
	 * @param option {@code context}, {@code redirect_method} or {@code set_var}
	 */
	public void option(String endpoint, String option, String value) {
		this.machine.option(endpoint, option, value);
		scheduleSave();
	}

	/** Loads a module by hand, {@code chan_iax2}, until it is closed. */
	public void loadModule(String module) {
		this.machine.modules().add(module);
	}

	/**
	 * Sends a user event to everybody who listens.
	 * @param name {@code TollgateBlock}
	 * @param headers the rest, in order
	 */
	public void userEvent(String name, Map<String, String> headers) {
		var event = new Reply(new AmiRequest(List.of(), AmiRequest.Flaw.NONE));
		event.event("UserEvent").header("Privilege", "user,all").header("UserEvent", name);
		headers.forEach(event::header);
		broadcast(event.end().toString());
	}

	/** How many lines stand, or broke and have bytes that were not dealt with. */
	public int lines() {
		return this.lines.size();
	}

	/** How many lines want to be told of events. */
	public int listeners() {
		return (int) this.lines.stream().filter(AmiLine::hears).count();
	}

	/** From now on, what is written to the AstDB does not survive {@link #crash()}. */
	public void stopFlushing() {
		this.machine.astDb().stopFlushing();
	}

	/**
	 * From now on, what is written to the AstDB survives {@link #crash()} only from the
	 * next full interval on. A real one flushes about once a second.
	 */
	public void flushEvery(Duration interval) {
		this.machine.astDb().flushEvery(interval);
	}

	/** Dies and comes back at once: lines break, what was not flushed is lost. */
	public void crash() {
		try {
			// who connects meanwhile waits for a moment
			synchronized (this.machine) {
				for (var line : this.lines) {
					line.close();
				}
				this.machine.crash();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Its clock goes ahead by that much. */
	public void advance(Duration time) {
		this.machine.advance(time);
	}

	/** What its clock shows. */
	public Instant now() {
		return this.machine.now();
	}

	/**
	 * The loaded dialplan by context, in the order of {@code ShowDialPlan}, as
	 * {@code 911,1,Dial(PJSIP/911@trunk,120)} and {@code include 1 another-context}; a
	 * label as in {@code s,1(label),NoOp()}.
	 */
	public SortedMap<String, List<String>> dialplan() {
		return this.machine.dialplan().lines();
	}

	/**
	 * From now on somebody is told of every change to the AstDB and to the loaded
	 * dialplan, while nothing else changes.
	 */
	public void watch(Watcher watcher) {
		this.machine.watch(watcher);
	}

	/** Stops to listen and breaks all lines. */
	public void down() {
		try {
			this.server.close();
			for (var line : this.lines) {
				line.close();
			}
			// the port is free only when nobody waits on it any more
			this.acceptor.join();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Listens again, on the same port. */
	public void up() {
		try {
			this.server = listen(this.port);
			this.acceptor = serve(this.server);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.machine.faults().clear();
		down();
		save();
	}

	private static ServerSocket listenNear(int wishedPort) throws IOException {
		try {
			return listen(wishedPort);
		}
		catch (BindException ex) {
			return listen(0);
		}
	}

	private static ServerSocket listen(int port) throws IOException {
		return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
	}

	private Thread serve(ServerSocket server) {
		return Thread.ofVirtual().name("simulated-pbx-" + this.port).start(() -> accept(server));
	}

	private void accept(ServerSocket server) {
		try {
			while (true) {
				var socket = server.accept();
				Thread.ofVirtual().name("simulated-pbx-" + this.port + "-line").start(() -> serve(server, socket));
			}
		}
		catch (SocketException ex) {
			if (!server.isClosed()) {
				throw new UncheckedIOException(ex);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A line that breaks is an everyday matter. */
	private void serve(ServerSocket server, Socket socket) {
		AmiLine line = null;
		try (socket) {
			socket.setTcpNoDelay(true);
			line = new AmiLine(this.machine, socket, this::broadcast, this::crash);
			this.lines.add(line);
			if (!server.isClosed()) {
				line.serve();
			}
		}
		catch (IOException ex) {
			// the client, or close(), hung up
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			if (line != null) {
				this.lines.remove(line);
			}
		}
	}

	private void broadcast(String event) {
		for (var line : this.lines) {
			try {
				line.tell(event);
			}
			catch (IOException ex) {
				this.lines.remove(line);
			}
		}
	}

	private void scheduleSave() {
		if (this.stateFile != null && this.unsaved.compareAndSet(false, true)) {
			SAVER.execute(this::save);
		}
	}

	private synchronized void save() {
		var file = this.stateFile;
		if (file != null && this.unsaved.getAndSet(false)) {
			file.save(this.machine.state());
		}
	}

	/** Sees every state that a PBX goes through. */
	@FunctionalInterface
	public interface Watcher {

		/**
		 * Called after a change and before the next one.
		 * @param what the AstDB key, as {@code tollgate/active}, or the one above all
		 * that was removed; {@code dialplan}, {@code crash} or {@code clock}
		 */
		void changed(String what);

	}

}
