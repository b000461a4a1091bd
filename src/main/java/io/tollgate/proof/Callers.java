package io.tollgate.proof;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tollgate.decision.Snapshot;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.numbering.DialPattern;
import io.tollgate.policy.Exemption;

/** Everybody who can call, sorted into kinds for whom the same is decided. */
final class Callers {

	/**
	 * Stands for an extension that the portal does not know yet; no PBX has blanks in
	 * names.
	 */
	static final String STRANGER = "an unknown extension";

	private Callers() {
	}

	/**
	 * All kinds of callers but those who may never call out.
	 * @param guarded whether somebody asks what they may
	 */
	static List<Kind> of(Snapshot snapshot, RouteRules rules, Instant now, boolean guarded, Budget budget) {
		var kinds = new LinkedHashMap<Traits, List<String>>();
		var exemptions = exemptions(snapshot, now);
		for (var caller : everybody(snapshot, rules, budget)) {
			var trunk = snapshot.trunks().get(caller);
			var restrictions = snapshot.extensions().getOrDefault(caller, CallRestrictions.DEFAULT);
			if ((trunk == null || !trunk.isEndpoint()) && !(guarded && restrictions.disallowOutbound())) {
				var conditions = rules.conditions()
					.stream()
					.map((condition) -> rules.isFor(condition, caller))
					.toList();
				var rights = new Forbidden.Rights(!restrictions.disallowInternational(),
						exemptions.getOrDefault(caller, Set.of()));
				kinds
					.computeIfAbsent(
							new Traits(conditions, rights, guarded && restrictions.disallowOutsideBusinessHours()),
							(traits) -> new ArrayList<>())
					.add(caller);
			}
		}
		return kinds.entrySet()
			.stream()
			.map((entry) -> new Kind(entry.getKey(), example(snapshot, entry.getValue()),
					entry.getValue().stream().filter(snapshot.extensions()::containsKey).toList()))
			.toList();
	}

	/** One that is known, if there is one. */
	private static String example(Snapshot snapshot, List<String> callers) {
		return callers.stream().filter(snapshot.extensions()::containsKey).findFirst().orElse(callers.getFirst());
	}

	private static Set<String> everybody(Snapshot snapshot, RouteRules rules, Budget budget) {
		var all = new TreeSet<>(snapshot.extensions().keySet());
		snapshot.routes().forEach((route) -> all.addAll(snapshot.endpoints(route.users())));
		snapshot.restrictions()
			.exemptions()
			.forEach((exemption) -> all.addAll(snapshot.endpoints(Set.of(exemption.endpoint()))));
		var known = new TreeSet<>(all);
		known.addAll(snapshot.trunks().keySet());
		var patterns = rules.conditions()
			.stream()
			.flatMap((condition) -> (DialPattern.parse(condition.caller()) instanceof DialPattern.Ok ok)
					? Stream.of(ok.pattern().numbers()) : Stream.empty())
			.distinct()
			.toList();
		all.addAll(Strangers.of(patterns, known, budget));
		all.add(STRANGER);
		return all;
	}

	/** By caller, the entries that they may dial at that moment. */
	private static Map<String, Set<String>> exemptions(Snapshot snapshot, Instant now) {
		return snapshot.restrictions()
			.exemptions()
			.stream()
			.filter((exemption) -> exemption.until() == null || now.isBefore(exemption.until()))
			.flatMap((exemption) -> snapshot.endpoints(Set.of(exemption.endpoint()))
				.stream()
				.map((endpoint) -> Map.entry(endpoint, exemption)))
			.collect(Collectors.groupingBy(Map.Entry::getKey,
					Collectors.mapping((entry) -> exempted(entry.getValue()), Collectors.toSet())));
	}

	private static String exempted(Exemption exemption) {
		return exemption.entry();
	}

	/**
	 * What makes callers differ.
	 *
	 * @param conditions which conditions of rules they meet, but for the time
	 * @param rights what they may dial
	 * @param hoursOnly whether they may call out in business hours only
	 */
	record Traits(List<Boolean> conditions, Forbidden.Rights rights, boolean hoursOnly) {
	}

	/**
	 * Callers for whom the same is decided.
	 *
	 * @param example one of them
	 * @param extensions those of them that the portal knows
	 */
	record Kind(Traits traits, String example, List<String> extensions) {
	}

}
