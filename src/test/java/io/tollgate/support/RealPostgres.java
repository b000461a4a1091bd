package io.tollgate.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * A real PostgreSQL for a test that imports this: the portal's data source points at it.
 * There is one server per JVM and one database per application. {@code TOLLGATE_TEST_PG}
 * says which: {@code testcontainers}; {@code embedded}, PostgreSQL's own binaries from
 * the Maven repository, which need no Docker; {@code external}, with
 * {@code TOLLGATE_TEST_PG_URL}, {@code _USER}, who may create databases, and
 * {@code _PASSWORD}; or {@code auto}, Testcontainers where Docker answers, else embedded.
 */
@TestConfiguration(proxyBeanMethods = false)
public class RealPostgres {

	@Bean
	JdbcConnectionDetails postgresConnectionDetails() {
		return newDatabase();
	}

	/** Slices do not have the profile that says the same. */
	@Bean
	static BeanPostProcessor fewConnections() {
		return new BeanPostProcessor() {
			@Override
			public Object postProcessBeforeInitialization(Object bean, String name) {
				if (bean instanceof HikariDataSource pool) {
					pool.setMaximumPoolSize(10);
					pool.setMinimumIdle(1);
					pool.setIdleTimeout(Duration.ofSeconds(10).toMillis());
				}
				return bean;
			}
		};
	}

	/** An empty database on the server, which the first call starts. */
	public static JdbcConnectionDetails newDatabase() {
		var server = Server.DETAILS;
		var name = "tollgate_" + UUID.randomUUID().toString().replace("-", "");
		try (var connection = DriverManager.getConnection(server.jdbcUrl, server.username, server.password);
				var statement = connection.createStatement()) {
			statement.execute("create database " + name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return new Details(server.jdbcUrl.replaceFirst("(//[^/?]+)/[^/?]+", "$1/" + name), server.username,
				server.password);
	}

	private record Details(String jdbcUrl, String username, String password) implements JdbcConnectionDetails {

		@Override
		public String getJdbcUrl() {
			return this.jdbcUrl;
		}

		@Override
		public String getUsername() {
			return this.username;
		}

		@Override
		public String getPassword() {
			return this.password;
		}

	}

	private static final class Server {

		/** Of all applications that the tests keep, and whole portals beside them. */
		private static final String CONNECTIONS = "300";

		private static final Details DETAILS = start();

		private static Details start() {
			return switch (environment("", "auto")) {
				case "external" -> new Details(environment("_URL", ""), environment("_USER", "postgres"),
						environment("_PASSWORD", ""));
				case "testcontainers" -> container();
				case "embedded" -> embedded();
				default -> isDockerThere() ? container() : embedded();
			};
		}

		private static String environment(String name, String otherwise) {
			return System.getenv().getOrDefault("TOLLGATE_TEST_PG" + name, otherwise);
		}

		/**
		 * Asking Testcontainers costs a second and a page of errors where there is none.
		 */
		private static boolean isDockerThere() {
			return (System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock")))
					&& DockerClientFactory.instance().isDockerAvailable();
		}

		@SuppressWarnings("resource") // ends with the JVM
		private static Details container() {
			var container = new PostgreSQLContainer(DockerImageName.parse(environment("_IMAGE", "postgres:17-alpine"))
				.asCompatibleSubstituteFor("postgres"));
			container.withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=" + CONNECTIONS);
			container.start();
			return new Details(container.getJdbcUrl(), container.getUsername(), container.getPassword());
		}

		@SuppressWarnings("resource") // ends with the JVM
		private static Details embedded() {
			try {
				var server = EmbeddedPostgres.builder()
					.setPGStartupWait(Duration.ofSeconds(60))
					.setRegisterShutdownHook(false)
					.setServerConfig("fsync", "off")
					.setServerConfig("synchronous_commit", "off")
					.setServerConfig("full_page_writes", "off")
					.setServerConfig("max_connections", CONNECTIONS)
					.start();
				// behind the applications, which say goodbye to their database first
				SpringApplication.getShutdownHandlers().add(() -> close(server));
				return new Details(server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private static void close(EmbeddedPostgres server) {
			try {
				server.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
