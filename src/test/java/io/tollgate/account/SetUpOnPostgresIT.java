package io.tollgate.account;

import java.sql.DriverManager;
import java.sql.SQLException;

import io.tollgate.support.RealPostgres;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The same on the other database, in one of its own: there must be no account. */
class SetUpOnPostgresIT extends SetUpTests {

	private static final String NAME = "tollgate_set_up";

	@DynamicPropertySource
	static void database(DynamicPropertyRegistry properties) throws SQLException {
		var server = RealPostgres.details();
		try (var connection = DriverManager.getConnection(server.getJdbcUrl(), server.getUsername(),
				server.getPassword()); var statement = connection.createStatement()) {
			statement.execute("drop database if exists " + NAME);
			statement.execute("create database " + NAME);
		}
		properties.add("spring.datasource.url",
				() -> server.getJdbcUrl().replaceFirst("/[^/?]+(\\?|$)", "/" + NAME + "$1"));
		properties.add("spring.datasource.username", server::getUsername);
		properties.add("spring.datasource.password", server::getPassword);
	}

}
