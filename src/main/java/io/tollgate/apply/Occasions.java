package io.tollgate.apply;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.tollgate.decision.Snapshot;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.policy.Exemption;
import io.tollgate.route.DialRule;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.RouteTime;

/**
 * One of each kind of callers and one of each kind of moments that two states of the
 * rules of a PBX tell apart.
 */
final class Occasions {

	/** Stands for an extension that the portal does not know. */
	private static final String SOMEBODY = "somebody";

	private static final int MINUTES = (int) Duration.ofDays(7).toMinutes();

	private final List<Snapshot> states;

	private final Instant from;

	Occasions(Snapshot before, Snapshot after, Instant from) {
		this.states = List.of(before, after);
		this.from = from;
	}

	/** An extension that the portal does not know among them. */
	List<String> callers() {
		var named = this.states.stream().flatMap(Occasions::named).distinct().toList();
		var rules = this.states.stream()
			.flatMap((state) -> state.routes().stream())
			.flatMap((route) -> route.rules().stream())
			.map(DialRule::callerId)
			.filter((caller) -> !caller.isEmpty())
			.distinct()
			.map((caller) -> new DialRule("", "", "", caller))
			.toList();
		var kinds = new LinkedHashMap<List<Object>, String>();
		for (var caller : everybody(named)) {
			var traits = new ArrayList<Object>();
			for (var state : this.states) {
				traits.add(state.trunks().containsKey(caller));
				traits.add(state.extensions().getOrDefault(caller, CallRestrictions.DEFAULT));
			}
			named.forEach((endpoints) -> traits.add(endpoints.contains(caller)));
			rules.forEach((rule) -> traits.add(rule.isFor(caller)));
			kinds.putIfAbsent(traits, caller);
		}
		return List.copyOf(kinds.values());
	}

	private Set<String> everybody(List<SortedSet<String>> named) {
		var all = new TreeSet<String>();
		this.states.forEach((state) -> all.addAll(state.extensions().keySet()));
		named.forEach(all::addAll);
		all.add(SOMEBODY);
		return all;
	}

	/** Whom routes and exemptions are for. */
	private static Stream<SortedSet<String>> named(Snapshot state) {
		return Stream
			.concat(state.routes().stream().map(OutboundRoute::users),
					state.restrictions().exemptions().stream().map(Exemption::endpoint).map(Set::of))
			.filter((parties) -> !parties.isEmpty())
			.map(state::endpoints);
	}

	/** In the week that begins then. */
	List<Instant> moments() {
		var times = this.states.stream()
			.flatMap((state) -> state.routes().stream())
			.map(OutboundRoute::time)
			.filter(Objects::nonNull)
			.distinct()
			.toList();
		boolean clockless = times.isEmpty() && this.states.stream()
			.flatMap((state) -> state.extensions().values().stream())
			.noneMatch(CallRestrictions::disallowOutsideBusinessHours);
		if (clockless) {
			return List.of(this.from);
		}
		var kinds = new LinkedHashMap<List<Boolean>, Instant>();
		kinds.put(open(times, this.from), this.from);
		var start = this.from.truncatedTo(ChronoUnit.MINUTES);
		for (int minute = 1; minute < MINUTES; minute++) {
			var at = start.plus(Duration.ofMinutes(minute));
			kinds.putIfAbsent(open(times, at), at);
		}
		return List.copyOf(kinds.values());
	}

	private List<Boolean> open(List<RouteTime> times, Instant at) {
		return Stream
			.concat(this.states.stream().map((state) -> state.hours().isOpen(at)),
					times.stream().map((time) -> time.isOpen(at)))
			.toList();
	}

}
