package io.tollgate.audit;

import java.nio.file.Path;

import io.tollgate.keys.TestKeys;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** The trail as a slice of the portal needs it to change anything, with keys of tests. */
@TestConfiguration(proxyBeanMethods = false)
@Import({ AuditTrail.class, EntityChanges.class, CurrentActor.class })
public class AuditForTests {

	@Bean
	AuditRows auditRows(JdbcTemplate jdbc, ApplicationEventPublisher events) {
		return new AuditRows(jdbc, TestKeys.of(Path.of("target", "test-secret.key")), events);
	}

}
