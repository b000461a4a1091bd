package io.tollgate.tester;

import java.util.List;

/**
 * One verdict in words.
 *
 * @param allowed whether the call leaves
 * @param title the verdict
 * @param why what decided
 * @param steps every rule asked, in order
 */
public record Judged(boolean allowed, String title, String why, List<StepLine> steps) {

	public Judged {
		steps = List.copyOf(steps);
	}

	/**
	 * One step in words.
	 *
	 * @param css {@code pass}, {@code stop} or {@code skip}
	 * @param icon name in the sprite
	 * @param title which rule
	 * @param text what it said
	 */
	public record StepLine(String css, String icon, String title, String text) {
	}

}
