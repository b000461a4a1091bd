package io.tollgate.tester;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** What the page shows for a question. */
sealed interface Answer {

	/** For the template: which kind it is. */
	default String kind() {
		return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
	}

	/** Nothing was asked yet. */
	record Nothing() implements Answer {
	}

	/**
	 * The question cannot be answered.
	 *
	 * @param field which field to look at: {@code extension}, {@code number} or
	 * {@code when}
	 * @param text what to do
	 * @param choices PBXs to choose from when the extension exists on several
	 */
	record Unclear(String field, String text, List<Choice> choices) implements Answer {
	}

	/**
	 * The verdict.
	 *
	 * @param extension the caller as people know it
	 * @param pbx the name of its PBX
	 * @param policy the name of its policy
	 * @param shown the verdict under the rules that were asked for
	 * @param live the verdict of what the PBX runs, {@code null} when nothing was ever
	 * applied there
	 * @param draft the verdict after an apply
	 * @param pending how many changes that apply would bring
	 * @param generation what the PBX runs, {@code null} for nothing
	 * @param hints what is odd about the number as it was typed
	 * @param samples other numbers worth a try
	 */
	record Told(String extension, String pbx, String policy, Judged shown, @Nullable Judged live, Judged draft,
			int pending, @Nullable Integer generation, List<String> hints, List<Sample> samples) implements Answer {
	}

	/**
	 * Who may dial a number.
	 *
	 * @param pbxs every PBX that was asked about, by name
	 */
	record Who(String number, List<OnPbx> pbxs, List<String> hints) implements Answer {
	}

	/**
	 * Who may on one PBX.
	 *
	 * @param may how many extensions may
	 * @param all how many there are
	 * @param parts the extensions by what decides, those that may first
	 * @param applied whether there are rules to ask: nothing may have been applied yet
	 */
	record OnPbx(long id, String name, int may, int all, List<Part> parts, boolean applied) {
	}

	/**
	 * Extensions for which the same decides.
	 *
	 * @param extensions their numbers
	 */
	record Part(boolean allowed, String why, List<String> extensions) {

		public String listed() {
			return String.join(", ", this.extensions);
		}

	}

	record Sample(String number, String label, boolean allowed) {
	}

	record Choice(long id, String name) {
	}

}
