package io.tollgate.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.tollgate.decision.CompiledRoutes.Branch;
import io.tollgate.decision.CompiledRoutes.Way;
import io.tollgate.decision.Verdict.Reason;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.policy.Exemption;
import io.tollgate.route.RouteTime;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot made ready to judge millions of calls: says the {@link Reason} that
 * {@link Decision} would say, and nothing else. Immutable but for what it remembers of
 * the clock; any number of threads may ask.
 */
public final class CompiledSnapshot {

	private static final int TRUNK_OR_NEVER = 1;

	private static final int BUSINESS_HOURS_ONLY = 2;

	private static final int NOT_ABROAD = 4;

	private final Snapshot snapshot;

	private final Set<String> emergency;

	private final int longestEmergency;

	private final CompiledNumbers numbers;

	private final CompiledRoutes routes;

	private final Callers callers;

	private final int kinds;

	/** Whether endpoints that no one has named are all alike. */
	private final boolean strangersAlike;

	/** The moment asked for last: most calls of a second ask for the same one. */
	private Moment last;

	private CompiledSnapshot(Snapshot snapshot) {
		this.snapshot = snapshot;
		this.emergency = new HashSet<>(Emergency.numbers(snapshot).keySet());
		this.longestEmergency = this.emergency.stream().mapToInt(String::length).max().orElse(0);
		this.numbers = new CompiledNumbers(snapshot);
		var kinds = new Kinds(snapshot);
		this.callers = new Callers(snapshot, kinds);
		this.routes = new CompiledRoutes(snapshot, kinds.examples);
		this.kinds = kinds.examples.size();
		this.strangersAlike = !CompiledRoutes.haveCallerPatterns(snapshot);
		this.last = Moment.of(snapshot, this.routes.times(), Instant.EPOCH);
	}

	/**
	 * Compiles a snapshot.
	 * @return empty when its patterns overlap in more ways than fit into a table, which
	 * no route of people does; ask {@link Decision} then
	 */
	public static Optional<CompiledSnapshot> of(Snapshot snapshot) {
		try {
			return Optional.of(new CompiledSnapshot(snapshot));
		}
		catch (Automaton.TooIntricate ex) {
			return Optional.empty();
		}
	}

	/** Why a call ends as it does. */
	public Reason reason(String endpoint, String dialled, Instant at) {
		if (dialled.length() <= this.longestEmergency && this.emergency.contains(dialled)) {
			return Reason.EMERGENCY;
		}
		if (dialled.isEmpty() || dialled.length() > Decision.MAX_DIALLED) {
			return odd(dialled);
		}
		int read = this.numbers.read("", dialled, 0);
		int state = this.routes.read((read & CompiledNumbers.DIALING_CODE) != 0, dialled, CompiledNumbers.prefix(read));
		if (state == Automaton.STRANGE) {
			return odd(dialled);
		}
		if (endpoint.isEmpty()) {
			return Reason.WHO;
		}
		int caller = this.callers.find(endpoint);
		if (caller == Callers.STRANGER && !this.strangersAlike) {
			return Decision.judge(this.snapshot, new Call(endpoint, dialled, at)).reason();
		}
		int rights = this.callers.rights(caller);
		if ((rights & (TRUNK_OR_NEVER | BUSINESS_HOURS_ONLY)) != 0) {
			if ((rights & TRUNK_OR_NEVER) != 0) {
				return Reason.OUTBOUND;
			}
			if (!moment(at).open()) {
				return Reason.HOURS;
			}
		}
		var judged = judged(caller, rights, read, at);
		return (judged != null) ? judged
				: routed(caller, rights, read, this.routes.of(state, this.callers.kind(caller)), dialled, at);
	}

	/** How large its tables are. */
	@Override
	public String toString() {
		return "%d + %d states, %d branches, %d kinds of callers".formatted(this.numbers.size(), this.routes.size(),
				this.routes.branches(), this.kinds);
	}

	/** The PBX's matcher does not see a dialled dash. */
	private Reason odd(String dialled) {
		boolean dashed = dialled.indexOf('-') >= 0 && this.emergency.contains(dialled.replace("-", ""));
		return dashed ? Reason.EMERGENCY : Reason.NUMBER;
	}

	private @Nullable Reason judged(int caller, int rights, int read, Instant at) {
		int restriction = CompiledNumbers.restriction(read);
		if (restriction != 0 && !this.callers.isExempt(caller, restriction, at)) {
			return Reason.RESTRICTED;
		}
		if ((read & CompiledNumbers.ABROAD) != 0 && this.snapshot.policy().protectionEnabled()) {
			return ((rights & NOT_ABROAD) != 0) ? Reason.EXTENSION
					: ((read & CompiledNumbers.ALLOWED) == 0) ? Reason.COUNTRY : null;
		}
		return null;
	}

	private Reason routed(int caller, int rights, int read, Branch branches, String dialled, Instant at) {
		var way = way(branches, at);
		int known = read;
		if (way.judgedAgain()) {
			known = sent(way, read, dialled);
			if (known < 0) {
				return Reason.NUMBER;
			}
			var judged = judged(caller, rights, known, at);
			if (judged != null) {
				return judged;
			}
		}
		return (way.inFull() && (known & CompiledNumbers.FULL) == 0) ? Reason.SHORT : way.reason();
	}

	private Way way(Branch branches, Instant at) {
		var branch = branches;
		while (branch.otherwise() != null && !moment(at).times()[branch.time()]) {
			branch = branch.otherwise();
		}
		return branch.way();
	}

	/** What there is to know about a number as a route sends it; -1 when it is none. */
	private int sent(Way way, int read, String dialled) {
		boolean code = (read & CompiledNumbers.DIALING_CODE) != 0;
		var head = code ? way.prependAbroad() : way.prepend();
		int from = CompiledNumbers.prefix(read) + (code ? way.takenAbroad() : way.taken());
		int length = head.length() + dialled.length() - from;
		if (length == 0 || length > Decision.MAX_DIALLED || !isPlain(head, dialled, from)) {
			return -1;
		}
		return this.numbers.read(head, dialled, from);
	}

	/** What was dialled is plain, so only a + in front can be in the wrong place. */
	private static boolean isPlain(String head, String dialled, int from) {
		for (int i = 0; i < head.length(); i++) {
			char c = head.charAt(i);
			if ((c < '0' || c > '9') && !(c == '+' && i == 0)) {
				return false;
			}
		}
		return head.isEmpty() || from >= dialled.length() || dialled.charAt(from) != '+';
	}

	private Moment moment(Instant at) {
		var known = this.last;
		if (known.second() != at.getEpochSecond()) {
			known = Moment.of(this.snapshot, this.routes.times(), at);
			this.last = known;
		}
		return known;
	}

	/**
	 * What the clock decides. All times are of whole minutes, so that a second has one
	 * answer.
	 *
	 * @param second since 1970
	 * @param open whether the company works
	 * @param times which of the routes' times it is
	 */
	private record Moment(long second, boolean open, boolean[] times) {

		static Moment of(Snapshot snapshot, List<RouteTime> times, Instant at) {
			var which = new boolean[times.size()];
			for (int i = 0; i < which.length; i++) {
				which[i] = times.get(i).isOpen(at);
			}
			return new Moment(at.getEpochSecond(), snapshot.hours().isOpen(at), which);
		}

	}

	/** The kinds of callers, by what is there for them, and one of each. */
	private static final class Kinds {

		private final Snapshot snapshot;

		private final Map<List<Boolean>, Integer> known = new HashMap<>();

		private final List<String> examples = new ArrayList<>();

		Kinds(Snapshot snapshot) {
			this.snapshot = snapshot;
		}

		int of(String endpoint) {
			return this.known.computeIfAbsent(CompiledRoutes.kind(this.snapshot, endpoint), (kind) -> {
				this.examples.add(endpoint);
				return this.examples.size() - 1;
			});
		}

	}

	/**
	 * Everybody whom the snapshot names, in a table without gaps to jump over: a hash,
	 * and the next free place.
	 */
	private static final class Callers {

		static final int STRANGER = 0;

		private final String[] names;

		private final int[] places;

		private final int shift;

		private final int[] rights;

		private final int[] kinds;

		private final @Nullable Exempt[] exempt;

		Callers(Snapshot snapshot, Kinds kinds) {
			var all = new ArrayList<String>(List.of(""));
			all.addAll(named(snapshot));
			int bits = 33 - Integer.numberOfLeadingZeros(all.size());
			this.shift = 32 - bits;
			this.names = new String[1 << bits];
			this.places = new int[1 << bits];
			this.rights = new int[all.size()];
			this.kinds = new int[all.size()];
			this.exempt = new @Nullable Exempt[all.size()];
			var restrictions = CompiledNumbers.numbersOfEntries(snapshot);
			for (int i = 0; i < all.size(); i++) {
				this.rights[i] = rights(snapshot, all.get(i));
				this.kinds[i] = kinds.of(all.get(i));
				this.exempt[i] = Exempt.of(snapshot, restrictions, all.get(i));
				if (i != STRANGER) {
					put(all.get(i), i);
				}
			}
		}

		private static Set<String> named(Snapshot snapshot) {
			var named = new TreeSet<>(snapshot.extensions().keySet());
			named.addAll(snapshot.trunks().keySet());
			snapshot.routes().forEach((route) -> named.addAll(snapshot.endpoints(route.users())));
			snapshot.restrictions()
				.exemptions()
				.forEach((exemption) -> named.addAll(snapshot.endpoints(Set.of(exemption.endpoint()))));
			named.remove("");
			return named;
		}

		private static int rights(Snapshot snapshot, String endpoint) {
			var restrictions = snapshot.extensions().getOrDefault(endpoint, CallRestrictions.DEFAULT);
			return ((snapshot.isTrunk(endpoint) || restrictions.disallowOutbound()) ? TRUNK_OR_NEVER : 0)
					| (restrictions.disallowOutsideBusinessHours() ? BUSINESS_HOURS_ONLY : 0)
					| (restrictions.disallowInternational() ? NOT_ABROAD : 0);
		}

		private void put(String name, int place) {
			int slot = slot(name);
			while (this.places[slot] != STRANGER) {
				slot = (slot + 1) & (this.names.length - 1);
			}
			this.names[slot] = name;
			this.places[slot] = place;
		}

		/** Numbers differ in their last digits, so the hash has to be stirred. */
		private int slot(String name) {
			return (name.hashCode() * 0x9E3779B9) >>> this.shift;
		}

		/** The place of an endpoint; {@link #STRANGER} for one that nobody named. */
		int find(String name) {
			int slot = slot(name);
			while (this.places[slot] != STRANGER) {
				if (name.equals(this.names[slot])) {
					return this.places[slot];
				}
				slot = (slot + 1) & (this.names.length - 1);
			}
			return STRANGER;
		}

		int rights(int place) {
			return this.rights[place];
		}

		int kind(int place) {
			return this.kinds[place];
		}

		boolean isExempt(int place, int restriction, Instant at) {
			var some = this.exempt[place];
			return some != null && some.isFrom(restriction, at);
		}

	}

	/**
	 * What somebody is exempt from.
	 *
	 * @param restrictions their numbers
	 * @param until when each ends, {@code null} for never
	 */
	private record Exempt(int[] restrictions, @Nullable Instant[] until) {

		static @Nullable Exempt of(Snapshot snapshot, Map<String, Integer> numbers, String endpoint) {
			var all = snapshot.restrictions()
				.exemptions()
				.stream()
				.filter((exemption) -> numbers.containsKey(exemption.entry())
						&& snapshot.names(Set.of(exemption.endpoint()), endpoint))
				.toList();
			return all.isEmpty() ? null
					: new Exempt(
							all.stream().mapToInt((exemption) -> numbers.getOrDefault(exemption.entry(), 0)).toArray(),
							all.stream().map(Exemption::until).toArray(Instant[]::new));
		}

		boolean isFrom(int restriction, Instant at) {
			for (int i = 0; i < this.restrictions.length; i++) {
				var end = this.until[i];
				if (this.restrictions[i] == restriction && (end == null || at.isBefore(end))) {
					return true;
				}
			}
			return false;
		}

	}

}
