package io.tollgate.route;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.tollgate.numbering.NumberSet;

/**
 * Finds rules by the digits that their numbers begin with, so that thousands are no
 * matter.
 */
final class RuleIndex {

	private final TreeMap<String, List<ReadRule>> rules = new TreeMap<>();

	void add(ReadRule rule) {
		this.rules.computeIfAbsent(rule.dialled().fixedBeginning(), (beginning) -> new ArrayList<>()).add(rule);
	}

	/** All rules that could cover the numbers: those that begin with fewer digits. */
	void forWider(NumberSet numbers, Consumer<ReadRule> consumer) {
		String beginning = numbers.fixedBeginning();
		for (int length = 0; length <= beginning.length(); length++) {
			this.rules.getOrDefault(beginning.substring(0, length), List.of()).forEach(consumer);
		}
	}

	/** All rules that have some number, or the beginning of it, in common with these. */
	List<NumberSet> overlapping(NumberSet numbers) {
		var found = new ArrayList<NumberSet>();
		Consumer<ReadRule> check = (rule) -> {
			var longer = rule.dialled().orLonger();
			if (longer.overlaps(numbers)) {
				found.add(longer);
			}
		};
		forWider(numbers, check);
		String beginning = numbers.fixedBeginning();
		this.rules.subMap(beginning, false, beginning + '\uffff', false)
			.values()
			.forEach((some) -> some.forEach(check));
		return found;
	}

}
