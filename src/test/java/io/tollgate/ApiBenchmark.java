package io.tollgate;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.tollgate.account.Accounts;
import io.tollgate.account.Role;
import io.tollgate.account.TestTokens;
import io.tollgate.support.TestAccounts;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How long reads by API take at a fixed rate: counted from when each was due, so a
 * request that waits behind a slow one counts as slow. The floor is a file without
 * sign-in or database from the same server. Run it by {@code scripts/bench-api}.
 */
public final class ApiBenchmark {

	private static final int PBXS = 20;

	private static final int EXTENSIONS = 500;

	private static final int LINES = 32;

	private final int port;

	private final String token;

	private ApiBenchmark(int port, String token) {
		this.port = port;
		this.token = token;
	}

	/** Takes requests a second, and seconds. */
	public static void main(String[] arguments) throws InterruptedException {
		int rate = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 1_000;
		int seconds = (arguments.length > 1) ? Integer.parseInt(arguments[1]) : 15;
		try (var context = (ServletWebServerApplicationContext) SpringApplication.run(TollgateApplication.class,
				"--spring.profiles.active=test", "--server.port=0", "--logging.level.root=error",
				"--server.tomcat.max-keep-alive-requests=-1", "--tollgate.api.requests-per-minute=1000000")) {
			context.getBean(Accounts.class).create("bench", "Bench Mark", TestAccounts.PASSWORD, Role.OPERATOR);
			long pbx = fill(context.getBean(JdbcTemplate.class));
			var token = context.getAutowireCapableBeanFactory()
				.createBean(TestTokens.class)
				.make("bench", TestTokens.all());
			var benchmark = new ApiBenchmark(context.getWebServer().getPort(), token);
			long extension = context.getBean(JdbcTemplate.class)
				.queryForList("select max(id) from extension", Long.class)
				.getFirst();
			var policies = List.of("/api/v1/policies", "/api/v1/policies/1", "/api/v1/policies/1/countries/AR");
			var extensions = List.of("/api/v1/extensions/" + extension, "/api/v1/extensions?pbx=" + pbx);
			var mix = new ArrayList<>(policies);
			mix.addAll(extensions);
			mix.add("/api/v1/pbxs");
			System.out.printf("%d PBXs, %d extensions, %d requests a second for %d s, %d lines, %d processors%n", PBXS,
					PBXS * EXTENSIONS, rate, seconds, LINES, Runtime.getRuntime().availableProcessors());
			System.out.printf("%-34s %8s %8s %8s %8s %10s%n", "", "per s", "p50 ms", "p99 ms", "most ms", "CPU ms/req");
			benchmark.warmUp(mix, rate / 3);
			benchmark.measure("floor: a file", List.of("/assets/favicon.svg"), rate, seconds);
			benchmark.measure("policies and countries", policies, rate, seconds);
			benchmark.measure("extensions", extensions, rate, seconds);
			benchmark.measure("all of these, and PBXs", mix, rate, seconds);
			// Prometheus comes every 15 s
			benchmark.measure("scrapes, 10 a second", List.of("/actuator/prometheus"), 10, seconds);
		}
	}

	private static long fill(JdbcTemplate jdbc) {
		jdbc.batchUpdate("""
				insert into pbx (name, host, port, tls, ami_user, secret, policy_id, created_at)
				values (?, ?, 5038, false, 'tollgate', ?, 1, current_timestamp)""",
				IntStream.range(0, PBXS)
					.mapToObj((i) -> new Object[] { "Plant %04d".formatted(i), "plant-" + i, new byte[] { 1 } })
					.toList());
		long first = jdbc.queryForList("select min(id) from pbx", Long.class).getFirst();
		jdbc.batchUpdate("""
				insert into extension (pbx_id, number, name, number_order, name_order)
				values (?, ?, ?, ?, ?)""", IntStream.range(0, PBXS * EXTENSIONS).mapToObj((i) -> {
			var number = String.valueOf(1_000 + i % EXTENSIONS);
			return new Object[] { first + i / EXTENSIONS, number, "Name " + i, "04" + number, "name " + i };
		}).toList());
		jdbc.update("""
				insert into extension_count (pbx_id, there, abroad, inland, unapplied, gone)
				select pbx_id, count(*), 0, count(*), 0, 0 from extension group by pbx_id""");
		return first;
	}

	/**
	 * Asks until the just-in-time compilers have little left to do, for four minutes at
	 * most: on two processors they take one of them for long, and what is measured
	 * meanwhile is how far they are.
	 */
	private void warmUp(List<String> paths, int rate) throws InterruptedException {
		var compilers = ManagementFactory.getCompilationMXBean();
		for (int round = 0; round < 16; round++) {
			long before = compilers.getTotalCompilationTime();
			measure("warm-up", paths, rate, 15);
			if (compilers.getTotalCompilationTime() - before < 1_000) {
				return;
			}
		}
	}

	private void measure(String name, List<String> paths, int rate, int seconds) throws InterruptedException {
		int each = rate * seconds / LINES;
		var times = new long[LINES][each];
		long processor = processorTime();
		long start = System.nanoTime();
		var lines = new ArrayList<Thread>();
		var failures = new ArrayList<Throwable>();
		for (int line = 0; line < LINES; line++) {
			int number = line;
			var thread = Thread.ofPlatform().unstarted(() -> ask(paths, number, rate, start, times[number]));
			thread.setUncaughtExceptionHandler((_, failure) -> {
				synchronized (failures) {
					failures.add(failure);
				}
			});
			thread.start();
			lines.add(thread);
		}
		for (var line : lines) {
			line.join();
		}
		if (!failures.isEmpty()) {
			throw new IllegalStateException(name, failures.getFirst());
		}
		double took = (System.nanoTime() - start) / 1e9;
		var all = Arrays.stream(times).flatMapToLong(Arrays::stream).sorted().toArray();
		System.out.printf("%-34s %8.0f %8.2f %8.2f %8.2f %10.2f%n", name, all.length / took, all[all.length / 2] / 1e6,
				all[all.length * 99 / 100] / 1e6, all[all.length - 1] / 1e6,
				(processorTime() - processor) / 1e6 / all.length);
	}

	/**
	 * One line's share: its requests are due one after the other, also when it is late.
	 */
	private void ask(List<String> paths, int line, int rate, long start, long[] times) {
		try (var socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setTcpNoDelay(true);
			var in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
			for (int i = 0; i < times.length; i++) {
				int number = i * LINES + line;
				long due = start + number * 1_000_000_000L / rate;
				for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
					LockSupport.parkNanos(left);
				}
				var path = paths.get(number % paths.size());
				socket.getOutputStream()
					.write("GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
						.formatted(path, this.token)
						.getBytes(StandardCharsets.US_ASCII));
				read(in, path);
				times[i] = System.nanoTime() - due;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void read(InputStream in, String path) throws IOException {
		var status = line(in);
		if (!status.startsWith("HTTP/1.1 200")) {
			throw new IOException(path + ": " + status);
		}
		long length = 0;
		boolean chunked = false;
		for (var header = line(in).toLowerCase(); !header.isEmpty(); header = line(in).toLowerCase()) {
			if (header.startsWith("content-length:")) {
				length = Long.parseLong(header.substring(15).strip());
			}
			chunked |= header.equals("transfer-encoding: chunked");
		}
		if (!chunked) {
			in.skipNBytes(length);
			return;
		}
		long chunk;
		do {
			chunk = Long.parseLong(line(in), 16);
			in.skipNBytes(chunk + 2);
		}
		while (chunk > 0);
	}

	private static String line(InputStream in) throws IOException {
		var line = new StringBuilder();
		for (int octet = in.read(); octet != '\n'; octet = in.read()) {
			if (octet < 0) {
				throw new EOFException();
			}
			if (octet != '\r') {
				line.append((char) octet);
			}
		}
		return line.toString();
	}

	private static long processorTime() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
			.getProcessCpuTime();
	}

}
