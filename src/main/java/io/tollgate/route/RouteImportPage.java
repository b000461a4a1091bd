package io.tollgate.route;

import java.util.List;
import java.util.SortedSet;

import io.tollgate.pbx.Pbx;

/**
 * What a file of FreePBX would bring.
 *
 * @param carried what was read, for the next page
 * @param shown the fingerprint of what it would bring
 * @param known the trunks of the PBX
 * @param above whether they go above the routes that are there
 * @param pinsUnknown whether the file does not tell which routes ask for a set of PINs
 */
record RouteImportPage(Pbx pbx, String carried, String shown, SortedSet<String> known, List<TrunkLine> trunks,
		List<Line> routes, boolean above, boolean pinsUnknown) {

	/** How many are chosen. */
	public long chosen() {
		return this.routes.stream().filter(Line::chosen).count();
	}

	/**
	 * A trunk of the file.
	 *
	 * @param name what people call it
	 * @param dial how FreePBX dials it
	 * @param chosen the trunk of the PBX, empty for none
	 * @param notes codes under {@code routes.freepbx.trunk}
	 */
	record TrunkLine(int id, String name, String dial, String chosen, List<String> notes) {
	}

	/**
	 * A route of the file.
	 *
	 * @param index from 0
	 * @param type {@link RouteType}
	 * @param patterns the first of its patterns
	 * @param more how many others there are
	 * @param goal its trunks in their order
	 */
	record Line(int index, String name, String type, boolean enabled, boolean possible, boolean chosen,
			List<String> patterns, int more, String goal, String callerId, List<String> refusals, List<String> notes,
			List<FreePbxRoute.Bad> bad) {
	}

}
