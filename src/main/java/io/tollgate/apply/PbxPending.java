package io.tollgate.apply;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What one PBX would get from an apply.
 *
 * @param pbxId the PBX
 * @param pbxName its name
 * @param policyId its policy
 * @param generation the generation it runs, {@code null} when nothing was ever applied
 * @param checksum of the compiled configuration that it would get; empty when it cannot
 * be compiled
 * @param changes what would become different; empty when nothing would
 * @param problems why it cannot be applied, message codes under {@code apply.rejected.};
 * empty when it can
 * @param warnings what is probably not meant, message codes under {@code apply.warning.}
 * @param live how far calls go now, {@code null} when nothing was ever applied and nobody
 * knows
 * @param draft how far they would go after an apply
 */
public record PbxPending(long pbxId, String pbxName, long policyId, @Nullable Integer generation, String checksum,
		List<Change> changes, List<String> problems, List<String> warnings, @Nullable Reach live, Reach draft) {

	public PbxPending {
		changes = List.copyOf(changes);
		problems = List.copyOf(problems);
		warnings = List.copyOf(warnings);
	}

	/** What a form sends for it: the PBX, and what it would get. */
	String target() {
		return this.pbxId + ":" + this.checksum;
	}

	/** Whether an apply would change this PBX and can. */
	public boolean applicable() {
		return !this.changes.isEmpty() && this.problems.isEmpty();
	}

}
