package io.tollgate.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * From a click to a whole fleet that is verified. The PBXs are simulated in one process,
 * the portal with its database is another one, and this one is the person in front of it.
 * Run it by {@code scripts/bench-fleet}.
 */
public final class FleetBenchmark {

	private static final int EXTENSIONS = 100;

	/** Of each page. */
	private static final int REQUESTS = 20;

	private static final Pattern TARGET = Pattern.compile("name=\"target\"[^>]*?value=\"([^\"]+)\"");

	private static final Pattern IN_SYNC = Pattern.compile("status=in-sync\"[^>]*>.*?chip__n\">([0-9,]+)<",
			Pattern.DOTALL);

	private final int pbxs;

	private final PortalProcess portal;

	private final Person person;

	private final long policy;

	private FleetBenchmark(int pbxs, PortalProcess portal, Person person, long policy) {
		this.pbxs = pbxs;
		this.portal = portal;
		this.person = person;
		this.policy = policy;
	}

	/** Takes the number of PBXs, and how many of them die for the last apply. */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		int pbxs = Integer.parseInt(arguments[0]);
		int dead = Integer.parseInt(arguments[1]);
		var folder = Files.createTempDirectory("bench-fleet");
		var simulators = simulators(pbxs);
		try {
			var said = new BufferedReader(new InputStreamReader(simulators.getInputStream(), StandardCharsets.UTF_8));
			var ports = Arrays.stream(said.readLine().substring("ports ".length()).split(" "))
				.map(Integer::valueOf)
				.toList();
			var own = List.of("--tollgate.demo=false", "--tollgate.data-dir=" + folder.resolve("data"),
					"--tollgate.key-file=" + folder.resolve("keys/secret.key"));
			long policy = FleetFiller.fill(ports, EXTENSIONS, own);
			int port = freePort();
			var served = new ArrayList<>(own);
			served.add("--server.port=" + port);
			try (var portal = PortalProcess.start(words(System.getenv().getOrDefault("BENCH_JVM_ARGS", "")), served,
					folder.resolve("portal.log"))) {
				var person = new Person(port);
				await(portal, person);
				person.signIn(FleetFiller.ACCOUNT, FleetFiller.PASSWORD);
				new FleetBenchmark(pbxs, portal, person, policy).run(dead, said,
						new PrintStream(simulators.getOutputStream(), true, StandardCharsets.UTF_8));
			}
		}
		finally {
			simulators.destroy();
			if (System.getenv("BENCH_KEEP") == null) {
				delete(folder);
			}
			else {
				System.out.println("kept: " + folder);
			}
		}
	}

	private static Process simulators(int pbxs) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx4g", "-cp",
				System.getProperty("java.class.path"), SimulatedFleet.class.getName(), String.valueOf(pbxs),
				String.valueOf(EXTENSIONS))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
	}

	private void run(int dead, BufferedReader said, PrintStream simulators) throws IOException, InterruptedException {
		System.out.printf("%d PBXs with 242 codes and %d extensions each%n%n", this.pbxs, EXTENSIONS);
		System.out.printf("%-26s %9s %9s %9s %9s %9s %9s %9s%n", "apply", "review s", "click s", "all s", "CPU s",
				"ms a PBX", "RSS MB", "peak MB");
		var run = apply("first, all of it", this.pbxs);
		edit(FleetFiller.CLOSED.get(0));
		run = apply("one country", this.pbxs);
		edit(FleetFiller.CLOSED.get(1));
		run = apply("another country", this.pbxs);
		System.out.println();
		pages("in sync", run);
		edit(FleetFiller.CLOSED.get(2));
		reviewed();
		pages("one country waits", run);
		if (dead > 0) {
			System.out.println();
			simulators.println("dead " + dead);
			said.readLine();
			apply("one more, " + dead + " are dead", this.pbxs - dead);
		}
	}

	private void edit(String code) throws IOException, InterruptedException {
		this.person.get("/security/country-codes?policy=" + this.policy).expect(200);
		this.person.post("/security/country-codes/" + this.policy + "/" + code + "/allow", List.of()).expect(302);
	}

	/** Reviews until all is checked. */
	private Person.Page reviewed() throws IOException, InterruptedException {
		var review = this.person.get("/review").expect(200);
		while (review.body().contains("hx-get=\"/review/check\"")) {
			Thread.sleep(200);
			review = this.person.get("/review").expect(200);
		}
		return review;
	}

	private String apply(String name, int alive) throws IOException, InterruptedException {
		long begun = System.nanoTime();
		var review = reviewed();
		double reviewed = (System.nanoTime() - begun) / 1e9;
		var form = new ArrayList<Map.Entry<String, String>>();
		var targets = TARGET.matcher(review.body());
		while (targets.find()) {
			form.add(Map.entry("target", targets.group(1)));
		}
		double before = this.portal.processor();
		long start = System.nanoTime();
		var answer = this.person.post("/applies", form).expect(302);
		double clicked = (System.nanoTime() - start) / 1e9;
		if (!answer.location().contains("/applies/")) {
			throw new IllegalStateException("refused: " + this.person.get("/review").body());
		}
		var run = answer.location().replaceAll("https?://[^/]*", "");
		int good = 0;
		while (good < alive) {
			Thread.sleep(500);
			// as the browser does while somebody watches
			this.person.get(run + "/progress").expect(200);
			good = inSync();
			if ((System.nanoTime() - start) / 1e9 > 1200 || !this.portal.isAlive()) {
				throw new IllegalStateException(good + " of " + alive);
			}
		}
		double all = (System.nanoTime() - start) / 1e9;
		System.out.printf("%-26s %9.1f %9.2f %9.1f %9.1f %9.1f %9d %9d%n", name, reviewed, clicked, all,
				this.portal.processor() - before, 1000 * all / alive, this.portal.memory(), this.portal.peakMemory());
		return run;
	}

	private int inSync() throws IOException, InterruptedException {
		var found = IN_SYNC.matcher(this.person.get("/pbxs").expect(200).body());
		return found.find() ? Integer.parseInt(found.group(1).replace(",", "")) : 0;
	}

	private void pages(String state, String run) throws IOException, InterruptedException {
		System.out.printf("%-42s %9s %9s %9s %9s%n", "page, " + state, "median ms", "worst ms", "kB", "kB gzip");
		for (var path : List.of("/", "/pbxs", "/pbxs?q=00042", "/review", run, run + "/progress", "/applies",
				"/extensions", "/routes", "/trunks", "/groups", "/leaks", "/tester", "/security/settings",
				"/security/country-codes", "/security/number-restrictions", "/audit")) {
			page(path);
		}
	}

	private void page(String path) throws IOException, InterruptedException {
		for (int i = 0; i < 3; i++) {
			this.person.get(path).expect(200);
		}
		var times = new ArrayList<Double>();
		var page = this.person.get(path);
		for (int i = 0; i < REQUESTS; i++) {
			page = this.person.get(path);
			times.add(page.seconds() * 1000);
		}
		times.sort(null);
		System.out.printf("%-42s %9.1f %9.1f %9.1f %9.1f%n", path.replaceAll("[0-9a-f-]{36}", "…"),
				times.get(REQUESTS / 2), times.getLast(), page.body().length() / 1000.0, page.sent() / 1000.0);
	}

	private static void await(PortalProcess portal, Person person) throws InterruptedException {
		for (int i = 0; i < 600; i++) {
			if (!portal.isAlive()) {
				break;
			}
			try {
				if (person.get("/sign-in").status() == 200) {
					return;
				}
			}
			catch (IOException ex) {
				Thread.sleep(200);
			}
		}
		throw new IllegalStateException("the portal does not start");
	}

	private static List<String> words(String text) {
		return Arrays.stream(text.split(" ")).filter((word) -> !word.isEmpty()).toList();
	}

	private static int freePort() throws IOException {
		try (var socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static void delete(Path folder) throws IOException {
		try (var files = Files.walk(folder)) {
			for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

}
