package io.tollgate.extension;

import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says in the audit trail what a group is and who came or went. */
final class GroupWords {

	/** Members written out; the rest is counted. */
	private static final int NAMED = 40;

	private GroupWords() {
	}

	/** The whole group. */
	static String of(ExtensionGroup group, String pbx, Map<String, String> names) {
		return head(group, pbx) + (group.members().isEmpty() ? "" : ": " + members(group.members(), names));
	}

	/**
	 * One side of a change.
	 * @param others the group on the other side
	 * @param after whether this is how it is now
	 */
	static String change(ExtensionGroup group, ExtensionGroup others, boolean after, String pbx,
			Map<String, String> names) {
		var own = new TreeSet<>(group.members());
		own.removeAll(others.members());
		return head(group, pbx) + (own.isEmpty() ? "" : (after ? "\nCame: " : "\nWent: ") + members(own, names));
	}

	private static String head(ExtensionGroup group, String pbx) {
		int count = group.members().size();
		return "%s on %s, %s".formatted(group.name(), pbx,
				(count == 0) ? "no members" : (count == 1) ? "1 member" : "%,d members".formatted(count));
	}

	private static String members(Collection<String> members, Map<String, String> names) {
		var named = members.stream()
			.sorted(Members.ORDER)
			.limit(NAMED)
			.map((number) -> (number + " " + names.getOrDefault(number, "")).strip())
			.collect(Collectors.joining(", "));
		int more = members.size() - NAMED;
		return named + ((more > 0) ? " and %,d more".formatted(more) : "");
	}

}
