package io.tollgate.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * A token, without what makes it worth stealing.
 *
 * @param publicId the part of it that is no secret
 * @param name what it is for
 * @param groups the PBX groups that it is limited to, empty for all that its maker sees
 * @param maker as they are now, not as they were when they made it
 * @param lastUsedAt to the minute, {@code null} for never
 */
record ApiToken(long id, String publicId, String name, SortedSet<ApiScope> scopes, SortedSet<String> groups,
		Account maker, Instant createdAt, Instant expiresAt, @Nullable Instant revokedAt, @Nullable Instant lastUsedAt,
		@Nullable String lastAddress) {

	private static final Duration SOON = Duration.ofDays(7);

	/** Whether it works, and if not, why. */
	enum State {

		/** It works. */
		WORKS,
		/** It works for some days more. */
		ENDS_SOON,
		/** Its time is over. */
		EXPIRED,
		/** Somebody ended it. */
		REVOKED,
		/** Its maker may not sign in. */
		MAKER_DISABLED,
		/** Its maker no longer sees any PBX that it is limited to. */
		NOTHING_LEFT;

		public boolean works() {
			return this == WORKS || this == ENDS_SOON;
		}

	}

	State state(Instant now) {
		if (this.revokedAt != null) {
			return State.REVOKED;
		}
		if (!now.isBefore(this.expiresAt)) {
			return State.EXPIRED;
		}
		if (!this.maker.enabled()) {
			return State.MAKER_DISABLED;
		}
		if (isLimitedToNothing()) {
			return State.NOTHING_LEFT;
		}
		return now.isBefore(this.expiresAt.minus(SOON)) ? State.WORKS : State.ENDS_SOON;
	}

	/** To nothing at all: an empty set of groups would mean everything. */
	private boolean isLimitedToNothing() {
		return !this.groups.isEmpty() && !makersGroups().isEmpty() && effectiveGroups().isEmpty();
	}

	/**
	 * What it is limited to: no more than its maker sees now. Empty for all PBXs, so ask
	 * only for a token that works.
	 */
	Set<String> effectiveGroups() {
		if (this.groups.isEmpty()) {
			return makersGroups();
		}
		var both = new TreeSet<>(this.groups);
		if (!makersGroups().isEmpty()) {
			both.retainAll(makersGroups());
		}
		return both;
	}

	private Set<String> makersGroups() {
		return (this.maker.role() == Role.ADMINISTRATOR) ? Set.of() : this.maker.groups();
	}

	/** How the audit log names whoever acts with it. */
	String actor() {
		return this.maker.username() + " (token " + this.name + ")";
	}

}
