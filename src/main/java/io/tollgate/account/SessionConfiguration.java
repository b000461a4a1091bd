package io.tollgate.account;

import java.sql.DatabaseMetaData;

import javax.sql.DataSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.core.serializer.support.SerializingConverter;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.session.web.http.CookieSerializer;

/** Sessions live in the database, and browsers know them by one cookie. */
@Configuration(proxyBeanMethods = false)
class SessionConfiguration {

	@Bean
	static CookieSerializer sessionCookie(
			@Value("${server.servlet.session.cookie.secure:false}") boolean alwaysSecure) {
		return new SessionCookie(alwaysSecure);
	}

	@Bean
	static SessionTokens sessionTokens(CookieSerializer cookie) {
		return new SessionTokens(cookie);
	}

	@Bean
	static ConversionService springSessionConversionService() {
		var conversion = new GenericConversionService();
		conversion.addConverter(Object.class, byte[].class, new SerializingConverter());
		conversion.addConverter(new StoredSessionValues(SessionConfiguration.class.getClassLoader()));
		return conversion;
	}

	/** Two requests at once may bring the same attribute. */
	@Bean
	static SessionRepositoryCustomizer<JdbcIndexedSessionRepository> sessionsOnPostgres(DataSource database) {
		return (repository) -> {
			if (isPostgres(database)) {
				new PostgreSqlJdbcIndexedSessionRepositoryCustomizer().customize(repository);
			}
		};
	}

	private static boolean isPostgres(DataSource database) {
		try {
			var name = JdbcUtils.extractDatabaseMetaData(database, DatabaseMetaData::getDatabaseProductName);
			return DatabaseDriver.fromProductName(name) == DatabaseDriver.POSTGRESQL;
		}
		catch (MetaDataAccessException ex) {
			throw new IllegalStateException("The database does not say what it is", ex);
		}
	}

}
