package io.tollgate.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Puts together what gets out for all callers and moments. */
final class Leaks {

	private static final Comparator<String> SHORTEST = Comparator.comparingInt(String::length)
		.thenComparing(Comparator.naturalOrder());

	private final LeakWriter writer;

	private final int moments;

	private final Map<LeakWriter.Way, Found> found = new LinkedHashMap<>();

	Leaks(LeakWriter writer, int moments) {
		this.writer = writer;
		this.moments = moments;
	}

	/**
	 * @param there which conditions of rules are met
	 */
	void add(Callers.Kind kind, Moments.Moment moment, List<Boolean> there, List<Prover.Hit> hits) {
		var met = new HashSet<LeakWriter.Way>();
		for (var hit : hits) {
			var way = this.writer.way(hit, kind, moment.at(), there);
			var leak = this.found.computeIfAbsent(way, (key) -> new Found(hit, kind, moment, there));
			leak.subjects.addAll(hit.names());
			if (SHORTEST.compare(hit.dialled(), leak.hit.dialled()) < 0) {
				leak.replace(hit, kind, moment, there);
			}
			if (met.add(way)) {
				leak.momentsByKind.merge(kind, 1, Integer::sum);
			}
		}
	}

	List<Leak> list() {
		var leaks = new ArrayList<Leak>();
		this.found.forEach((way, each) -> {
			int endpoints = each.momentsByKind.keySet().stream().mapToInt((kind) -> kind.extensions().size()).sum();
			boolean always = each.momentsByKind.containsValue(this.moments);
			leaks.add(this.writer.leak(way, each.hit, each.kind, endpoints, each.moment.at(), always, each.there,
					each.subjects));
		});
		leaks.sort(Comparator.comparing(Leak::dialled, SHORTEST));
		return leaks;
	}

	/** One way out, by its shortest example. */
	private static final class Found {

		private Prover.Hit hit;

		private Callers.Kind kind;

		private Moments.Moment moment;

		private List<Boolean> there;

		private final TreeSet<String> subjects = new TreeSet<>();

		private final Map<Callers.Kind, Integer> momentsByKind = new HashMap<>();

		Found(Prover.Hit hit, Callers.Kind kind, Moments.Moment moment, List<Boolean> there) {
			this.hit = hit;
			this.kind = kind;
			this.moment = moment;
			this.there = there;
		}

		void replace(Prover.Hit other, Callers.Kind otherKind, Moments.Moment otherMoment, List<Boolean> others) {
			this.hit = other;
			this.kind = otherKind;
			this.moment = otherMoment;
			this.there = others;
		}

	}

}
