package io.tollgate.extension;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The members of a group as people write them: {@code 1001-1010, 1020}. A range stands
 * for those extensions in it that there are.
 *
 * @param numbers the extensions
 * @param unknown what names no extension, as typed
 */
record Members(SortedSet<String> numbers, List<String> unknown) {

	/** A shorter number comes first: 99 before 100. */
	static final Comparator<String> ORDER = Comparator.comparingInt(String::length)
		.thenComparing(Comparator.naturalOrder());

	private static final Pattern RANGE = Pattern.compile("([0-9]{1,40})-([0-9]{1,40})");

	/** Fewer neighbours are easier to read one by one. */
	private static final int SHORTEST_RUN = 3;

	/**
	 * Reads what was typed.
	 * @param there the extensions that can be meant
	 */
	static Members read(String typed, SortedSet<String> there) {
		var sorted = new TreeSet<>(ORDER);
		sorted.addAll(there);
		var numbers = new TreeSet<String>();
		var unknown = new ArrayList<String>();
		for (String word : typed.replaceAll("\\s*[-\u2013]\\s*", "-").split("[\\s,;]+")) {
			var range = RANGE.matcher(word);
			if (sorted.contains(word)) {
				numbers.add(word);
			}
			else if (range.matches()) {
				var within = within(sorted, range.group(1), range.group(2));
				numbers.addAll(within);
				if (within.isEmpty()) {
					unknown.add(word);
				}
			}
			else if (!word.isEmpty() && !unknown.contains(word)) {
				unknown.add(word);
			}
		}
		return new Members(numbers, unknown);
	}

	/** Numbers only: letters sort somewhere, but nobody means them by a range. */
	private static List<String> within(TreeSet<String> sorted, String first, String last) {
		return (ORDER.compare(first, last) > 0) ? List.of()
				: sorted.subSet(first, true, last, true)
					.stream()
					.filter((number) -> number.chars().allMatch((c) -> c >= '0' && c <= '9'))
					.toList();
	}

	/** The same the other way round, neighbours as a range. */
	static String words(SortedSet<String> numbers) {
		var sorted = new TreeSet<>(ORDER);
		sorted.addAll(numbers);
		var words = new ArrayList<String>();
		var run = new ArrayList<String>();
		for (String number : sorted) {
			if (!run.isEmpty() && !isNext(run.getLast(), number)) {
				add(run, words);
			}
			run.add(number);
		}
		add(run, words);
		return String.join(", ", words);
	}

	/**
	 * The first of them in words.
	 * @param most letters, as far as they go
	 */
	static String inShort(SortedSet<String> numbers, int most) {
		var words = words(numbers);
		int end = words.lastIndexOf(", ", most);
		return (words.length() <= most || end < 0) ? words : words.substring(0, end) + ", …";
	}

	private static void add(List<String> run, List<String> words) {
		if (run.size() < SHORTEST_RUN) {
			words.addAll(run);
		}
		else {
			words.add(run.getFirst() + "-" + run.getLast());
		}
		run.clear();
	}

	private static boolean isNext(String one, String other) {
		return one.length() == other.length() && one.matches("[0-9]+") && other.matches("[0-9]+")
				&& new BigInteger(one).add(BigInteger.ONE).equals(new BigInteger(other));
	}

}
