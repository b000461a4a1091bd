package io.tollgate.numbering;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * How a country dials: what a policy and a route of that home country start from.
 *
 * @param iso ISO 3166 alpha-2
 * @param callingCode digits: {@code 52}; {@code 1} for every country of the North
 * American Numbering Plan, Jamaica too
 * @param dialingCode what is usually dialled to leave the country, 1-4 digits:
 * {@code 00}, {@code 011}. In countries where a carrier is chosen with it (Brazil,
 * Colombia, Korea …) the commonest one, or the part that all of them share
 * @param emergencyNumbers digits, never empty
 * @param nationalPrefix what is dialled before a number of another area of the same
 * country, 0-2 digits: {@code 0}; empty where nothing is, or where the metadata know only
 * something longer
 * @param defaultPatterns dial patterns, without leading underscore, of national numbers
 * as they are dialled and of international numbers behind the dialing code; none of them
 * takes everything
 */
public record NumberingPlan(String iso, String callingCode, String dialingCode, SortedSet<String> emergencyNumbers,
		String nationalPrefix, List<String> defaultPatterns) {

	/** What follows the dialing code in a pattern of international numbers. */
	private static final String INTERNATIONAL = "ZXXXX!";

	private static final Map<String, NumberingPlan> PLANS = read();

	public NumberingPlan {
		emergencyNumbers = Collections.unmodifiableSortedSet(new TreeSet<>(emergencyNumbers));
		defaultPatterns = List.copyOf(defaultPatterns);
	}

	/**
	 * The plan of a home country.
	 * @param iso one of {@link #homeCountries()}
	 * @throws IllegalArgumentException for any other
	 */
	public static NumberingPlan of(String iso) {
		@Nullable NumberingPlan plan = PLANS.get(iso);
		if (plan == null) {
			throw new IllegalArgumentException("no numbering plan: " + iso);
		}
		return plan;
	}

	/** All countries that a policy can be at home in, ISO 3166 alpha-2. */
	public static SortedSet<String> homeCountries() {
		return new TreeSet<>(PLANS.keySet());
	}

	/** Whether the country is one of the North American Numbering Plan. */
	public boolean isNanp() {
		return this.callingCode.equals("1");
	}

	/**
	 * A number in full, as E.164 digits, that is dialled inside the country.
	 * @param dialled digits
	 * @return empty when it is too short to tell
	 */
	public Optional<String> inFull(String dialled) {
		boolean whole = dialled.length() >= 10;
		if (isNanp()) {
			if (dialled.startsWith("1")) {
				return Optional.of(dialled);
			}
			return (whole && !dialled.startsWith("0")) ? Optional.of("1" + dialled) : Optional.empty();
		}
		if (!this.nationalPrefix.isEmpty() && dialled.startsWith(this.nationalPrefix)) {
			return Optional.of(this.callingCode + dialled.substring(this.nationalPrefix.length()));
		}
		return (whole || this.nationalPrefix.isEmpty()) ? Optional.of(this.callingCode + dialled) : Optional.empty();
	}

	/**
	 * The default patterns where international numbers leave with a dialing code of one's
	 * own.
	 * @param ownDialingCode digits, 1-6
	 */
	public List<String> defaultPatterns(String ownDialingCode) {
		String usual = this.dialingCode + INTERNATIONAL;
		return this.defaultPatterns.stream()
			.map((pattern) -> pattern.equals(usual) ? ownDialingCode + INTERNATIONAL : pattern)
			.distinct()
			.toList();
	}

	/**
	 * The codes of {@link CallingCodes} that are the country itself: 52 for Mexico, 1 for
	 * Canada, 1658 and 1876 for Jamaica.
	 */
	public SortedSet<String> ownCodes() {
		return CallingCodes.all()
			.stream()
			.filter((entry) -> entry.regions().contains(this.iso))
			.map(CallingCodeEntry::code)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Map<String, NumberingPlan> read() {
		Map<String, NumberingPlan> plans = new TreeMap<>();
		for (String[] row : Tables.rows("numbering-plans.tsv")) {
			List<String> patterns = new ArrayList<>(Tables.list(row[4].replace(' ', ',')));
			patterns.add(row[2] + INTERNATIONAL);
			plans.put(row[0], new NumberingPlan(row[0], row[1], row[2], new TreeSet<>(Tables.list(row[3])),
					String.join("", Tables.list(row[5])), patterns));
		}
		return plans;
	}

}
