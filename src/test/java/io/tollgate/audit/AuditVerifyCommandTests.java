package io.tollgate.audit;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;

import io.tollgate.command.Commands;
import io.tollgate.keys.Keys;
import io.tollgate.keys.TestKeys;
import org.flywaydb.core.Flyway;
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

	private final StringWriter said = new StringWriter();

	private int run(String... more) {
		this.said.getBuffer().setLength(0);
		var out = new PrintWriter(this.said, true);
		var arguments = new String[more.length + 6];
		arguments[0] = "audit";
		arguments[1] = "verify";
		arguments[2] = "--spring.datasource.url=" + url();
		arguments[3] = "--tollgate.key-file=" + this.folder.resolve("keys/secret.key");
		arguments[4] = "--tollgate.audit.checkpoints=" + this.folder.resolve("keys/audit.checkpoints");
		arguments[5] = "--tollgate.data-dir=" + this.folder.resolve("data");
		System.arraycopy(more, 0, arguments, 6, more.length);
		return new Commands(out, out).run(arguments);
	}

	private String url() {
		return "jdbc:h2:file:" + this.folder.resolve("data/tollgate")
				+ ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";
	}

	@Test
	void endsWithWhatItFound() throws Exception {
		var data = new DriverManagerDataSource(url(), "tollgate", "");
		Flyway.configure().dataSource(data).load().migrate();
		var jdbc = new JdbcTemplate(data);
		Keys keys = TestKeys.of(this.folder.resolve("keys/secret.key"));
		keys.seal();
		new TransactionTemplate(new JdbcTransactionManager(data))
			.executeWithoutResult((status) -> new AuditRows(jdbc, keys, (event) -> {
			}).append(Collections.nCopies(5, AuditContent.of(Instant.now(), new Origin("ana", null, null),
					"policy.renamed", AuditObject.of("policy", 1, "Plants"), null, "after"))));
		assertThat(run()).as(this.said.toString()).isZero();
		assertThat(this.said.toString()).contains("Chain intact, 5 entries");
		assertThat(Files.exists(this.folder.resolve("keys/audit.checkpoints"))).isFalse();

		jdbc.update("update audit_event set after_text = 'forged' where id = 4");
		assertThat(run()).isEqualTo(1);
		assertThat(this.said.toString()).contains("Entry 4 is not what was written.");
		assertThat(run("--json")).isEqualTo(1);
		assertThat(this.said.toString()).contains("\"fault\":\"CHANGED\",\"row\":4");

		Files.move(this.folder.resolve("keys/secret.key"), this.folder.resolve("keys/away"));
		assertThat(run()).isEqualTo(2);
		assertThat(run("--no-such-option")).isEqualTo(2);
	}

}
