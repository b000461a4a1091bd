package io.tollgate.extension;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.policy.ExtensionNumbers;
import org.springframework.stereotype.Component;

/** Tells the number restrictions which extensions and groups there are. */
@Component
class NumbersForExemptions implements ExtensionNumbers {

	private final Extensions extensions;

	private final Groups groups;

	NumbersForExemptions(Extensions extensions, Groups groups) {
		this.extensions = extensions;
		this.groups = groups;
	}

	@Override
	public SortedSet<String> numbers(long pbxId) {
		return new TreeSet<>(this.extensions.restrictions(pbxId).keySet());
	}

	@Override
	public SortedMap<String, String> groups(long pbxId) {
		var names = new TreeMap<String, String>();
		this.groups.of(pbxId).forEach((key, group) -> names.put(key, group.name()));
		return names;
	}

}
