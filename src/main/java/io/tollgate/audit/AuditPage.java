package io.tollgate.audit;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A part of the log, newest first.
 *
 * @param newer the number that the rows before these have to be above, {@code null} when
 * these are the newest
 * @param older the number that the rows behind these have to be below, {@code null} when
 * these are the oldest
 */
record AuditPage(List<AuditEntry> entries, @Nullable Long newer, @Nullable Long older) {

	static final AuditPage EMPTY = new AuditPage(List.of(), null, null);

	public Map<LocalDate, List<AuditEntry>> days() {
		return this.entries.stream()
			.collect(Collectors.groupingBy(AuditEntry::day, LinkedHashMap::new, Collectors.toList()));
	}

	/** The number of the newest one. */
	public long first() {
		return this.entries.getFirst().id();
	}

	/** The number of the oldest one. */
	public long last() {
		return this.entries.getLast().id();
	}

}
