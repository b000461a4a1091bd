package io.tollgate.route;

import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** A route as stored, without its rules, trunks and users. */
record RouteHead(long id, long pbxId, String name, RouteType type, boolean enabled, String callerId, String pins,
		@Nullable Integer blockCause, String blockAnnouncement, @Nullable String timeZone, @Nullable String timeDays,
		@Nullable Integer timeFrom, @Nullable Integer timeTo) {

	OutboundRoute with(List<DialRule> rules, List<String> trunks, SortedSet<String> users) {
		var block = (this.blockCause != null) ? new Block(this.blockCause, this.blockAnnouncement) : null;
		return new OutboundRoute(this.name, this.type, this.enabled, rules, trunks, block, users, time(), this.callerId,
				this.pins);
	}

	private @Nullable RouteTime time() {
		if (this.timeZone == null || this.timeDays == null || this.timeFrom == null || this.timeTo == null) {
			return null;
		}
		return new RouteTime(this.timeZone, days(this.timeDays), this.timeFrom, this.timeTo);
	}

	private static TreeSet<DayOfWeek> days(String text) {
		return Arrays.stream(text.split(" "))
			.filter((day) -> !day.isEmpty())
			.map((day) -> DayOfWeek.of(Integer.parseInt(day)))
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
