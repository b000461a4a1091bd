package io.tollgate.connector;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One difference of what a PBX runs from what was applied to it. Holds no secrets, not
 * even hashed ones.
 *
 * @param kind what differs
 * @param key which one: of rules the row or the line of a route, of the guard the
 * context, of endpoints the name
 * @param wanted what was applied, of a whole context its name in brackets; {@code null}
 * for nothing
 * @param found what the PBX has, in its own words; {@code null} for nothing
 */
public record Drift(Kind kind, String key, @Nullable String wanted, @Nullable String found) {

	/** The same for the same differences: 64 hex digits; empty for none. */
	public static String checksum(List<Drift> drifts) {
		if (drifts.isEmpty()) {
			return "";
		}
		try {
			var digest = MessageDigest.getInstance("SHA-256");
			for (var drift : drifts) {
				digest.update((drift.kind() + "\n" + drift.key() + "\n" + drift.wanted() + "\n" + drift.found() + "\n")
					.getBytes(StandardCharsets.UTF_8));
			}
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What can differ. */
	public enum Kind {

		/** A rule or a route of the generation that runs was changed by hand. */
		RULES,
		/** The guard's own dialplan. */
		GUARD,
		/** A phone whose context does not lead to the guard. */
		ENDPOINT,
		/**
		 * Another generation of ours runs, whole and as it was written, or none at all.
		 */
		GENERATION

	}

}
