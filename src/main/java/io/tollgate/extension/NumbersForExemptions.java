package io.tollgate.extension;

import java.util.SortedSet;
import java.util.TreeSet;

import io.tollgate.policy.ExtensionNumbers;
import org.springframework.stereotype.Component;

/** Tells the number restrictions which extensions there are. */
@Component
class NumbersForExemptions implements ExtensionNumbers {

	private final Extensions extensions;

	NumbersForExemptions(Extensions extensions) {
		this.extensions = extensions;
	}

	@Override
	public SortedSet<String> numbers(long pbxId) {
		return new TreeSet<>(this.extensions.restrictions(pbxId).keySet());
	}

}
