package io.tollgate.policy;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.tollgate.numbering.RestrictionPreset;
import org.jspecify.annotations.Nullable;

/**
 * Says in words what is restricted, for the trail. Always English: the trail is one
 * record for all its readers.
 */
public final class RestrictionWords {

	private RestrictionWords() {
	}

	/**
	 * The restrictions that the others lack, a line for each preset and one for the own
	 * entries; {@code null} for none.
	 */
	static @Nullable String of(Collection<Restriction> restrictions, Collection<Restriction> others) {
		var missing = restrictions.stream().filter((restriction) -> !others.contains(restriction)).toList();
		return missing.isEmpty() ? null : of(missing);
	}

	private static String of(Collection<Restriction> restrictions) {
		Map<String, TreeSet<String>> lines = new TreeMap<>();
		for (Restriction restriction : restrictions) {
			lines.computeIfAbsent(title(restriction.preset()), (_) -> new TreeSet<>())
				.add(display(restriction.entry()) + (restriction.label().isEmpty() ? "" : " " + restriction.label()));
		}
		return lines.entrySet()
			.stream()
			.map((line) -> line.getKey() + ": " + String.join(", ", line.getValue()))
			.collect(Collectors.joining("\n"));
	}

	/**
	 * {@code Extension 1012: +1 900 until 2026-11-23T08:00:00Z}.
	 * @param groups names of groups by key
	 */
	static String of(GrantedExemption exemption, Map<String, String> groups) {
		var preset = exemption.preset();
		return (exemption.ofGroup() ? "Group " : "Extension ") + exemption.named(groups) + ": "
				+ ((preset != null) ? title(preset) : display(exemption.target()))
				+ ((exemption.until() != null) ? " until " + exemption.until() : " without end");
	}

	static @Nullable String all(Collection<GrantedExemption> exemptions, Map<String, String> groups) {
		return exemptions.isEmpty() ? null
				: exemptions.stream().map((exemption) -> of(exemption, groups)).collect(Collectors.joining("\n"));
	}

	private static String title(@Nullable RestrictionPreset preset) {
		return switch (preset) {
			case null -> "Restricted";
			case NANP_OFFSHORE -> "NANP offshore";
			case US_TERRITORIES -> "US territories";
			case NANP_PREMIUM -> "NANP premium rate";
			case PERSONAL_NUMBERS -> "Personal numbers";
			case SATELLITE -> "Satellite and global";
			case CARRIER_ACCESS -> "Carrier access 101XXXX";
		};
	}

	/** {@code +1 900}, {@code +1 XXX 976}, {@code +881}. */
	public static String display(String entry) {
		if (!entry.startsWith("1") || entry.length() == 1) {
			return "+" + entry;
		}
		var area = entry.substring(1, Math.min(4, entry.length()));
		return "+1 " + area + ((entry.length() > 4) ? " " + entry.substring(4) : "");
	}

}
