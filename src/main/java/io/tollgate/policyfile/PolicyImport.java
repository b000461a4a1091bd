package io.tollgate.policyfile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

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

	/** Nobody edits a policy meanwhile. */
	private static final Duration LONGEST = Duration.ofMinutes(1);

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
		this.transaction.setTimeout((int) LONGEST.toSeconds());
	}

	/** As whoever may do everything. */
	Planned plan(PolicyFile file, boolean prune) {
		return plan(file, new Terms(prune, true));
	}

	/**
	 * Says what taking it over would do, and does nothing: all of it is done, looked at
	 * and taken back.
	 * @throws FaultyFileException when anything of it may not be
	 */
	Planned plan(PolicyFile file, Terms terms) {
		return Objects.requireNonNull(this.transaction.execute((status) -> {
			status.setRollbackOnly();
			var edits = changes(this.editor.edit(file, terms));
			var served = edits.stream().flatMap((edit) -> this.pbxs.ofPolicy(edit.id()).stream()).map(Pbx::id).toList();
			return new Planned(edits,
					Alike.of(this.pending.supposed(served)
						.stream()
						.filter((each) -> !each.changes().isEmpty() || !each.problems().isEmpty())
						.toList()),
					review(edits));
		}));
	}

	/**
	 * Takes it over when that does what was reviewed, and nothing else.
	 * @param review of the plan that was looked at
	 * @param kept is given the policies that are different, in the transaction
	 * @throws FaultyFileException when anything of it may not be; then nothing was done
	 */
	Taken take(PolicyFile file, Terms terms, String review, Consumer<List<PolicyEdit>> kept) {
		return Objects.requireNonNull(this.transaction.execute((status) -> {
			var edits = changes(this.editor.edit(file, terms));
			if (!review(edits).equals(review)) {
				status.setRollbackOnly();
				return new Taken.ChangedMeanwhile();
			}
			kept.accept(edits);
			return new Taken.Over(edits);
		}));
	}

	/** A new policy has another id each time that it is looked at. */
	private String review(List<PolicyEdit> edits) {
		try {
			var digest = MessageDigest.getInstance("SHA-256");
			for (var edit : edits) {
				var served = edit.created() ? List.of() : this.pbxs.servedBy(edit.id()).stream().sorted().toList();
				var text = (edit.created() ? 0 : edit.id()) + "\n" + edit.before() + "\n" + edit.after() + "\n" + served
						+ "\n";
				digest.update(text.getBytes(StandardCharsets.UTF_8));
			}
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/**
	 * Takes it over, as whoever may do everything.
	 * @return the policies that are different now
	 * @throws FaultyFileException when anything of it may not be; then nothing was done
	 */
	List<PolicyEdit> apply(PolicyFile file, boolean prune) {
		return Objects.requireNonNull(
				this.transaction.execute((status) -> changes(this.editor.edit(file, new Terms(prune, true)))));
	}

	private static List<PolicyEdit> changes(List<PolicyEdit> edits) {
		return edits.stream().filter(PolicyEdit::changes).toList();
	}

}
