package io.tollgate.proof;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.tollgate.decision.Snapshot;
import io.tollgate.route.Trunk;
import org.jspecify.annotations.Nullable;

/** One leak check: for each kind of callers and moments, all that they can dial. */
final class Prover {

	/** Labels of what a carrier forbids are subjects, and so many times its form. */
	private static final int CODE = 1 << 24;

	private final Snapshot snapshot;

	private final boolean guarded;

	private final Budget budget;

	private final Automata automata;

	private final Subjects subjects = new Subjects();

	private final RouteRules rules;

	private final Forbidden forbidden;

	private final Blocks blocks;

	private final List<Form> dialled;

	private final List<Form> carried;

	/** Everybody may dial these at any time, and they are no leak. */
	private final int emergency;

	private final Map<Forbidden.Rights, Integer> judged = new HashMap<>();

	private final Map<List<Boolean>, Blocks.Meant> blocked = new HashMap<>();

	private final Map<Situation, List<Hit>> known = new HashMap<>();

	private final List<Callers.Kind> callers;

	private final List<Moments.Moment> moments;

	private final List<LeakReport.Gap> gaps = new ArrayList<>();

	/**
	 * @param guarded whether the guard judges, or the routes are alone
	 */
	Prover(Snapshot snapshot, Instant now, boolean guarded, Budget budget) {
		this.snapshot = snapshot;
		this.guarded = guarded;
		this.budget = budget;
		this.automata = new Automata(budget);
		this.rules = new RouteRules(this.automata, snapshot);
		this.forbidden = new Forbidden(this.automata, this.subjects, snapshot);
		this.dialled = Forms.ofPolicy(this.automata, snapshot.policy());
		this.carried = Forms.ofCarrier(this.automata, snapshot.policy());
		// the guard converts the others before any route is asked
		var seen = this.dialled.stream().filter((form) -> !guarded || form.isSeenByRoutes()).toList();
		this.blocks = new Blocks(this.automata, this.subjects, this.rules, seen, this.dialled, snapshot.policy());
		this.emergency = this.rules.emergency();
		this.callers = Callers.of(snapshot, this.rules, now, guarded, budget);
		this.moments = Moments.of(snapshot, this.rules, now);
	}

	/** Finds the leaks; those found so far when the budget is exceeded. */
	List<Leak> leaks() {
		var leaks = new Leaks(
				new LeakWriter(this.snapshot, this.rules, this.automata, this.dialled, this.carried, this.guarded),
				this.moments.size());
		try {
			for (var kind : this.callers) {
				for (var moment : this.moments) {
					if (moment.traits().open() || !kind.traits().hoursOnly()) {
						var situation = Situation.of(kind, moment);
						leaks.add(kind, moment, situation.there(), hits(situation));
					}
				}
			}
		}
		catch (Budget.Exceeded ex) {
			this.gaps.add(ex.gap());
		}
		return leaks.list();
	}

	/** What is odd about the routes. */
	List<RouteFinding> findings() {
		var situations = new LinkedHashSet<List<Boolean>>();
		for (var kind : this.callers) {
			this.moments.forEach((moment) -> situations.add(Situation.of(kind, moment).there()));
		}
		var forms = this.guarded ? this.dialled : List.of(new Form(this.automata.sink(1), "", null, "", false));
		return RouteFindings.of(this.snapshot, this.automata, this.rules, forms, situations);
	}

	/** Why something was not looked at. */
	List<LeakReport.Gap> gaps() {
		return this.gaps.stream().distinct().toList();
	}

	private List<Hit> hits(Situation situation) {
		var found = this.known.get(situation);
		if (found == null) {
			found = search(situation);
			this.known.put(situation, found);
		}
		return found;
	}

	private List<Hit> search(Situation situation) {
		int routed = this.rules.leaving(situation.there());
		int refused = this.guarded ? judged(situation.rights()) : this.automata.nothing;
		var blocked = this.blocked.computeIfAbsent(situation.there(), this.blocks::meant);
		int numbers = this.automata.first(this.forbidden.carried(situation.rights()), blocked.numbers());
		int texts = this.automata.first(this.forbidden.carriedAsItIs(situation.rights()), blocked.texts());
		var parts = parts(numbers, texts, refused);
		var hits = new Hits();
		for (int form = 0; form < (this.guarded ? this.dialled.size() : 1); form++) {
			int goes = this.guarded
					? this.automata.except(refused, this.dialled.get(form).asRouted(this.automata, routed)) : routed;
			goes = this.automata.except(this.emergency, goes);
			for (var part : parts) {
				follow(part, form, goes, hits);
			}
		}
		return hits.list();
	}

	private int judged(Forbidden.Rights rights) {
		return this.judged.computeIfAbsent(rights, (each) -> this.forbidden.judged(this.dialled, each));
	}

	/** What the trunks make of what they are sent, by how they read. */
	private List<Part> parts(int numbers, int texts, int refused) {
		int asDialled = asDialled(numbers, texts);
		int inFull = numbers;
		int again = first(this.dialled.stream().map((form) -> form.inFull(this.automata, numbers)).toList());
		if (!this.guarded) {
			// what begins with a + is no number without it
			int plus = this.automata.after("+", this.automata.sink(1));
			inFull = this.automata.first(this.automata.after("+", numbers), this.automata.except(plus, numbers));
			again = inFull;
		}
		return List.of(new Part(Trunk.Reading.AS_DIALLED, true, this.automata.except(refused, asDialled)),
				new Part(Trunk.Reading.AS_DIALLED, false, asDialled),
				new Part(Trunk.Reading.E164, true, this.automata.except(refused, again)),
				new Part(Trunk.Reading.E164, false, inFull));
	}

	/** Labels tell the prefixes apart that the policy does not know. */
	private int asDialled(int numbers, int texts) {
		var parts = new ArrayList<Integer>();
		for (int form = 0; form < this.carried.size(); form++) {
			var each = this.carried.get(form);
			int code = isUnknown(each) ? form + 1 : 0;
			parts.add((each.full() == null) ? this.automata.where(each.texts(), texts)
					: each.inFull(this.automata, coded(numbers, code)));
		}
		return first(parts);
	}

	private boolean isUnknown(Form form) {
		return form.abroad() && !this.snapshot.policy().internationalPrefixes().contains(form.drop());
	}

	private int coded(int automaton, int code) {
		return (code == 0) ? automaton : this.automata.relabel(automaton, (label) -> label + code * CODE);
	}

	private int first(List<Integer> parts) {
		return this.automata.first(parts.stream().mapToInt(Integer::intValue).toArray());
	}

	/** Follows one form of what is dialled to the trunks that read alike. */
	private void follow(Part part, int form, int goes, Hits hits) {
		if (goes == this.automata.nothing || part.forbids() == this.automata.nothing) {
			return;
		}
		var sends = new LinkedHashMap<Send, Set<Integer>>();
		for (int way = 0; way < this.rules.ways().size(); way++) {
			var each = this.rules.ways().get(way);
			if (this.rules.isLive(each) && part.changes() == each.changes() && reads(each, part.reading())) {
				var send = send(each, part, form);
				if (send != null) {
					sends.computeIfAbsent(send, (key) -> new LinkedHashSet<>()).add(way);
				}
			}
		}
		var sorted = List.copyOf(sends.keySet());
		for (int from = 0; from < sorted.size(); from += Long.SIZE) {
			var batch = sorted.subList(from, Math.min(from + Long.SIZE, sorted.size()));
			follow(part, form, goes, batch, sends, hits);
		}
	}

	private boolean reads(RouteRules.Way way, Trunk.Reading reading) {
		return this.rules.route(way.route())
			.trunks()
			.stream()
			.anyMatch((trunk) -> this.snapshot.trunk(trunk).reading() == reading);
	}

	/** {@code null} when nothing is sent: in full, and there is no full form. */
	private @Nullable Send send(RouteRules.Way way, Part part, int form) {
		if (!this.guarded) {
			return new Send(way.prepend(), way.strip());
		}
		var from = this.dialled.get(form);
		if (part.reading() == Trunk.Reading.E164 && !part.changes()) {
			return (from.full() != null) ? new Send(from.full(), 0) : null;
		}
		String kept = from.routed();
		int taken = Math.min(way.strip(), kept.length());
		return new Send(way.prepend() + kept.substring(taken), way.strip() - taken);
	}

	private void follow(Part part, int form, int goes, List<Send> batch, Map<Send, Set<Integer>> sends, Hits hits) {
		var drop = this.guarded ? this.dialled.get(form).drop() : "";
		long[] leadsTo = Reach.masks(this.automata, goes, bits(batch, sends));
		var search = new Search(this.automata, this.budget);
		for (int i = 0; i < batch.size(); i++) {
			var send = batch.get(i);
			var ways = sends.get(send);
			if (ways == null || (this.guarded && part.changes() && !isPlain(send.front()))) {
				continue;
			}
			long bit = 1L << i;
			var start = new Search.Start(drop, this.automata.walk(goes, drop), send.strip(),
					this.automata.walk(part.forbids(), send.front()), send.front().length(),
					(this.guarded && part.changes()) ? Search.LONGEST : Integer.MAX_VALUE,
					this.guarded && part.changes() && !send.front().isEmpty(), !this.guarded);
			search.run(start, (state) -> (leadsTo[state] & bit) != 0, (state) -> state != this.automata.nothing,
					(way, why, length, found, place) -> {
						if (ways.contains(way - 1)) {
							hits.add(way - 1, why, part, this.subjects, length, () -> drop + found.text(place));
						}
					});
		}
	}

	private long[] bits(List<Send> batch, Map<Send, Set<Integer>> sends) {
		var bits = new long[this.rules.ways().size() + 1];
		for (int i = 0; i < batch.size(); i++) {
			for (int way : sends.getOrDefault(batch.get(i), Set.of())) {
				bits[way + 1] |= 1L << i;
			}
		}
		return bits;
	}

	private static boolean isPlain(String front) {
		return front.matches("\\+?[0-9]*");
	}

	/** What was looked at so far. */
	LeakReport.Scope scope() {
		int blocking = (int) this.snapshot.routes()
			.stream()
			.filter((route) -> route.enabled() && route.blocks())
			.count();
		return new LeakReport.Scope(this.snapshot.extensions().size(), this.callers.size(), this.moments.size(),
				this.forbidden.blockedCountries(), this.snapshot.restrictions().entries().size(), blocking,
				this.budget.states());
	}

	/**
	 * What decides.
	 *
	 * @param there which conditions of rules are met
	 */
	record Situation(List<Boolean> there, Forbidden.Rights rights) {

		static Situation of(Callers.Kind kind, Moments.Moment moment) {
			var there = new ArrayList<Boolean>();
			for (int i = 0; i < kind.traits().conditions().size(); i++) {
				there.add(kind.traits().conditions().get(i) && moment.traits().conditions().get(i));
			}
			return new Situation(List.copyOf(there), kind.traits().rights());
		}

	}

	/**
	 * What is forbidden to some routes.
	 *
	 * @param reading of their trunks
	 * @param changes whether they judge what they send
	 * @param forbids of what is sent
	 */
	record Part(Trunk.Reading reading, boolean changes, int forbids) {
	}

	/**
	 * How something is sent.
	 *
	 * @param front what is put in front
	 * @param strip what is taken off before
	 */
	private record Send(String front, int strip) {
	}

	/**
	 * What gets out of one situation.
	 *
	 * @param dialled the shortest
	 * @param form the carrier's form that the policy does not know, -1 for none
	 * @param names of the subjects
	 */
	record Hit(int way, Leak.Kind kind, int form, Trunk.Reading reading, String dialled, String subject,
			Set<String> names) {
	}

	/** Collects what one situation lets out. */
	private static final class Hits {

		private final Map<List<Object>, Hit> hits = new LinkedHashMap<>();

		void add(int way, int why, Part part, Subjects subjects, int length, Supplier<String> text) {
			var subject = subjects.of(why % CODE);
			int form = why / CODE - 1;
			boolean block = subject.kind() == Leak.Kind.BLOCKED;
			var key = List.<Object>of(way, subject.kind(), form, part.reading(), block ? subject.name() : "");
			var known = this.hits.get(key);
			if (known == null || length < known.dialled().length()) {
				// another form of the same may be shorter: + and not 00
				var names = (known != null) ? known.names() : new LinkedHashSet<String>();
				known = new Hit(way, subject.kind(), form, part.reading(), text.get(), subject.name(), names);
				this.hits.put(key, known);
			}
			known.names().add(subject.name());
		}

		List<Hit> list() {
			return List.copyOf(this.hits.values());
		}

	}

}
