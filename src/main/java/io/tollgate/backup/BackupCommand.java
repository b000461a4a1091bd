package io.tollgate.backup;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import io.tollgate.command.CommandContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backup}. */
@Command(name = "backup",
		description = "Writes the whole database as of one moment into a file. Holds secrets only locked, and never "
				+ "the key file: back that up apart. On PostgreSQL the portal may run meanwhile; on an H2 file let "
				+ "the portal do it (tollgate.backup.directory), or stop it first.")
class BackupCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(paramLabel = "FILE", description = "A file that is not there yet.")
	private Path file = Path.of("");

	@Override
	public Integer call() throws Exception {
		try (var context = CommandContext.start(BackupBeans.class)) {
			var manifest = context.getBean(BackupWriter.class).write(this.file.toAbsolutePath());
			this.spec.commandLine()
				.getOut()
				.printf("%s: %d rows of %d tables, as of %s.%n", this.file,
						manifest.tables().stream().mapToLong(Manifest.Entry::rows).sum(), manifest.tables().size(),
						manifest.at());
			return 0;
		}
	}

}
