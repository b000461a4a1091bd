package io.tollgate.tester;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.tollgate.command.Commands;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code tollgate dial-test} on a database file. */
class DialTestCommandTests {

	@TempDir
	Path folder;

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	@Test
	void saysByItsCodeWhetherTheNumberMayBeDialed() throws Exception {
		var policies = Files.writeString(this.folder.resolve("policies.yaml"), """
				version: 1
				policies:
				  - {name: Default, protection: true, dialingCode: "00", allowedCountries: [AR]}
				""");
		assertThat(run("policy", "apply", policies.toString())).as(this.err.toString()).isZero();
		connectPbx();

		assertThat(run("dial-test", "1001", "00541938384", "--draft")).as(this.err.toString()).isZero();
		assertThat(this.out.toString()).contains("Argentina");
		assertThat(run("dial-test", "1001", "00621938384", "--draft", "--output", "json"))
			.isEqualTo(Commands.DIFFERENT);
		assertThat(this.out.toString()).startsWith("{").contains("Indonesia");
		assertThat(run("dial-test", "1001", "00541938384")).isEqualTo(1);
		assertThat(this.err.toString()).contains("Nothing was ever applied to Office");
		assertThat(run("dial-test", "1009", "00541938384", "--pbx", "Nowhere")).isEqualTo(1);
		assertThat(this.err.toString()).contains("There is no PBX Nowhere.");
	}

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

	/** Nobody signs in on the command line to do that. */
	private void connectPbx() throws SQLException {
		try (var database = DriverManager.getConnection(url(), "tollgate", "");
				var statement = database.createStatement()) {
			for (var sql : List
				.of("""
						insert into pbx (id, name, host, port, tls, ami_user, secret, policy_id, created_at)
						select 9, 'Office', 'pbx', 5038, false, 'tollgate', x'01', min(id), current_timestamp from policy""",
						"""
								insert into extension (pbx_id, number, disallow_international, number_order)
								values (9, '1001', false, '041001')""",
						"insert into trunk (pbx_id, endpoint) values (9, 'carrier')", """
								insert into outbound_route (id, pbx_id, position, name, type)
								values (9, 9, 0, 'All', 'NORMAL')""",
						"""
								insert into outbound_route_rule (route_id, position, prepend, prefix, pattern, caller_id)
								values (9, 0, '', '', 'X.', '')""",
						"""
								insert into outbound_route_trunk (route_id, position, endpoint)
								values (9, 0, 'carrier')""")) {
				statement.execute(sql);
			}
		}
	}

}
