package io.tollgate.extension;

/**
 * One extension of one PBX.
 *
 * @param id identity in the portal
 * @param pbxId its PBX
 * @param number its number, which is the name of its endpoint
 * @param name who it belongs to, as the PBX says; may be empty
 * @param present whether the PBX still has it
 * @param restrictions what it may not do
 */
public record Extension(long id, long pbxId, String number, String name, boolean present,
		CallRestrictions restrictions) {
}
