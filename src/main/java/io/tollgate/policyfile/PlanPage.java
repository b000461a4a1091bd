package io.tollgate.policyfile;

import java.util.List;
import java.util.UUID;

/**
 * What a file would do, as it is shown.
 *
 * @param name of the file
 * @param faults why it cannot be taken over; then there is nothing else
 * @param policies those that would become different
 * @param pending what an apply would then bring to their PBXs
 * @param review stands for what is shown
 */
record PlanPage(UUID id, String name, boolean prune, List<FaultLine> faults, List<Told.OfPolicy> policies,
		List<Block> pending, String review) {

	PlanPage {
		faults = List.copyOf(faults);
		policies = List.copyOf(policies);
		pending = List.copyOf(pending);
	}

	/** What is wrong, and where: a line, and a JSON pointer, empty for all of it. */
	record FaultLine(int line, String path, String text) {
	}

	/**
	 * PBXs that an apply would bring the same.
	 *
	 * @param names some of them
	 * @param others how many more there are
	 */
	record Block(String names, int others, List<String> changes, List<String> problems) {

		/** More than this in one line help nobody. */
		private static final int NAMED = 5;

		static Block of(Told.OnPbxs told) {
			return new Block(String.join(", ", told.pbxs().stream().limit(NAMED).toList()),
					Math.max(0, told.pbxs().size() - NAMED), told.changes(), told.problems());
		}

	}

}
