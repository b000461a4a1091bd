package io.tollgate.connector.asterisk;

import java.util.SortedMap;
import java.util.TreeMap;

/** The two slots of a PBX: one in use, one free to be written. */
final class Slots {

	private Slots() {
	}

	static char other(char slot) {
		return (slot == 'a') ? 'b' : 'a';
	}

	/** Says nothing of success: only what runs afterwards does. */
	static void reload(AmiClient client) {
		client.call(AmiAction.reloadDialplan()).required();
	}

	/** The rows of one generation, as the PBX has them. */
	static SortedMap<String, String> rows(AmiClient client, int generation) {
		var start = generation + "/";
		var rows = new TreeMap<String, String>();
		PbxState.tree(client.call(AmiAction.dbGetTree(generation)).required())
			.forEach((key, value) -> rows.put(key.startsWith(start) ? key.substring(start.length()) : key, value));
		return rows;
	}

	/**
	 * Whether a slot that is there, in whole or in part, lets other emergency numbers
	 * pass.
	 */
	static boolean emergencyDiffers(PbxState state, char slot, SortedMap<String, String> lines) {
		return emergencyDiffers(state.slot(slot), lines);
	}

	private static boolean emergencyDiffers(PbxState.Slot found, SortedMap<String, String> lines) {
		var wanted = AsteriskDialect.emergency(lines, found.letter()).steps(SlotText.emergencyContext(found.letter()));
		return (found.present() || !found.emergency().isEmpty())
				&& !found.emergency().stream().sorted().toList().equals(wanted.stream().sorted().toList());
	}

	/**
	 * Brings the emergency numbers of the slot out of use up to date: the guard looks at
	 * both slots. Its routes stay, for the generation before.
	 */
	static void tidy(AmiClient client, Rights rights, char unused, SortedMap<String, String> lines) {
		if (!rights.config() || !emergencyDiffers(PbxState.Slot.readLists(client, unused), lines)) {
			return;
		}
		PortalFile.writeContext(client, GuardText.slotFile(unused), SlotText.emergencyContext(unused),
				AsteriskDialect.emergency(lines, unused));
		reload(client);
	}

}
