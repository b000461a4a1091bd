package io.tollgate.extension;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

import io.tollgate.api.IfMatch;
import io.tollgate.policy.ExtensionNumbers;

/**
 * Extensions of one PBX under one name.
 *
 * @param name unique on the PBX, 1-63 characters
 * @param members numbers of extensions; may be empty
 */
public record ExtensionGroup(String name, SortedSet<String> members) {

	/**
	 * In front of the key of a group, where a text names an extension or a group:
	 * {@code group:k3f9}. No extension has a colon in its number.
	 */
	public static final String PREFIX = ExtensionNumbers.GROUP;

	public ExtensionGroup {
		members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
	}

	/**
	 * Another one for every other name or other members: a form says by it what it saw.
	 */
	String fingerprint() {
		// neither a name nor a number holds a line end
		return IfMatch.fingerprint(this.name + "\n" + String.join("\n", this.members));
	}

}
