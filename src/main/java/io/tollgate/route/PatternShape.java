package io.tollgate.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.regex.Pattern;

import io.tollgate.numbering.DialPattern;
import io.tollgate.numbering.DialledNumber;
import io.tollgate.numbering.NumberSet;
import io.tollgate.numbering.NumberingPlan;
import org.jspecify.annotations.Nullable;

/**
 * Whether a pattern has the shape of numbers that exist, and the pattern that was
 * probably meant.
 */
final class PatternShape {

	/** Up to here it may be an extension or a short code. */
	static final int LONGEST_SHORT_NUMBER = 6;

	private static final int LOCAL = 7;

	private static final int NATIONAL = 10;

	/** Digits of an international number, with its country code. */
	private static final int INTERNATIONAL = 15;

	/** A character or a set. */
	private static final Pattern PIECE = Pattern.compile("\\[[^]]*]|.");

	private static final Pattern BARE_976 = Pattern.compile("(1|\\+1|0111|001)?976.*");

	private static final NumberSet ONE = NumberSet.of("1");

	private static final NumberSet DIGIT = set("X");

	private static final NumberSet AREA_CODE = set("N");

	private static final NumberSet PLUS = NumberSet.of("+");

	private final boolean nanp;

	private final SortedSet<String> codes;

	private static NumberSet set(String pattern) {
		if (DialPattern.parse(pattern) instanceof DialPattern.Ok(DialPattern parsed)) {
			return parsed.numbers();
		}
		throw new IllegalStateException(pattern);
	}

	PatternShape(NumberingPlan home) {
		this.nanp = home.isNanp();
		this.codes = CostlyNumbers.internationalCodes(home);
	}

	/**
	 * Whether no number has so many digits.
	 * @param numbers what to count: as dialled, or as sent
	 */
	List<RuleWarning> length(ReadRule rule, NumberSet numbers) {
		var text = rule.pattern().text();
		int shortest = numbers.shortest();
		var before = international(numbers);
		if (before.isPresent()) {
			int code = before.get();
			if (isNanp(numbers, code)) {
				return wrongLength(rule, numbers, code, 1 + NATIONAL);
			}
			return (shortest > code + INTERNATIONAL)
					? List.of(RuleWarning.of("too-many-digits", text, shortest - code, INTERNATIONAL)) : List.of();
		}
		if (this.nanp && shortest > LOCAL && isNanp(numbers, 0)) {
			return wrongLength(rule, numbers, 0, 1 + NATIONAL);
		}
		if (this.nanp && shortest > LOCAL && numbers.beginning(1).equals(AREA_CODE)) {
			return wrongLength(rule, numbers, 0, NATIONAL);
		}
		return List.of();
	}

	/** How many characters stand before the country code; empty for a national number. */
	private Optional<Integer> international(NumberSet numbers) {
		var beginning = numbers.fixedBeginning();
		return beginning.startsWith("+") ? Optional.of(1)
				: this.codes.stream().filter(beginning::startsWith).map(String::length).findFirst();
	}

	/** A one, and then an area code, which begins with 2-9. */
	private static boolean isNanp(NumberSet numbers, int from) {
		return numbers.takesOnly(from, ONE) && numbers.takesOnly(from + 1, AREA_CODE);
	}

	private static List<RuleWarning> wrongLength(ReadRule rule, NumberSet numbers, int before, int right) {
		int digits = numbers.shortest() - before;
		OptionalInt longest = numbers.longest();
		if (longest.isPresent() ? digits == right : digits <= right) {
			return List.of();
		}
		return List.of(RuleWarning.of("length", rule.pattern().text(), digits, right)
			.offering(withDigits(rule, right - digits)));
	}

	/** The match pattern with so many digits more or less at its end. */
	private static @Nullable String withDigits(ReadRule rule, int more) {
		var pieces = pieces(rule);
		boolean open = !pieces.isEmpty() && isWildcard(pieces.getLast());
		if (more > 0) {
			return open ? null : String.join("", pieces) + "X".repeat(more);
		}
		var end = open ? pieces.removeLast() : "";
		for (int i = more; i < 0; i++) {
			if (pieces.isEmpty() || !isWide(pieces.removeLast())) {
				return null;
			}
		}
		return usable(rule, String.join("", pieces) + end);
	}

	/** 976 is an exchange of every area code, not an area code. */
	List<RuleWarning> exchange976(ReadRule rule) {
		var numbers = rule.dialled();
		var found = BARE_976.matcher(numbers.fixedBeginning());
		if (!this.nanp || !found.matches()) {
			return List.of();
		}
		@Nullable String before = found.group(1);
		if (before == null && numbers.shortest() <= LOCAL) {
			return List.of();
		}
		var meant = (before == null) ? "NXX976XXXX!" : before + "NXX976!";
		return List.of(RuleWarning.of("exchange-976", rule.pattern().text(), meant)
			.offering(rule.prefix().isEmpty() ? meant : null));
	}

	/** Whether the PBX refuses what is dialled before any route is asked. */
	List<RuleWarning> never(ReadRule rule) {
		var numbers = rule.dialled();
		for (int place = 0; place < numbers.shortest(); place++) {
			if (!numbers.takesSome(place, DIGIT) && !(place == 0 && numbers.takesSome(0, PLUS))) {
				return List.of(RuleWarning.of("never-character", rule.pattern().text(), numbers.characters(place)));
			}
		}
		return (numbers.shortest() > DialledNumber.MAX_LENGTH)
				? List.of(RuleWarning.of("never-long", rule.pattern().text(), DialledNumber.MAX_LENGTH)) : List.of();
	}

	/** FreePBX drops lower-case letters when it saves. */
	List<RuleWarning> lowerCase(ReadRule rule) {
		var typed = rule.rule().match();
		return typed.equals(typed.toUpperCase(Locale.ROOT)) ? List.of()
				: List.of(RuleWarning.of("lower-case", rule.pattern().text()).offering(String.join("", pieces(rule))));
	}

	/**
	 * The pattern that also takes whatever is longer. Where the beginning alone says what
	 * is meant, it is enough; a national number of the +1 plan must be whole, for local
	 * ones of seven digits begin like that too.
	 */
	@Nullable String prefixForm(ReadRule rule) {
		var pieces = pieces(rule);
		var whole = String.join("", pieces) + "!";
		boolean telling = international(rule.dialled()).isPresent() || (this.nanp && isNanp(rule.dialled(), 0));
		while (!pieces.isEmpty() && isWide(pieces.getLast())) {
			pieces.removeLast();
		}
		boolean enough = rule.prefix().length() + pieces.size() >= 3;
		return usable(rule, (telling && enough) ? String.join("", pieces) + "!" : whole);
	}

	/** What is offered must be a pattern. */
	private static @Nullable String usable(ReadRule rule, String match) {
		return (DialPattern.parse(rule.prefix() + match) instanceof DialPattern.Ok) ? match : null;
	}

	/** The match pattern, place by place. */
	private static List<String> pieces(ReadRule rule) {
		var match = rule.pattern().text().substring(rule.pattern().text().length() - matchLength(rule));
		return new ArrayList<>(PIECE.matcher(match).results().map((piece) -> piece.group()).toList());
	}

	private static int matchLength(ReadRule rule) {
		return rule.pattern().text().length() - rule.prefix().length();
	}

	private static boolean isWide(String piece) {
		return piece.equals("X") || piece.equals("Z") || piece.equals("N");
	}

	private static boolean isWildcard(String piece) {
		return piece.equals(".") || piece.equals("!");
	}

}
