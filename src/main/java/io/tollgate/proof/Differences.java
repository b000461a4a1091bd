package io.tollgate.proof;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tollgate.decision.Snapshot;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.policy.Exemption;
import io.tollgate.proof.Difference.Change;
import io.tollgate.proof.Difference.Line;
import io.tollgate.proof.Difference.When;
import io.tollgate.proof.Moments.Moment;
import io.tollgate.route.RouteTime;
import org.jspecify.annotations.Nullable;

/**
 * Compares what each caller reaches before and after, at each kind of moment. All
 * automata are in one pool, so that equal sets are the same number.
 */
final class Differences {

	private static final Comparator<String> BY_NUMBER = Comparator.comparingInt(String::length)
		.thenComparing(Comparator.naturalOrder());

	private final Automata automata;

	private final Side before;

	private final Side after;

	private final List<Pair> moments;

	private final SortedSet<String> extensions;

	private final Parts parts;

	private final Map<List<Dialable.Reached>, Map<Change, Dialable.Reached>> changes = new HashMap<>();

	Differences(@Nullable Snapshot before, Snapshot after, Instant now, Budget budget) {
		this.automata = new Automata(budget);
		var all = new TreeMap<String, CallRestrictions>(after.extensions());
		if (before != null) {
			before.extensions().keySet().forEach((each) -> all.putIfAbsent(each, CallRestrictions.DEFAULT));
		}
		this.extensions = new TreeSet<>(BY_NUMBER);
		this.extensions.addAll(all.keySet());
		if (all.isEmpty()) {
			all.put(Callers.STRANGER, CallRestrictions.DEFAULT);
		}
		this.after = new Side(this.automata, after.withExtensions(all), now, budget, true);
		this.before = new Side(this.automata, (before != null) ? known(before, all.keySet()) : this.after.snapshot(),
				now, budget, before != null);
		this.moments = moments(now);
		this.parts = new Parts(this.automata, entries(before, after));
	}

	/** An extension that only comes later may do what a new one may. */
	private static Snapshot known(Snapshot snapshot, Collection<String> everybody) {
		var all = new TreeMap<>(snapshot.extensions());
		everybody.forEach((each) -> all.putIfAbsent(each, CallRestrictions.DEFAULT));
		return snapshot.withExtensions(all);
	}

	/**
	 * Restricted entries that come or go, or from which somebody is exempt or no longer.
	 */
	private static SortedSet<String> entries(@Nullable Snapshot before, Snapshot after) {
		var entries = new TreeSet<String>();
		if (before != null) {
			var then = before.restrictions();
			var now = after.restrictions();
			Stream.concat(then.entries().stream(), now.entries().stream())
				.filter((entry) -> then.entries().contains(entry) != now.entries().contains(entry))
				.forEach(entries::add);
			Stream.concat(then.exemptions().stream(), now.exemptions().stream())
				.filter((exemption) -> then.exemptions().contains(exemption) != now.exemptions().contains(exemption))
				.map(Exemption::entry)
				.forEach(entries::add);
		}
		return entries;
	}

	/** One of each kind of moments that both sides tell apart. */
	private List<Pair> moments(Instant now) {
		var times = Stream.concat(this.before.times(), this.after.times()).distinct().toList();
		var hours = Stream.of(this.before, this.after)
			.filter(Side::watchesHours)
			.map((side) -> side.snapshot().hours())
			.toList();
		var kinds = new LinkedHashMap<BitSet, Pair>();
		for (var at : Clock.moments(times, hours, now)) {
			var kind = new BitSet();
			for (int i = 0; i < times.size(); i++) {
				kind.set(i, times.get(i).isOpen(at));
			}
			kind.set(times.size(), this.before.snapshot().hours().isOpen(at));
			kind.set(times.size() + 1, this.after.snapshot().hours().isOpen(at));
			kinds.computeIfAbsent(kind, (key) -> new Pair(this.before.moment(at), this.after.moment(at)));
		}
		return List.copyOf(kinds.values());
	}

	/** Whether a number in full, or one without full form, is among those that differ. */
	boolean holds(Found found, String number, boolean full) {
		int numbers = full ? found.what().numbers() : found.what().texts();
		return this.automata.label(this.automata.walk(numbers, number)) != 0;
	}

	/** All that differs, the weightiest first. */
	List<Line> lines() {
		return this.parts.lines(found(), this.extensions);
	}

	/** By what differs, when and by how much: those for whom it does. */
	List<Found> found() {
		var kinds = new LinkedHashMap<List<Callers.@Nullable Kind>, List<String>>();
		for (var extension : this.extensions.isEmpty() ? List.of(Callers.STRANGER) : this.extensions) {
			var pair = new ArrayList<Callers.@Nullable Kind>();
			pair.add(this.before.kinds().get(extension));
			pair.add(this.after.kinds().get(extension));
			kinds.computeIfAbsent(pair, (key) -> new ArrayList<>()).add(extension);
		}
		var found = new ArrayList<Found>();
		kinds.forEach((pair, callers) -> found.addAll(found(pair, callers)));
		return found;
	}

	private List<Found> found(List<Callers.@Nullable Kind> pair, List<String> callers) {
		var byChange = new EnumMap<Change, List<Dialable.Reached>>(Change.class);
		for (var moment : this.moments) {
			var changes = changes(this.before.reached(pair.getFirst(), moment.before()),
					this.after.reached(pair.getLast(), moment.after()));
			changes.forEach((change, what) -> byChange.computeIfAbsent(change, (key) -> new ArrayList<>()).add(what));
		}
		var found = new ArrayList<Found>();
		byChange.forEach((change, atMoments) -> byTime(atMoments).forEach((when, what) -> {
			if (this.parts.any(what)) {
				found.add(new Found(change, when, callers, what));
			}
		}));
		return found;
	}

	private Map<Change, Dialable.Reached> changes(Dialable.Reached then, Dialable.Reached now) {
		return this.changes.computeIfAbsent(List.of(then, now), (pair) -> {
			var changes = new EnumMap<Change, Dialable.Reached>(Change.class);
			for (var change : Change.values()) {
				changes.put(change, new Dialable.Reached(change(change, then.numbers(), now.numbers()),
						change(change, then.texts(), now.texts())));
			}
			return changes;
		});
	}

	private int change(Change change, int then, int now) {
		if (then == now) {
			return this.automata.nothing;
		}
		return switch (change) {
			case DIALABLE -> this.automata.except(then, only(now, Dialable.FREE));
			case DIALABLE_WITH_PIN -> relabelled(this.automata.except(then, only(now, Dialable.WITH_PIN)));
			case NOT_DIALABLE -> relabelled(this.automata.except(now, then));
			case PIN_ASKED -> this.automata.where(only(then, Dialable.FREE), only(now, Dialable.WITH_PIN));
			case PIN_DROPPED -> this.automata.where(only(then, Dialable.WITH_PIN), only(now, Dialable.FREE));
		};
	}

	private int only(int automaton, int label) {
		return this.automata.relabel(automaton, (each) -> (each == label) ? 1 : 0);
	}

	private int relabelled(int automaton) {
		return this.automata.relabel(automaton, (label) -> 1);
	}

	/**
	 * What differs at all times; only while the company works, or does not; at others.
	 */
	private Map<When, Dialable.Reached> byTime(List<Dialable.Reached> atMoments) {
		var open = new ArrayList<Dialable.Reached>();
		var closed = new ArrayList<Dialable.Reached>();
		for (int i = 0; i < atMoments.size(); i++) {
			(this.moments.get(i).after().traits().open() ? open : closed).add(atMoments.get(i));
		}
		var all = new EnumMap<When, Dialable.Reached>(When.class);
		var always = inAll(atMoments);
		var left = without(inAny(atMoments), always);
		all.put(When.ALWAYS, always);
		if (this.parts.any(left) && !open.isEmpty() && !closed.isEmpty()) {
			var during = without(inAll(open), inAny(closed));
			var outside = without(inAll(closed), inAny(open));
			all.put(When.BUSINESS_HOURS, during);
			all.put(When.OUTSIDE_BUSINESS_HOURS, outside);
			left = without(without(left, during), outside);
		}
		all.put(When.SOMETIMES, left);
		return all;
	}

	private Dialable.Reached inAll(List<Dialable.Reached> sets) {
		return sets.stream()
			.distinct()
			.reduce((one, other) -> new Dialable.Reached(this.automata.where(one.numbers(), other.numbers()),
					this.automata.where(one.texts(), other.texts())))
			.orElseThrow();
	}

	private Dialable.Reached inAny(List<Dialable.Reached> sets) {
		return new Dialable.Reached(
				this.automata.first(sets.stream().mapToInt(Dialable.Reached::numbers).distinct().toArray()),
				this.automata.first(sets.stream().mapToInt(Dialable.Reached::texts).distinct().toArray()));
	}

	private Dialable.Reached without(Dialable.Reached set, Dialable.Reached other) {
		return new Dialable.Reached(this.automata.except(other.numbers(), set.numbers()),
				this.automata.except(other.texts(), set.texts()));
	}

	/**
	 * What differs.
	 *
	 * @param callers for whom
	 * @param what the numbers
	 */
	record Found(Change change, When when, List<String> callers, Dialable.Reached what) {
	}

	/** The same moment on both sides. */
	private record Pair(Moment before, Moment after) {
	}

	/** One of the two snapshots. */
	private static final class Side {

		private final Snapshot snapshot;

		private final RouteRules rules;

		private final Dialable dialable;

		private final Map<String, Callers.Kind> kinds;

		/**
		 * @param there whether anything is let out at all
		 */
		Side(Automata automata, Snapshot snapshot, Instant now, Budget budget, boolean there) {
			this.snapshot = snapshot;
			this.rules = new RouteRules(automata, snapshot);
			this.dialable = new Dialable(automata, snapshot, this.rules);
			this.kinds = there ? Callers.of(snapshot, this.rules, now, true, budget)
				.stream()
				.flatMap((kind) -> kind.extensions().stream().map((extension) -> Map.entry(extension, kind)))
				.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)) : Map.of();
		}

		Snapshot snapshot() {
			return this.snapshot;
		}

		/** Those that are missing may never call out. */
		Map<String, Callers.Kind> kinds() {
			return this.kinds;
		}

		Stream<RouteTime> times() {
			return this.rules.conditions().stream().<RouteTime>mapMulti((condition, times) -> {
				if (condition.time() != null) {
					times.accept(condition.time());
				}
			});
		}

		boolean watchesHours() {
			return this.snapshot.extensions()
				.values()
				.stream()
				.anyMatch(CallRestrictions::disallowOutsideBusinessHours);
		}

		Moment moment(Instant at) {
			var there = this.rules.conditions()
				.stream()
				.map((condition) -> condition.time() == null || condition.time().isOpen(at))
				.toList();
			return new Moment(new Moment.Traits(there, this.snapshot.hours().isOpen(at)), at);
		}

		Dialable.Reached reached(Callers.@Nullable Kind kind, Moment moment) {
			if (kind == null || (kind.traits().hoursOnly() && !moment.traits().open())) {
				return this.dialable.nothing();
			}
			return this.dialable.in(Prover.Situation.of(kind, moment));
		}

	}

}
