package io.tollgate.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.tollgate.approval.Approval;
import io.tollgate.approval.Approvals;
import io.tollgate.approval.Request;
import io.tollgate.approval.Wish;
import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.audit.CurrentActor;
import io.tollgate.connector.Drift;
import io.tollgate.decision.Emergency;
import io.tollgate.decision.Snapshot;
import io.tollgate.pbx.NotThereException;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.proof.Difference;
import io.tollgate.proof.LeakCheck;
import io.tollgate.route.Trunks;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JacksonException;

/**
 * Brings one PBX back to the rules of an older generation. What is edited in the portal
 * stays there, unapplied.
 */
@Service
class Restores {

	private static final String MAY_CONFIRM = "ADMINISTRATOR";

	/** How long the page, and a press, wait for what may take long. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final PbxRegistry registry;

	private final Generations generations;

	private final Snapshots snapshots;

	private final Trunks trunks;

	private final Observations observations;

	private final RestoreChecks checks;

	private final RunStarter starter;

	private final ApplyRuns runs;

	private final ChangeWords words;

	private final DangerWords dangerWords;

	private final AskedWords askedWords;

	private final Approvals approvals;

	private final AuditTrail audit;

	private final CurrentActor actor;

	private final MessageSource messages;

	private final TransactionTemplate transaction;

	private final Clock clock;

	Restores(PbxRegistry registry, Generations generations, Snapshots snapshots, Trunks trunks,
			Observations observations, RestoreChecks checks, RunStarter starter, ApplyRuns runs, ChangeWords words,
			DangerWords dangerWords, AskedWords askedWords, Approvals approvals, AuditTrail audit, CurrentActor actor,
			MessageSource messages, TransactionTemplate transaction, Clock clock) {
		this.registry = registry;
		this.generations = generations;
		this.snapshots = snapshots;
		this.trunks = trunks;
		this.observations = observations;
		this.checks = checks;
		this.runs = runs;
		this.starter = starter;
		this.words = words;
		this.dangerWords = dangerWords;
		this.askedWords = askedWords;
		this.approvals = approvals;
		this.audit = audit;
		this.actor = actor;
		this.messages = messages;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * What restoring would mean. Waits a little for the check, so outside of any
	 * transaction.
	 * @return empty when there is no such generation
	 */
	Optional<Restore> review(long pbxId, long generationId) {
		var pbx = this.registry.find(pbxId).orElse(null);
		var restored = this.generations.head(pbxId, generationId).orElse(null);
		var newest = this.generations.newest(pbxId).flatMap((head) -> this.generations.head(pbxId, head.getId()));
		if (pbx == null || restored == null || newest.isEmpty()) {
			return Optional.empty();
		}
		var running = newest.get();
		var driftSeen = this.observations.of(pbxId).map(Observations.Seen::driftChecksum).orElse("");
		var drift = driftSeen.isEmpty() ? List.<Drift>of() : this.observations.drifts(pbxId);
		var after = readable(restored.id());
		var before = readable(running.id());
		if (after == null || before == null) {
			return Optional.of(new Restore(pbx, running, restored, null, List.of(), List.of("unreadable"), drift, "",
					Optional.empty()));
		}
		var checksum = this.snapshots.checksum(after);
		var problems = problems(pbx, after);
		var changes = checksum.equals(this.snapshots.checksum(before)) ? List.<Change>of() : changes(before, after);
		var check = (problems.isEmpty() && !changes.isEmpty()) ? this.checks.within(PATIENCE,
				new RestoreChecks.Pair(running.id(), restored.id()), () -> check(before, after))
				: Optional.<DraftCheck>empty();
		return Optional.of(new Restore(pbx, running, restored, after, changes, problems, drift,
				String.join(":", String.valueOf(running.id()), checksum, driftSeen), check));
	}

	private DraftCheck check(Snapshot before, Snapshot after) {
		var now = Instant.now(this.clock);
		return DraftCheck.of(before, LeakCheck.of(before, now), after, LeakCheck.of(after, now),
				Difference.of(before, after, now));
	}

	private static List<Change> changes(Snapshot before, Snapshot after) {
		var changes = Changes.between(before, after);
		return changes.isEmpty() ? List.of(new Change(Change.Effect.NEUTRAL, Change.Kind.OTHER, "", 0, List.of()))
				: changes;
	}

	private @Nullable Snapshot readable(long generationId) {
		try {
			return this.snapshots.read(this.generations.text(generationId));
		}
		catch (JacksonException ex) {
			// of a version with other rules: it is shown, and cannot be restored
			return null;
		}
	}

	/** Why not, message codes under {@code generation.rejected.}; empty when it can. */
	private List<String> problems(Pbx pbx, Snapshot restored) {
		if (this.snapshots.compile(restored) instanceof Compiled.Rejected rejected) {
			return rejected.problems();
		}
		var present = this.trunks.present(pbx.id()).keySet();
		boolean stuck = Emergency.numbers(restored)
			.values()
			.stream()
			.anyMatch((way) -> way.trunks().stream().noneMatch(present::contains));
		return stuck ? List.of("trunk-gone") : List.of();
	}

	/**
	 * Starts to bring a PBX back; what lets somebody dial more may have to wait for a
	 * second person.
	 * @param seen what the review said it is about
	 * @param reason for the audit log, may be {@code null}
	 * @param confirmation what was typed where the page asked for it
	 * @throws NotThereException without such a PBX or generation
	 */
	StartResult start(long pbxId, long generationId, String seen, @Nullable String reason, Confirmation confirmation) {
		return start(pbxId, generationId, seen, reason, confirmation, (_) -> {
		});
	}

	/**
	 * The same for scripts.
	 * @param kept told what has become of it, in the transaction that does it
	 */
	StartResult start(long pbxId, long generationId, String seen, @Nullable String reason, Confirmation confirmation,
			Consumer<StartResult> kept) {
		return press(pbxId, generationId, seen, Mandate.of(this.actor.name(), reason),
				(name) -> this.actor.is(MAY_CONFIRM)
						&& this.dangerWords.confirms(confirmation, List.of(name), List.of(name)),
				null, kept);
	}

	/**
	 * Whether a PBX still runs what somebody reviewed a way back from.
	 * @param seen what that review said it is about
	 */
	boolean isSeen(long pbxId, String seen) {
		var parts = seen.split(":", -1);
		var running = this.generations.newest(pbxId).map((head) -> String.valueOf(head.getId())).orElse("");
		var drift = this.observations.of(pbxId).map(Observations.Seen::driftChecksum).orElse("");
		return parts.length == 3 && parts[0].equals(running) && parts[2].equals(drift);
	}

	/** Starts what a second person has agreed to, as the one who asked. */
	StartResult approved(Request request, AskedRestore.Content content, Approval approval) {
		return press(content.pbx(), content.generation(), content.seen(),
				new Mandate(request.askedBy(), request.reason(), approval.by()), (name) -> false,
				new Approved(request, content.dangers(), approval), (_) -> {
				});
	}

	private StartResult press(long pbxId, long generationId, String seen, Mandate mandate, Predicate<String> confirmed,
			@Nullable Approved approved, Consumer<StartResult> kept) {
		var restore = review(pbxId, generationId).orElse(null);
		if (restore == null) {
			throw new NotThereException();
		}
		var name = List.of(restore.pbx().name());
		if (!restore.seen().equals(seen)) {
			return new StartResult.ChangedMeanwhile(name);
		}
		if (!restore.possible()) {
			return new StartResult.NothingToDo();
		}
		var check = restore.check().orElse(null);
		if (check == null) {
			return new StartResult.BeingChecked(name);
		}
		boolean meant = (approved == null) ? confirmed.test(restore.pbx().name())
				: this.actor.is(MAY_CONFIRM) && approved.dangers().equals(this.askedWords.dangers(check.dangers()));
		if (!check.dangers().isEmpty() && !meant) {
			return new StartResult.Unconfirmed(name, this.actor.is(MAY_CONFIRM));
		}
		if (approved == null && this.approvals.required() && check.loosens()) {
			var reason = mandate.reason();
			return (reason == null) ? new StartResult.ReasonNeeded(name)
					: Objects.requireNonNull(this.transaction.execute((_) -> {
						var asked = new StartResult.Asked(ask(restore, check, reason), null, name);
						kept.accept(asked);
						return asked;
					}));
		}
		return Objects.requireNonNull(this.transaction.execute((status) -> {
			var result = start(restore, check.dangers(), mandate);
			if (!(result instanceof StartResult.Started started)) {
				status.setRollbackOnly();
			}
			else {
				if (approved != null) {
					this.approvals.settle(approved.request(), approved.approval(), "/applies/" + started.runId());
				}
				kept.accept(result);
			}
			return result;
		}));
	}

	private long ask(Restore restore, DraftCheck check, String reason) {
		var pbx = restore.pbx();
		var dangers = this.askedWords.dangers(check.dangers());
		var words = Stream
			.concat(said(restore).stream().limit(1), this.askedWords.of(pbx.name(), check, restore.changes()).stream())
			.toList();
		return this.approvals.ask(new Wish(AskedRestore.KIND, reason, pbx.name(), words,
				new AskedRestore.Content(pbx.id(), restore.restored().id(), restore.seen(), dangers).text(),
				!dangers.isEmpty(), Set.of(pbx.id())));
	}

	private List<String> said(Restore restore) {
		return Stream.concat(
				Stream.of(this.messages.getMessage("generation.words",
						new Object[] { String.valueOf(restore.restored().number()) }, Locale.ENGLISH)),
				restore.changes().stream().map((change) -> this.words.line(change, Locale.ENGLISH)))
			.toList();
	}

	private StartResult start(Restore restore, List<Danger> dangers, Mandate mandate) {
		var pbx = restore.pbx();
		var running = this.generations.newest(pbx.id()).map(Generations.Newest::getId);
		if (!running.equals(Optional.of(restore.running().id()))) {
			return new StartResult.ChangedMeanwhile(List.of(pbx.name()));
		}
		this.runs.audit(pbx.id(), pbx.name(), dangers);
		this.audit.recordAs(mandate.actor(), "apply.rollback", AuditObject.of("pbx", pbx.id(), pbx.name()),
				"generation " + restore.running().number(),
				"generation " + restore.restored().number() + " of " + restore.restored().appliedAt());
		var seen = restore.seen().split(":", -1);
		return this.starter.start(RunKind.ROLLBACK, mandate, List.of(new Wanted(pbx.id(), pbx.name(),
				restore.running().number(), String.join("\n", said(restore)), seen[1], seen[2], restore.rules())),
				Rollout.AT_ONCE);
	}

	/** What was asked for, and who agreed. */
	private record Approved(Request request, List<String> dangers, Approval approval) {
	}

	/**
	 * A generation that could be restored.
	 *
	 * @param pbx the PBX
	 * @param running what runs there now
	 * @param restored what would run
	 * @param rules of it, {@code null} when this version cannot read them
	 * @param changes what would become different
	 * @param problems why it cannot be, message codes under {@code generation.rejected.}
	 * @param drift how the PBX differs from what was applied; that is overwritten
	 * @param seen what a person saw who starts it from here
	 * @param check what it would mean, empty while that is looked at
	 */
	record Restore(Pbx pbx, GenerationHead running, GenerationHead restored, @Nullable Snapshot rules,
			List<Change> changes, List<String> problems, List<Drift> drift, String seen, Optional<DraftCheck> check) {

		boolean possible() {
			return this.problems.isEmpty() && !this.changes.isEmpty();
		}

	}

}
