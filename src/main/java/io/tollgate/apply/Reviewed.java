package io.tollgate.apply;

/**
 * What a reviewer saw of one PBX.
 *
 * @param checksum of what would be compiled
 * @param driftSeen checksum of what ran there by somebody else's hand, empty for nothing
 */
record Reviewed(String checksum, String driftSeen) {

	static final Reviewed NOTHING = new Reviewed("", "");

	static Reviewed of(String text) {
		int colon = text.indexOf(':');
		return (colon < 0) ? new Reviewed(text, "") : new Reviewed(text.substring(0, colon), text.substring(colon + 1));
	}

	boolean isOf(PbxPending pbx) {
		return pbx.checksum().equals(this.checksum);
	}

	@Override
	public String toString() {
		return this.driftSeen.isEmpty() ? this.checksum : this.checksum + ":" + this.driftSeen;
	}

}
