package io.tollgate.extension;

import java.util.Collection;
import java.util.List;
import java.util.Map;
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
	public Map<Long, SortedMap<String, String>> groups(Collection<Long> pbxIds) {
		return this.groups.names(pbxIds);
	}

	@Override
	public SortedMap<String, String> groups(long pbxId) {
		return groups(List.of(pbxId)).getOrDefault(pbxId, new TreeMap<>());
	}

}
