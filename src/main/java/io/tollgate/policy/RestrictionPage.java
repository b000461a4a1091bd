package io.tollgate.policy;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The number restrictions of one policy.
 *
 * @param cards the presets
 * @param rows the entries of this page that match
 * @param matching how many match
 * @param total how many there are
 * @param size how many a page shows
 * @param previous the page before, {@code null} for none
 * @param next the page after, {@code null} for none
 * @param url this very page
 * @param exemptions who may dial what of it
 * @param targets what somebody can be exempt from
 * @param pbxs where
 * @param groups of extensions, on all of those
 * @param zone the time zone of the ends
 */
record RestrictionPage(RestrictionFilter filter, List<Card> cards, List<Row> rows, int matching, int total, int size,
		@Nullable String previous, @Nullable String next, String url, List<ExemptionRow> exemptions,
		List<Target> targets, List<Place> pbxs, List<Party> groups, String zone) {

	/** Whether anything on this page can be removed. */
	public boolean removable() {
		return this.rows.stream().anyMatch(Row::own);
	}

	/**
	 * A preset.
	 *
	 * @param id as it stands in the URL
	 * @param count how many entries it holds for this policy
	 * @param omitted how many of it are the home country itself
	 */
	record Card(String id, String title, String text, int count, int omitted, boolean on) {
	}

	/**
	 * An entry.
	 *
	 * @param display {@code +1 900}
	 * @param reaches what it restricts, in words
	 * @param own whether it can be removed by itself
	 * @param tags where it comes from
	 */
	record Row(String entry, String display, String reaches, boolean own, List<String> tags) {
	}

	/**
	 * An exemption.
	 *
	 * @param extension its number, or the name of a group
	 * @param group whether it is one
	 * @param what what the extension may dial
	 * @param until when it ends, empty for never
	 * @param left how long that is, or was
	 * @param effective whether the policy restricts that at all
	 */
	record ExemptionRow(long id, String extension, boolean group, String pbx, String what, String until, String left,
			boolean ended, boolean effective) {
	}

	/**
	 * A choice of the form.
	 *
	 * @param preset whether it is a whole preset
	 */
	record Target(String value, String label, boolean preset) {
	}

	/**
	 * A group that can be exempt.
	 *
	 * @param value its PBX and its key
	 * @param label its name and that of its PBX
	 */
	record Party(String value, String label) {
	}

	/** A PBX. */
	record Place(long id, String name) {
	}

}
