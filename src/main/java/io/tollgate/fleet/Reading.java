package io.tollgate.fleet;

import io.tollgate.extension.SyncResult;
import io.tollgate.pbx.GuardStatus;
import io.tollgate.pbx.Pbx;
import io.tollgate.route.TrunkSync;

/**
 * What reading a PBX found.
 *
 * @param pbx the PBX
 * @param software what it says it is
 * @param guard the state of the guard
 * @param extensions how many extensions it has
 * @param trunks how many usable trunks it has
 * @param extensionChanges what that changed among the extensions
 * @param trunkChanges what that changed among the trunks
 */
public record Reading(Pbx pbx, String software, GuardStatus guard, int extensions, int trunks,
		SyncResult extensionChanges, TrunkSync trunkChanges) {
}
