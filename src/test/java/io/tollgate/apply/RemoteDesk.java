package io.tollgate.apply;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A portal in a process of its own, which dies when it is told to. */
final class RemoteDesk implements Desk, AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** What the portal's process needs of the tests. */
	private static final List<Class<?>> OWN = List.of(FaultPortal.class, PortalDesk.class, Desk.class, Desk.Draft.class,
			Desk.Ended.class, Desk.Claim.class);

	private final Process process;

	private final BufferedReader in;

	private final BufferedWriter out;

	private boolean ready;

	private RemoteDesk(Process process) {
		this.process = process;
		this.in = process.inputReader(StandardCharsets.UTF_8);
		this.out = process.outputWriter(StandardCharsets.UTF_8);
	}

	/**
	 * Starts a portal, and does not wait until it is there.
	 * @param folder for its classes and its log
	 * @param arguments of the portal
	 */
	static RemoteDesk start(Path folder, List<String> arguments) {
		try {
			var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-XX:+AutoCreateSharedArchive",
					"-XX:SharedArchiveFile=" + folder.resolve("classes.jsa"), "-Xlog:cds=off", "-Xlog:cds+dynamic=off",
					"--enable-native-access=ALL-UNNAMED", "-cp", classPath(folder), FaultPortal.class.getName()));
			command.addAll(arguments);
			return new RemoteDesk(new ProcessBuilder(command)
				.redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("errors.log").toFile()))
				.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The other tests' beans must not come into it. */
	private static String classPath(Path folder) throws IOException {
		var classes = folder.resolve("classes");
		for (var type : OWN) {
			var file = type.getName().replace('.', '/') + ".class";
			var copy = classes.resolve(file);
			if (!Files.exists(copy)) {
				Files.createDirectories(copy.getParent());
				try (var bytes = type.getClassLoader().getResourceAsStream(file)) {
					Files.copy(bytes, copy);
				}
			}
		}
		var all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		return Stream
			.concat(Stream.of(jar(folder, classes.toString())),
					Stream.of(all.split(File.pathSeparator))
						.filter((each) -> !each.replaceAll("/$", "").endsWith("test-classes"))
						.map((each) -> Files.isDirectory(Path.of(each)) ? jar(folder, each) : each))
			.collect(Collectors.joining(File.pathSeparator));
	}

	/** A folder in the class path would leave nothing for the next start. */
	private static String jar(Path folder, String classes) {
		var jar = folder.resolve(Integer.toHexString(classes.hashCode()) + ".jar");
		if (!Files.exists(jar)) {
			ToolProvider.findFirst("jar")
				.orElseThrow()
				.run(System.out, System.err, "--create", "--no-compress", "--file", jar.toString(), "-C", classes, ".");
		}
		return jar.toString();
	}

	/** Waits until the portal is there. */
	RemoteDesk ready() {
		if (!this.ready) {
			answer();
			this.ready = true;
		}
		return this;
	}

	/** Nothing that it has not written down exists any more. */
	void kill() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Lets it stand still, or go on. */
	void signal(String name) {
		try {
			new ProcessBuilder("kill", "-" + name, String.valueOf(this.process.pid())).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private synchronized String ask(String question) {
		ready();
		try {
			this.out.write(question + "\n");
			this.out.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return answer();
	}

	private String answer() {
		var last = new ArrayList<String>();
		try {
			for (var line = this.in.readLine(); line != null; line = this.in.readLine()) {
				if (line.startsWith(FaultPortal.ANSWER)) {
					return line.substring(FaultPortal.ANSWER.length());
				}
				last.add(line);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		throw new UncheckedIOException(
				new EOFException("the portal is gone:\n" + String.join("\n", last.stream().limit(40).toList())));
	}

	private <T> T ask(String question, TypeReference<T> type) {
		return JSON.readValue(ask(question), type);
	}

	@Override
	public List<Long> connect(List<Integer> ports) {
		return ask("connect " + ports.stream().map(String::valueOf).collect(Collectors.joining(",")),
				new TypeReference<>() {
				});
	}

	@Override
	public void edit(long seed) {
		ask("edit " + seed);
	}

	@Override
	public Draft draft(long pbxId) {
		var draft = JSON.readValue(ask("draft " + pbxId), Draft.class);
		if (!Checksum.of(draft.config()).equals(draft.checksum())) {
			throw new IllegalStateException("not the same: " + draft);
		}
		return draft;
	}

	@Override
	public long start(Draft draft, String driftSeen) {
		return Long.parseLong(ask(("start " + draft.pbxId() + " " + driftSeen).strip()));
	}

	@Override
	public List<Ended> ended() {
		return ask("ended", new TypeReference<>() {
		});
	}

	@Override
	public List<Claim> claims() {
		return ask("claims", new TypeReference<>() {
		});
	}

	@Override
	public Map<Long, String> states() {
		return ask("states", new TypeReference<>() {
		});
	}

	@Override
	public List<String> open() {
		return ask("open", new TypeReference<>() {
		});
	}

	@Override
	public List<Long> targets() {
		return ask("targets", new TypeReference<>() {
		});
	}

	@Override
	public void close() {
		signal("CONT");
		this.process.destroy();
		try {
			if (!this.process.waitFor(60, TimeUnit.SECONDS)) {
				kill();
			}
		}
		catch (InterruptedException ex) {
			kill();
			Thread.currentThread().interrupt();
		}
	}

}
