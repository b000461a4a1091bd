package io.tollgate.extension;

/**
 * What reading a PBX's extensions changed in the portal.
 *
 * @param added extensions that are new or came back
 * @param vanished extensions that the PBX no longer has
 * @param total extensions that the PBX has
 */
public record SyncResult(int added, int vanished, int total) {
}
