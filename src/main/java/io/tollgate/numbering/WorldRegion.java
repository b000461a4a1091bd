package io.tollgate.numbering;

/** A part of the world, to group and filter calling codes by. */
public enum WorldRegion {

	AFRICA("Africa"), ASIA("Asia"), CARIBBEAN("Caribbean"), EUROPE("Europe"), LATIN_AMERICA("Latin America"),
	MIDDLE_EAST("Middle East"), NORTH_AMERICA("North America"), OCEANIA("Oceania"),
	/** No part of the world: satellite, freephone and other codes of no country. */
	GLOBAL("Global");

	private final String label;

	WorldRegion(String label) {
		this.label = label;
	}

	/** In English, as the rows' source names it: {@code Latin America}. */
	public String label() {
		return this.label;
	}

}
