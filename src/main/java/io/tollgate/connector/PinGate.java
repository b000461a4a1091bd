package io.tollgate.connector;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a caller must know.
 *
 * @param salt in front of the PIN when it is hashed; lower-case hexadecimal
 * @param labels whose it is, by the SHA-1 of salt and PIN, 40 lower-case hexadecimal
 * digits
 */
public record PinGate(String salt, SortedMap<String, String> labels) {

	public PinGate {
		labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
	}

}
