package io.tollgate.apply;

import java.time.DayOfWeek;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

import io.tollgate.connector.DesiredConfig;
import io.tollgate.connector.DesiredConfig.CodeRule;
import io.tollgate.connector.DesiredConfig.EndpointRights;
import io.tollgate.connector.DesiredConfig.OpenHours;
import io.tollgate.connector.DesiredConfig.Outbound;
import io.tollgate.connector.DialSection;
import io.tollgate.connector.DialSection.Ending;
import io.tollgate.connector.EmergencyCall;
import io.tollgate.connector.Line;
import io.tollgate.connector.PinGate;
import io.tollgate.decision.Emergency;
import io.tollgate.decision.Snapshot;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.pin.PinList;
import io.tollgate.policy.PolicyRules;

/** Makes of a snapshot what a PBX can hold. Pure. */
final class Compiler {

	/** The rest of some number abroad. */
	private static final String SUBSCRIBER = "23456789";

	/** Q.850: normal clearing. */
	private static final int NORMAL = 16;

	private Compiler() {
	}

	/**
	 * Compiles.
	 * @param salts unlocks the salt of the PIN list with that key
	 */
	static Compiled compile(Snapshot snapshot, BiFunction<String, PinList, String> salts) {
		var emergency = emergency(snapshot);
		if (emergency.isEmpty()) {
			// without a trunk an emergency call could not leave, and that must never be
			// the effect of an apply
			return new Compiled.Rejected(List.of("no-trunk"));
		}
		var policy = snapshot.policy();
		var endpoints = endpoints(snapshot);
		boolean timed = endpoints.values().stream().anyMatch((rights) -> rights.outbound() == Outbound.BUSINESS_HOURS);
		// hours that nobody is held to must not count as a change
		var hours = timed ? hours(snapshot) : new TreeMap<DayOfWeek, OpenHours>();
		String zone = timed ? snapshot.hours().zone().getId() : "UTC";
		var sections = Sections.of(snapshot);
		var restricted = snapshot.restrictions().entries();
		var config = new DesiredConfig(policy.protectionEnabled(), policy.dialingCode(), policy.internationalPrefixes(),
				nationalTerritories(policy), codes(policy), emergency,
				(restricted.isEmpty() && sections.stream().noneMatch(Compiler::inFull)) ? new TreeSet<>()
						: NationalForms.of(NumberingPlan.of(policy.homeCountry())),
				restricted, exemptions(snapshot), endpoints, zone, hours, sections, pins(snapshot, sections, salts),
				announcements(snapshot));
		return new Compiled.Ready(config, warnings(snapshot));
	}

	private static SortedMap<String, EmergencyCall> emergency(Snapshot snapshot) {
		var calls = new TreeMap<String, EmergencyCall>();
		Emergency.numbers(snapshot)
			.forEach((dialled, way) -> calls.put(dialled,
					new EmergencyCall(way.number(), Sections.lines(snapshot, way.trunks()))));
		return calls;
	}

	private static boolean inFull(DialSection section) {
		return section.lines().stream().anyMatch(Line::inFull);
	}

	/** A list that is gone lets nobody pass. */
	private static SortedMap<String, PinGate> pins(Snapshot snapshot, List<DialSection> sections,
			BiFunction<String, PinList, String> salts) {
		var gates = new TreeMap<String, PinGate>();
		sections.stream().map(DialSection::pins).filter((key) -> !key.isEmpty()).distinct().forEach((key) -> {
			var list = snapshot.pins().get(key);
			gates.put(key, (list != null) ? new PinGate(salts.apply(key, list), list.labels())
					: new PinGate("", new TreeMap<>()));
		});
		return gates;
	}

	private static SortedMap<String, Ending> announcements(Snapshot snapshot) {
		var announcements = new TreeMap<String, Ending>();
		snapshot.announcements()
			.values()
			.stream()
			.filter((announcement) -> !announcement.code().isEmpty())
			.forEach((announcement) -> announcements.put(announcement.code(),
					new Ending(NORMAL, announcement.sounds(), announcement.answer())));
		return announcements;
	}

	/** Those from what is not restricted say nothing. */
	private static SortedMap<String, SortedMap<String, Long>> exemptions(Snapshot snapshot) {
		var exemptions = new TreeMap<String, SortedMap<String, Long>>();
		for (var exemption : snapshot.restrictions().exemptions()) {
			if (snapshot.restrictions().entries().contains(exemption.entry())) {
				var until = exemption.until();
				long end = (until != null) ? until.getEpochSecond() : DesiredConfig.NO_END;
				// of several, by oneself and by groups, the one that lasts longest counts
				snapshot.endpoints(Set.of(exemption.endpoint()))
					.forEach((endpoint) -> exemptions.computeIfAbsent(endpoint, (key) -> new TreeMap<>())
						.merge(exemption.entry(), end, Math::max));
			}
		}
		return exemptions;
	}

	/**
	 * A dialing code that the route knows nothing of lets nobody call abroad, whatever
	 * the policy allows.
	 */
	private static List<String> warnings(Snapshot snapshot) {
		var policy = snapshot.policy();
		boolean nanp = NumberingPlan.of(policy.homeCountry()).isNanp();
		boolean routed = Reach.of(snapshot)
			.codes()
			.stream()
			.filter((code) -> !nanp || !code.startsWith("1"))
			.limit(1)
			.allMatch((code) -> takes(snapshot, policy.dialingCode() + code + SUBSCRIBER));
		return routed ? List.of() : List.of("no-international-pattern");
	}

	private static boolean takes(Snapshot snapshot, String number) {
		return snapshot.routes()
			.stream()
			.filter((route) -> route.enabled() && !route.blocks() && !route.emergency())
			.flatMap((route) -> route.rules().stream())
			.anyMatch((rule) -> rule.takes(number));
	}

	private static SortedSet<String> nationalTerritories(PolicyRules policy) {
		var territories = new TreeSet<String>();
		if (NumberingPlan.of(policy.homeCountry()).isNanp()) {
			CallingCodes.all()
				.stream()
				.filter((entry) -> entry.kind() == CallingCodeEntry.Kind.TERRITORY)
				.filter((entry) -> !entry.regions().contains(policy.homeCountry()))
				.forEach((entry) -> territories.add(entry.code()));
		}
		return territories;
	}

	private static SortedMap<String, CodeRule> codes(PolicyRules policy) {
		boolean nanp = NumberingPlan.of(policy.homeCountry()).isNanp();
		var codes = new TreeMap<String, CodeRule>();
		if (!policy.protectionEnabled()) {
			if (nanp) {
				codes.put("1", CodeRule.ALLOW_AS_NATIONAL);
			}
			return codes;
		}
		for (String code : policy.allowedCodes()) {
			codes.put(code, (nanp && code.startsWith("1")) ? CodeRule.ALLOW_AS_NATIONAL : CodeRule.ALLOW);
		}
		// the longest entry wins on the PBX, so only a blocked code below an allowed one
		// needs an entry
		for (var entry : CallingCodes.all()) {
			if (!policy.allowedCodes().contains(entry.code()) && isBelowAllowed(entry.code(), policy)) {
				codes.put(entry.code(), CodeRule.DENY);
			}
		}
		return codes;
	}

	private static boolean isBelowAllowed(String code, PolicyRules policy) {
		for (int length = 1; length < code.length(); length++) {
			if (policy.allowedCodes().contains(code.substring(0, length))) {
				return true;
			}
		}
		return false;
	}

	private static SortedMap<String, EndpointRights> endpoints(Snapshot snapshot) {
		var endpoints = new TreeMap<String, EndpointRights>();
		snapshot.extensions().forEach((endpoint, restrictions) -> {
			var rights = rights(restrictions);
			// an entry that says what its absence says would make every new phone an
			// unapplied change
			if (!rights.equals(EndpointRights.UNKNOWN)) {
				endpoints.put(endpoint, rights);
			}
		});
		snapshot.trunks().forEach((name, trunk) -> {
			if (trunk.isEndpoint()) {
				endpoints.put(name, EndpointRights.NONE);
			}
		});
		return endpoints;
	}

	private static EndpointRights rights(CallRestrictions restrictions) {
		var outbound = restrictions.disallowOutbound() ? Outbound.NEVER
				: restrictions.disallowOutsideBusinessHours() ? Outbound.BUSINESS_HOURS : Outbound.ALWAYS;
		return new EndpointRights(!restrictions.disallowInternational(), outbound, restrictions.maxDurationSeconds());
	}

	private static SortedMap<DayOfWeek, OpenHours> hours(Snapshot snapshot) {
		var hours = new TreeMap<DayOfWeek, OpenHours>();
		snapshot.hours().days().forEach((day, open) -> hours.put(day, new OpenHours(open.opens(), open.closes())));
		return hours;
	}

}
