package io.tollgate.policyfile;

import java.util.Locale;

import io.tollgate.command.Commands;
import picocli.CommandLine.Command;

import org.springframework.context.ApplicationContext;

/** {@code policy plan}. */
@Command(name = "policy plan",
		description = "Says what taking over the file would change, and changes nothing. Ends with 0 when nothing "
				+ "would, 3 when something would, 1 when the file is wrong.")
class PolicyPlanCommand extends FileCommand {

	@Override
	int work(ApplicationContext context, PolicyFile read, boolean pruning) {
		var planned = context.getBean(PolicyImport.class).plan(read, pruning);
		tell(context.getBean(PlanWords.class).tell(planned.edits(), planned.pbxs(), Locale.ENGLISH));
		return planned.edits().isEmpty() ? 0 : Commands.DIFFERENT;
	}

}
