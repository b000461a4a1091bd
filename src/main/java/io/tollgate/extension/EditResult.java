package io.tollgate.extension;

/**
 * What became of an edit of many extensions.
 *
 * @param selected extensions it was meant for, without those that the PBXs no longer have
 * @param changed extensions that have other restrictions now than before
 */
public record EditResult(int selected, int changed) {
}
