package io.tollgate;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;

import org.junit.jupiter.api.Test;

import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** The tables outlive the connection that made them. */
class SchemaTests {

	private static final String URL = "jdbc:h2:mem:schema;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";

	private static Connection connection() throws SQLException {
		return DriverManager.getConnection(URL);
	}

	@Test
	void checksDoNotNeedTheConnectionThatMadeThem() throws SQLException {
		try (var maker = connection()) {
			ScriptUtils.executeSqlScript(maker, new FileSystemResource("db-migrations/V1__baseline.sql"));
		}
		try (var other = connection()) {
			var jdbc = new JdbcTemplate(new SingleConnectionDataSource(other, true));
			var insert = """
					insert into account (username, display_name, password_hash, role, created_at)
					values ('ana', 'Ana', '-', ?, current_timestamp)""";
			assertThat(jdbc.update(insert, "OPERATOR")).isEqualTo(1);
			assertThat(jdbc.update("update account set role = 'VIEWER'")).isEqualTo(1);
			assertThatException().isThrownBy(() -> jdbc.update("update account set role = 'KING'"))
				.withMessageContaining("Check constraint violation");
			assertThat(jdbc.queryForList("select check_clause from information_schema.check_constraints", String.class))
				.hasSizeGreaterThan(5)
				.noneMatch((check) -> check.toLowerCase(Locale.ROOT).contains(" in("));
			jdbc.execute("shutdown");
		}
	}

}
