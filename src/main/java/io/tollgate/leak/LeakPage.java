package io.tollgate.leak;

import java.util.List;

import io.tollgate.listing.ListPage;
import io.tollgate.tester.Judged.StepLine;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows.
 *
 * @param rules {@code live} or {@code draft}
 * @param pbx the only PBX shown, {@code null} for all
 * @param pbxName its name, empty for all
 * @param fleet number of PBXs
 * @param summary what it comes to
 * @param rows the PBXs
 * @param news where the part that changes is asked for
 * @param leaks how the leaks work
 * @param moreLeaks how many are not shown
 * @param holes what the PBXs have besides
 * @param findings what is odd about the routes
 * @param moreFindings how many are not shown
 * @param checking whether some check is not done yet
 */
record LeakPage(String rules, @Nullable Long pbx, String pbxName, int fleet, Summary summary, ListPage<Row> rows,
		String news, List<LeakCard> leaks, int moreLeaks, List<Line> holes, List<Line> findings, int moreFindings,
		boolean checking) {

	public boolean live() {
		return this.rules.equals("live");
	}

	/** Another one when something on it is different. */
	public String state() {
		return Integer.toHexString(hashCode());
	}

	/**
	 * What it comes to.
	 *
	 * @param tone {@code open}, {@code stop}, {@code wait}, or empty
	 */
	record Summary(String tone, String icon, String title, String text, String scope) {
	}

	/**
	 * One PBX.
	 *
	 * @param generation what was checked, in words
	 * @param tone of the result
	 * @param icon of the result
	 * @param result in words
	 * @param note why, or what to do; empty for nothing
	 * @param scope how many kinds of callers and moments; empty when not checked
	 * @param checked when, empty for never
	 * @param took how long, empty when not checked
	 * @param looked when the PBX was last looked at
	 */
	record Row(long id, String name, String generation, String tone, String icon, String result, String note,
			String scope, String checked, String took, String looked) {

		/** Class of the row. */
		public String css() {
			return this.tone.equals("stop") ? "is-stop" : "";
		}

	}

	/**
	 * A line about a PBX.
	 *
	 * @param tone of its icon
	 * @param text what is the case, and what to do
	 * @param link where to mend it
	 * @param linked what that link is called
	 */
	record Line(String tone, String icon, String pbx, String title, String text, String link, String linked) {
	}

	/**
	 * How a leak works.
	 *
	 * @param key names it among those of its PBX
	 * @param caller who dials
	 * @param dialled what
	 * @param route which way
	 * @param pattern by which pattern
	 * @param trunk by which trunk
	 * @param sent what that is sent
	 * @param flag class of the flag, empty for none
	 * @param reads what the carrier reads it as
	 * @param number the number as it reads it
	 * @param why sentences
	 * @param subjectsTitle what else goes the same way, empty for nothing
	 * @param subjects all of it
	 * @param question address of the dial tester, empty for none
	 * @param steps how it is judged
	 * @param closed whether the draft closes it already
	 * @param mend what would close it, {@code null} for nothing simple
	 */
	record LeakCard(String key, long pbx, String pbxName, String caller, Dialled dialled, String route, String pattern,
			String trunk, String sent, String flag, String reads, String number, List<String> why, String subjectsTitle,
			List<String> subjects, String question, List<StepLine> steps, boolean closed, @Nullable Mend mend) {

		/** Identity on the page. */
		public String id() {
			return "leak-" + this.pbx + "-" + this.key;
		}

	}

	/** A number in its parts: what makes it international, calling code, the rest. */
	record Dialled(String prefix, String code, String rest) {
	}

	/**
	 * A mend in words.
	 *
	 * @param done whether the draft has it already
	 * @param title what it does
	 * @param text what else it touches
	 * @param button its short name
	 */
	record Mend(boolean done, String title, String text, String button) {
	}

}
