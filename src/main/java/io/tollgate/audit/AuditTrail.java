package io.tollgate.audit;

import java.time.Clock;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes the trail. Every change goes through here in the transaction of the change
 * itself: no audit row, no change. The rows are chained and signed when the transaction
 * ends, so without the key file nothing can be changed.
 */
@Service
public class AuditTrail {

	private final EntityChanges changes;

	private final AuditRows rows;

	private final CurrentActor actor;

	private final Clock clock;

	AuditTrail(EntityChanges changes, AuditRows rows, CurrentActor actor, Clock clock) {
		this.changes = changes;
		this.rows = rows;
		this.actor = actor;
		this.clock = clock;
	}

	/**
	 * Records a change that the signed-in person made.
	 * @param action what happened, past tense, dotted: {@code policy.country.allowed}
	 * @param object what it happened to
	 * @param before readable state before, {@code null} where there was none; never a
	 * secret
	 * @param after readable state after, {@code null} where there is none; never a secret
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void record(String action, AuditObject object, @Nullable String before, @Nullable String after) {
		recordAs(this.actor.name(), action, object, before, after);
	}

	/** The same, for work that runs on somebody's behalf outside a request. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void recordAs(String actorName, String action, AuditObject object, @Nullable String before,
			@Nullable String after) {
		recordFor(new Origin(actorName, this.actor.address(), this.actor.requestId()), action, object, before, after);
	}

	/** The same, for work that goes on after the request that asked for it. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void recordFor(Origin origin, String action, AuditObject object, @Nullable String before,
			@Nullable String after) {
		UnwrittenRows.ofTransaction(this.changes, this.rows)
			.add(AuditContent.of(Instant.now(this.clock), origin, action, object, before, after));
	}

}
