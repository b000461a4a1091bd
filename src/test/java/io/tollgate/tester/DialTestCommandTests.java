package io.tollgate.tester;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

import io.tollgate.command.Commands;
import io.tollgate.support.CommandLine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code tollgate dial-test} on a database file. */
class DialTestCommandTests {

	@TempDir
	Path folder;

	private CommandLine line;

	@BeforeEach
	void setUp() {
		this.line = new CommandLine(this.folder);
	}

	@Test
	void saysByItsCodeWhetherTheNumberMayBeDialed() throws Exception {
		var policies = Files.writeString(this.folder.resolve("policies.yaml"), """
				version: 1
				policies:
				  - {name: Default, protection: true, dialingCode: "00", allowedCountries: [AR]}
				""");
		assertThat(this.line.run("policy", "apply", policies.toString())).as(this.line.err()).isZero();
		connectPbx();

		assertThat(this.line.run("dial-test", "1001", "00541938384", "--draft")).as(this.line.err()).isZero();
		assertThat(this.line.out()).contains("Argentina");
		assertThat(this.line.run("dial-test", "1001", "00621938384", "--draft", "--output", "json"))
			.isEqualTo(Commands.DIFFERENT);
		assertThat(this.line.out()).startsWith("{").contains("Indonesia");
		assertThat(this.line.run("dial-test", "1001", "00541938384")).isEqualTo(1);
		assertThat(this.line.err()).contains("Nothing was ever applied to Office");
		assertThat(this.line.run("dial-test", "1009", "00541938384", "--pbx", "Nowhere")).isEqualTo(1);
		assertThat(this.line.err()).contains("There is no PBX Nowhere.");
	}

	/** Nobody signs in on the command line to do that. */
	private void connectPbx() throws SQLException {
		try (var database = DriverManager.getConnection(this.line.url(), "tollgate", "");
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
