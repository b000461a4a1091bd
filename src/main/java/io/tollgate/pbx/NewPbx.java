package io.tollgate.pbx;

/**
 * A PBX to be added to the fleet.
 *
 * @param connection its name and how it is reached
 * @param simulated whether it is one of the portal's own simulated PBXs
 * @param policyId the dialing policy it shall obey
 */
public record NewPbx(PbxConnection connection, boolean simulated, long policyId) {
}
