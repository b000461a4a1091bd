package io.tollgate.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.DialPattern;
import io.tollgate.numbering.NumberSet;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.policy.Exemption;

/**
 * How a policy reads numbers: national or international, which restriction they fall
 * under, whether their country is allowed. A number comes as two texts, what a route puts
 * in front and the rest, so that nothing is put together.
 */
final class CompiledNumbers {

	/** What {@link #read} says: the number is international. */
	static final int ABROAD = 1 << 16;

	/** Its country is allowed, or every country is. */
	static final int ALLOWED = 1 << 17;

	/** It can be told in full. */
	static final int FULL = 1 << 18;

	/** It is sent on with the dialing code in front of what follows the prefix. */
	static final int DIALING_CODE = 1 << 19;

	/** The restriction, from 1; 0 for none. */
	private static final int RESTRICTION = 0xffff;

	private static final int PREFIX_SHIFT = 20;

	/** What the beginning of a number is worth: the length of the prefix, and these. */
	private static final int TERRITORY = 1 << 8;

	private static final int TERRITORY_WITHOUT_1 = 1 << 9;

	private static final int NATIONAL_PREFIX = 1 << 10;

	private static final int PREFIX_LENGTH = 0xff;

	private static final String EXCHANGE = "1XXX";

	private static final int LONGEST_ENTRY = 15;

	private final NumberingPlan plan;

	private final boolean protectedAbroad;

	private final Automaton beginnings;

	private final Automaton full;

	/** State of {@link #full} after the calling code of the home country. */
	private final int atHome;

	/** Restrictions, from 1, of the exchanges of the +1 plan. */
	private final int[] exchanges = new int[1000];

	CompiledNumbers(Snapshot snapshot) {
		this.plan = NumberingPlan.of(snapshot.policy().homeCountry());
		this.protectedAbroad = snapshot.policy().protectionEnabled();
		this.beginnings = beginnings(snapshot);
		this.full = full(snapshot);
		this.atHome = this.full.read(Automaton.START, this.plan.callingCode(), 0);
		numbersOfEntries(snapshot).forEach((entry, number) -> {
			if (entry.matches(EXCHANGE + "[0-9]{3}")) {
				this.exchanges[Integer.parseInt(entry.substring(EXCHANGE.length()))] = number;
			}
		});
	}

	/**
	 * Those with an exemption by numbers from 2 on; all others need not be told apart.
	 */
	static TreeMap<String, Integer> numbersOfEntries(Snapshot snapshot) {
		var exempted = snapshot.restrictions().exemptions().stream().map(Exemption::entry).collect(Collectors.toSet());
		var numbers = new TreeMap<String, Integer>();
		int last = 1;
		for (var entry : snapshot.restrictions().entries()) {
			numbers.put(entry, exempted.contains(entry) ? ++last : 1);
		}
		return numbers;
	}

	private static Automaton beginnings(Snapshot snapshot) {
		var policy = snapshot.policy();
		var plan = NumberingPlan.of(policy.homeCountry());
		var sets = new ArrayList<NumberSet>();
		var meanings = new ArrayList<Beginning>();
		policy.internationalPrefixes().stream().filter((prefix) -> prefix.matches("\\+?[0-9]*")).forEach((prefix) -> {
			sets.add(beginningWith(prefix));
			meanings.add(new Beginning(prefix.length(), -1, -1, false));
		});
		if (!plan.nationalPrefix().isEmpty()) {
			sets.add(beginningWith(plan.nationalPrefix()));
			meanings.add(new Beginning(0, -1, -1, true));
		}
		var codes = plan.isNanp() ? CallingCodes.all() : List.<CallingCodeEntry>of();
		for (var entry : codes) {
			boolean foreign = entry.kind() == CallingCodeEntry.Kind.TERRITORY
					&& !entry.regions().contains(policy.homeCountry());
			int worth = 2 * entry.code().length() + (foreign ? 1 : 0);
			sets.add(beginningWith(entry.code()));
			meanings.add(new Beginning(0, worth, -1, false));
			if (entry.code().startsWith("1")) {
				sets.add(beginningWith(entry.code().substring(1)));
				meanings.add(new Beginning(0, -1, worth, false));
			}
		}
		return Automaton.of(sets, (places) -> Beginning.value(meanings, places));
	}

	private static NumberSet beginningWith(String digits) {
		return NumberSet.of(digits).orLonger();
	}

	private static Automaton full(Snapshot snapshot) {
		var sets = new ArrayList<NumberSet>();
		var meanings = new ArrayList<Full>();
		var allowed = snapshot.policy().allowedCodes();
		for (var entry : CallingCodes.all()) {
			sets.add(beginningWith(entry.code()));
			meanings.add(new Full(2 * entry.code().length() + (allowed.contains(entry.code()) ? 1 : 0), 0, 0));
		}
		numbersOfEntries(snapshot).forEach((entry, number) -> {
			if (entry.matches("[0-9]{1," + LONGEST_ENTRY + "}")) {
				sets.add(beginningWith(entry));
				meanings.add(new Full(0, entry.length(), number));
			}
			else if (entry.matches(EXCHANGE + "[0-9]{3}")) {
				sets.add(((DialPattern.Ok) DialPattern.parse(entry + "!")).pattern().numbers());
				meanings.add(new Full(0, 0, number));
			}
		});
		return Automaton.of(sets, (places) -> Full.value(meanings, places));
	}

	/**
	 * What there is to know about a number.
	 * @param head what a route put in front, empty for a dialled number
	 * @param text the rest
	 * @param from where in it the rest begins
	 */
	int read(String head, String text, int from) {
		int beginning = this.beginnings.value(along(this.beginnings, Automaton.START, head, text, from, 0));
		int length = head.length() + text.length() - from;
		int prefix = beginning & PREFIX_LENGTH;
		if ((beginning & TERRITORY) != 0) {
			return abroad(Automaton.START, head, text, from, 0, 0);
		}
		if (prefix > 0) {
			boolean national = this.plan.isNanp() && prefix < length && at(head, text, from, prefix) == '1';
			int known = (prefix << PREFIX_SHIFT) | (national ? 0 : DIALING_CODE);
			int all = abroad(Automaton.START, head, text, from, prefix, known);
			return (prefix < length) ? all : all & ~FULL;
		}
		if (length > 9 && (beginning & TERRITORY_WITHOUT_1) != 0) {
			return abroad(this.atHome, head, text, from, 0, 0);
		}
		return atHome(head, text, from, length, (beginning & NATIONAL_PREFIX) != 0);
	}

	private int abroad(int state, String head, String text, int from, int offset, int known) {
		int value = this.full.value(along(this.full, state, head, text, from, offset));
		int all = (value & (RESTRICTION | ALLOWED)) | ABROAD | FULL | known;
		all = this.protectedAbroad ? all : all | ALLOWED;
		return ((all & RESTRICTION) != 0) ? all : all | exchange(head, text, from);
	}

	/** Follows {@link NumberingPlan#inFull}. */
	private int atHome(String head, String text, int from, int length, boolean nationalPrefix) {
		char first = at(head, text, from, 0);
		boolean whole = length >= 10;
		boolean nanp = this.plan.isNanp();
		int state;
		int offset = 0;
		if (first == '+') {
			return exchange(head, text, from);
		}
		if (nanp && first == '1') {
			state = Automaton.START;
		}
		else if (!nanp && nationalPrefix) {
			state = this.atHome;
			offset = this.plan.nationalPrefix().length();
		}
		else if (nanp ? whole && first != '0' : whole || this.plan.nationalPrefix().isEmpty()) {
			state = this.atHome;
		}
		else {
			return exchange(head, text, from);
		}
		int restriction = this.full.value(along(this.full, state, head, text, from, offset)) & RESTRICTION;
		return FULL | ((restriction != 0) ? restriction : exchange(head, text, from));
	}

	/** Seven digits, without area code. */
	private int exchange(String head, String text, int from) {
		int length = head.length() + text.length() - from;
		if (!this.plan.isNanp() || length < 3 || length > 9) {
			return 0;
		}
		int exchange = 0;
		for (int i = 0; i < 3; i++) {
			int digit = at(head, text, from, i) - '0';
			if (digit < 0 || digit > 9) {
				return 0;
			}
			exchange = 10 * exchange + digit;
		}
		return this.exchanges[exchange];
	}

	private static int along(Automaton automaton, int state, String head, String text, int from, int offset) {
		return (offset < head.length()) ? automaton.readOn(automaton.readOn(state, head, offset), text, from)
				: automaton.readOn(state, text, from + offset - head.length());
	}

	private static char at(String head, String text, int from, int offset) {
		return (offset < head.length()) ? head.charAt(offset) : text.charAt(from + offset - head.length());
	}

	int size() {
		return this.beginnings.size() + this.full.size();
	}

	/** The restriction that it falls under, 0 for none. */
	static int restriction(int read) {
		return read & RESTRICTION;
	}

	/** How long the international prefix is. */
	static int prefix(int read) {
		return read >>> PREFIX_SHIFT;
	}

	/**
	 * What a number begins with.
	 *
	 * @param prefix length of an international prefix
	 * @param code twice the length of a calling code, and 1 for a foreign territory; -1
	 * for none
	 * @param codeWithout1 the same of what follows the 1
	 * @param national whether it is the national prefix
	 */
	private record Beginning(int prefix, int code, int codeWithout1, boolean national) {

		static int value(List<Beginning> meanings, int[] places) {
			int prefix = 0;
			int code = -1;
			int codeWithout1 = -1;
			int value = 0;
			for (int place : places) {
				var meaning = meanings.get(place);
				prefix = Math.max(prefix, meaning.prefix);
				code = Math.max(code, meaning.code);
				codeWithout1 = Math.max(codeWithout1, meaning.codeWithout1);
				value |= meaning.national ? NATIONAL_PREFIX : 0;
			}
			// a long prefix is one, whatever territory begins alike
			value |= (code > 0 && code % 2 == 1 && prefix < 4) ? TERRITORY : 0;
			value |= (codeWithout1 > 0 && codeWithout1 % 2 == 1) ? TERRITORY_WITHOUT_1 : 0;
			return value | prefix;
		}

	}

	/**
	 * What the beginning of a number in full means.
	 *
	 * @param code twice the length of a calling code, and 1 for an allowed one; 0 for
	 * none
	 * @param length of a restriction; 0 for none and for an exchange, which comes after
	 * all others
	 * @param restriction its number
	 */
	private record Full(int code, int length, int restriction) {

		static int value(List<Full> meanings, int[] places) {
			int code = 0;
			int length = -1;
			int restriction = 0;
			for (int place : places) {
				var meaning = meanings.get(place);
				code = Math.max(code, meaning.code);
				if (meaning.restriction > 0 && meaning.length > length) {
					length = meaning.length;
					restriction = meaning.restriction;
				}
			}
			return restriction | ((code % 2 == 1) ? ALLOWED : 0);
		}

	}

}
