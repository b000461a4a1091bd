package io.tollgate.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.keys.Keys;
import io.tollgate.keys.TestKeys;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * What the chain costs: 64 transactions at a time that each change a row and write one of
 * the trail, with and without the trail, and verifying a large table. Run it by
 * {@code scripts/bench-audit}.
 */
public final class AuditBenchmark {

	private static final int WRITERS = 64;

	private static final int POOL = 32;

	private static final AuditObject OBJECT = AuditObject.of("pbx", 17L, "Monterrey plant");

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	private final AuditRows rows;

	private final Verifier verifier;

	private AuditBenchmark(DataSource data, Path directory) {
		this.jdbc = new JdbcTemplate(data);
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(data));
		Keys keys = TestKeys.of(directory.resolve("secret.key"));
		keys.seal();
		this.rows = new AuditRows(this.jdbc, keys, (event) -> {
		});
		this.verifier = new Verifier(this.rows,
				new CheckpointFile(new AuditProperties(directory.resolve("audit.checkpoints"), 1000,
						Duration.ofMinutes(5), Duration.ZERO)),
				keys, Clock.systemUTC());
	}

	/** Takes {@code h2} or {@code postgresql}, and how many rows to verify. */
	public static void main(String[] arguments) throws Exception {
		int count = (arguments.length > 1) ? Integer.parseInt(arguments[1]) : 1_000_000;
		var directory = Path.of("target", "bench-audit").toAbsolutePath();
		FileSystemUtils.deleteRecursively(directory);
		Files.createDirectories(directory);
		if (arguments[0].equals("h2")) {
			run("H2", "jdbc:h2:file:" + directory + "/tollgate;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
					+ "DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000", "tollgate", directory, count);
			return;
		}
		try (var server = EmbeddedPostgres.builder().start()) {
			run("PostgreSQL", server.getJdbcUrl("postgres", "postgres"), "postgres", directory, count);
		}
	}

	private static void run(String name, String url, String user, Path directory, int count)
			throws IOException, InterruptedException, ExecutionException {
		try (var data = new HikariDataSource()) {
			data.setJdbcUrl(url);
			data.setUsername(user);
			data.setPassword("");
			data.setMaximumPoolSize(POOL);
			Flyway.configure().dataSource(data).load().migrate();
			var bench = new AuditBenchmark(data, directory);
			bench.jdbc.execute("create table job (id integer primary key, done integer not null)");
			IntStream.range(0, WRITERS).forEach((job) -> bench.jdbc.update("insert into job values (?, 0)", job));
			bench.changes(20, true);
			System.out.printf("%s: %d changes at a time, pool of %d%n", name, WRITERS, POOL);
			System.out.println("  without the trail " + bench.changes(100, false));
			System.out.println("  with the trail    " + bench.changes(100, true));
			bench.fill(count);
			long start = System.nanoTime();
			var found = bench.verifier.verify((row) -> {
			});
			System.out.printf("  verified %,d rows in %.1f s: %s%n", found.rows(), (System.nanoTime() - start) / 1e9,
					found.isIntact() ? "intact" : found.bad());
		}
	}

	private String changes(int each, boolean trail) throws InterruptedException, ExecutionException {
		var start = new CountDownLatch(1);
		var nanos = new long[WRITERS * each];
		long began;
		try (var pool = Executors.newFixedThreadPool(WRITERS)) {
			var all = IntStream.range(0, WRITERS).mapToObj((writer) -> pool.submit(() -> {
				start.await();
				for (int i = 0; i < each; i++) {
					long at = System.nanoTime();
					change(writer, trail);
					nanos[writer * each + i] = System.nanoTime() - at;
				}
				return null;
			})).toList();
			began = System.nanoTime();
			start.countDown();
			for (var one : all) {
				one.get();
			}
		}
		double seconds = (System.nanoTime() - began) / 1e9;
		Arrays.sort(nanos);
		return "%,.0f a second, median %.1f ms, 99 %% %.1f ms".formatted(nanos.length / seconds,
				nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 99 / 100] / 1e6);
	}

	private void change(int writer, boolean trail) {
		this.transaction.executeWithoutResult((status) -> {
			this.jdbc.update("update job set done = done + 1 where id = ?", writer);
			if (trail) {
				this.rows.append(Collections.nCopies(1, content()));
			}
		});
	}

	private void fill(int count) {
		while (this.rows.head().id() < count) {
			int more = (int) Math.min(5_000, count - this.rows.head().id());
			this.transaction.executeWithoutResult((status) -> this.rows.append(Collections.nCopies(more, content())));
		}
	}

	private static AuditContent content() {
		return AuditContent.of(Instant.now(),
				new Origin("lucia.ortega", "10.20.4.18", "0123456789abcdef0123456789abcdef"), "apply.applied", OBJECT,
				"generation 31", "generation 32");
	}

}
