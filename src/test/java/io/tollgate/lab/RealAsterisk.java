package io.tollgate.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An Asterisk that runs for the tests of this JVM: real packages, unpacked below
 * {@code ~/.cache/tollgate} by {@code scripts/lab/get-asterisk}, with a configuration of
 * its own in a temporary folder, on random ports of 127.0.0.1. Where it cannot be had,
 * the test is skipped and says why; with {@code TOLLGATE_REQUIRE_REAL=true} it fails.
 * <p>
 * Manager accounts, all with {@link #SECRET}: {@code tollgate} (write system, reporting;
 * read user: the least that Tollgate needs), {@code tollgate-config} (the same and
 * config), {@code tollgate-probe} (config and originate), {@code readonly} (write
 * reporting only), {@code nothing} (no rights), {@code elsewhere} (not from this
 * address).
 * <p>
 * SIP endpoints: extensions 1001 upwards and {@code by-address} (all from 127.0.0.13) in
 * context {@code from-internal}, which ends in {@code include => tollgate-outbound};
 * {@code unguarded} in a context without the guard; {@code trunk}, the carrier at
 * 127.0.0.20:{@link #trunkPort()}, whose calls also come into {@code from-internal}.
 */
public final class RealAsterisk implements AutoCloseable {

	/** The secret of every account in the lab. */
	public static final String SECRET = "labsecret";

	private static final Set<RealAsterisk> RUNNING = ConcurrentHashMap.newKeySet();

	private static final Duration BOOT = Duration.ofSeconds(90);

	static {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(RealAsterisk::kill9)));
	}

	private final Version version;

	private final Path home;

	private final Ports ports;

	private String fingerprint = "";

	private Process process;

	private RealAsterisk(Version version, Path home, Ports ports) {
		this.version = version;
		this.home = home;
		this.ports = ports;
	}

	/**
	 * Fetches that version, unless the cache has it, and starts a PBX.
	 * @param version the Asterisk
	 * @param spec what it has
	 * @return the PBX, fully booted, without guard
	 */
	public static RealAsterisk start(Version version, LabSpec spec) {
		var root = fetch(version);
		for (int attempt = 1;; attempt++) {
			try {
				return start(version, spec, root);
			}
			catch (IllegalStateException ex) {
				// another process may have taken one of the ports in the meantime
				if (attempt == 3) {
					throw ex;
				}
			}
		}
	}

	private static RealAsterisk start(Version version, LabSpec spec, Path root) {
		try {
			var home = Files.createTempDirectory("tollgate-asterisk-" + version.number() + "-");
			var pbx = new RealAsterisk(version, home, Ports.free());
			pbx.fingerprint = LabCertificate.fingerprint(LabCertificate.write(home.resolve("keys/ami.pem")));
			pbx.configure(spec, root);
			pbx.launch();
			return pbx;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static Path fetch(Version version) {
		try {
			var process = new ProcessBuilder("scripts/lab/get-asterisk", version.number()).start();
			var errors = new StringBuilder();
			var reader = Thread.ofVirtual().start(() -> errors.append(text(process.errorReader())));
			var folder = text(process.inputReader()).strip();
			int exit = process.waitFor();
			reader.join();
			if (exit != 0) {
				throw Missing.missing("Asterisk " + version.number() + " could not be fetched: " + errors);
			}
			return Path.of(folder, "root");
		}
		catch (IOException ex) {
			throw Missing.missing("scripts/lab/get-asterisk cannot run here: " + ex.getMessage());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static String text(java.io.Reader reader) {
		try (reader) {
			return reader.readAllAsString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void configure(LabSpec spec, Path root) throws IOException, InterruptedException {
		var builder = new ProcessBuilder("scripts/lab/write-config", this.home.toString()).redirectErrorStream(true);
		builder.environment()
			.putAll(Map.of("ROOT", root.toString(), "VERSION", this.version.number(), "SECRET", SECRET, "EXTENSIONS",
					"" + spec.extensions(), "DIGEST", String.join(" ", spec.digest())));
		builder.environment()
			.putAll(Map.of("AMI", "" + this.ports.ami(), "AMI_TLS", "" + this.ports.amiTls(), "SIP",
					"" + this.ports.sip(), "TRUNK", "" + this.ports.trunk(), "PHONES", "" + this.ports.phones(), "RTP",
					"" + this.ports.rtp()));
		var process = builder.start();
		var output = text(process.inputReader());
		if (process.waitFor() != 0) {
			throw new IllegalStateException("write-config: " + output);
		}
	}

	private void launch() throws IOException, InterruptedException {
		this.process = new ProcessBuilder(this.home.resolve("start").toString()).redirectErrorStream(true)
			.redirectOutput(this.home.resolve("log/console").toFile())
			.start();
		RUNNING.add(this);
		long end = System.nanoTime() + BOOT.toNanos();
		while (!booted()) {
			if (this.process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
				kill9();
				throw new IllegalStateException("Asterisk did not start:\n" + logTail(40) + tail("log/console", 20));
			}
		}
	}

	private boolean booted() {
		try (var ami = new LabAmi(this.ports.ami(), "lab", true)) {
			ami.await((message) -> message.has("Event", "FullyBooted"), BOOT);
			return true;
		}
		catch (IOException | UncheckedIOException ex) {
			return false; // nobody listens yet
		}
	}

	public Version version() {
		return this.version;
	}

	/** Port of AMI without TLS on 127.0.0.1. */
	public int amiPort() {
		return this.ports.ami();
	}

	/** Port of AMI over TLS on 127.0.0.1; certificate for localhost, self-signed. */
	public int amiTlsPort() {
		return this.ports.amiTls();
	}

	/** SHA-256 of the AMI certificate, 64 lower-case hex digits. */
	public String fingerprint() {
		return this.fingerprint;
	}

	/** UDP port for SIP on 127.0.0.1. */
	public int sipPort() {
		return this.ports.sip();
	}

	/** UDP port on 127.0.0.20 where the PBX expects the carrier. */
	public int trunkPort() {
		return this.ports.trunk();
	}

	/** UDP port on 127.0.0.12 where the PBX expects every called phone. */
	public int phonesPort() {
		return this.ports.phones();
	}

	/** The folder of the configuration files. */
	public Path etc() {
		return this.home.resolve("etc");
	}

	/** Runs a console command and returns what it prints. */
	public List<String> cli(String command) {
		try (var ami = ami()) {
			return ami.command(command);
		}
	}

	/** A call that no phone makes: a channel that runs a number of that context. */
	public void originate(String number, String context) {
		try (var ami = ami()) {
			ami.action("Originate", "Channel", "Local/" + number + "@" + context, "Application", "Echo", "Async",
					"true", "Timeout", "5000");
		}
	}

	/**
	 * Waits for a call record: caller, number, what became of it, user field.
	 * @return whether one like that came within five seconds
	 */
	public boolean recordsCall(String pattern) {
		long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
		do {
			if (callRecords().lines().anyMatch((record) -> record.matches(pattern))) {
				return true;
			}
			LockSupport.parkNanos(50_000_000);
		}
		while (System.nanoTime() < end);
		return false;
	}

	/** The last call records. */
	public String callRecords() {
		return tail("log/cdr-custom/calls.csv", 1000);
	}

	/**
	 * Writes files into {@link #etc()} and reloads the dialplan: a short cut past the
	 * connector, for tests of the dialplan itself.
	 * @param files text by file name
	 */
	public void install(Map<String, String> files) {
		try {
			for (var file : files.entrySet()) {
				Files.writeString(etc().resolve(file.getKey()), file.getValue());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		cli("dialplan reload");
	}

	/** The power fails. The next {@link #restart()} finds what was on the disk. */
	public void kill9() {
		this.process.destroyForcibly();
		gone();
	}

	/** Ends it in good order. */
	public void stop() {
		this.process.destroy();
		gone();
	}

	/** Starts it again with the same configuration, data and ports, stopping it first. */
	public void restart() {
		if (this.process.isAlive()) {
			stop();
		}
		try {
			launch();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** It hangs: connections are accepted by the kernel, nothing answers. */
	public void freeze() {
		signal("STOP");
	}

	/** Ends {@link #freeze()}. */
	public void thaw() {
		signal("CONT");
	}

	/** The last lines of its log. */
	public String logTail(int lines) {
		return tail("log/full", lines);
	}

	/** Ends it and removes its files. */
	@Override
	public void close() {
		kill9();
		try (var files = Files.walk(this.home)) {
			for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Set<RealAsterisk> running() {
		return RUNNING;
	}

	Path home() {
		return this.home;
	}

	LabAmi ami() {
		try {
			return new LabAmi(this.ports.ami(), "lab", true);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void signal(String name) {
		try {
			new ProcessBuilder("kill", "-" + name, "" + this.process.pid()).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private void gone() {
		try {
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly().waitFor();
			}
			RUNNING.remove(this);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private String tail(String file, int lines) {
		try {
			var all = Files.readAllLines(this.home.resolve(file));
			return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size())) + "\n";
		}
		catch (IOException ex) {
			return "(no " + file + ": " + ex.getMessage() + ")\n";
		}
	}

	/** The two that Tollgate is tested with. */
	public enum Version {

		V22, V16;

		/** {@code 22} or {@code 16}. */
		public String number() {
			return name().substring(1);
		}

	}

	private record Ports(int ami, int amiTls, int sip, int trunk, int phones, int rtp) {

		static Ports free() {
			return new Ports(FreePorts.tcp(), FreePorts.tcp(), FreePorts.udp("127.0.0.1"), FreePorts.udp("127.0.0.20"),
					FreePorts.udp("127.0.0.12"), 10_000 + 2_000 * ThreadLocalRandom.current().nextInt(10));
		}

	}

}
