package io.tollgate.policyfile;

import org.jspecify.annotations.Nullable;

/**
 * What a file does to a policy.
 *
 * @param id the policy
 * @param created whether it was not there before
 * @param before as it was, or as a new one begins
 * @param after as it is then; {@code null} when it is deleted
 */
record PolicyEdit(long id, boolean created, WrittenPolicy before, @Nullable WrittenPolicy after) {

	/** Whether anything becomes different. */
	boolean changes() {
		return this.created || !this.before.equals(this.after);
	}

}
