package io.tollgate.policyfile;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;

import io.tollgate.command.Commands;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code tollgate policy …} on a database file. */
class PolicyCommandsTests {

	@TempDir
	Path folder;

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	private int run(String... arguments) {
		this.out.getBuffer().setLength(0);
		this.err.getBuffer().setLength(0);
		var all = new ArrayList<>(List.of(arguments));
		all.add("--spring.datasource.url=" + url());
		all.add("--tollgate.key-file=" + this.folder.resolve("keys/secret.key"));
		return new Commands(new PrintWriter(this.out), new PrintWriter(this.err)).run(all.toArray(String[]::new));
	}

	private String url() {
		return "jdbc:h2:file:" + this.folder.resolve("data/tollgate")
				+ ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";
	}

	@Test
	void saysByItsCodeWhetherSomethingChanges() throws Exception {
		var file = Files.writeString(this.folder.resolve("policies.yaml"), """
				version: 1
				policies:
				  - {name: Default, protection: true, allowedCountries: [AR]}
				""").toString();
		assertThat(run("policy", "apply", file, "--output", "json")).as(this.err.toString()).isZero();
		assertThat(this.out.toString()).contains("\"policy\":\"Default\"", "Allowed: Argentina (+54)");
		assertThat(run("policy", "plan", file)).isZero();
		assertThat(this.out.toString()).contains("Nothing changes.");
		Files.writeString(Path.of(file), "version: 1\npolicies:\n  - {name: Default, protection: false}\n");
		assertThat(run("policy", "plan", file)).isEqualTo(Commands.DIFFERENT);
		assertThat(this.out.toString()).contains("Dialing protection off");
		try (var other = DriverManager.getConnection(url(), "tollgate", "")) {
			assertThat(other.isValid(1)).isTrue();
			assertThat(actors(other)).isEqualTo(System.getProperty("user.name") + " (command line)");
		}
	}

	private static String actors(java.sql.Connection database) throws Exception {
		try (var rows = database.createStatement()
			.executeQuery("select actor from audit_event order by id desc fetch first row only")) {
			rows.next();
			return rows.getString(1);
		}
	}

	@Test
	void namesThePlaceOfAMistake() throws Exception {
		var file = Files.writeString(this.folder.resolve("policies.yaml"), "version: 1\npolicies:\n  - name: A\n")
			.toString();
		assertThat(run("policy", "plan", file)).isEqualTo(1);
		assertThat(this.out.toString()).isEmpty();
		assertThat(this.err.toString())
			.isEqualTo(file + ":3: /policies/0: There is no policy A yet. Write homeCountry to create it."
					+ System.lineSeparator());
		assertThat(run("policy", "plan", "nowhere.yaml")).isEqualTo(1);
		assertThat(this.err.toString()).contains("nowhere.yaml cannot be read.");
		assertThat(run("policy", "schema")).isZero();
		assertThat(this.out.toString()).contains("draft/2020-12");
		assertThat(run("policy", "plan")).isEqualTo(2);
	}

	/** The portal is running. */
	@Test
	void aDatabaseInUseIsSaidToBe() throws Exception {
		var holder = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
				System.getProperty("java.class.path"), Holder.class.getName(), url())
			.redirectErrorStream(true)
			.start();
		try {
			assertThat(holder.inputReader().readLine()).isEqualTo("open");
			assertThat(run("policy", "export")).isEqualTo(1);
			assertThat(this.err.toString()).contains("stop the portal first");
		}
		finally {
			holder.destroyForcibly().waitFor();
		}
	}

	/** Holds a database open until it is ended. */
	static final class Holder {

		private Holder() {
		}

		public static void main(String[] arguments) throws Exception {
			try (var open = DriverManager.getConnection(arguments[0], "tollgate", "")) {
				System.out.println(open.isValid(1) ? "open" : "closed");
				System.in.read();
			}
		}

	}

}
