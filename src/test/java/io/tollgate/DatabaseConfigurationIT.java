package io.tollgate;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.support.RealPostgres;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A portal that was paused with a row in its hands, on a real PostgreSQL. */
class DatabaseConfigurationIT {

	@Test
	void whoStandsStillLetsGoOfItsRows() throws SQLException {
		var database = RealPostgres.newDatabase();
		try (var pool = new HikariDataSource()) {
			pool.setJdbcUrl(database.getJdbcUrl());
			pool.setUsername(database.getUsername());
			pool.setPassword(database.getPassword());
			DatabaseConfiguration.limit(pool, Duration.ofMillis(500));
			try (var other = pool.getConnection(); var paused = pool.getConnection()) {
				execute(other, "create table job (id bigint primary key, picked boolean)");
				execute(other, "insert into job values (1, false)");
				paused.setAutoCommit(false);
				execute(paused, "update job set picked = true where id = 1");
				assertThat(execute(other, "update job set picked = true where id = 1 and not picked"))
					.as("rows that the other one got")
					.isOne();
				assertThatThrownBy(paused::commit).isInstanceOf(SQLException.class);
			}
		}
	}

	private static int execute(Connection connection, String sql) throws SQLException {
		try (var statement = connection.createStatement()) {
			statement.setQueryTimeout(20);
			statement.execute(sql);
			return statement.getUpdateCount();
		}
	}

	@Test
	void otherDatabasesAreToldNothing() {
		try (var pool = new HikariDataSource()) {
			pool.setJdbcUrl("jdbc:h2:mem:x");
			DatabaseConfiguration.limit(pool, Duration.ofMillis(500));
			assertThat(pool.getConnectionInitSql()).isNull();
		}
	}

}
