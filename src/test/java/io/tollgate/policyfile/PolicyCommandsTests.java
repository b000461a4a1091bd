package io.tollgate.policyfile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;

import io.tollgate.command.Commands;
import io.tollgate.support.CommandLine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code tollgate policy …} on a database file. */
class PolicyCommandsTests {

	@TempDir
	Path folder;

	private CommandLine line;

	@BeforeEach
	void setUp() {
		this.line = new CommandLine(this.folder);
	}

	@Test
	void saysByItsCodeWhetherSomethingChanges() throws Exception {
		var file = Files.writeString(this.folder.resolve("policies.yaml"), """
				version: 1
				policies:
				  - {name: Default, protection: true, allowedCountries: [AR]}
				""").toString();
		assertThat(this.line.run("policy", "apply", file, "--output", "json")).as(this.line.err()).isZero();
		assertThat(this.line.out()).contains("\"policy\":\"Default\"", "Allowed: Argentina (+54)");
		assertThat(this.line.run("policy", "plan", file)).isZero();
		assertThat(this.line.out()).contains("Nothing changes.");
		Files.writeString(Path.of(file), "version: 1\npolicies:\n  - {name: Default, protection: false}\n");
		assertThat(this.line.run("policy", "plan", file)).isEqualTo(Commands.DIFFERENT);
		assertThat(this.line.out()).contains("Dialing protection off");
		try (var other = DriverManager.getConnection(this.line.url(), "tollgate", "")) {
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
		assertThat(this.line.run("policy", "plan", file)).isEqualTo(1);
		assertThat(this.line.out()).isEmpty();
		assertThat(this.line.err())
			.isEqualTo(file + ":3: /policies/0: There is no policy A yet. Write homeCountry to create it."
					+ System.lineSeparator());
		assertThat(this.line.run("policy", "plan", "nowhere.yaml")).isEqualTo(1);
		assertThat(this.line.err()).contains("nowhere.yaml cannot be read.");
		assertThat(this.line.run("policy", "schema")).isZero();
		assertThat(this.line.out()).contains("draft/2020-12");
		assertThat(this.line.run("policy", "plan")).isEqualTo(2);
	}

	/** The portal is running. */
	@Test
	void aDatabaseInUseIsSaidToBe() throws Exception {
		var holder = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
				System.getProperty("java.class.path"), Holder.class.getName(), this.line.url())
			.redirectErrorStream(true)
			.start();
		try {
			assertThat(holder.inputReader().readLine()).isEqualTo("open");
			assertThat(this.line.run("policy", "export")).isEqualTo(1);
			assertThat(this.line.err()).contains("stop the portal first");
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
