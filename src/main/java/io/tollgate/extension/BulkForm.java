package io.tollgate.extension;

import java.util.Set;

import io.tollgate.extension.RestrictionEdit.MaxDuration;
import org.jspecify.annotations.Nullable;

/**
 * The bulk edit form as typed.
 *
 * @param change the rows whose Bulk Edit is ticked: {@code international},
 * {@code outbound}, {@code hours}, {@code duration}
 * @param maxDuration seconds as typed, empty for no limit
 */
record BulkForm(Set<String> change, boolean disallowInternational, boolean disallowOutbound,
		boolean disallowOutsideBusinessHours, String maxDuration) {

	private static final int LONGEST = 86_400;

	BulkForm(@Nullable Set<String> change, boolean disallowInternational, boolean disallowOutbound,
			boolean disallowOutsideBusinessHours, @Nullable String maxDuration) {
		this.change = (change != null) ? Set.copyOf(change) : Set.of();
		this.disallowInternational = disallowInternational;
		this.disallowOutbound = disallowOutbound;
		this.disallowOutsideBusinessHours = disallowOutsideBusinessHours;
		this.maxDuration = (maxDuration != null) ? maxDuration.strip() : "";
	}

	boolean durationRefused() {
		return this.change.contains("duration") && !this.maxDuration.isEmpty()
				&& (!this.maxDuration.matches("[0-9]{1,6}") || Integer.parseInt(this.maxDuration) < 1
						|| Integer.parseInt(this.maxDuration) > LONGEST);
	}

	/** What it asks for; a duration that cannot be is left out. */
	RestrictionEdit edit() {
		return new RestrictionEdit(this.change.contains("international") ? this.disallowInternational : null,
				this.change.contains("outbound") ? this.disallowOutbound : null,
				this.change.contains("hours") ? this.disallowOutsideBusinessHours : null,
				(this.change.contains("duration") && !durationRefused())
						? new MaxDuration(this.maxDuration.isEmpty() ? null : Integer.valueOf(this.maxDuration))
						: null);
	}

}
