package io.tollgate.account;

import io.tollgate.support.RealPostgres;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The same on the other database, in one of its own: there must be no account. */
class BootstrapOnPostgresIT extends BootstrapTests {

	@DynamicPropertySource
	static void database(DynamicPropertyRegistry properties) {
		var database = RealPostgres.newDatabase();
		properties.add("spring.datasource.url", database::getJdbcUrl);
		properties.add("spring.datasource.username", database::getUsername);
		properties.add("spring.datasource.password", database::getPassword);
	}

}
