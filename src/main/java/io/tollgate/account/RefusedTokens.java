package io.tollgate.account;

import java.util.LinkedHashMap;
import java.util.Map;

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

	/** More in half a minute are counted together. */
	private static final int MOST = 50;

	private static final Attempt OTHERS = new Attempt(null, null, false, null);

	private final AuditTrail audit;

	private final TransactionTemplate transaction;

	private final Map<Attempt, Integer> counts = new LinkedHashMap<>();

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
	synchronized void count(@Nullable ApiToken token, boolean right, String address) {
		var attempt = (token != null) ? new Attempt(token.id(), token.name(), right, address)
				: new Attempt(null, null, false, address);
		boolean known = this.counts.containsKey(attempt) || this.counts.size() < MOST;
		this.counts.merge(known ? attempt : OTHERS, 1, Integer::sum);
	}

	private synchronized Map<Attempt, Integer> taken() {
		var taken = new LinkedHashMap<>(this.counts);
		this.counts.clear();
		return taken;
	}

	private synchronized void putBack(Map<Attempt, Integer> counts) {
		counts.forEach((attempt, count) -> this.counts.merge(attempt, count, Integer::sum));
	}

	@Scheduled(fixedDelayString = "${tollgate.api.write-refused-every:30s}")
	@PreDestroy
	void write() {
		var counts = taken();
		if (counts.isEmpty()) {
			return;
		}
		boolean written = false;
		try {
			this.transaction.executeWithoutResult((status) -> counts
				.forEach((attempt, times) -> this.audit.recordFor(new Origin(ACTOR, attempt.address(), null),
						"token.refused", attempt.object(), null, attempt.words(times))));
			written = true;
		}
		finally {
			if (!written) {
				putBack(counts);
			}
		}
	}

}
