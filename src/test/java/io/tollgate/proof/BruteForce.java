package io.tollgate.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.tollgate.decision.Snapshot;

/** Dials all there is to dial, by everybody at any time. */
final class BruteForce {

	/** All times in random configurations begin and end at such a moment. */
	private static final Duration GRAIN = Duration.ofMinutes(30);

	private static final int MOMENTS = 7 * 48;

	private final LeakReference reference;

	private final List<LeakReference.Caller> callers;

	private final Map<Way, String> shortest = new LinkedHashMap<>();

	/**
	 * Prepares.
	 * @param callers that differ in all ways in which callers can differ
	 */
	BruteForce(LeakReference reference, List<String> callers) {
		this.reference = reference;
		this.callers = kinds(reference, callers);
	}

	private static List<LeakReference.Caller> kinds(LeakReference reference, List<String> callers) {
		var kinds = new HashMap<Object, LeakReference.Caller>();
		for (var moment : moments(reference.snapshot())) {
			for (var endpoint : callers) {
				var caller = reference.caller(endpoint, moment);
				kinds.putIfAbsent(caller.kind(), caller);
			}
		}
		return List.copyOf(kinds.values());
	}

	/** One moment of each kind that the week has. */
	static List<Instant> moments(Snapshot snapshot) {
		var kinds = new HashMap<List<Boolean>, Instant>();
		for (int i = 0; i < MOMENTS; i++) {
			var at = SmallSnapshots.MIDNIGHT.plus(GRAIN.multipliedBy(i));
			var open = new ArrayList<Boolean>();
			open.add(snapshot.hours().isOpen(at));
			for (var route : snapshot.routes()) {
				var time = route.time();
				open.add(time == null || time.isOpen(at));
			}
			kinds.putIfAbsent(open, at);
		}
		return List.copyOf(kinds.values());
	}

	/** All strings of some characters, the short ones first. */
	static List<String> strings(String characters, int longest) {
		var strings = new ArrayList<String>();
		var last = List.of("");
		for (int length = 1; length <= longest; length++) {
			last = last.stream().flatMap((text) -> characters.chars().mapToObj((c) -> text + (char) c)).toList();
			strings.addAll(last);
		}
		return strings;
	}

	/** The same, each also with a + in front, and not longer for it. */
	static List<String> withPlus(List<String> strings, int longest) {
		return Stream.concat(Stream.of("+"), strings.stream().flatMap((text) -> Stream.of(text, "+" + text)))
			.filter((text) -> text.length() <= longest)
			.sorted(Comparator.comparingInt(String::length))
			.toList();
	}

	/** Dials; strings of other lengths may have been dialled before. */
	void dial(List<String> strings) {
		for (var dialled : strings) {
			for (var caller : this.callers) {
				for (var leak : caller.leaks(dialled)) {
					this.shortest.merge(new Way(leak.why().kind(), leak.route().name()), dialled,
							(one, other) -> (other.length() < one.length()) ? other : one);
				}
			}
		}
	}

	LeakReference reference() {
		return this.reference;
	}

	int kinds() {
		return this.callers.size();
	}

	/** The shortest string that leaks, by way. */
	Map<Way, String> shortest() {
		return this.shortest;
	}

	/**
	 * A way out.
	 *
	 * @param kind what is forbidden
	 * @param route by which route it leaves
	 */
	record Way(Leak.Kind kind, String route) {
	}

}
