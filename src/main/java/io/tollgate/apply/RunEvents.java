package io.tollgate.apply;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a run, for one who listens: how its PBXs stand, and then each change.
 * What is stored says when something was written, not when it could first be seen: of two
 * changes the later one may be there first, more so when two portals work on the run. So
 * each look goes back a little, and what was told is known.
 */
class RunEvents {

	/** How far the clocks of two portals, or two transactions, may be apart. */
	static final long OVERLAP_SECONDS = 10;

	private final UUID run;

	private final RunPages pages;

	private final Map<Long, Instant> told = new HashMap<>();

	private Instant latest;

	/**
	 * Begins to listen.
	 * @param after the id of the last event that was heard, {@code null} for none
	 */
	RunEvents(UUID run, RunPages pages, @Nullable String after) {
		this.run = run;
		this.pages = pages;
		this.latest = (after != null)
				? Instant.EPOCH.plus(Long.parseLong(after.substring(0, after.indexOf('-'))), ChronoUnit.MICROS)
				: Instant.EPOCH;
	}

	/**
	 * What has changed since it was last asked, as whoever asks sees it.
	 * @return nothing when they do not see the run
	 */
	Optional<RunPages.News> look() {
		var since = this.latest.equals(Instant.EPOCH) ? this.latest : this.latest.minusSeconds(OVERLAP_SECONDS);
		return this.pages.since(this.run, since, Locale.ENGLISH).map((found) -> {
			var news = found.rows().stream().filter((row) -> !row.updatedAt().equals(this.told.get(row.id()))).toList();
			for (var row : news) {
				this.told.put(row.id(), row.updatedAt());
				this.latest = row.updatedAt().isAfter(this.latest) ? row.updatedAt() : this.latest;
			}
			return new RunPages.News(news, found.finishedAt(), found.totals());
		});
	}

	/** Of an event: where to go on from, and what it is about. */
	static String id(RunPages.Row row) {
		return ChronoUnit.MICROS.between(Instant.EPOCH, row.updatedAt()) + "-" + row.id();
	}

}
