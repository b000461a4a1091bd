package io.tollgate.connector;

import java.time.DayOfWeek;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * What one PBX shall enforce, compiled, in no vendor's dialect. The rules, in order:
 * <ol>
 * <li>an emergency number passes, whoever dials;</li>
 * <li>the endpoint may not call out ({@link Outbound#NEVER}, or
 * {@link Outbound#BUSINESS_HOURS} while closed): blocked;</li>
 * <li>a number that in full begins with a {@code restricted} entry is blocked, the
 * longest entry first, unless the endpoint has an exemption from it that has not
 * ended;</li>
 * <li>international is: the longest of {@code internationalPrefixes} that the number
 * starts with is taken off and the rest is the E.164 number; or the number starts with a
 * {@code nationalTerritories} code in national form ({@code 1876…}, or {@code 876…} when
 * it has 10 digits or more);</li>
 * <li>an international call, while {@code protection} is on, needs the endpoint's
 * {@code international} right and a {@code codes} entry, longest first, that allows; no
 * entry blocks;</li>
 * <li>what is left goes to the sections; no matching pattern blocks. A number that a
 * section changes is judged by country and restriction once more, as it is sent. A line
 * that takes numbers in full is passed over when there is no full form;</li>
 * <li>a section with {@code pins} asks for one before it dials.</li>
 * </ol>
 *
 * @param protection whether international calls are judged by country
 * @param dialingCode digits; an allowed international number is sent on as dialing code +
 * E.164 digits, whatever prefix was dialled
 * @param internationalPrefixes {@code +}, {@code 00}, {@code 011}; 1-6 characters each
 * @param nationalTerritories calling codes, {@code 1876}, whose numbers are also dialled
 * in national form; only for a home country of +1, and never the home country's own
 * @param codes E.164 prefixes, 1-7 digits
 * @param emergency how each emergency number leaves, by what is dialled; never empty
 * @param nationalForms how national numbers read in full, for {@code restricted} and
 * lines
 * @param restricted beginnings of numbers in full that nobody may dial: 1-15 digits, or
 * {@code 1XXX976}, an exchange of the +1 plan in every area code
 * @param exemptions endpoints that may dial a restricted entry, until that second since
 * 1970; {@link #NO_END} for ever
 * @param endpoints rights by endpoint name; an endpoint that is missing has
 * {@link EndpointRights#UNKNOWN}
 * @param zone IANA time zone of {@code hours}
 * @param hours open minutes of each open day
 * @param sections the routes, in the order in which they are asked
 * @param pins what sections ask for, by key
 * @param announcements what is heard on dialling a feature code, {@code *999}
 */
public record DesiredConfig(boolean protection, String dialingCode, SortedSet<String> internationalPrefixes,
		SortedSet<String> nationalTerritories, SortedMap<String, CodeRule> codes,
		SortedMap<String, EmergencyCall> emergency, SortedSet<NationalForm> nationalForms, SortedSet<String> restricted,
		SortedMap<String, SortedMap<String, Long>> exemptions, SortedMap<String, EndpointRights> endpoints, String zone,
		SortedMap<DayOfWeek, OpenHours> hours, List<DialSection> sections, SortedMap<String, PinGate> pins,
		SortedMap<String, DialSection.Ending> announcements) {

	/** Later than any clock of a PBX. */
	public static final long NO_END = 9_999_999_999L;

	public DesiredConfig {
		internationalPrefixes = copy(internationalPrefixes);
		nationalTerritories = copy(nationalTerritories);
		codes = copy(codes);
		emergency = copy(emergency);
		nationalForms = copy(nationalForms);
		restricted = copy(restricted);
		var copied = new TreeMap<String, SortedMap<String, Long>>();
		exemptions.forEach((endpoint, until) -> copied.put(endpoint, copy(until)));
		exemptions = Collections.unmodifiableSortedMap(copied);
		endpoints = copy(endpoints);
		hours = copy(hours);
		sections = List.copyOf(sections);
		pins = copy(pins);
		announcements = copy(announcements);
		if (emergency.isEmpty()) {
			throw new IllegalArgumentException("no emergency numbers");
		}
	}

	private static <T extends Comparable<T>> SortedSet<T> copy(SortedSet<T> set) {
		return Collections.unmodifiableSortedSet(new TreeSet<>(set));
	}

	private static <K extends Comparable<K>, V> SortedMap<K, V> copy(Map<K, V> map) {
		return Collections.unmodifiableSortedMap(new TreeMap<>(map));
	}

	/** What happens to a number that starts with a code. */
	public enum CodeRule {

		ALLOW,
		/**
		 * Allowed, and sent on in the home country's own form: the E.164 digits alone.
		 * For +1 from a +1 country.
		 */
		ALLOW_AS_NATIONAL, DENY

	}

	/** When an endpoint may call out. */
	public enum Outbound {

		ALWAYS, BUSINESS_HOURS, NEVER

	}

	/**
	 * What an endpoint may do.
	 *
	 * @param international whether it may call abroad
	 * @param outbound when it may call out at all
	 * @param maxSeconds the call is ended that long after the answer, 1-86,400;
	 * {@code null} for no limit
	 */
	public record EndpointRights(boolean international, Outbound outbound, @Nullable Integer maxSeconds) {

		/** An endpoint that the portal has not heard of: inside the country only. */
		public static final EndpointRights UNKNOWN = new EndpointRights(false, Outbound.ALWAYS, null);

		/**
		 * A trunk: nothing that comes in by a carrier goes out by one in its own name.
		 */
		public static final EndpointRights NONE = new EndpointRights(false, Outbound.NEVER, null);

	}

	/**
	 * Minutes since midnight.
	 *
	 * @param opens inclusive, 0-1439
	 * @param closes exclusive, 1-1440
	 */
	public record OpenHours(int opens, int closes) {
	}

}
