package io.tollgate.policyfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

import io.tollgate.command.CommandContext;
import io.tollgate.command.CommandFailure;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ApplicationContext;

/** What the commands that take a file have in common: reading it, and telling of it. */
abstract class FileCommand implements Callable<Integer> {

	/** More PBXs than this in one line help nobody; JSON names all. */
	private static final int NAMED = 5;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(paramLabel = "FILE", description = "A file as policy export writes it; - reads standard input.")
	private String file = "-";

	@Option(names = "--prune",
			description = "Delete the policies that the file does not name. One that a PBX uses cannot be deleted.")
	private boolean prune;

	@Option(names = "--output", paramLabel = "FORM", defaultValue = "TABLE", description = "table or json.")
	private Form output = Form.TABLE;

	@Override
	public Integer call() throws IOException {
		var bytes = bytes();
		try (var context = CommandContext.startServices()) {
			try {
				return work(context, PolicyFileReader.read(PolicyFileReader.text(bytes)), this.prune);
			}
			catch (FaultyFileException ex) {
				complain(context.getBean(PlanWords.class), ex);
				return 1;
			}
		}
	}

	/**
	 * Does it.
	 * @return the exit code
	 */
	abstract int work(ApplicationContext context, PolicyFile read, boolean pruning);

	private byte[] bytes() throws IOException {
		var path = Path.of(this.file);
		if (!"-".equals(this.file) && !Files.isReadable(path)) {
			throw new CommandFailure(this.file + " cannot be read.");
		}
		return "-".equals(this.file) ? System.in.readAllBytes() : Files.readAllBytes(path);
	}

	/** As compilers do, so that editors find the line. */
	private void complain(PlanWords words, FaultyFileException ex) {
		var err = this.spec.commandLine().getErr();
		ex.faults()
			.forEach((fault) -> err.println(this.file + ":" + fault.line() + ": "
					+ (fault.path().isEmpty() ? "" : fault.path() + ": ") + words.fault(fault, Locale.ENGLISH)));
		err.flush();
	}

	/** Says it as a list for people, or as JSON. */
	void tell(Told told) {
		var out = this.spec.commandLine().getOut();
		if (this.output == Form.JSON) {
			out.println(JsonMapper.shared().writeValueAsString(told));
			return;
		}
		if (told.policies().isEmpty()) {
			out.println("Nothing changes.");
		}
		for (var policy : told.policies()) {
			out.println("Policy " + policy.policy() + ", " + policy.change());
			policy.edits().forEach((line) -> out.println("  " + line));
		}
		if (!told.pending().isEmpty()) {
			out.println("An apply would then bring");
		}
		for (var some : told.pending()) {
			int more = some.pbxs().size() - NAMED;
			out.println("  to " + String.join(", ", some.pbxs().stream().limit(NAMED).toList())
					+ ((more > 0) ? " and " + more + " more PBXs" : ""));
			some.changes().forEach((line) -> out.println("    " + line));
			some.problems().forEach((line) -> out.println("    ! " + line));
		}
	}

	/** How an answer is written. */
	enum Form {

		TABLE, JSON

	}

}
