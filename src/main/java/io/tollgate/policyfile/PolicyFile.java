package io.tollgate.policyfile;

import java.util.List;
import java.util.Map;

/**
 * A file that could be read.
 *
 * @param lines where each part of it stands, counted from 1, by JSON pointer
 */
record PolicyFile(List<WrittenPolicy> policies, Map<String, Integer> lines) {

	PolicyFile {
		policies = List.copyOf(policies);
		lines = Map.copyOf(lines);
	}

	/** The line of that part, or of what it is a part of. */
	int line(String path) {
		for (var at = path; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
			var line = this.lines.get(at);
			if (line != null) {
				return line;
			}
		}
		return 1;
	}

}
