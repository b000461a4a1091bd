package io.tollgate.policyfile;

import java.util.List;
import java.util.Locale;

import io.tollgate.command.CommandContext;
import picocli.CommandLine.Command;

import org.springframework.context.ApplicationContext;

/** {@code policy apply}. */
@Command(name = "policy apply",
		description = "Takes over the file, all of it or, when anything is wrong, nothing. Changes the draft: what the "
				+ "PBXs enforce changes when somebody reviews and applies it in the portal. Ends with 0, or with 1 "
				+ "when the file is wrong.")
class PolicyApplyCommand extends FileCommand {

	@Override
	int work(ApplicationContext context, PolicyFile read, boolean pruning) {
		var edits = CommandContext.asPerson(() -> context.getBean(PolicyImport.class).apply(read, pruning));
		tell(context.getBean(PlanWords.class).tell(edits, List.of(), Locale.ENGLISH));
		return 0;
	}

}
