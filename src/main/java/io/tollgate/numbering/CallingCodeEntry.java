package io.tollgate.numbering;

import java.util.List;

/**
 * One code that a policy can allow or block; the places that share it are switched
 * together.
 *
 * @param code digits: {@code 54}, {@code 1}, {@code 1242}
 * @param regions ISO 3166 alpha-2, the main one first; empty for a code of no country
 * @param kind what the code stands for
 * @param region where the places are
 */
public record CallingCodeEntry(String code, List<String> regions, Kind kind, WorldRegion region) {

	public CallingCodeEntry {
		regions = List.copyOf(regions);
	}

	/** The main region, or the code of no country: one short word for each code. */
	public String label() {
		return this.regions.isEmpty() ? this.code : this.regions.getFirst();
	}

	/** The code as people write it: {@code +54}, {@code +1 242}. */
	public String display() {
		return new CallingCode(this.code).toString();
	}

	/** What a code stands for. */
	public enum Kind {

		/** One country, or several that share the code. */
		COUNTRY,
		/**
		 * A territory with an area code of its own inside +1, outside the United States'
		 * states and Canada: {@code 1242}.
		 */
		TERRITORY,
		/** No country: satellite, freephone, premium rate. */
		NON_GEOGRAPHIC

	}

}
