package io.tollgate.route;

/**
 * A trunk as FreePBX keeps it. All of it may be anything.
 *
 * @param id of FreePBX; 0 for the one that a file of patterns leaves open
 * @param name what people call it
 * @param tech {@code pjsip}, {@code sip}, {@code dahdi}, {@code custom}, …
 * @param channel the endpoint, the group of lines or, of a custom one, what is dialled
 * @param off whether FreePBX does not use it
 * @param rewrites whether it changes numbers itself, which is not taken over
 */
record FreePbxTrunk(int id, String name, String tech, String channel, boolean off, boolean rewrites) {

	/** What dials it, as trunks of a PBX have it; empty when that cannot be told. */
	String dial() {
		if (this.channel.isEmpty()) {
			return "";
		}
		return this.tech.equalsIgnoreCase("custom") ? this.channel.replaceFirst("^AMP:", "")
				: (this.tech.equalsIgnoreCase("zap") ? "dahdi" : this.tech) + "/" + this.channel + "/" + Trunk.NUMBER;
	}

}
