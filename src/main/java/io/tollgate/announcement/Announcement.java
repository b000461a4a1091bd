package io.tollgate.announcement;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Sounds that are played one after the other.
 *
 * @param name unique, 1-63 characters
 * @param sounds names of sounds that the PBX has, {@code sorry}, {@code custom/closed};
 * at least one
 * @param answer whether the call is answered for it, so that it costs the caller what an
 * answered call costs; without, it is early media
 * @param code what any phone dials to hear it, {@code *} and 2-5 digits; empty for none
 */
public record Announcement(String name, List<String> sounds, boolean answer, String code) {

	public Announcement {
		sounds = List.copyOf(sounds);
	}

	/** Another one for every other content: a script says by it what it saw. */
	String fingerprint() {
		try {
			// none of its parts holds a line end
			var text = this.name + "\n" + String.join("&", this.sounds) + "\n" + this.answer + "\n" + this.code;
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
