package io.tollgate.announcement;

import java.util.List;

import io.tollgate.api.IfMatch;

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
		// none of its parts holds a line end
		return IfMatch
			.fingerprint(this.name + "\n" + String.join("&", this.sounds) + "\n" + this.answer + "\n" + this.code);
	}

}
