package io.tollgate.connector.asterisk;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.tollgate.connector.DesiredConfig;
import io.tollgate.connector.Running.GuardState;
import io.tollgate.simulator.SimulatedPbx;

/**
 * What one PBX would enforce, looked at in every state that it goes through, and compared
 * with what the portal says of it: in the style of Jepsen. A state is right when the
 * guard finds rows and a slot that are, row by row, one configuration that was asked for
 * and may be in force: never a mix, and from the moment at which one is claimed to be
 * applied no other, until another one is asked for. Emergency numbers pass in every
 * state.
 * <p>
 * A commit that is not confirmed is judged twice: as it is, and as it will be when its
 * time has run out.
 */
public final class History implements SimulatedPbx.Watcher {

	private static final int REMEMBERED = 60;

	private final SimulatedPbx pbx;

	private final Map<SortedMap<String, String>, DesiredConfig> known = new LinkedHashMap<>();

	private final Set<SortedMap<String, String>> may = new LinkedHashSet<>();

	/** What may be in force only since it was last asked for. */
	private final Set<SortedMap<String, String>> fresh = new HashSet<>();

	private @Nullable SortedMap<String, String> claimed;

	private final List<Moment> timeline = new ArrayList<>();

	private boolean nothing = true;

	private boolean setUp;

	private @Nullable String forgiven;

	private boolean lateBytes;

	private final Deque<String> told = new ArrayDeque<>();

	private final List<String> violations = new ArrayList<>();

	private long states;

	private long lapses;

	private GuardState guard = GuardState.MISSING;

	private PbxState.@Nullable Slot slotA;

	private PbxState.@Nullable Slot slotB;

	private Set<String> emergency = Set.of();

	private Active active = Active.parse("");

	private History(SimulatedPbx pbx) {
		this.pbx = pbx;
	}

	/** Looks at that PBX from now on. */
	public static History of(SimulatedPbx pbx) {
		var history = new History(pbx);
		history.readDialplan();
		pbx.watch(history);
		return history;
	}

	/**
	 * Somebody wants the PBX to enforce that: from now on it may.
	 * @return whether it might not before
	 */
	public synchronized boolean asked(DesiredConfig desired) {
		var lines = AsteriskDialect.lines(desired);
		this.known.put(lines, desired);
		boolean added = this.may.add(lines);
		if (added) {
			this.fresh.add(lines);
		}
		note("asked for " + name(lines));
		return added;
	}

	/** The portal says that the PBX enforces that: it does, and nothing else may. */
	public void applied(DesiredConfig desired) {
		applied(desired, List.of());
	}

	/**
	 * The portal says that the PBX enforced that, and was asked for something else since.
	 */
	public synchronized void applied(DesiredConfig desired, Collection<DesiredConfig> askedSince) {
		var lines = AsteriskDialect.lines(desired);
		this.may.clear();
		this.may.add(lines);
		this.fresh.clear();
		askedSince.forEach((later) -> {
			this.may.add(AsteriskDialect.lines(later));
			this.fresh.add(AsteriskDialect.lines(later));
		});
		this.fresh.remove(lines);
		this.claimed = lines;
		this.nothing = false;
		this.setUp = true;
		this.forgiven = null;
		note("claimed to be applied: " + name(lines));
		judge("claim");
	}

	/** The portal says that the PBX did not take that: then it may not, any more. */
	public synchronized void kept(DesiredConfig desired, String why) {
		var lines = AsteriskDialect.lines(desired);
		if (this.fresh.remove(lines)) {
			this.may.remove(lines);
		}
		note("claimed not to be applied: " + name(lines) + ": " + why);
		judge("claim");
	}

	/** The portal knows nothing for certain. */
	public synchronized void doubted(String why) {
		this.fresh.clear();
		note("in doubt: " + why);
	}

	/**
	 * Something was done that no portal can prevent, a hand at the PBX or bytes that come
	 * late: what is wrong from now on must be mended until the next claim.
	 */
	public synchronized void forgive(String why) {
		this.forgiven = why;
		note("forgiven from now on: " + why);
	}

	/**
	 * From now on bytes may come late at any moment, whatever is claimed; or no more:
	 * then what is wrong at that moment is forgiven until the next claim.
	 */
	public synchronized void expectLateBytes(boolean expected) {
		this.lateBytes = expected;
		if (!expected) {
			long before = this.lapses;
			this.forgiven = "late bytes";
			judge("no more late bytes");
			this.forgiven = (this.lapses > before) ? this.forgiven : null;
		}
	}

	/** How many states were judged. */
	public synchronized long states() {
		return this.states;
	}

	/** How many states were wrong and forgiven. */
	public synchronized long lapses() {
		return this.lapses;
	}

	/** What the PBX enforces now; {@code null} when it is none of what was asked for. */
	public synchronized @Nullable DesiredConfig enforced() {
		return this.known.get(lines(this.active.inForce(this.pbx.now().getEpochSecond())));
	}

	/** Whether it enforces what was claimed last, and that for good. */
	public synchronized boolean settled() {
		return this.claimed != null && !unconfirmed()
				&& this.claimed.equals(lines(this.active.inForce(this.pbx.now().getEpochSecond())));
	}

	/** Whether it enforced that at some moment between those two. */
	public synchronized boolean enforcedWithin(DesiredConfig desired, Instant from, Instant to) {
		var lines = AsteriskDialect.lines(desired);
		for (int i = 0; i < this.timeline.size(); i++) {
			var end = (i + 1 < this.timeline.size()) ? this.timeline.get(i + 1).since : Instant.MAX;
			if (this.timeline.get(i).enforces(lines, from, to, end)) {
				return true;
			}
		}
		return false;
	}

	/** What happened lately. */
	public synchronized List<String> recent() {
		return this.told.stream().skip(Math.max(0, this.told.size() - 12)).toList();
	}

	/** Whether a commit waits for its confirmation. */
	public synchronized boolean unconfirmed() {
		return this.active.isPending(this.pbx.now().getEpochSecond());
	}

	/** What was wrong, with what had happened before; empty when nothing was. */
	public synchronized List<String> violations() {
		return List.copyOf(this.violations);
	}

	@Override
	public synchronized void changed(String what) {
		note(what);
		switch (what) {
			case "dialplan", "crash" -> readDialplan();
			case "tollgate/last" -> {
				return;
			}
			default -> {
				if (isOfAnotherGeneration(what)) {
					return;
				}
			}
		}
		judge(what);
	}

	private boolean isOfAnotherGeneration(String what) {
		if (!what.matches("tollgate/[0-9]+(/.*)?")) {
			return !what.startsWith("tollgate") && !what.equals("clock");
		}
		var number = Integer.valueOf(what.split("/")[1]);
		return !number.equals(this.active.generation()) && !number.equals(this.active.previous());
	}

	private void note(String what) {
		if (what.matches("tollgate/[0-9]+/.*")) {
			return;
		}
		this.told.addLast(Instant.now() + " " + what
				+ (what.equals("tollgate/active") ? " = " + this.pbx.astDb().get(what) : ""));
		if (this.told.size() > REMEMBERED) {
			this.told.removeFirst();
		}
	}

	private void readDialplan() {
		var dialplan = this.pbx.dialplan();
		var names = GuardText.parsed().contextNames();
		boolean current = names.stream().allMatch((name) -> GuardText.parsed().steps(name).equals(dialplan.get(name)));
		boolean missing = names.stream().noneMatch(dialplan::containsKey);
		this.guard = current ? GuardState.CURRENT : missing ? GuardState.MISSING : GuardState.CHANGED;
		this.slotA = slot(dialplan, 'a');
		this.slotB = slot(dialplan, 'b');
		this.emergency = emergency(dialplan);
	}

	private static PbxState.Slot slot(SortedMap<String, List<String>> dialplan, char letter) {
		var contexts = new TreeMap<String, List<String>>();
		var names = new ArrayList<>(List.of(SlotText.emergencyContext(letter), SlotText.routesContext(letter),
				SlotText.announcementsContext(letter)));
		int sections = SlotText.sections(dialplan.getOrDefault(SlotText.routesContext(letter), List.of()), letter);
		for (int section = 1; section <= sections; section++) {
			names.addAll(SlotText.sectionContexts(letter, section));
		}
		names.stream().filter(dialplan::containsKey).forEach((name) -> contexts.put(name, dialplan.get(name)));
		return new PbxState.Slot(letter, true, contexts);
	}

	/** What the phones' first context finds before the guard does. */
	private static Set<String> emergency(SortedMap<String, List<String>> dialplan) {
		var numbers = new TreeSet<String>();
		for (var step : dialplan.getOrDefault("tollgate-outbound", List.of())) {
			if (step.endsWith("tollgate-guard")) {
				break;
			}
			if (step.contains(" tollgate-emergency-")) {
				dialplan.getOrDefault(step.substring(step.lastIndexOf(' ') + 1), List.of())
					.stream()
					.filter((line) -> line.matches("[0-9]+,1,Dial\\(.*"))
					.forEach((line) -> numbers.add(line.substring(0, line.indexOf(','))));
			}
		}
		return numbers;
	}

	private SortedMap<String, String> lines(@Nullable Integer generation) {
		var rows = new TreeMap<String, String>();
		if (generation != null) {
			var start = "tollgate/" + generation + "/";
			this.pbx.astDb()
				.subMap(start, start.replaceFirst("/$", "0"))
				.forEach((key, value) -> rows.put(key.substring(start.length()), value));
		}
		var cfg = rows.getOrDefault("cfg", "");
		var slot = cfg.startsWith("a", 1) ? this.slotA : cfg.startsWith("b", 1) ? this.slotB : null;
		return (slot != null) ? AsteriskDialect.lines(rows, slot.contexts(), slot.letter()) : rows;
	}

	private void judge(String what) {
		this.states++;
		this.active = Active.parse(this.pbx.astDb().getOrDefault("tollgate/active", ""));
		long clock = this.pbx.now().getEpochSecond();
		this.timeline.add(new Moment(Instant.now(), lines(this.active.generation()), lines(this.active.previous()),
				this.active.epoch()));
		judge(what, this.active.inForce(clock), "in force");
		if (this.active.isPending(clock)) {
			judge(what, this.active.previous(), "when it falls back");
		}
		if (this.setUp) {
			var missing = new TreeSet<String>();
			this.may.forEach((lines) -> missing.addAll(this.known.get(lines).emergency().keySet()));
			this.may.forEach((lines) -> missing.retainAll(this.known.get(lines).emergency().keySet()));
			missing.removeAll(this.emergency);
			if (!missing.isEmpty()) {
				wrong(what + ": emergency numbers do not pass: " + missing);
			}
		}
	}

	private void judge(String what, @Nullable Integer generation, String when) {
		var lines = lines(generation);
		boolean none = generation == null || lines.isEmpty();
		if (none ? !this.nothing : !this.may.contains(lines)) {
			var same = this.known.containsKey(lines) ? name(lines) : none ? "nothing" : difference(lines);
			wrong(what + ": " + when + " is generation " + generation + " of active=" + this.active.text() + ", "
					+ (this.known.containsKey(lines) || none ? "" : "a mix: ") + same);
		}
		if (!none && this.guard != GuardState.CURRENT) {
			wrong(what + ": the guard is " + this.guard);
		}
	}

	private void wrong(String what) {
		if (this.forgiven != null || this.lateBytes) {
			this.lapses++;
			note("forgiven (" + this.forgiven + "): " + what);
			return;
		}
		note("WRONG: " + what);
		if (this.violations.size() < 3) {
			this.violations.add(what + "\n    " + String.join("\n    ", this.told));
		}
	}

	private String difference(SortedMap<String, String> lines) {
		var closest = new ArrayList<String>();
		for (var each : this.known.keySet()) {
			var diff = AsteriskDialect.diff(each, lines);
			closest.add(name(each) + ": -" + diff.removed() + " +" + diff.added());
		}
		return closest.stream().min(Comparator.comparingInt(String::length)).orElse("nothing known");
	}

	/**
	 * What was in force from a moment on, and from an epoch on.
	 */
	private record Moment(Instant since, SortedMap<String, String> lines, SortedMap<String, String> previous,
			@Nullable Long epoch) {

		private boolean enforces(SortedMap<String, String> wanted, Instant from, Instant to, Instant end) {
			var change = (this.epoch != null) ? Instant.ofEpochSecond(this.epoch) : Instant.MAX;
			return wanted.equals(this.lines) && overlaps(this.since, change.isBefore(end) ? change : end, from, to)
					|| wanted.equals(this.previous)
							&& overlaps(change.isAfter(this.since) ? change : this.since, end, from, to);
		}

		private static boolean overlaps(Instant begin, Instant end, Instant from, Instant to) {
			return begin.isBefore(end) && !begin.isAfter(to) && !end.isBefore(from);
		}

	}

	private String name(SortedMap<String, String> lines) {
		return "#" + new ArrayList<>(this.known.keySet()).indexOf(lines);
	}

}
