package io.tollgate.policy;

import java.time.Instant;
import java.util.Map;

import io.tollgate.numbering.RestrictionPreset;
import org.jspecify.annotations.Nullable;

/**
 * An exemption as somebody granted it.
 *
 * @param id identity in the portal
 * @param pbxId where the extension is
 * @param extension its number, or {@code group:} and the key of a group
 * @param target one entry, or the name of a {@link RestrictionPreset}
 * @param until when it ends, exclusive; {@code null} for never
 */
public record GrantedExemption(long id, long pbxId, String extension, String target, @Nullable Instant until) {

	/** Whether it is for a whole preset. */
	public boolean wholePreset() {
		return preset() != null;
	}

	/** Whether it is for a group of extensions. */
	boolean ofGroup() {
		return this.extension.startsWith(ExtensionNumbers.GROUP);
	}

	/**
	 * Who has it, as people know them: a number, or the name of a group.
	 * @param groups names by key
	 */
	String named(Map<String, String> groups) {
		return ofGroup() ? groups.getOrDefault(this.extension.substring(ExtensionNumbers.GROUP.length()), "?")
				: this.extension;
	}

	/** The preset that it is for, {@code null} when it is for one entry. */
	public @Nullable RestrictionPreset preset() {
		for (var preset : RestrictionPreset.values()) {
			if (preset.name().equals(this.target)) {
				return preset;
			}
		}
		return null;
	}

	/** Whether it is over at that moment. */
	public boolean ended(Instant at) {
		return this.until != null && !at.isBefore(this.until);
	}

}
