package io.tollgate.audit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.stream.Stream;

import io.tollgate.keys.Keys;
import io.tollgate.keys.TestKeys;
import io.tollgate.support.CommandLine;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code tollgate audit verify} on a database file. */
class AuditVerifyCommandTests {

	@TempDir
	Path folder;

	private CommandLine commands;

	@BeforeEach
	void begin() {
		this.commands = new CommandLine(this.folder);
	}

	private int run(String... more) {
		return this.commands.run(
				Stream
					.concat(Stream.of("audit", "verify",
							"--tollgate.audit.checkpoints=" + this.folder.resolve("keys/audit.checkpoints"),
							"--tollgate.data-dir=" + this.folder.resolve("data")), Stream.of(more))
					.toArray(String[]::new));
	}

	private String said() {
		return this.commands.out() + this.commands.err();
	}

	@Test
	void endsWithWhatItFound() throws Exception {
		var data = new DriverManagerDataSource(this.commands.url(), "tollgate", "");
		Flyway.configure().dataSource(data).load().migrate();
		var jdbc = new JdbcTemplate(data);
		Keys keys = TestKeys.of(this.folder.resolve("keys/secret.key"));
		keys.seal();
		new TransactionTemplate(new JdbcTransactionManager(data))
			.executeWithoutResult((status) -> new AuditRows(jdbc, keys, (event) -> {
			}).append(Collections.nCopies(5, AuditContent.of(Instant.now(), new Origin("ana", null, null),
					"policy.renamed", AuditObject.of("policy", 1, "Plants"), null, "after"))));
		assertThat(run()).as(said()).isZero();
		assertThat(said()).contains("Chain intact, 5 entries");
		assertThat(Files.exists(this.folder.resolve("keys/audit.checkpoints"))).isFalse();

		jdbc.update("update audit_event set after_text = 'forged' where id = 4");
		assertThat(run()).isEqualTo(1);
		assertThat(said()).contains("Entry 4 is not what was written.");
		assertThat(run("--json")).isEqualTo(1);
		assertThat(said()).contains("\"fault\":\"CHANGED\",\"row\":4");

		Files.move(this.folder.resolve("keys/secret.key"), this.folder.resolve("keys/away"));
		assertThat(run()).isEqualTo(2);
		assertThat(run("--no-such-option")).isEqualTo(2);
	}

}
