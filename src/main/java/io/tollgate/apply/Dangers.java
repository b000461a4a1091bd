package io.tollgate.apply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import io.tollgate.apply.Danger.Hidden;
import io.tollgate.decision.Call;
import io.tollgate.decision.Decision;
import io.tollgate.decision.Emergency;
import io.tollgate.decision.Snapshot;
import io.tollgate.decision.Verdict.Leg;
import io.tollgate.decision.Verdict.Reason;
import io.tollgate.proof.Leak;
import io.tollgate.proof.LeakReport;
import io.tollgate.proof.RouteFinding;
import org.jspecify.annotations.Nullable;

/**
 * What is worse after an apply than before: leaks that it opens, emergency numbers that
 * it hides. A rule that is tightened makes nothing worse, even where it turns out not to
 * hold: what left before may leave after. Pure.
 */
final class Dangers {

	/** More calls than this are not tried; what is not tried was not there before. */
	private static final int MOST_CALLS = 50_000;

	private final @Nullable Snapshot before;

	private final @Nullable LeakReport then;

	private final Snapshot after;

	private final LeakReport now;

	private @Nullable List<String> callers;

	private @Nullable List<Instant> moments;

	private int calls;

	private Dangers(@Nullable Snapshot before, @Nullable LeakReport then, Snapshot after, LeakReport now) {
		this.before = before;
		this.then = then;
		this.after = after;
		this.now = now;
	}

	/**
	 * Compares.
	 * @param before what the PBX runs, {@code null} when nothing was ever applied: then
	 * every leak is new
	 * @param then the report about it, {@code null} without
	 * @param after what it would run
	 * @param now the report about that
	 */
	static List<Danger> between(@Nullable Snapshot before, @Nullable LeakReport then, Snapshot after, LeakReport now) {
		var dangers = new Dangers(before, then, after, now);
		var all = new ArrayList<Danger>(dangers.opened());
		all.addAll(dangers.hidden().values());
		if (then == null || then.gaps().isEmpty()) {
			now.gaps().stream().distinct().map(Danger.Unproved::new).forEach(all::add);
		}
		return all;
	}

	private List<Danger.Opened> opened() {
		return this.now.leaks()
			.stream()
			.map((leak) -> new Danger.Opened(leak, fresh(leak)))
			.filter((opened) -> !opened.subjects().isEmpty())
			.toList();
	}

	private SortedSet<String> fresh(Leak leak) {
		var fresh = subjects(leak);
		if (this.then != null) {
			this.then.leaks()
				.stream()
				.filter((known) -> sameWay(known, leak) && isAsWide(known, leak))
				.forEach((known) -> fresh.removeAll(subjects(known)));
		}
		if (this.before != null) {
			var live = this.before;
			fresh.removeIf((subject) -> leftAlready(live, leak, subject));
		}
		return fresh;
	}

	private static SortedSet<String> subjects(Leak leak) {
		var subjects = new TreeSet<>(leak.subjects());
		subjects.add(leak.subject());
		return subjects;
	}

	private static boolean sameWay(Leak one, Leak other) {
		return one.kind() == other.kind() && one.cause() == other.cause() && one.route().equals(other.route());
	}

	/** Whether it works for as many and as often. */
	private static boolean isAsWide(Leak known, Leak leak) {
		return (known.always() || !leak.always()) && known.endpoints() >= leak.endpoints();
	}

	/**
	 * Whether the same call leaves in the same way now, when nothing forbids it yet: for
	 * everybody and at any time that it would leave then. Where that cannot be told it
	 * did not.
	 */
	private boolean leftAlready(Snapshot live, Leak leak, String subject) {
		var dialled = example(leak, subject);
		if (dialled.isEmpty()) {
			return false;
		}
		if (!live.trunk(leak.trunk()).equals(this.after.trunk(leak.trunk()))) {
			return false;
		}
		if (this.callers == null || this.moments == null) {
			var occasions = new Occasions(live, this.after, leak.at());
			this.callers = occasions.callers();
			this.moments = occasions.moments();
		}
		// of another week, with other clocks, than those of the first leak
		var times = new LinkedHashSet<>(this.moments);
		times.add(leak.at());
		boolean leaves = false;
		for (var caller : this.callers) {
			for (var at : times) {
				var call = new Call(caller, dialled, at);
				var legs = legs(this.after, call, leak.trunk());
				if (++this.calls > MOST_CALLS || !legs(live, call, leak.trunk()).containsAll(legs)) {
					return false;
				}
				leaves |= !legs.isEmpty();
			}
		}
		return leaves;
	}

	private static List<Leg> legs(Snapshot snapshot, Call call, String trunk) {
		var verdict = Decision.judge(snapshot, call);
		return (verdict.reason() != Reason.ROUTED) ? List.of()
				: verdict.legs().stream().filter((leg) -> leg.trunk().equals(trunk)).toList();
	}

	/**
	 * The leak's example with another beginning of its number: {@code 01154…} for
	 * {@code 01162…}; empty when it cannot be made.
	 */
	private static String example(Leak leak, String subject) {
		if (subject.equals(leak.subject())) {
			return leak.dialled();
		}
		if (!leak.number().startsWith(leak.subject()) || !leak.dialled().endsWith(leak.number())) {
			return "";
		}
		return leak.dialled().substring(0, leak.dialled().length() - leak.number().length()) + subject
				+ leak.number().substring(leak.subject().length());
	}

	/** By number: one reason for each is enough. */
	private Map<String, Hidden> hidden() {
		var hidden = new LinkedHashMap<String, Hidden>();
		var ways = Emergency.numbers(this.after);
		if (this.before != null) {
			Emergency.numbers(this.before)
				.keySet()
				.stream()
				.filter((number) -> !ways.containsKey(number))
				.forEach((number) -> hidden.put(number, new Hidden(Hidden.Kind.GONE, number, "")));
		}
		this.after.policy()
			.emergencyNumbers()
			.stream()
			.filter((number) -> !ways.containsKey(number) && !isUnreachableNow(number))
			.forEach((number) -> hidden.putIfAbsent(number, new Hidden(Hidden.Kind.UNREACHABLE, number, "")));
		this.now.findings().stream().filter((finding) -> !isKnown(finding)).forEach((finding) -> {
			var kind = switch (finding.kind()) {
				case EMERGENCY_UNREACHABLE -> Hidden.Kind.UNREACHABLE;
				case EMERGENCY_UNLISTED -> Hidden.Kind.UNLISTED;
				case EMERGENCY_SWALLOWED -> Hidden.Kind.SWALLOWED;
				case UNREACHABLE_PATTERN, UNREACHABLE_ROUTE, UNREACHABLE_FORM, OVERLAP -> null;
			};
			if (kind != null) {
				hidden.putIfAbsent(finding.number(), new Hidden(kind, finding.number(), finding.route()));
			}
		});
		return hidden;
	}

	private boolean isUnreachableNow(String number) {
		return this.before != null && this.before.policy().emergencyNumbers().contains(number)
				&& !Emergency.numbers(this.before).containsKey(number);
	}

	/** The same of the same number, whichever route it is about. */
	private boolean isKnown(RouteFinding finding) {
		return this.then != null && this.then.findings()
			.stream()
			.anyMatch((known) -> known.kind() == finding.kind() && known.number().equals(finding.number()));
	}

}
