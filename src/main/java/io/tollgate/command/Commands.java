package io.tollgate.command;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Finds the commands and runs one. Any class {@code …Command} with {@link Command} below
 * {@code io.tollgate} is one; a name of two words, {@code key rotate}, stands in a group.
 * What it needs of the portal it gets by {@link CommandContext}. It ends with 0 when all
 * is well, 1 when it is not, 2 when it was called in a way that makes no sense, and
 * {@value #DIFFERENT} when it could answer and the answer is not the one that a script
 * goes on with.
 */
public final class Commands {

	/** A plan that changes something, a call that may not be made. */
	public static final int DIFFERENT = 3;

	/** Settings, as everywhere: {@code --tollgate.key-file=/keys/secret.key}. */
	private static final Pattern SETTING = Pattern.compile("--[a-z]+\\.[A-Za-z0-9._\\[\\]-]+=.*", Pattern.DOTALL);

	private final PrintWriter out;

	private final PrintWriter err;

	public Commands(PrintWriter out, PrintWriter err) {
		this.out = out;
		this.err = err;
	}

	/** Whether these arguments ask for a command; else they are the portal's. */
	public static boolean isAskedFor(String... arguments) {
		return Arrays.stream(arguments)
			.filter((argument) -> !SETTING.matcher(argument).matches())
			.findFirst()
			.filter((first) -> !first.startsWith("-") || List.of("-h", "--help", "-V", "--version").contains(first))
			.isPresent();
	}

	/**
	 * Runs the command that the arguments name.
	 * @return the exit code
	 */
	public int run(String... arguments) {
		var settings = Arrays.stream(arguments).filter((argument) -> SETTING.matcher(argument).matches()).toList();
		var rest = Arrays.stream(arguments)
			.filter((argument) -> !SETTING.matcher(argument).matches())
			.toArray(String[]::new);
		return CommandContext.with(settings, () -> commandLine().execute(rest));
	}

	private CommandLine commandLine() {
		var root = group("tollgate", "Decides who may dial where on every PBX.",
				"Without a command the portal starts. A setting may be given as --name=value before or after the "
						+ "command, as to the portal: --tollgate.key-file=/keys/secret.key");
		var scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AnnotationTypeFilter(Command.class));
		// reading every class of the portal would take longer than most commands
		scanner.setResourcePattern("**/*Command.class");
		scanner.findCandidateComponents("io.tollgate")
			.stream()
			.map(BeanDefinition::getBeanClassName)
			.map((name) -> ClassUtils.resolveClassName(Objects.requireNonNull(name), null))
			.map(BeanUtils::instantiateClass)
			.map(CommandLine::new)
			.sorted(Comparator.comparing(CommandLine::getCommandName))
			.forEach((command) -> add(root, command));
		return root.setOut(this.out)
			.setErr(this.err)
			.setCaseInsensitiveEnumValuesAllowed(true)
			.setExecutionExceptionHandler((ex, command, parsed) -> failed(ex, command));
	}

	private static void add(CommandLine root, CommandLine command) {
		var words = command.getCommandName().split(" ", 2);
		var group = root;
		if (words.length > 1) {
			group = root.getSubcommands().get(words[0]);
			if (group == null) {
				group = group(words[0], "", "");
				root.addSubcommand(words[0], group);
			}
		}
		var name = words[words.length - 1];
		command.getCommandSpec().name(name).mixinStandardHelpOptions(true);
		group.addSubcommand(name, command);
		if (group != root) {
			group.getCommandSpec().usageMessage().description(String.join(", ", group.getSubcommands().keySet()));
		}
	}

	private static CommandLine group(String name, String description, String footer) {
		var spec = CommandSpec.create().name(name).mixinStandardHelpOptions(true);
		var version = Commands.class.getPackage().getImplementationVersion();
		spec.version("Tollgate " + ((version != null) ? version : "from its classes"));
		spec.usageMessage().description(description).footer(footer).synopsisSubcommandLabel("COMMAND");
		return new CommandLine(spec);
	}

	/** What went wrong, without a page of causes that helps nobody at a prompt. */
	private static int failed(Exception ex, CommandLine command) {
		command.getErr().println(ex.getMessage());
		command.getErr().flush();
		return (ex instanceof CommandFailure) ? CommandLine.ExitCode.SOFTWARE : fail(ex, command);
	}

	private static int fail(Exception ex, CommandLine command) {
		for (var cause = ex.getCause(); cause != null; cause = cause.getCause()) {
			command.getErr().println("  because: " + cause.getMessage());
		}
		command.getErr().flush();
		return CommandLine.ExitCode.SOFTWARE;
	}

}
