package io.tollgate.backup;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import io.tollgate.command.CommandContext;
import io.tollgate.keys.KeyFileBeans;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code restore}. */
@Command(name = "restore",
		description = "Reads a backup into the database, H2 or PostgreSQL, wherever it was written. Stop every portal "
				+ "on it first. Needs the key file of the backup. Checks everything before it writes anything. "
				+ "Everybody has to sign in again afterwards.")
class RestoreCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(paramLabel = "FILE", description = "A file that backup wrote.")
	private Path file = Path.of("");

	@Option(names = "--replace", description = "Delete what is in the database.")
	private boolean replace;

	@Override
	public Integer call() throws Exception {
		try (var context = CommandContext.start(KeyFileBeans.class, BackupReader.class)) {
			var manifest = context.getBean(BackupReader.class).restore(this.file, this.replace);
			this.spec.commandLine()
				.getOut()
				.printf("Restored %d rows of %d tables, as of %s. Start the portal and verify the audit log.%n",
						manifest.tables().stream().mapToLong(Manifest.Entry::rows).sum(), manifest.tables().size(),
						manifest.at());
			return 0;
		}
	}

}
