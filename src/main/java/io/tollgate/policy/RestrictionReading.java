package io.tollgate.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

import io.tollgate.numbering.NumberingPlan;
import io.tollgate.policy.RestrictionChange.Emergency;
import io.tollgate.policy.RestrictionChange.LocalNumber;
import io.tollgate.policy.RestrictionChange.NationalForm;
import io.tollgate.policy.RestrictionChange.NoNumber;
import io.tollgate.policy.RestrictionChange.OwnCountry;
import io.tollgate.policy.RestrictionChange.Refused;
import io.tollgate.policy.RestrictionChange.TooWide;
import org.jspecify.annotations.Nullable;

/**
 * Reads what people type for a restriction: {@code +1 900}, {@code 1-900-XXXXXXX},
 * {@code 011881.}, {@code _1900XXXXXXX}, {@code NXX976XXXX}.
 *
 * @param entries what it restricts; empty when it is refused
 * @param assumed what had to be assumed about it, {@code null} for nothing
 * @param refused why it cannot be an entry, {@code null} when it can
 */
record RestrictionReading(SortedSet<String> entries, @Nullable Assumed assumed, @Nullable Refused refused) {

	/** A pattern with more meanings is hardly meant as it stands. */
	private static final int MOST_MEANINGS = 100;

	private static final int AREA_AND_NUMBER = 10;

	private static final int LOCAL_NUMBER = 7;

	RestrictionReading {
		entries = Collections.unmodifiableSortedSet(new TreeSet<>(entries));
	}

	private static RestrictionReading refused(Refused refused) {
		return new RestrictionReading(new TreeSet<>(), null, refused);
	}

	static RestrictionReading of(String typed, PolicyRules rules) {
		var plain = typed.strip().replaceFirst("^'", "").replaceFirst("^_", "").toUpperCase(Locale.ROOT);
		var prefix = prefix(plain, rules);
		var tokens = tokens(plain.substring(prefix.length()));
		if (tokens == null || tokens.isEmpty()) {
			return refused(new NoNumber(typed.strip()));
		}
		var nanp = NumberingPlan.of(rules.homeCountry()).isNanp();
		int length = tokens.size();
		while (!tokens.isEmpty() && isWild(tokens.getLast())) {
			tokens.removeLast();
		}
		if (tokens.isEmpty()) {
			return refused(new NoNumber(typed.strip()));
		}
		if (!prefix.isEmpty()) {
			return judged(tokens, null, typed, rules);
		}
		if (tokens.getFirst().equals("0")) {
			return refused(new NationalForm(typed.strip(), NumberingPlan.of(rules.homeCountry()).callingCode()));
		}
		var digits = String.join("", tokens);
		var emergency = rules.emergencyNumbers().stream().filter((number) -> number.startsWith(digits)).findFirst();
		if (emergency.isPresent() && !(RestrictionEntry.refused(digits, rules) instanceof OwnCountry)) {
			return refused(new Emergency(digits, emergency.get()));
		}
		return (nanp && !"1".equals(tokens.getFirst())) ? northAmerican(tokens, length, typed, rules)
				: judged(tokens, null, typed, rules);
	}

	/** Without a country code, at home in +1: ten digits, seven digits, or foreign. */
	private static RestrictionReading northAmerican(List<String> tokens, int length, String typed, PolicyRules rules) {
		if (length == AREA_AND_NUMBER) {
			tokens.addFirst("1");
			return judged(tokens, Assumed.AREA_CODE, typed, rules);
		}
		if (length == LOCAL_NUMBER) {
			return String.join("", tokens).startsWith("976")
					? judged(exchange(tokens), Assumed.EVERY_AREA_CODE, typed, rules)
					: refused(new LocalNumber(typed.strip()));
		}
		boolean likeAnAreaCode = tokens.size() == 3 && tokens.stream().noneMatch(RestrictionReading::isWild);
		return judged(tokens, likeAnAreaCode ? Assumed.COUNTRY_CODE : null, typed, rules);
	}

	private static List<String> exchange(List<String> tokens) {
		var all = new ArrayList<>(List.of("1", "X", "X", "X"));
		all.addAll(tokens);
		return all;
	}

	private static RestrictionReading judged(List<String> tokens, @Nullable Assumed assumed, String typed,
			PolicyRules rules) {
		var said = assumed;
		var entries = new TreeSet<String>();
		if (isExchange(tokens)) {
			entries.add("1XXX" + String.join("", tokens.subList(4, tokens.size())));
		}
		else if (String.join("", tokens).equals("1976")) {
			said = Assumed.EXCHANGE;
			entries.add("1XXX976");
		}
		else {
			entries.addAll(meanings(tokens));
		}
		if (entries.isEmpty()) {
			return refused(new TooWide(typed.strip()));
		}
		for (String entry : entries) {
			var refused = RestrictionEntry.refused(entry, rules);
			if (refused != null) {
				return refused((refused instanceof NoNumber) ? new NoNumber(typed.strip()) : refused);
			}
		}
		return new RestrictionReading(entries, said, null);
	}

	/** 1, any area code, and digits: {@code 1NXX976}. */
	private static boolean isExchange(List<String> tokens) {
		return tokens.size() > 4 && tokens.getFirst().equals("1")
				&& tokens.subList(1, 4).stream().allMatch((token) -> isWild(token))
				&& tokens.subList(4, tokens.size()).stream().noneMatch((token) -> token.length() > 1 || isWild(token));
	}

	/** Every number that the digits and sets spell, none when there are too many. */
	private static List<String> meanings(List<String> tokens) {
		var all = List.of("");
		for (String token : tokens) {
			var more = new ArrayList<String>();
			for (String begun : all) {
				choices(token).chars().forEach((digit) -> more.add(begun + (char) digit));
			}
			if (more.size() > MOST_MEANINGS) {
				return List.of();
			}
			all = more;
		}
		return all;
	}

	private static String choices(String token) {
		return switch (token) {
			case "X" -> "0123456789";
			case "Z" -> "123456789";
			case "N" -> "23456789";
			default -> token;
		};
	}

	private static boolean isWild(String token) {
		return "XNZ".contains(token);
	}

	/**
	 * What of it says that the number is international, the longest; empty for nothing.
	 */
	private static String prefix(String typed, PolicyRules rules) {
		var prefixes = new TreeSet<>(rules.internationalPrefixes());
		prefixes.addAll(Policies.USUAL_PREFIXES);
		var found = "";
		for (String prefix : prefixes) {
			if (typed.startsWith(prefix) && prefix.length() > found.length()) {
				found = prefix;
			}
		}
		return found;
	}

	/**
	 * One string for each position: a digit, X, N, Z, or the digits of a set. What stands
	 * between digits to read them better is left out, and so is an open end.
	 * @return {@code null} for what is no pattern
	 */
	private static @Nullable List<String> tokens(String typed) {
		var pattern = typed.replaceFirst("[.!]+$", "");
		var tokens = new ArrayList<String>();
		for (int at = 0; at < pattern.length(); at++) {
			char c = pattern.charAt(at);
			if (c == '[') {
				int end = pattern.indexOf(']', at);
				var set = (end > 0) ? set(pattern.substring(at + 1, end)) : "";
				if (set.isEmpty()) {
					return null;
				}
				tokens.add(set);
				at = end;
			}
			else if (isDigit(c) || isWild(String.valueOf(c))) {
				tokens.add(String.valueOf(c));
			}
			else if (!Character.isSpaceChar(c) && "-()/\t".indexOf(c) < 0) {
				return null;
			}
		}
		return tokens;
	}

	/** The digits of {@code 2-46}, empty for anything else. */
	private static String set(String inside) {
		var digits = new TreeSet<Character>();
		for (int at = 0; at < inside.length(); at++) {
			boolean range = at + 2 < inside.length() && inside.charAt(at + 1) == '-';
			char last = inside.charAt(range ? at + 2 : at);
			if (!isDigit(inside.charAt(at)) || !isDigit(last)) {
				return "";
			}
			for (char digit = inside.charAt(at); digit <= last; digit++) {
				digits.add(digit);
			}
			at += range ? 2 : 0;
		}
		var set = new StringBuilder();
		digits.forEach(set::append);
		return set.toString();
	}

	private static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

	/** What was not written and had to be assumed. */
	enum Assumed {

		/** Ten digits at home in +1: an area code, not a country code. */
		AREA_CODE,
		/** Three digits at home in +1: a country code, not an area code. */
		COUNTRY_CODE,
		/** Seven digits: the exchange in every area code. */
		EVERY_AREA_CODE,
		/** 976 is an exchange; as an area code it does not exist. */
		EXCHANGE

	}

}
