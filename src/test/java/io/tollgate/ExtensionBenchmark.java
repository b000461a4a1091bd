package io.tollgate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.tollgate.account.Accounts;
import io.tollgate.account.Role;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * What the list of extensions costs over HTTP when there are very many, and an edit of
 * all of them. Run it by {@code scripts/bench-extensions}.
 */
public final class ExtensionBenchmark {

	private static final int ON_EACH = 100;

	private static final int ON_ONE = 5_000;

	private static final List<String> FIRST = List.of("Valentina", "Diego", "Ana Paula", "Grace", "Tom", "Miguel",
			"Lucía");

	private static final List<String> LAST = List.of("Ríos", "Cantú", "Treviño", "Whitfield", "Okafor", "Ortega");

	private static final Pattern DONE = Pattern.compile("<progress[^>]*value=\"([0-9]+)\"");

	private static final Pattern COUNT = Pattern.compile("name=\"count\" value=\"([0-9]+)\"");

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	private final Http http;

	private final int requests;

	private ExtensionBenchmark(JdbcTemplate jdbc, TransactionTemplate transaction, Http http, int requests) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.http = http;
		this.requests = requests;
	}

	/**
	 * Takes {@code h2} or {@code postgresql}, how many extensions, and how many requests
	 * of each kind.
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		int extensions = (arguments.length > 1) ? Integer.parseInt(arguments[1]) : 100_000;
		int requests = (arguments.length > 2) ? Integer.parseInt(arguments[2]) : 200;
		var directory = Path.of("target", "bench-extensions");
		FileSystemUtils.deleteRecursively(directory);
		Files.createDirectories(directory);
		if (arguments[0].equals("h2")) {
			run("H2", extensions, requests, "--tollgate.data-dir=" + directory.toAbsolutePath(),
					"--spring.datasource.url=jdbc:h2:file:" + directory.toAbsolutePath() + "/tollgate;MODE=PostgreSQL;"
							+ "DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000");
			return;
		}
		try (var server = EmbeddedPostgres.builder().start()) {
			run("PostgreSQL", extensions, requests,
					"--spring.datasource.url=" + server.getJdbcUrl("postgres", "postgres"),
					"--spring.datasource.username=postgres");
		}
	}

	private static void run(String name, int extensions, int requests, String... database) throws InterruptedException {
		var options = new ArrayList<>(
				List.of("--spring.profiles.active=test", "--server.port=0", "--logging.level.root=error"));
		options.addAll(List.of(database));
		try (var context = (ServletWebServerApplicationContext) SpringApplication.run(TollgateApplication.class,
				options.toArray(String[]::new))) {
			context.getBean(Accounts.class).create("bench", "Bench Mark", TestAccounts.PASSWORD, Role.OPERATOR);
			var jdbc = context.getBean(JdbcTemplate.class);
			fill(jdbc, extensions);
			var http = new Http(context.getWebServer().getPort()).signIn("bench", TestAccounts.PASSWORD);
			System.out.printf("%n%s, %,d extensions on %,d PBXs, heap of at most %,d MB%n", name,
					count(jdbc, "select count(*) from extension"), count(jdbc, "select count(*) from pbx"),
					Runtime.getRuntime().maxMemory() >> 20);
			var benchmark = new ExtensionBenchmark(jdbc, context.getBean(TransactionTemplate.class), http, requests);
			benchmark.pages(extensions);
			benchmark.edits();
			benchmark.searches();
			benchmark.imports(extensions);
		}
	}

	private static int count(JdbcTemplate jdbc, String query) {
		return jdbc.queryForList(query, Integer.class).getFirst();
	}

	private static void fill(JdbcTemplate jdbc, int extensions) {
		int pbxs = 1 + Math.max(0, extensions - ON_ONE) / ON_EACH;
		insert(jdbc, """
				insert into pbx (name, host, port, tls, ami_user, secret, policy_id, created_at)
				values (?, ?, 5038, false, 'tollgate', ?, 1, current_timestamp)""", pbxs,
				(i) -> new Object[] { "Plant %04d".formatted(i), "plant-" + i, new byte[] { 1 } });
		long first = count(jdbc, "select min(id) from pbx");
		insert(jdbc, """
				insert into extension (pbx_id, number, name, number_order, name_order)
				values (?, ?, ?, ?, ?)""", extensions, (i) -> {
			int pbx = (i < ON_ONE) ? 0 : 1 + (i - ON_ONE) / ON_EACH;
			var number = String.valueOf((i < ON_ONE) ? 10_000 + i : 1_000 + i % ON_EACH);
			var name = FIRST.get(i % 7) + " " + LAST.get(i % 6) + " " + i;
			return new Object[] { first + pbx, number, name, "%02d%s".formatted(number.length(), number),
					name.toLowerCase().replace('í', 'i').replace('ú', 'u').replace('ñ', 'n') };
		});
		jdbc.update("""
				insert into extension_count (pbx_id, there, abroad, inland, unapplied, gone)
				select pbx_id, count(*), 0, count(*), 0, 0 from extension group by pbx_id""");
		insert(jdbc, "insert into extension_group (pbx_id, group_key, name) values (?, ?, ?)", pbxs * 3, (
				i) -> new Object[] { first + i / 3, "g" + i, List.of("Sales", "Shop floor", "Management").get(i % 3) });
		long group = count(jdbc, "select min(id) from extension_group");
		insert(jdbc, "insert into extension_group_member (group_id, number) values (?, ?)", (pbxs - 1) * 3 * 10,
				(i) -> new Object[] { group + 3 + i / 10, String.valueOf(1_000 + i % 30) });
		jdbc.execute("analyze");
	}

	private static void insert(JdbcTemplate jdbc, String sql, int rows, IntFunction<Object[]> row) {
		for (int from = 0; from < rows; from += 5_000) {
			jdbc.batchUpdate(sql, IntStream.range(from, Math.min(from + 5_000, rows)).mapToObj(row).toList());
		}
	}

	private void pages(int extensions) {
		int pages = Math.ceilDiv(extensions, 50);
		System.out.printf("%-40s %9s %9s %9s%n", "milliseconds", "p50", "p99", "most");
		measure("bare SQL: count, and 50 rows in order", (i) -> {
			count(this.jdbc, "select count(*) from extension where present and id > " + -i);
			this.jdbc.queryForList("select * from extension where present and id > " + -i
					+ " order by present, number_order, pbx_id limit 50");
		});
		page("first page", (i) -> "");
		page("any page", (i) -> "?page=" + (1 + i * 7919 % pages));
		page("last page", (i) -> "?page=" + pages);
		page("sorted by name, any page", (i) -> "?sort=name&page=" + (1 + i * 7919 % pages));
		page("sorted by PBX, any page", (i) -> "?sort=pbx&dir=desc&page=" + (1 + i * 7919 % pages));
		page("search by number", (i) -> "?q=" + (10_000 + i));
		page("search by name", (i) -> "?q=" + FIRST.get(i % 7).substring(0, 3) + "+" + i);
		page("search by name and PBX", (i) -> "?q=rios+plant+" + i);
		page("of one PBX", (i) -> "?pbx=" + (1 + i));
		page("of one group on all PBXs", (i) -> "?group=" + List.of("Sales", "Management").get(i % 2) + "&page=" + i);
		page("international allowed", (i) -> "?show=international&page=" + i);
		page("unapplied", (i) -> "?show=unapplied&page=" + i);
	}

	private void page(String name, IntFunction<String> query) {
		measure(name, (i) -> {
			if (this.http.get("/extensions" + query.apply(i)).statusCode() != 200) {
				throw new IllegalStateException(name);
			}
		});
	}

	private void measure(String name, IntConsumer work) {
		for (int i = 0; i < this.requests / 10; i++) {
			work.accept(this.requests + i);
		}
		var times = new ArrayList<Double>();
		for (int i = 0; i < this.requests; i++) {
			long start = System.nanoTime();
			work.accept(i);
			times.add((System.nanoTime() - start) / 1e6);
		}
		times.sort(null);
		System.out.printf("%-40s %9.1f %9.1f %9.1f%n", name, times.get(times.size() / 2),
				times.get(Math.ceilDiv(times.size() * 99, 100) - 1), times.getLast());
	}

	/** Each time all of them: allow, disallow, and a limit beside it. */
	private void edits() throws InterruptedException {
		int all = count(this.jdbc, "select count(*) from extension");
		System.out.printf("%-40s %9s %9s   %s%n", "bulk edit of all", "form ms", "save s", "progress seen");
		edit("allow international calls", all, Map.of("change", "international"));
		edit("disallow them", all, Map.of("change", "international", "disallowInternational", "true"));
		edit("business hours and 1,800 s", all,
				Map.of("change", "hours,duration", "disallowOutsideBusinessHours", "true", "maxDuration", "1800"));
		page("unapplied, all of them", (i) -> "?show=unapplied&page=" + i * 10);
	}

	private void edit(String name, int all, Map<String, String> change) throws InterruptedException {
		var form = new HashMap<>(change);
		form.putAll(Map.of("all", "true", "count", String.valueOf(all)));
		long start = System.nanoTime();
		if (this.http.post("/extensions/edit", Map.of("all", "true")).statusCode() != 200) {
			throw new IllegalStateException("no form");
		}
		double shown = (System.nanoTime() - start) / 1e6;
		start = System.nanoTime();
		var target = this.http.post("/extensions/save", form).headers().firstValue("Location").orElseThrow();
		var seen = follow(path(target));
		System.out.printf("%-40s %9.1f %9.2f   %s%n", name, shown, (System.nanoTime() - start) / 1e9, seen);
	}

	/** Looks at the progress until the end; what it said meanwhile. */
	private TreeSet<Integer> follow(String path) throws InterruptedException {
		var seen = new TreeSet<Integer>();
		if (!path.contains("/edits/")) {
			return seen;
		}
		var page = this.http.get(path).body();
		while (page.contains("<progress")) {
			var done = DONE.matcher(page);
			if (done.find()) {
				seen.add(Integer.valueOf(done.group(1)));
			}
			Thread.sleep(100);
			page = this.http.get(path + "/progress").body();
		}
		if (!page.contains("Saved")) {
			throw new IllegalStateException(page);
		}
		return seen;
	}

	private void searches() {
		for (var text : List.of("1001", "vale", "cantu", "plant+0007", "nobody")) {
			measure("search: " + text, (i) -> {
				if (this.http.get("/search/hits?q=" + text).statusCode() != 200) {
					throw new IllegalStateException(text);
				}
			});
		}
	}

	/** A file as Yeastar writes it, for a PBX that has none of its extensions. */
	private void imports(int rows) throws InterruptedException {
		var file = new StringBuilder("First Name,Last Name,Email Address,Extension Number,Disallow International Calls,"
				+ "Max Outbound Call Duration (s)\n");
		for (int i = 0; i < rows; i++) {
			file.append(FIRST.get(i % 7))
				.append(',')
				.append(LAST.get(i % 6))
				.append(",p")
				.append(i)
				.append("@example.com,")
				.append(200_000 + i)
				.append(",0,1800\n");
		}
		var text = file.toString();
		double floor = floor(rows);
		System.out.printf("%-40s %9s %9s %9s   %s%n", "import of %,d".formatted(rows), "read s", "write s", "floor s",
				"progress seen");
		imported("quick", text, floor);
		long before = heap();
		var watch = new Watch();
		watch.start();
		imported("with the heap watched", text, floor);
		watch.ended = true;
		watch.join();
		System.out.printf("%-40s %9d%n", "heap growth, MB", Math.max(0, watch.most - before) >> 20);
	}

	private static long heap() {
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	private long plant(String name) {
		this.jdbc.update("""
				insert into pbx (name, host, port, tls, ami_user, secret, policy_id, created_at)
				values (?, ?, 5038, false, 'tollgate', ?, 1, current_timestamp)""", name, name, new byte[] { 1 });
		return this.jdbc.queryForList("select id from pbx where name = ?", Long.class, name).getFirst();
	}

	/** The same rows by JDBC alone, in batches of one transaction. */
	private double floor(int rows) {
		long pbx = plant("Floor");
		long start = System.nanoTime();
		this.transaction.executeWithoutResult((_) -> insert(this.jdbc, """
				insert into extension (pbx_id, number, name, present, number_order, name_order, disallow_international,
				max_duration_seconds) values (?, ?, ?, false, ?, ?, false, 1800)""", rows,
				(i) -> new Object[] { pbx, String.valueOf(200_000 + i), FIRST.get(i % 7) + " " + LAST.get(i % 6),
						"06" + (200_000 + i), FIRST.get(i % 7).toLowerCase() }));
		return (System.nanoTime() - start) / 1e9;
	}

	private void imported(String name, String file, double floor) throws InterruptedException {
		long pbx = plant(name);
		this.http.get("/extensions/import");
		long start = System.nanoTime();
		var part = "--b\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n";
		var answer = this.http.exchange("POST", "/extensions/import",
				part.formatted("pbx", "", pbx) + part.formatted("_csrf", "", this.http.token())
						+ part.formatted("file", "; filename=\"e.csv\"", file) + "--b--\r\n",
				"multipart/form-data; boundary=b");
		var preview = path(answer.headers().firstValue("Location").orElseThrow());
		var count = COUNT.matcher(this.http.get(preview).body());
		if (!count.find()) {
			throw new IllegalStateException("nothing to import");
		}
		double read = (System.nanoTime() - start) / 1e9;
		start = System.nanoTime();
		var target = this.http.post(preview, Map.of("count", count.group(1))).headers().firstValue("Location");
		var seen = follow(path(target.orElseThrow()));
		System.out.printf("%-40s %9.2f %9.2f %9.2f   %s%n", name, read, (System.nanoTime() - start) / 1e9, floor, seen);
	}

	private static String path(String location) {
		return location.substring(location.indexOf("/extensions"));
	}

	/** What is used after each collection, at most. */
	private static final class Watch extends Thread {

		private volatile boolean ended;

		private volatile long most;

		@Override
		public void run() {
			while (!this.ended) {
				this.most = Math.max(this.most, heap());
				LockSupport.parkNanos(500_000_000);
			}
		}

	}

}
