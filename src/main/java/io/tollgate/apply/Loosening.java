package io.tollgate.apply;

import java.util.List;
import java.util.Set;

import io.tollgate.proof.Difference;

/**
 * Whether somebody could dial more than now: that may have to wait for a second person.
 * What nobody knows for certain counts as if they could.
 */
final class Loosening {

	/** Who may pass by a PIN is not in the difference of numbers. */
	private static final Set<Change.Kind> OF_PINS = Set.of(Change.Kind.PINS_CHANGED, Change.Kind.ROUTE_PASSWORD);

	private static final Set<Difference.Change> MORE = Set.of(Difference.Change.DIALABLE,
			Difference.Change.DIALABLE_WITH_PIN, Difference.Change.PIN_DROPPED);

	private Loosening() {
	}

	/**
	 * Whether an apply loosens.
	 * @param changes what was edited
	 * @param check what that means for numbers
	 */
	static boolean isIn(List<Change> changes, DraftCheck check) {
		var difference = check.difference();
		return !difference.complete() || difference.more() > 0
				|| difference.lines().stream().anyMatch((line) -> MORE.contains(line.change()))
				|| check.dangers().stream().anyMatch((danger) -> !(danger instanceof Danger.Hidden)) || changes.stream()
					.anyMatch((change) -> OF_PINS.contains(change.kind()) && change.effect() != Change.Effect.CLOSES);
	}

}
