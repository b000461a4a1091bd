package io.tollgate.support;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.tollgate.command.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * The program's commands on a database file of their own, and what the last one wrote.
 */
public final class CommandLine {

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	private final Path folder;

	/** One whose database and key lie in that folder. */
	public CommandLine(Path folder) {
		this.folder = folder;
	}

	/**
	 * Runs a command.
	 * @return its exit code
	 */
	public int run(String... arguments) {
		this.out.getBuffer().setLength(0);
		this.err.getBuffer().setLength(0);
		var all = new ArrayList<>(List.of(arguments));
		all.add("--spring.datasource.url=" + url());
		all.add("--tollgate.key-file=" + this.folder.resolve("keys/secret.key"));
		return run(new PrintWriter(this.out), new PrintWriter(this.err), all);
	}

	/**
	 * Runs a command with these settings only. The log is the process's: a command leaves
	 * it at errors, and the tests after it, whose portal has started before, would look
	 * for lines that nobody writes any more.
	 */
	public static int run(PrintWriter out, PrintWriter err, List<String> arguments) {
		try {
			return new Commands(out, err).run(arguments.toArray(String[]::new));
		}
		finally {
			var logging = LoggingSystem.get(CommandLine.class.getClassLoader());
			logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
			logging.setLogLevel(SpringApplication.class.getName(), null);
		}
	}

	/** Of the database. */
	public String url() {
		return "jdbc:h2:file:" + this.folder.resolve("data/tollgate")
				+ ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";
	}

	public String out() {
		return this.out.toString();
	}

	public String err() {
		return this.err.toString();
	}

}
