package io.tollgate.fleet;

import java.util.LinkedHashMap;
import java.util.Map;

import io.tollgate.pbx.PbxConnection;
import org.jspecify.annotations.Nullable;

/**
 * What a form says, as far as it can be understood.
 *
 * @param connection how to reach the PBX, {@code null} while there are errors
 * @param secret the secret typed, {@code null} for none
 * @param errors message codes under {@code pbx.error.} by field, in the order of the form
 */
record CheckedConnection(@Nullable PbxConnection connection, @Nullable String secret, Map<String, String> errors) {

	private static final int LONGEST_SECRET = 200;

	/**
	 * Reads a form.
	 * @param named whether a name is needed: a test needs none
	 */
	static CheckedConnection of(ConnectionForm form, boolean named) {
		var errors = new LinkedHashMap<String, String>();
		var name = text(form.name());
		if (named && (name.isEmpty() || name.length() > 63 || name.chars().anyMatch(Character::isISOControl))) {
			errors.put("name", "name");
		}
		var host = host(text(form.host()));
		if (!usableHost(host)) {
			errors.put("host", host.isEmpty() ? "host" : "host.form");
		}
		int port = port(text(form.port()));
		if (port == 0) {
			errors.put("port", "port");
		}
		var user = text(form.user());
		if (!user.matches(PbxConnection.USER)) {
			errors.put("user", "user");
		}
		// as typed: a blank may belong to a secret
		var secret = (form.secret() != null) ? form.secret() : "";
		if (secret.length() > LONGEST_SECRET || secret.chars().anyMatch(Character::isISOControl)) {
			errors.put("secret", "secret.form");
		}
		var accepted = form.accepted();
		var connection = errors.isEmpty() ? new PbxConnection((named || usableName(name)) ? name : "test", host, port,
				Boolean.TRUE.equals(form.tls()), accepted.isEmpty() ? null : accepted, user) : null;
		return new CheckedConnection(connection, secret.isEmpty() ? null : secret, errors);
	}

	private static boolean usableName(String name) {
		return !name.isEmpty() && name.length() <= 63 && name.chars().noneMatch(Character::isISOControl);
	}

	/** IPv6 addresses are often written in brackets. */
	private static String host(String typed) {
		return (typed.startsWith("[") && typed.endsWith("]")) ? typed.substring(1, typed.length() - 1) : typed;
	}

	private static boolean usableHost(String host) {
		long colons = host.chars().filter((c) -> c == ':').count();
		return host.matches(PbxConnection.HOST) && (colons == 0 || colons >= 2 && host.matches("[0-9A-Fa-f:.]+"));
	}

	private static int port(String typed) {
		if (!typed.matches("[0-9]{1,5}")) {
			return 0;
		}
		int port = Integer.parseInt(typed);
		return (port <= 65_535) ? port : 0;
	}

	private static String text(@Nullable String typed) {
		return (typed != null) ? typed.strip() : "";
	}

	/** Leaves the secret out. */
	@Override
	public String toString() {
		return "CheckedConnection[" + this.connection + ", " + this.errors + "]";
	}

}
