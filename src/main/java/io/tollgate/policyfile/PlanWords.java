package io.tollgate.policyfile;

import java.util.List;
import java.util.Locale;

import io.tollgate.apply.Alike;
import io.tollgate.apply.ChangeWords;
import io.tollgate.apply.PbxPending;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says what a file does: to policies, and to PBXs in the words of the review. */
@Component
class PlanWords {

	private final MessageSource messages;

	private final EditWords edits;

	private final ChangeWords changes;

	PlanWords(MessageSource messages, EditWords edits, ChangeWords changes) {
		this.messages = messages;
		this.edits = edits;
		this.changes = changes;
	}

	Told tell(List<PolicyEdit> edits, List<Alike> pbxs, Locale locale) {
		return new Told(edits.stream().map((edit) -> policy(edit, locale)).toList(),
				pbxs.stream().map((alike) -> pbxs(alike, locale)).toList());
	}

	String fault(Fault fault, Locale locale) {
		return this.messages.getMessage(fault.what(), locale);
	}

	private Told.OfPolicy policy(PolicyEdit edit, Locale locale) {
		var change = (edit.after() == null) ? "deleted" : edit.created() ? "created" : "changed";
		return new Told.OfPolicy(edit.before().name(), change, this.edits.lines(edit, locale));
	}

	private Told.OnPbxs pbxs(Alike alike, Locale locale) {
		return new Told.OnPbxs(alike.pbxs().stream().map(PbxPending::pbxName).toList(),
				alike.changes().stream().map((change) -> this.changes.line(change, locale)).toList(),
				alike.pbxs()
					.stream()
					.flatMap((pbx) -> pbx.problems().stream())
					.distinct()
					.map((code) -> this.messages.getMessage("apply.rejected." + code, null, locale))
					.toList());
	}

}
