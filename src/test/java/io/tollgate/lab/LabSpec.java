package io.tollgate.lab;

import java.util.Set;
import java.util.TreeSet;

/**
 * What a {@link RealAsterisk} has.
 *
 * @param extensions how many, numbered from 1001 upwards, at most 5,000; whoever names
 * one in the From header is it
 * @param digest extensions that must prove it with {@link RealAsterisk#SECRET}
 */
public record LabSpec(int extensions, Set<String> digest) {

	public LabSpec {
		if (extensions < 1 || extensions > 5_000) {
			throw new IllegalArgumentException("extensions: " + extensions);
		}
		digest = new TreeSet<>(digest);
	}

	/** A PBX with so many extensions, none of which needs a password. */
	public static LabSpec of(int extensions) {
		return new LabSpec(extensions, Set.of());
	}

	/** The same, but these extensions need a password. */
	public LabSpec withDigest(String... numbers) {
		return new LabSpec(this.extensions, Set.of(numbers));
	}

}
