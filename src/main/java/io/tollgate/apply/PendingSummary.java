package io.tollgate.apply;

import java.util.List;

/**
 * What waits, over the whole fleet.
 *
 * @param count number of changes; one edit of a policy counts once
 * @param changes each change once
 * @param pbxCount PBXs that still run other rules
 */
public record PendingSummary(int count, List<Change> changes, int pbxCount) {

	public PendingSummary {
		changes = List.copyOf(changes);
	}

}
