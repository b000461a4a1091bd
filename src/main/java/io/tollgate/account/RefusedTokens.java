package io.tollgate.account;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.audit.Origin;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes refused tokens to the trail: one row for each token and address and half a
 * minute, with their number, however many there are. What was sent in place of a token is
 * written nowhere: it may be somebody's password.
 */
@Component
class RefusedTokens {

	/** The actor: whoever it was did not get in. */
	static final String ACTOR = "not signed in";

	private final AuditTrail audit;

	private final TransactionTemplate transaction;

	private final Tally<Attempt> refused = new Tally<>(new Attempt(null, null, false, null));

	RefusedTokens(AuditTrail audit, TransactionTemplate transaction) {
		this.audit = audit;
		this.transaction = transaction;
	}

	private record Attempt(@Nullable Long id, @Nullable String name, boolean right, @Nullable String address) {

		AuditObject object() {
			return AuditObject.of("token", this.id, this.name);
		}

		String words(int times) {
			return (this.right ? "has ended" : "unknown or wrong") + "; times: " + times;
		}

	}

	/**
	 * Notes that one was refused.
	 * @param token whose id was sent, {@code null} for none that there is
	 * @param right whether the secret was that token's
	 */
	void count(@Nullable ApiToken token, boolean right, String address) {
		this.refused.count((token != null) ? new Attempt(token.id(), token.name(), right, address)
				: new Attempt(null, null, false, address));
	}

	@Scheduled(fixedDelayString = "${tollgate.api.write-refused-every:30s}")
	@PreDestroy
	void write() {
		this.refused.write((counts) -> this.transaction.executeWithoutResult((status) -> counts
			.forEach((attempt, times) -> this.audit.recordFor(new Origin(ACTOR, attempt.address(), null),
					"token.refused", attempt.object(), null, attempt.words(times)))));
	}

}
