package io.tollgate.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One sipp process, on one address, with one scenario. */
final class Sipp implements AutoCloseable {

	/** Nothing of ours runs longer, even when the JVM that started it is gone. */
	private static final String AT_MOST_SECONDS = "900";

	private final Path folder;

	private final int port;

	private final Process process;

	private Sipp(Path folder, int port, Process process) {
		this.folder = folder;
		this.port = port;
		this.process = process;
	}

	/**
	 * Starts sipp.
	 * @param scenario the XML
	 * @param injected lines for the fields, may be empty
	 */
	static Sipp start(String address, int port, String scenario, List<String> injected, String... options) {
		try {
			var folder = Files.createTempDirectory("tollgate-sipp-");
			Files.writeString(folder.resolve("scenario.xml"), scenario);
			var command = new ArrayList<>(List.of("sipp", "-sf", "scenario.xml", "-i", address, "-p", "" + port,
					"-nostdin", "-timeout", AT_MOST_SECONDS, "-trace_logs", "-log_file", "calls.log", "-trace_err",
					"-error_file", "errors.log"));
			if (!injected.isEmpty()) {
				Files.writeString(folder.resolve("calls.csv"), "SEQUENTIAL\n" + String.join("\n", injected) + "\n");
				command.addAll(List.of("-inf", "calls.csv"));
			}
			command.addAll(Arrays.asList(options));
			var process = new ProcessBuilder(command).directory(folder.toFile())
				.redirectErrorStream(true)
				.redirectOutput(folder.resolve("screen").toFile())
				.start();
			return new Sipp(folder, port, process);
		}
		catch (IOException ex) {
			throw Missing.missing("sipp cannot be run (apt-get install sip-tester): " + ex.getMessage());
		}
	}

	/** Waits until the socket is there; for a scenario that answers calls. */
	Sipp listening() {
		long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
		var hexPort = ":%04X ".formatted(this.port);
		try {
			while (Files.readAllLines(Path.of("/proc/net/udp")).stream().noneMatch((line) -> line.contains(hexPort))) {
				if (this.process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
					throw new IllegalStateException("sipp does not listen: " + complaints());
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		return this;
	}

	/** Waits until all calls are over and returns what the scenario logged. */
	List<String> finish(Duration patience) {
		try {
			if (!this.process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new AssertionError("calls still run after " + patience + ": " + complaints());
			}
			return log();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** What the scenario has logged so far. */
	List<String> log() {
		return lines("calls.log");
	}

	String complaints() {
		return String.join("\n", lines("errors.log")) + String.join("\n", lines("screen"));
	}

	@Override
	public void close() {
		try {
			this.process.destroyForcibly().waitFor();
			try (var files = Files.list(this.folder)) {
				for (var file : files.toList()) {
					Files.delete(file);
				}
			}
			Files.delete(this.folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private List<String> lines(String file) {
		var path = this.folder.resolve(file);
		try {
			return Files.exists(path)
					? List.of(Files.readString(path, java.nio.charset.StandardCharsets.ISO_8859_1).split("\n"))
						.stream()
						.filter((line) -> !line.isBlank())
						.toList()
					: List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
