package io.tollgate.connector;

import java.util.List;

/**
 * The difference of two configurations in the PBX's own words, sorted.
 *
 * @param removed lines that only the old one has
 * @param added lines that only the new one has
 */
public record ConfigDiff(List<String> removed, List<String> added) {

	public ConfigDiff {
		removed = List.copyOf(removed);
		added = List.copyOf(added);
	}

	public boolean isEmpty() {
		return this.removed.isEmpty() && this.added.isEmpty();
	}

}
