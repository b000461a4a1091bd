package io.tollgate.keys;

import java.util.concurrent.Callable;

import io.tollgate.command.CommandContext;
import io.tollgate.command.CommandFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code key rotate}. */
@Command(name = "key rotate",
		description = "Adds a new key to the key file and wraps every secret's own key with it. The portal may run "
				+ "meanwhile on PostgreSQL; it reads the file again by itself. Cut off, it goes on where it was. "
				+ "Back up the key file afterwards.")
class KeyRotateCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Option(names = "--retire",
			description = "Make no new key; take those out of the key file that nothing needs any more. Older "
					+ "backups cannot be restored with the file then.")
	private boolean retire;

	@Override
	public Integer call() throws Exception {
		try (var context = CommandContext.start(KeyBeans.class)) {
			var seal = context.getBean(Keys.class).seal();
			if (seal != Seal.OPEN) {
				throw new CommandFailure(
						"Sealed: " + seal + ", key file " + context.getBean(KeyFile.class) + ". Nothing was changed.");
			}
			var rotation = context.getBean(KeyRotation.class);
			return this.retire ? retired(rotation.retire()) : rotated(rotation.rotate());
		}
	}

	private int rotated(KeyRotation.Rotated done) {
		var out = this.spec.commandLine().getOut();
		if (done.resumed()) {
			out.println("An earlier rotation had been cut off; this one ended it.");
		}
		out.printf("Key %d is the newest; %d secrets are wrapped with it now.%n", done.version(), done.rows());
		out.println("Back up the key file. Older keys stay in it: the audit trail is verified with them.");
		return 0;
	}

	private int retired(KeyRotation.Retired done) {
		var out = this.spec.commandLine().getOut();
		if (done.early()) {
			out.printf("The newest key is younger than %d minutes: something may still be locked with an older one.%n",
					KeyRotation.SETTLED.toMinutes());
			return 1;
		}
		out.println(done.gone().isEmpty() ? "No key could be taken out." : "Taken out: " + done.gone());
		if (!done.needed().isEmpty()) {
			out.println("Still needed, by rows of the audit trail or by secrets: " + done.needed());
		}
		return 0;
	}

}
