package io.tollgate.pin;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * PINs that open a route, in a form from which nobody can read them: neither the portal
 * nor a dump of its database holds one.
 *
 * @param name unique, 1-63 characters; empty for the password of one route
 * @param salt name of what each PIN is hashed with; the portal keeps that locked
 * @param labels whose PIN it is, by the hash of salt and PIN: SHA-1, 40 hexadecimal
 * digits, because that is what every Asterisk can compute
 */
public record PinList(String name, String salt, SortedMap<String, String> labels) {

	public PinList {
		labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
	}

}
