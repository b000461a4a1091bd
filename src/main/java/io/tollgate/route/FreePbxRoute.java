package io.tollgate.route;

import java.util.List;

/**
 * A route as FreePBX keeps it. All of it may be anything. Its password is not here.
 *
 * @param name what people call it
 * @param emergency whether it is one for emergency numbers
 * @param internal whether it leads to another site of the company
 * @param callerId as typed: {@code "Office" <5035550100>}
 * @param overrides whether that stands in front of the caller's own number
 * @param asks whether it asks for a password or a PIN
 * @param timed whether it is there at some hours only
 * @param left what it has that there is none of here: codes under
 * {@code routes.freepbx.left}
 * @param rules its patterns
 * @param trunks ids in the order in which they are tried
 * @param bad what is no pattern, and why in words
 */
record FreePbxRoute(String name, boolean emergency, boolean internal, String callerId, boolean overrides, boolean asks,
		boolean timed, List<String> left, List<DialRule> rules, List<Integer> trunks, List<Bad> bad) {

	FreePbxRoute {
		left = List.copyOf(left);
		rules = List.copyOf(rules);
		trunks = List.copyOf(trunks);
		bad = List.copyOf(bad);
	}

	/**
	 * A pattern that cannot be taken over.
	 *
	 * @param text as it stands in the file
	 * @param why in words
	 */
	record Bad(String text, String why) {
	}

}
