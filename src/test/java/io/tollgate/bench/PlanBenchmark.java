package io.tollgate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.tollgate.TollgateApplication;
import io.tollgate.apply.Snapshots;
import io.tollgate.command.Commands;
import io.tollgate.pbx.PbxRegistry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * How long {@code policy plan} takes for a policy of many PBXs, all of which were applied
 * to before, each command in a process of its own. The floor is {@code policy export} of
 * the same: the start of the JVM and of the services. Run it by
 * {@code scripts/bench-plan}.
 */
public final class PlanBenchmark {

	private static final int ROUNDS = 3;

	/** As {@code scripts/install} lays it out. */
	private static final Path INSTALLATION = Path.of("target", "installation");

	private static final List<String> TOLLGATE = List.of(INSTALLATION.resolve("tollgate").toString());

	private static final List<String> JAR = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-jar", INSTALLATION.resolve("tollgate.jar").toString());

	private final List<String> settings;

	private PlanBenchmark(Path folder) {
		this.settings = List.of("--tollgate.data-dir=" + folder.resolve("data"),
				"--tollgate.key-file=" + folder.resolve("keys/secret.key"),
				"--tollgate.audit.checkpoints=" + folder.resolve("keys/audit.checkpoints"), "--tollgate.demo=false");
	}

	/** Takes the number of PBXs, and of extensions on each. */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		int pbxs = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 1_000;
		int extensions = (arguments.length > 1) ? Integer.parseInt(arguments[1]) : 20;
		var folder = Files.createTempDirectory("bench-plan");
		var bench = new PlanBenchmark(folder);
		FleetFiller.fill(IntStream.rangeClosed(1, pbxs).boxed().toList(), extensions, bench.settings);
		bench.applied();
		var file = folder.resolve("policies.yaml");
		bench.time(TOLLGATE, 0, "policy", "export", "--file", file.toString());
		var text = Files.readString(file);
		Files.writeString(file, text.replace("    allowedCountries:\n", "    allowedCountries:\n      - AR\n"));
		System.out.printf("%d PBXs with %d extensions each%n", pbxs, extensions);
		for (int round = 0; round < ROUNDS; round++) {
			for (var way : List.of(TOLLGATE, JAR)) {
				var floor = bench.time(way, 0, "policy", "export", "--file", folder.resolve("same.yaml").toString());
				var plan = bench.time(way, Commands.DIFFERENT, "policy", "plan", file.toString());
				System.out.printf("%-10s export %.1f s, plan %.1f s: the plan itself %.1f s%n",
						way.equals(TOLLGATE) ? "tollgate" : "java -jar", seconds(floor), seconds(plan),
						seconds(plan.minus(floor)));
			}
		}
	}

	private static double seconds(Duration time) {
		return time.toMillis() / 1000.0;
	}

	/** Every PBX runs what it would get now, but for what is edited later. */
	private void applied() {
		var arguments = new ArrayList<>(this.settings);
		arguments.addAll(List.of("--server.port=0", "--tollgate.leak-check.pause=24h", "--logging.level.root=warn"));
		var json = JsonMapper.builder().build();
		try (var context = SpringApplication.run(TollgateApplication.class, arguments.toArray(String[]::new))) {
			var database = context.getBean(JdbcOperations.class);
			var drafts = context.getBean(Snapshots.class).drafts(context.getBean(PbxRegistry.class).all());
			drafts.forEach((pbx, draft) -> database.update("""
					insert into generation (pbx_id, number, checksum, snapshot, applied_at, applied_by)
					values (?, 1, 'applied', ?, now(), 'bench')""", pbx, json.writeValueAsString(draft)));
		}
	}

	private Duration time(List<String> way, int code, String... command) throws IOException, InterruptedException {
		var arguments = new ArrayList<>(way);
		arguments.addAll(List.of(command));
		arguments.addAll(this.settings);
		long begun = System.nanoTime();
		var process = new ProcessBuilder(arguments).redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		if (process.waitFor() != code) {
			throw new IllegalStateException(String.join(" ", command) + " ended with " + process.exitValue());
		}
		return Duration.ofNanos(System.nanoTime() - begun);
	}

}
