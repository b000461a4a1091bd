package io.tollgate;

import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * A portal that stands still in the middle of a transaction, such as a virtual machine
 * that was paused, keeps its connection and with it the rows that it has locked: no other
 * portal could take over its PBXs. PostgreSQL ends such a transaction by itself. H2 has
 * but one portal and needs nothing.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

	static final String IDLE_IN_TRANSACTION = "tollgate.database.idle-in-transaction";

	@Bean
	static BeanPostProcessor endOfStandingTransactions(Environment environment) {
		var limit = environment.getProperty(IDLE_IN_TRANSACTION, Duration.class, Duration.ofSeconds(30));
		return new BeanPostProcessor() {
			@Override
			public Object postProcessBeforeInitialization(Object bean, String name) {
				if (bean instanceof HikariDataSource pool) {
					limit(pool, limit);
				}
				return bean;
			}
		};
	}

	/** What PostgreSQL is told once for each connection of the pool. */
	static void limit(HikariDataSource pool, Duration idleInTransaction) {
		if (String.valueOf(pool.getJdbcUrl()).startsWith("jdbc:postgresql:")) {
			pool.setConnectionInitSql("set idle_in_transaction_session_timeout = " + idleInTransaction.toMillis());
		}
	}

}
