package io.tollgate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The jar laid out as people install it: the command starts from its cache, and prints
 * nothing but its answer, with a cache that fits and with one that does not.
 */
class InstallationIT {

	@TempDir
	static Path folder;

	private static Path tollgate;

	@BeforeAll
	static void install() throws Exception {
		var installed = run(Map.of(), "scripts/install", folder.resolve("installation").toString());
		assertThat(installed.code()).as(installed.err()).isZero();
		tollgate = folder.resolve("installation", "tollgate");
	}

	@Test
	void printsItsAnswerOnly() throws Exception {
		// ends here when the cache is not used
		var told = run(Map.of("TOLLGATE_JAVA_OPTIONS", "-XX:AOTMode=on"), tollgate.toString(), "policy", "schema");
		assertThat(told.code()).as(told.err()).isZero();
		assertThat(told.err()).isEmpty();
		assertThat(JsonMapper.shared().readTree(told.out()).has("$schema")).isTrue();
	}

	@Test
	void worksOnItsDatabase() throws Exception {
		var settings = List.of("--tollgate.data-dir=" + folder.resolve("data"),
				"--tollgate.key-file=" + folder.resolve("keys/secret.key"),
				"--tollgate.audit.checkpoints=" + folder.resolve("keys/audit.checkpoints"), "--tollgate.demo=false");
		var command = new ArrayList<>(List.of(tollgate.toString(), "policy", "export"));
		command.addAll(settings);
		var exported = run(Map.of("TOLLGATE_JAVA_OPTIONS", "-XX:AOTMode=on"), command.toArray(String[]::new));
		assertThat(exported.code()).as(exported.err()).isZero();
		assertThat(exported.err()).isEmpty();
		assertThat(exported.out()).startsWith("# Dialing policies of Tollgate").contains("emergencyNumbers:");
	}

	/** As after an upgrade of Java, or of the jar. */
	@Test
	void doesWithoutACacheThatDoesNotFit() throws Exception {
		var other = folder.resolve("other");
		var installed = run(Map.of("TOLLGATE_CACHE", "no"), "scripts/install", other.toString());
		assertThat(installed.code()).as(installed.err()).isZero();
		Files.copy(tollgate.resolveSibling("tollgate.aot"), other.resolve("tollgate.aot"));
		var told = run(Map.of(), other.resolve("tollgate").toString(), "policy", "schema");
		assertThat(told.code()).isZero();
		assertThat(told.err()).isEmpty();
		assertThat(told.out()).startsWith("{");
		var unknown = run(Map.of(), other.resolve("tollgate").toString(), "policy", "nonsense");
		assertThat(unknown.code()).isEqualTo(2);
		assertThat(unknown.out()).isEmpty();
	}

	private static Run run(Map<String, String> settings, String... command) throws IOException, InterruptedException {
		var err = Files.createTempFile(folder, "run", ".err");
		var builder = new ProcessBuilder(command).redirectError(err.toFile());
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		// what coverage and fuzzing add to every Java is no part of an installation
		builder.environment().remove("JAVA_TOOL_OPTIONS");
		builder.environment().putAll(settings);
		var process = builder.start();
		var out = new String(process.getInputStream().readAllBytes());
		return new Run(process.waitFor(), out, Files.readString(err));
	}

	/** How a process ended, and what it said. */
	private record Run(int code, String out, String err) {
	}

}
