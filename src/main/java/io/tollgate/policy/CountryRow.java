package io.tollgate.policy;

import java.util.List;

import io.tollgate.policy.CountryDirectory.Place;

/**
 * One calling code as the list shows it: all text and addresses ready, so that drawing
 * 242 of them stays cheap.
 *
 * @param code digits
 * @param display {@code +1 242}
 * @param name all places: {@code United States, Canada}
 * @param places one each; empty for a code of no country
 * @param region part of the world
 * @param allowed whether the policy allows it
 * @param unapplied whether that differs from what was last applied
 * @param css classes of the row
 * @param note what stands at the end of the row, empty for nothing
 * @param together how many places switch together, in words; empty for one
 * @param main whether it is +1, whose territories have rows of their own
 * @param select what the row's tick box is called
 * @param toggle where to post to switch it over
 */
record CountryRow(String code, String display, String name, List<Place> places, String region, boolean allowed,
		boolean unapplied, String css, String note, String together, boolean main, String select, String toggle) {

	public boolean group() {
		return this.places.size() > 1;
	}

	public boolean placeless() {
		return this.places.isEmpty();
	}

	/** The only place, of a row that has just one. */
	public Place place() {
		return this.places.getFirst();
	}

	/** Classes of what stands before the name of a single place. */
	public String flag() {
		return this.places.isEmpty() ? "flag-alt" : place().flag();
	}

	/** What the switch is called. */
	public String label() {
		return this.name + " " + this.display;
	}

	/** Id of the switch. */
	public String id() {
		return "s" + this.code;
	}

	/**
	 * Classes of the cell with the note; on phones there is only room for what matters.
	 */
	public String noteCss() {
		return this.unapplied ? "cell-actions" : "cell-actions cell-hide";
	}

	/** Classes of the note. */
	public String noteTone() {
		return this.unapplied ? "unapplied" : "small muted";
	}

}
