package io.tollgate.apply;

import org.jspecify.annotations.Nullable;

/**
 * On whose word PBXs are brought to something.
 *
 * @param actor who answers for it
 * @param reason why, {@code null} when nothing was said
 * @param approvedBy the second person who agreed, {@code null} where none had to
 */
record Mandate(String actor, @Nullable String reason, @Nullable String approvedBy) {

	static Mandate of(String actor, @Nullable String reason) {
		return new Mandate(actor, reason, null);
	}

}
