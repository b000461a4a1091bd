package io.tollgate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

import io.tollgate.account.Accounts;
import io.tollgate.account.Role;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Routes;
import io.tollgate.route.Trunks;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/**
 * What the heavy pages cost when they are warm: processor time of the threads that answer
 * (with compression) and the time that a client waits. Run it by
 * {@code scripts/bench-pages}.
 */
public final class PageBenchmark {

	private static final String PASSWORD = "correct horse battery staple";

	private static final int PATTERNS = 1000;

	private static final int EARLIER_ROUTES = 10;

	/** In a row, and the best row counts: others use the machine too. */
	private static final int ROW = 50;

	private static final Pattern TOKEN = Pattern.compile("<meta name=\"_csrf\" content=\"([^\"]+)\"");

	private final HttpClient client = HttpClient.newBuilder()
		.cookieHandler(new CookieManager())
		.followRedirects(Redirect.NEVER)
		.build();

	private final String origin;

	private final int warmUp;

	private final int rows;

	private PageBenchmark(int port, int warmUp, int rows) {
		this.origin = "http://localhost:" + port;
		this.warmUp = warmUp;
		this.rows = rows;
	}

	/** Takes requests of warm-up, rows of 50 requests, and part of a page's name. */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		int warmUp = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 500;
		int rows = (arguments.length > 1) ? Integer.parseInt(arguments[1]) : 4;
		var only = (arguments.length > 2) ? arguments[2] : "";
		try (var context = (ServletWebServerApplicationContext) SpringApplication.run(TollgateApplication.class,
				"--spring.profiles.active=test", "--server.port=0", "--logging.level.root=warn")) {
			context.getBean(Accounts.class).create("bench", "Bench Mark", PASSWORD, Role.OPERATOR);
			long pbx = fleet(context.getBean(PbxRegistry.class), context.getBean(Routes.class),
					context.getBean(Trunks.class));
			long route = context.getBean(Routes.class).list(pbx).getLast().id();
			var benchmark = new PageBenchmark(context.getWebServer().getPort(), warmUp, rows);
			benchmark.signIn();
			benchmark.all(only, pbx, route);
		}
	}

	private static long fleet(PbxRegistry registry, Routes routes, Trunks trunks) {
		long pbx = registry
			.add(new NewPbx(new PbxConnection("Office", "127.0.0.1", 5038, false, null, "tollgate"), false, 1),
					"secret")
			.id();
		trunks.discovered(pbx, Set.of("carrier"));
		for (int i = 0; i < EARLIER_ROUTES; i++) {
			int first = 200 + 20 * i;
			routes.add(pbx, OutboundRoute.through("Route " + i, List.of("carrier"),
					IntStream.range(first, first + 20).mapToObj("1%dNXXXXXX"::formatted).toList()));
		}
		routes.add(pbx, OutboundRoute.through("Many", List.of("carrier"),
				IntStream.range(0, PATTERNS).mapToObj("1%03dNXXXXXX"::formatted).toList()));
		return pbx;
	}

	private void signIn() throws IOException, InterruptedException {
		send("POST", "/sign-in", "username=bench&password=" + encode(PASSWORD) + "&_csrf=" + encode(token("/sign-in")));
	}

	private void all(String only, long pbx, long route) throws IOException, InterruptedException {
		System.out.printf("%-34s %9s %9s %9s %9s %9s%n", "page", "CPU ms", "wait ms", "p95 ms", "kB", "kB gzip");
		var form = new StringBuilder("_csrf=" + encode(token("/routes?pbx=" + pbx))
				+ "&name=Many&type=NORMAL&enabled=true&goal=trunks&trunk=carrier&when=always&users=&shown=&tried=");
		for (int i = 0; i < PATTERNS; i++) {
			form.append("&prepend=&prefix=&match=1%03dNXXXXXX&caller=".formatted(i));
		}
		var check = "/routes/check?pbx=" + pbx + "&id=" + route;
		measure(only, "route editor, " + PATTERNS + " patterns", "GET", "/routes/" + route + "?pbx=" + pbx, "");
		measure(only, "route feedback, " + PATTERNS + " patterns", "POST", check, form.toString());
		measure(only, "route list", "GET", "/routes?pbx=" + pbx, "");
		measure(only, "allowed country codes", "GET", "/security/country-codes", "");
	}

	private void measure(String only, String name, String method, String path, String body)
			throws IOException, InterruptedException {
		if (!name.contains(only)) {
			return;
		}
		byte[] answer = send(method, path, body).body();
		for (int i = 0; i < this.warmUp; i++) {
			send(method, path, changed(body, i));
		}
		var processor = new ArrayList<Double>();
		var waits = new ArrayList<Double>();
		for (int row = 0; row < this.rows; row++) {
			long before = processorTime();
			for (int i = 0; i < ROW; i++) {
				long start = System.nanoTime();
				send(method, path, changed(body, row * ROW + i));
				waits.add((System.nanoTime() - start) / 1e6);
			}
			processor.add((processorTime() - before) / 1e6 / ROW);
		}
		waits.sort(null);
		System.out.printf("%-34s %9.1f %9.1f %9.1f %9.1f %9.1f%n", name,
				processor.stream().min(Double::compare).orElseThrow(), waits.get(waits.size() / 2),
				waits.get(waits.size() * 95 / 100),
				new GZIPInputStream(new ByteArrayInputStream(answer)).readAllBytes().length / 1000.0,
				answer.length / 1000.0);
	}

	/** Somebody types: one pattern is another one each time. */
	private static String changed(String body, int round) {
		return body.replace("match=1500NXXXXXX", "match=1500NX" + (1000 + round));
	}

	/** Of the threads that answer requests, nanoseconds. */
	private static long processorTime() {
		var threads = ManagementFactory.getThreadMXBean();
		return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
			.filter((thread) -> thread != null && thread.getThreadName().startsWith("http-nio"))
			.mapToLong((thread) -> threads.getThreadCpuTime(thread.getThreadId()))
			.sum();
	}

	private String token(String path) throws IOException, InterruptedException {
		var body = new GZIPInputStream(new ByteArrayInputStream(send("GET", path, "").body())).readAllBytes();
		var found = TOKEN.matcher(new String(body, StandardCharsets.UTF_8));
		if (!found.find()) {
			throw new IllegalStateException("no token at " + path);
		}
		return found.group(1);
	}

	private HttpResponse<byte[]> send(String method, String path, String body)
			throws IOException, InterruptedException {
		var request = HttpRequest.newBuilder(URI.create(this.origin + path))
			.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.header("Accept", "text/html")
			.header("Accept-Encoding", "gzip")
			.build();
		var response = this.client.send(request, BodyHandlers.ofByteArray());
		if (response.statusCode() != 200 && !path.equals("/sign-in")) {
			throw new IllegalStateException(method + " " + path + ": " + response.statusCode());
		}
		return response;
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
