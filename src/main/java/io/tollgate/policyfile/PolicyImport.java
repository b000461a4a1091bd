package io.tollgate.policyfile;

import java.util.List;
import java.util.Objects;

import io.tollgate.apply.Alike;
import io.tollgate.apply.PendingChanges;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;

import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes over files of policies, wholly or not at all, and only into the draft: what PBXs
 * enforce changes with the next apply.
 */
@Service
class PolicyImport {

	private final PolicyEditor editor;

	private final PendingChanges pending;

	private final PbxRegistry pbxs;

	private final TransactionTemplate transaction;

	PolicyImport(PolicyEditor editor, PendingChanges pending, PbxRegistry pbxs,
			PlatformTransactionManager transactions) {
		this.editor = editor;
		this.pending = pending;
		this.pbxs = pbxs;
		this.transaction = new TransactionTemplate(transactions);
	}

	/**
	 * Says what taking it over would do, and does nothing: all of it is done, looked at
	 * and taken back.
	 * @throws FaultyFileException when anything of it may not be
	 */
	Planned plan(PolicyFile file, boolean prune) {
		return Objects.requireNonNull(this.transaction.execute((status) -> {
			status.setRollbackOnly();
			var edits = changes(this.editor.edit(file, prune));
			var served = edits.stream().flatMap((edit) -> this.pbxs.ofPolicy(edit.id()).stream()).map(Pbx::id).toList();
			return new Planned(edits,
					Alike.of(this.pending.supposed(served)
						.stream()
						.filter((each) -> !each.changes().isEmpty() || !each.problems().isEmpty())
						.toList()));
		}));
	}

	/**
	 * Takes it over.
	 * @return the policies that are different now
	 * @throws FaultyFileException when anything of it may not be; then nothing was done
	 */
	List<PolicyEdit> apply(PolicyFile file, boolean prune) {
		return Objects.requireNonNull(this.transaction.execute((status) -> changes(this.editor.edit(file, prune))));
	}

	private static List<PolicyEdit> changes(List<PolicyEdit> edits) {
		return edits.stream().filter(PolicyEdit::changes).toList();
	}

}
