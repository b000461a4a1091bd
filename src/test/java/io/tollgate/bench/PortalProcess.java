package io.tollgate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The portal as it is shipped: a process of its own. */
final class PortalProcess implements AutoCloseable {

	private static final double TICKS_A_SECOND = 100;

	private final Process process;

	private PortalProcess(Process process) {
		this.process = process;
	}

	/**
	 * Starts it.
	 * @param java arguments of the JVM
	 * @param portal arguments of the portal
	 * @param log where it writes to
	 */
	static PortalProcess start(List<String> java, List<String> portal, Path log) throws IOException {
		var command = new ArrayList<String>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(java);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.tollgate.TollgateApplication"));
		command.addAll(portal);
		return new PortalProcess(
				new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start());
	}

	/** The most memory that it ever had, MB. */
	long peakMemory() throws IOException {
		return kilobytes("VmHWM:") / 1024;
	}

	/** What it has now, MB. */
	long memory() throws IOException {
		return kilobytes("VmRSS:") / 1024;
	}

	private long kilobytes(String name) throws IOException {
		try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(this.process.pid()), "status"))) {
			return lines.filter((line) -> line.startsWith(name))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("[^0-9]", "")))
				.findFirst()
				.orElseThrow();
		}
	}

	/** Processor seconds since it started. */
	double processor() throws IOException {
		var text = Files.readString(Path.of("/proc", String.valueOf(this.process.pid()), "stat"));
		var fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
		return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(30, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
