package io.tollgate.policyfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.tollgate.command.CommandContext;
import io.tollgate.command.CommandFailure;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyRules;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code policy export}. */
@Command(name = "policy export",
		description = "Writes policies as YAML: always the same text for the same policies, and never a secret.")
class PolicyExportCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(paramLabel = "NAME", arity = "0..*", description = "Names of policies; without, all of them.")
	private List<String> names = new ArrayList<>();

	@Option(names = "--file", paramLabel = "FILE", description = "Where to; without, to standard output.")
	private @Nullable Path file;

	@Override
	public Integer call() throws IOException {
		try (var context = CommandContext.startServices()) {
			var all = context.getBean(Policies.class).all();
			var wanted = this.names.isEmpty() ? all : this.names.stream().map((name) -> named(name, all)).toList();
			var text = context.getBean(WrittenPolicies.class).file(wanted);
			if (this.file != null) {
				Files.writeString(this.file, text);
			}
			else {
				this.spec.commandLine().getOut().print(text);
				this.spec.commandLine().getOut().flush();
			}
			return 0;
		}
	}

	private static PolicyRules named(String name, List<PolicyRules> all) {
		return all.stream()
			.filter((rules) -> rules.name().equalsIgnoreCase(name))
			.findFirst()
			.orElseThrow(() -> new CommandFailure("There is no policy " + name + "."));
	}

}
