package io.tollgate.command;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

/**
 * What a command needs of the portal: its configuration, its database, and the beans that
 * the command names. No web server, no jobs, no pages.
 */
public final class CommandContext {

	private static final ScopedValue<List<String>> SETTINGS = ScopedValue.newInstance();

	private CommandContext() {
	}

	static int with(List<String> settings, IntSupplier work) {
		return ScopedValue.where(SETTINGS, settings).call(work::getAsInt);
	}

	/**
	 * Starts it. Whoever does closes it.
	 * @param beans classes of the command's module that it needs
	 * @throws CommandFailure when the database cannot be reached, or is in use
	 */
	public static ConfigurableApplicationContext start(Class<?>... beans) {
		return start(new SpringApplicationBuilder(Database.class).sources(beans));
	}

	/**
	 * The same with every service of the portal, each made when it is asked for.
	 * @throws CommandFailure when the database cannot be reached, or is in use
	 */
	public static ConfigurableApplicationContext startServices() {
		return start(new SpringApplicationBuilder(Database.class, Services.class).lazyInitialization(true));
	}

	/**
	 * Does something that leaves a trail, in the name of whoever is at the prompt. They
	 * see all PBXs: who has the database and the key file has everything.
	 */
	public static <T> T asPerson(Supplier<T> work) {
		var person = System.getProperty("user.name", "") + " (command line)";
		SecurityContextHolder.getContext()
			.setAuthentication(new PreAuthenticatedAuthenticationToken(person, "", List.of()));
		try {
			return work.get();
		}
		finally {
			SecurityContextHolder.clearContext();
		}
	}

	private static ConfigurableApplicationContext start(SpringApplicationBuilder application) {
		try {
			return application.web(WebApplicationType.NONE)
				.bannerMode(Banner.Mode.OFF)
				.logStartupInfo(false)
				.properties(Map.of("logging.level.root", "error",
						// what it says is said by the exception too
						"logging.level.org.springframework.boot.SpringApplication", "off",
						"spring.datasource.hikari.maximum-pool-size", "2"))
				.run(SETTINGS.orElse(List.of()).toArray(String[]::new));
		}
		catch (RuntimeException ex) {
			throw new CommandFailure("The database cannot be opened: " + rootMessage(ex)
					+ "\nAn H2 file is open in one process at a time: stop the portal first.", ex);
		}
	}

	private static String rootMessage(Throwable ex) {
		var root = ex;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return String.valueOf(root.getMessage());
	}

	/** No stereotype: the portal must not find it. */
	@ImportAutoConfiguration({ DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
			TransactionAutoConfiguration.class, JdbcTemplateAutoConfiguration.class, JdbcClientAutoConfiguration.class,
			FlywayAutoConfiguration.class })
	static class Database {

		@Bean
		Clock clock() {
			return Clock.systemUTC();
		}

	}

}
