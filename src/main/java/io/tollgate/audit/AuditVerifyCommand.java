package io.tollgate.audit;

import java.text.MessageFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;

import io.tollgate.command.CommandContext;
import io.tollgate.keys.KeyBeans;
import io.tollgate.keys.Keys;
import io.tollgate.keys.Seal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code audit verify}. */
@Command(name = "audit verify",
		description = "Verifies the whole audit log and the checkpoints, and names the first bad entry. Changes "
				+ "nothing. Ends with 0 when it is intact, 1 when it is not, 2 when the keys are missing.")
class AuditVerifyCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Option(names = "--json", description = "Answer in JSON.")
	private boolean json;

	@Override
	public Integer call() {
		try (var context = CommandContext.start(KeyBeans.class, AuditConfiguration.class, AuditRows.class,
				CheckpointFile.class, Verifier.class)) {
			var seal = context.getBean(Keys.class).seal();
			if (seal != Seal.OPEN) {
				this.spec.commandLine().getErr().println("Nothing can be verified without the keys: " + seal);
				return 2;
			}
			var found = context.getBean(Verifier.class).verify((row) -> {
			});
			tell(found);
			return found.isIntact() ? 0 : 1;
		}
	}

	private void tell(Verification found) {
		var out = this.spec.commandLine().getOut();
		var bad = found.bad();
		var misfit = found.misfit();
		if (this.json) {
			var answer = new LinkedHashMap<String, @Nullable Object>();
			answer.put("intact", found.isIntact());
			answer.put("rows", found.rows());
			answer.put("checkpoints", found.checkpoints());
			answer.put("fault", (bad != null) ? bad.fault().name() : null);
			answer.put("row", (bad != null) ? bad.row() : null);
			answer.put("misfit", (misfit != null) ? misfit.fault().name() : null);
			answer.put("checkpointRow", (misfit != null) ? misfit.row() : null);
			out.println(JsonMapper.shared().writeValueAsString(answer));
			return;
		}
		if (bad != null) {
			out.println(words("audit.fault." + bad.fault(), bad.row(), bad.other()));
		}
		if (misfit != null) {
			out.println(words("audit.misfit." + misfit.fault(), misfit.row(), misfit.at()));
		}
		out.println(
				found.isIntact() ? words("audit.intact", found.rows()) + ", " + found.checkpoints() + " checkpoints fit"
						: words("audit.broken") + " behind entry " + found.rows());
	}

	/** The words of the page. */
	private static String words(String key, @Nullable Object... arguments) {
		var pattern = ResourceBundle.getBundle("messages.audit", Locale.ROOT).getString(key);
		return new MessageFormat(pattern, Locale.ENGLISH).format(arguments);
	}

}
