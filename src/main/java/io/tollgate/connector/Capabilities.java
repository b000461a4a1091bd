package io.tollgate.connector;

/**
 * What a kind of PBX can do by itself.
 *
 * @param revertTimer where the clock runs that takes an unconfirmed commit back
 */
public record Capabilities(RevertTimer revertTimer) {

	/**
	 * The place of the revert clock. {@code ON_PBX} works even when the portal dies right
	 * after the commit.
	 */
	public enum RevertTimer {

		ON_PBX, PORTAL, NONE

	}

}
