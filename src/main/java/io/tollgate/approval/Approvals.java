package io.tollgate.approval;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.audit.CurrentActor;
import io.tollgate.pbx.NotThereException;
import io.tollgate.pbx.VisiblePbxs;
import io.tollgate.setting.Settings;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What waits for a second person, and whether anything has to. */
@Service
@Transactional
public class Approvals {

	/** A week: who has not answered by then does not remember what it was about. */
	static final Duration LIFETIME = Duration.ofDays(7);

	private static final String RULE = "approval.two-person";

	private static final String ON = "on";

	private static final String OFF = "off";

	private final StoredRequests requests;

	private final VisiblePbxs visible;

	private final Settings settings;

	private final AuditTrail audit;

	private final CurrentActor actor;

	private final Clock clock;

	Approvals(StoredRequests requests, VisiblePbxs visible, Settings settings, AuditTrail audit, CurrentActor actor,
			Clock clock) {
		this.requests = requests;
		this.visible = visible;
		this.settings = settings;
		this.audit = audit;
		this.actor = actor;
		this.clock = clock;
	}

	/** Whether what lets somebody dial more has to wait for a second person. */
	@Transactional(readOnly = true)
	public boolean required() {
		return this.settings.of(RULE).filter(ON::equals).isPresent();
	}

	/** Turns the rule on or off, in the transaction that may. */
	void require(boolean on) {
		this.settings.choose(RULE, "Second person for loosening changes", OFF, on ? ON : OFF);
	}

	/**
	 * Asks a second person, as whoever is signed in.
	 * @return the request's id
	 */
	public long ask(Wish wish) {
		endOld();
		var request = this.requests.saveAndFlush(new StoredRequest(wish, this.actor, now())).toRequest();
		this.audit.record("approval.asked", object(request), null,
				request.reason() + "\n" + String.join("\n", request.words()));
		return request.id();
	}

	private void endOld() {
		for (var old : this.requests.findByDecisionIsNullAndAskedAtBefore(now().minus(LIFETIME))) {
			end(old.toRequest(), Decision.OUTDATED, CurrentActor.SYSTEM, null);
		}
	}

	/**
	 * Notes that a request was carried out, in the very transaction that did it.
	 * @param path the page that shows it
	 * @throws DecidedMeanwhileException when somebody has decided it already: then
	 * nothing of the transaction may stay
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void settle(Request request, Approval approval, String path) {
		if (!decide(request, Decision.APPROVED, approval.by(), approval.remark(), path)) {
			throw new DecidedMeanwhileException();
		}
		this.audit.recordAs(approval.by(), "approval.approved", object(request), "asked by " + request.askedBy(),
				approval.remark());
	}

	/**
	 * One that nobody has decided yet, within its time.
	 * @throws NotThereException when it is about PBXs that whoever asks does not see
	 */
	@Transactional(readOnly = true)
	Optional<Request> open(long id) {
		var stored = this.requests.findById(id);
		if (this.visible.limited() && stored.map(StoredRequest::toRequest).filter(this::isSeen).isEmpty()) {
			throw new NotThereException();
		}
		return stored.filter((one) -> one.decision() == null)
			.map(StoredRequest::toRequest)
			.filter((request) -> request.askedAt().plus(LIFETIME).isAfter(now()));
	}

	/** One of them, whatever became of it; empty when whoever asks does not see it. */
	@Transactional(readOnly = true)
	Optional<Standing> find(long id) {
		return this.requests.findById(id).filter((stored) -> isSeen(stored.toRequest())).map((stored) -> {
			var request = stored.toRequest();
			boolean over = request.askedAt().plus(LIFETIME).isBefore(now());
			return new Standing(request, over, (stored.decision() != null) ? Decided.of(stored) : null);
		});
	}

	/** What is about every PBX is for those who see every PBX. */
	private boolean isSeen(Request request) {
		return !this.visible.limited() || !request.pbxs().isEmpty() && this.visible.hasAll(request.pbxs());
	}

	/** Those that nobody has decided yet, within their time, the newest first. */
	@Transactional(readOnly = true)
	List<Request> open() {
		return this.requests.findByDecisionIsNullAndAskedAtAfterOrderByIdDesc(now().minus(LIFETIME))
			.stream()
			.map(StoredRequest::toRequest)
			.filter(this::isSeen)
			.toList();
	}

	/** What was decided lately, the latest first. */
	@Transactional(readOnly = true)
	List<Decided> decided(int most) {
		return this.requests.findByDecisionIsNotNullOrderByDecidedAtDescIdDesc(Limit.of(most))
			.stream()
			.map(Decided::of)
			.filter((decided) -> isSeen(decided.request()))
			.toList();
	}

	/**
	 * Ends a request that is not carried out.
	 * @return whether nobody had decided it before
	 */
	boolean end(Request request, Decision decision, String by, @Nullable String remark) {
		if (!decide(request, decision, by, remark, null)) {
			return false;
		}
		this.audit.recordAs(by, "approval." + decision.name().toLowerCase(java.util.Locale.ROOT), object(request),
				"asked by " + request.askedBy(), remark);
		return true;
	}

	private boolean decide(Request request, Decision decision, String by, @Nullable String remark,
			@Nullable String result) {
		return this.requests.decide(request.id(), decision, now(), by, remark, result) == 1;
	}

	private Instant now() {
		return Instant.now(this.clock);
	}

	private static AuditObject object(Request request) {
		return AuditObject.of("approval", request.id(), request.subject());
	}

	/**
	 * How a request stands.
	 *
	 * @param over whether it is too late to agree
	 * @param decided how it ended, {@code null} as long as it has not
	 */
	record Standing(Request request, boolean over, @Nullable Decided decided) {
	}

	/**
	 * A request that has ended.
	 *
	 * @param by who ended it
	 * @param path the page that shows what came of it, {@code null} for none
	 */
	record Decided(Request request, Decision decision, Instant at, String by, @Nullable String remark,
			@Nullable String path) {

		static Decided of(StoredRequest stored) {
			var decision = stored.decision();
			var at = stored.decidedAt();
			var by = stored.decidedBy();
			if (decision == null || at == null || by == null) {
				throw new IllegalArgumentException("not decided");
			}
			return new Decided(stored.toRequest(), decision, at, by, stored.remark(), stored.result());
		}

	}

}
