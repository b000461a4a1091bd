package io.tollgate.demo;

import io.tollgate.pbx.PbxRegistry;
import io.tollgate.support.RealPostgres;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever sets up a PostgreSQL means it: no demonstration fleet there. */
@TollgateTest
@Import(RealPostgres.class)
@TestPropertySource(properties = "tollgate.demo=true")
class DemoPostgresIT {

	@Test
	void startsClean(@Autowired PbxRegistry registry, @Autowired DemoFleet demo) {
		demo.begin();
		assertThat(registry.all()).isEmpty();
	}

	@Test
	void endsTransactionsThatStandStill(@Autowired JdbcClient jdbc) {
		assertThat(jdbc.sql("show idle_in_transaction_session_timeout").query(String.class).single()).isEqualTo("30s");
	}

}
