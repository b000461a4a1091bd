package io.tollgate.leak;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import io.tollgate.leak.Bases.Basis;
import io.tollgate.pbx.GuardStatus;
import io.tollgate.pbx.Pbx;
import org.jspecify.annotations.Nullable;

/** What can be said of one PBX, the first that applies. */
enum Standing {

	/** Nothing was ever applied. */
	UNAPPLIED,
	/** Not yet, or not as it is now. */
	UNCHECKED,
	/** The check itself failed. */
	FAILED,
	/** There are leaks. */
	LEAKS,
	/** Nobody could look. */
	UNREACHABLE,
	/** The PBX does not run what was applied to it, as far as it was seen. */
	DRIFTED,
	/** Not all could be looked at. */
	NOT_PROVED,
	/** The rules cannot be applied as they are drafted. */
	REJECTED,
	/** The rules are tight; nothing on the PBX enforces any yet. */
	UNGUARDED,
	/** The rules are tight; what else is on the PBX was not looked at. */
	UNSEEN,
	/** The rules are tight; what else is on the PBX was looked at too long ago. */
	STALE,
	/** The rules are tight; something else on the PBX stands against a claim. */
	OPEN,
	/** No forbidden number can leave. */
	PROVED;

	/** What stands against a claim of proof, the worst first. */
	private static final List<Standing> WORST_FIRST = List.of(LEAKS, OPEN, DRIFTED, FAILED, REJECTED, UNGUARDED,
			UNCHECKED, UNREACHABLE, STALE, NOT_PROVED, UNSEEN, PROVED, UNAPPLIED);

	/** How bad it is: less is worse. */
	int rank() {
		return WORST_FIRST.indexOf(this);
	}

	/**
	 * Of the rules in force; {@link LeakFigures} counts by the same conditions.
	 * @param oldest what was seen before that says nothing of now
	 */
	static Standing live(Basis now, @Nullable Checked checked, @Nullable Seen seen, Instant oldest) {
		var inForce = now.inForce().orElse(null);
		if (inForce == null) {
			return UNAPPLIED;
		}
		var standing = rules(checked);
		if (standing != PROVED && standing != NOT_PROVED) {
			return standing;
		}
		var unreached = reached(now.pbx());
		if (unreached != null) {
			return (standing == PROVED) ? unreached : standing;
		}
		boolean other = seen != null
				&& (!seen.asApplied() || !Integer.valueOf(inForce.number()).equals(seen.generation()));
		if (now.pbx().guard() != GuardStatus.CURRENT || other) {
			return DRIFTED;
		}
		return (standing == PROVED) ? around(seen, oldest) : standing;
	}

	/**
	 * Of what it would run after an apply, which makes good whatever has drifted.
	 * @param oldest what was seen before that says nothing of now
	 */
	static Standing draft(Basis now, @Nullable Checked checked, @Nullable Seen seen, Instant oldest) {
		var standing = rules(checked);
		if (checked != null && checked.checksum().isEmpty() && (standing == PROVED || standing == NOT_PROVED)) {
			return REJECTED;
		}
		if (standing != PROVED) {
			return standing;
		}
		var unreached = reached(now.pbx());
		if (unreached != null) {
			return unreached;
		}
		return (now.pbx().guard() == GuardStatus.MISSING) ? UNGUARDED : around(seen, oldest);
	}

	/**
	 * @param checked {@code null} when that is not of the rules as they are now
	 */
	private static Standing rules(@Nullable Checked checked) {
		if (checked == null) {
			return UNCHECKED;
		}
		var report = checked.report();
		if (report == null) {
			return FAILED;
		}
		return switch (report.result()) {
			case PROVED -> PROVED;
			case LEAKS -> LEAKS;
			case NOT_PROVED -> NOT_PROVED;
		};
	}

	private static @Nullable Standing reached(Pbx pbx) {
		return Boolean.TRUE.equals(pbx.reachable()) ? null : UNREACHABLE;
	}

	private static Standing around(@Nullable Seen seen, Instant oldest) {
		if (seen == null) {
			return UNSEEN;
		}
		if (seen.isOpen()) {
			return OPEN;
		}
		return seen.at().isBefore(oldest) ? STALE : PROVED;
	}

	/** The end of its message codes. */
	String code() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Its colour. */
	String tone() {
		return switch (this) {
			case PROVED -> "open";
			case LEAKS, FAILED, OPEN -> "stop";
			case DRIFTED -> "drift";
			case NOT_PROVED, REJECTED, STALE -> "wait";
			case UNREACHABLE, UNGUARDED, UNSEEN, UNCHECKED, UNAPPLIED -> "";
		};
	}

	/** Its icon. */
	String icon() {
		return switch (this) {
			case PROVED -> "shield-check";
			case LEAKS, OPEN -> "shield-alert";
			case FAILED, REJECTED -> "circle-alert";
			case DRIFTED -> "git-compare";
			case NOT_PROVED, STALE -> "hourglass";
			case UNREACHABLE -> "unplug";
			case UNCHECKED -> "loader-circle";
			case UNSEEN, UNGUARDED, UNAPPLIED -> "circle-dashed";
		};
	}

}
