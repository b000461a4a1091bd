package io.tollgate.fleet;

import org.jspecify.annotations.Nullable;

/**
 * What was typed to connect a PBX, as it was typed. The secret never goes back to the
 * browser.
 *
 * @param tls whether the box was ticked; browsers do not send one that was not
 * @param fingerprint the certificate that was accepted just now
 * @param pinned the certificate that was accepted before
 */
record ConnectionForm(@Nullable String name, @Nullable String host, @Nullable String port, @Nullable Boolean tls,
		@Nullable String user, @Nullable String secret, @Nullable String policy, @Nullable String fingerprint,
		@Nullable String pinned) {

	static final ConnectionForm EMPTY = new ConnectionForm("", "", "5038", false, "tollgate", "", "", "", "");

	/** The certificate that a person said is the PBX's, empty for none. */
	public String accepted() {
		var accepted = (this.fingerprint != null && !this.fingerprint.isBlank()) ? this.fingerprint : this.pinned;
		return (accepted != null && accepted.matches("[0-9a-f]{64}")) ? accepted : "";
	}

	/** Leaves the secret out. */
	@Override
	public String toString() {
		return "ConnectionForm[" + this.name + ", " + this.host + ":" + this.port + "]";
	}

}
