package io.tollgate.leak;

import java.time.Duration;
import java.time.Instant;

import io.tollgate.leak.Bases.Basis;
import io.tollgate.pbx.Pbx;
import io.tollgate.proof.LeakReport;
import org.jspecify.annotations.Nullable;

/**
 * One PBX, with all that is known about its leaks.
 *
 * @param basis what its rules are made from
 * @param rules which of them are looked at
 * @param standing what can be said
 * @param checked the check of them as they are now, {@code null} for none yet
 * @param drafted the same of the draft
 * @param seen what was last seen there, {@code null} for never
 * @param failure why the last look came to nothing, empty when it did not
 */
record Look(Basis basis, Rules rules, Standing standing, @Nullable Checked checked, @Nullable Checked drafted,
		@Nullable Seen seen, String failure) {

	Pbx pbx() {
		return this.basis.pbx();
	}

	@Nullable LeakReport report() {
		return (this.checked != null) ? this.checked.report() : null;
	}

	/** When its rules were checked, {@code null} for not as they are now. */
	@Nullable Instant checkedAt() {
		return (this.checked != null) ? this.checked.at() : null;
	}

	/** When it was last looked at, {@code null} for never. */
	@Nullable Instant lookedAt() {
		return (this.seen != null) ? this.seen.at() : null;
	}

	/** How long the check took, {@code null} for none. */
	@Nullable Duration took() {
		return (this.checked != null) ? this.checked.took() : null;
	}

	int leaks() {
		var report = report();
		return (report != null) ? report.leaks().size() : 0;
	}

	/** Whether its rules forbid anything: without that nothing can leak. */
	boolean forbids() {
		var report = report();
		return report == null || report.scope().forbids();
	}

}
