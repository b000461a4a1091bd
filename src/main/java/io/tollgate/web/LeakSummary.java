package io.tollgate.web;

/**
 * What the sidebar says of the leak checks.
 *
 * @param leaks leaks of the rules in force, for the count beside the page's name
 * @param tone {@code stop}, {@code open} or {@code wait}; empty when nothing was ever
 * applied and there is nothing to say
 * @param title what it comes to
 * @param when when that was checked, empty for never
 */
public record LeakSummary(int leaks, String tone, String title, String when) {

	/** Name in the sprite. */
	public String icon() {
		return switch (this.tone) {
			case "open" -> "shield-check";
			case "stop" -> "shield-alert";
			default -> "shield";
		};
	}

}
