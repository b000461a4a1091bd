package io.tollgate.policyfile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import org.springframework.core.io.ClassPathResource;

/** {@code policy schema}. */
@Command(name = "policy schema",
		description = "Writes the JSON schema (2020-12) of the files, for editors and other checks.")
class PolicySchemaCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Override
	public Integer call() throws IOException {
		this.spec.commandLine().getOut().print(schema());
		this.spec.commandLine().getOut().flush();
		return 0;
	}

	static String schema() throws IOException {
		return new ClassPathResource(PolicyFileWriter.SCHEMA, PolicySchemaCommand.class)
			.getContentAsString(StandardCharsets.UTF_8);
	}

}
