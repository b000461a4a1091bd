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
 * <li>international is: the longest of {@code internationalPrefixes} that the number
 * starts with is taken off and the rest is the E.164 number; or the number starts with a
 * {@code nationalTerritories} code in national form ({@code 1876…}, or {@code 876…} when
 * it has 10 digits or more);</li>
 * <li>an international call, while {@code protection} is on, needs the endpoint's
 * {@code international} right and a {@code codes} entry, longest first, that allows; no
 * entry blocks;</li>
 * <li>what is left goes to the route; no matching pattern blocks.</li>
 * </ol>
 *
 * @param protection whether international calls are judged by country
 * @param dialingCode digits; an allowed international number is sent on as dialing code +
 * E.164 digits, whatever prefix was dialled
 * @param internationalPrefixes {@code +}, {@code 00}, {@code 011}; 1-6 characters each
 * @param nationalTerritories calling codes, {@code 1876}, whose numbers are also dialled
 * in national form; only for a home country of +1, and never the home country's own
 * @param codes E.164 prefixes, 1-7 digits
 * @param emergencyNumbers never empty
 * @param endpoints rights by endpoint name; an endpoint that is missing has
 * {@link EndpointRights#UNKNOWN}
 * @param zone IANA time zone of {@code hours}
 * @param hours open minutes of each open day
 * @param trunk PJSIP endpoint of the trunk, {@code null} while there is none
 * @param patterns the route's dial patterns without leading underscore
 */
public record DesiredConfig(boolean protection, String dialingCode, SortedSet<String> internationalPrefixes,
		SortedSet<String> nationalTerritories, SortedMap<String, CodeRule> codes, SortedSet<String> emergencyNumbers,
		SortedMap<String, EndpointRights> endpoints, String zone, SortedMap<DayOfWeek, OpenHours> hours,
		@Nullable String trunk, List<String> patterns) {

	public DesiredConfig {
		internationalPrefixes = copy(internationalPrefixes);
		nationalTerritories = copy(nationalTerritories);
		codes = copy(codes);
		emergencyNumbers = copy(emergencyNumbers);
		endpoints = copy(endpoints);
		hours = copy(hours);
		patterns = List.copyOf(patterns);
		if (emergencyNumbers.isEmpty()) {
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
