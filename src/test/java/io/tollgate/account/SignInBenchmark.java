package io.tollgate.account;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.tollgate.TollgateApplication;
import io.tollgate.support.Http;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long refused sign-ins take, of which nobody shall learn which usernames exist, and
 * how long other pages take while sign-in is flooded. Run it by
 * {@code scripts/bench-sign-in}. No test depends on a time.
 */
public final class SignInBenchmark {

	private static final String PASSWORD = "correct horse battery staple";

	private static final int FLOOD = 64;

	private final int port;

	private final SignInThrottle throttle;

	private SignInBenchmark(int port, SignInThrottle throttle) {
		this.port = port;
		this.throttle = throttle;
	}

	/** Takes the number of sign-ins of each kind. */
	public static void main(String[] arguments) throws InterruptedException {
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 200;
		try (var context = (ServletWebServerApplicationContext) SpringApplication.run(TollgateApplication.class,
				"--spring.profiles.active=test", "--server.port=0", "--logging.level.root=warn")) {
			var accounts = context.getBean(Accounts.class);
			accounts.create("wrong", "Wrong", PASSWORD, Role.VIEWER);
			accounts.create("disabled", "Disabled", PASSWORD, Role.VIEWER);
			context.getBean(JdbcClient.class)
				.sql("update account set enabled = false where username = 'disabled'")
				.update();
			var benchmark = new SignInBenchmark(context.getWebServer().getPort(),
					context.getBean(SignInThrottle.class));
			benchmark.refusals(rounds);
			benchmark.flood();
		}
	}

	private void refusals(int rounds) {
		var times = new LinkedHashMap<String, List<Long>>();
		for (var kind : List.of("unknown", "wrong", "disabled", "disabled, right password")) {
			times.put(kind, new ArrayList<>());
		}
		var order = new ArrayList<>(times.keySet());
		var random = new Random(1);
		for (int round = -rounds / 5; round < rounds; round++) {
			Collections.shuffle(order, random);
			for (var kind : order) {
				long time = refusal(kind.replaceAll(",.*", ""), kind.contains("right") ? PASSWORD : "not the password");
				if (round >= 0) {
					times.get(kind).add(time);
				}
			}
		}
		long first = median(times.get("unknown"));
		times.forEach((kind, all) -> System.out.printf("%-25s median %6.2f ms, %+5.1f %% of unknown (%d)%n", kind,
				median(all) / 1e6, 100.0 * median(all) / first - 100, all.size()));
	}

	private long refusal(String username, String password) {
		this.throttle.clear();
		var http = new Http(this.port);
		http.get("/sign-in");
		long start = System.nanoTime();
		http.post("/sign-in", Map.of("username", username, "password", password));
		return System.nanoTime() - start;
	}

	/**
	 * Many who try at once, each from an address of its own as far as the limits know.
	 */
	private void flood() throws InterruptedException {
		pages("quiet");
		var going = new AtomicBoolean(true);
		var answers = new AtomicInteger[600];
		Arrays.setAll(answers, (status) -> new AtomicInteger());
		try (var threads = Executors.newFixedThreadPool(FLOOD)) {
			for (int i = 0; i < FLOOD; i++) {
				int who = i;
				threads.submit(() -> {
					var http = new Http(this.port);
					http.get("/sign-in");
					while (going.get()) {
						this.throttle.clear();
						var answer = http.post("/sign-in", Map.of("username", "flood" + who, "password", "x"));
						answers[answer.statusCode()].incrementAndGet();
					}
				});
			}
			pages("while " + FLOOD + " try to sign in all the time");
			going.set(false);
		}
		for (int status = 0; status < answers.length; status++) {
			if (answers[status].get() > 0) {
				System.out.printf("  answered %d: %d times%n", status, answers[status].get());
			}
		}
	}

	private void pages(String when) {
		var http = new Http(this.port);
		var times = new ArrayList<Long>();
		for (int i = 0; i < 300; i++) {
			long start = System.nanoTime();
			http.get("/sign-in");
			times.add(System.nanoTime() - start);
		}
		Collections.sort(times);
		System.out.printf("sign-in page, %s: median %.1f ms, 95 %% %.1f ms%n", when, median(times) / 1e6,
				times.get(times.size() * 95 / 100) / 1e6);
	}

	private static long median(List<Long> times) {
		return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
	}

}
