package io.tollgate.leak;

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
	/** The rules are tight; what else is on the PBX was not looked at. */
	UNSEEN,
	/** The rules are tight; something else on the PBX stands against a claim. */
	OPEN,
	/** No forbidden number can leave. */
	PROVED;

	/** Of the rules in force; {@link LeakFigures} counts by the same conditions. */
	static Standing live(Basis now, @Nullable Checked checked, @Nullable Seen seen) {
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
			return unreached;
		}
		boolean other = seen != null && !Integer.valueOf(inForce.number()).equals(seen.generation());
		if (now.pbx().guard() != GuardStatus.CURRENT || other) {
			return DRIFTED;
		}
		return (standing == PROVED) ? around(seen) : standing;
	}

	/** Of what it would run after an apply, which makes good whatever has drifted. */
	static Standing draft(Basis now, @Nullable Checked checked, @Nullable Seen seen) {
		var standing = rules(checked);
		if (standing != PROVED) {
			return standing;
		}
		var unreached = reached(now.pbx());
		return (unreached != null) ? unreached : around(seen);
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

	private static Standing around(@Nullable Seen seen) {
		if (seen == null) {
			return UNSEEN;
		}
		return seen.isOpen() ? OPEN : PROVED;
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
			case NOT_PROVED -> "wait";
			case UNREACHABLE, UNSEEN, UNCHECKED, UNAPPLIED -> "";
		};
	}

	/** Its icon. */
	String icon() {
		return switch (this) {
			case PROVED -> "shield-check";
			case LEAKS, OPEN -> "shield-alert";
			case FAILED -> "circle-alert";
			case DRIFTED -> "git-compare";
			case NOT_PROVED -> "hourglass";
			case UNREACHABLE -> "unplug";
			case UNCHECKED -> "loader-circle";
			case UNSEEN, UNAPPLIED -> "circle-dashed";
		};
	}

}
