package io.tollgate.policyfile;

import java.util.List;

import io.tollgate.apply.Alike;

/**
 * What taking over a file would do.
 *
 * @param edits the policies that would become different
 * @param pbxs what an apply would then bring to the PBXs of these policies, also what
 * waits for one already; PBXs with the same changes together
 * @param review stands for the edits and the PBXs that they are about: another one as
 * soon as taking over would do something else
 */
record Planned(List<PolicyEdit> edits, List<Alike> pbxs, String review) {

	Planned {
		edits = List.copyOf(edits);
		pbxs = List.copyOf(pbxs);
	}

}
