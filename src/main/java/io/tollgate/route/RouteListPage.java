package io.tollgate.route;

import java.util.List;
import java.util.SortedSet;

import io.tollgate.pbx.Pbx;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a PBX as they are shown.
 *
 * @param pbx whose routes
 * @param pbxs the choice
 * @param emergency the numbers that always leave, when no route of their own says where
 * @param emergencyTrunk where those leave, {@code null} when nothing does
 * @param number what is traced, empty for nothing
 * @param said what became of that number
 * @param editable whether the reader may change routes
 */
record RouteListPage(Pbx pbx, List<Pbx> pbxs, List<Item> items, SortedSet<String> emergency,
		@Nullable String emergencyTrunk, String number, String said, boolean editable) {

	public boolean tracing() {
		return !this.number.isEmpty();
	}

	/** Whether the number gets to the end of the list. */
	public boolean unmatched() {
		return tracing() && this.items.stream().noneMatch((item) -> item.css().contains("is-hit"));
	}

	/**
	 * One route.
	 *
	 * @param number its place, from 1
	 * @param css how it looks
	 * @param conditions who may use it, and when
	 * @param asks what it asks for before it lets a call out, empty for nothing
	 * @param patterns the first of its patterns
	 * @param more how many others there are
	 * @param up where it goes when it is moved up, {@code null} for nowhere
	 * @param down where it goes when it is moved down
	 */
	record Item(long id, int number, String name, String css, String conditions, String asks, List<Pattern> patterns,
			int more, String icon, String goal, String after, boolean enabled, boolean blocks, boolean emergency,
			@Nullable Integer up, @Nullable Integer down, List<Note> notes) {
	}

	/**
	 * A pattern in two parts.
	 *
	 * @param fixed what must be dialled exactly
	 * @param open from the first place on where something can be chosen
	 */
	record Pattern(String fixed, String open, boolean warn) {

		static Pattern of(DialRule rule, boolean warn) {
			var text = rule.dialled();
			int fixed = 0;
			while (fixed < text.length() && "0123456789+*#".indexOf(text.charAt(fixed)) >= 0) {
				fixed++;
			}
			return new Pattern(text.substring(0, fixed), text.substring(fixed), warn);
		}

	}

	/**
	 * Something to know about a route.
	 *
	 * @param tone {@code stop}, {@code wait}, {@code off} or {@code open}
	 * @param offer a match pattern that does what was probably meant, empty for none
	 */
	record Note(String tone, String icon, String text, String offer) {
	}

}
