package io.tollgate.route;

import java.util.List;

/**
 * What a file or pasted text would bring to the table of dial patterns.
 *
 * @param typed the text
 * @param refusal why it cannot be read at all, empty when it can
 * @param count how many rules it has
 * @param rules the first of them
 * @param bad what is no rule, by line
 * @param assumptions what was taken for granted
 */
record ImportPreview(String typed, String refusal, int count, List<Line> rules, List<Line> bad,
		List<String> assumptions) {

	private static final int SHOWN = 50;

	/** Before anything was typed. */
	static final ImportPreview NONE = new ImportPreview("", "", 0, List.of(), List.of(), List.of());

	static ImportPreview of(String typed, RouteWords words) {
		return switch (PatternCsv.parse(typed)) {
			case PatternCsv.Refused refused -> new ImportPreview(typed,
					words.say("route.csv.refused." + refused.code(), refused.arguments().toArray()), 0, List.of(),
					List.of(), List.of());
			case PatternCsv.Preview preview -> new ImportPreview(typed, "", preview.rows().size(),
					preview.rows()
						.stream()
						.limit(SHOWN)
						.map((row) -> new Line(row.line(), text(row.rule()), ""))
						.toList(),
					preview.bad()
						.stream()
						.map((row) -> new Line(row.line(), row.text(),
								words.say(row.message(), row.arguments().toArray())))
						.toList(),
					preview.assumptions()
						.stream()
						.map((assumed) -> words.say("route.csv.assumed." + assumed.code(), assumed.argument()))
						.toList());
		};
	}

	/** As it stands in the table: {@code 1 + 9 | NXXNXXXXXX / 31XX}. */
	static String text(DialRule rule) {
		return (rule.prepend().isEmpty() ? "" : rule.prepend() + " + ")
				+ (rule.prefix().isEmpty() ? "" : rule.prefix() + " | ") + rule.match()
				+ (rule.callerId().isEmpty() ? "" : " / " + rule.callerId());
	}

	/** How many rules are not shown. */
	public int more() {
		return this.count - this.rules.size();
	}

	/**
	 * A line of the text.
	 *
	 * @param number from 1
	 * @param text what it says
	 * @param reason why it is no rule, empty when it is one
	 */
	record Line(int number, String text, String reason) {
	}

}
