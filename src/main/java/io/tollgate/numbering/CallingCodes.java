package io.tollgate.numbering;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * All calling codes: the 215 that the ITU has assigned and libphonenumber knows, and the
 * 27 area codes of other territories inside +1. A code that is not here is no code.
 */
public final class CallingCodes {

	private static final Map<String, CallingCodeEntry> ENTRIES = read();

	private static final int LONGEST = 4;

	private CallingCodes() {
	}

	/** All 242, in the order of their digits: 1, 1242, 1246, …, 20, 211, … */
	public static List<CallingCodeEntry> all() {
		return List.copyOf(ENTRIES.values());
	}

	/**
	 * The entry of exactly that code.
	 * @param code digits, without +
	 */
	public static Optional<CallingCodeEntry> find(String code) {
		return Optional.ofNullable(ENTRIES.get(code));
	}

	/**
	 * The entry that a number belongs to: {@code 12425551234} to 1242,
	 * {@code 12125551234} to 1.
	 * @param e164digits the number without +; one digit is enough
	 */
	public static Optional<CallingCodeEntry> longestMatch(String e164digits) {
		for (int length = Math.min(LONGEST, e164digits.length()); length > 0; length--) {
			@Nullable CallingCodeEntry entry = ENTRIES.get(e164digits.substring(0, length));
			if (entry != null) {
				return Optional.of(entry);
			}
		}
		return Optional.empty();
	}

	private static Map<String, CallingCodeEntry> read() {
		Map<String, CallingCodeEntry> entries = new LinkedHashMap<>();
		for (String[] row : Tables.rows("calling-codes.tsv")) {
			entries.put(row[0], new CallingCodeEntry(row[0], Tables.list(row[1]), CallingCodeEntry.Kind.valueOf(row[2]),
					WorldRegion.valueOf(row[3])));
		}
		return entries;
	}

}
