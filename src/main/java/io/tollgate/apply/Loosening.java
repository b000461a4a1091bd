package io.tollgate.apply;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tollgate.apply.Change.Effect;
import io.tollgate.apply.Change.Kind;
import io.tollgate.decision.Snapshot;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.policy.Exemption;
import io.tollgate.proof.Difference;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Trunk;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody could dial more than now: that may have to wait for a second person.
 * What nobody knows for certain counts as if they could. The difference over all numbers
 * says most of it; what it does not look at is asked here: who knows a PIN, how long an
 * exemption lasts, what a trunk puts before a number, emergency numbers. Pure.
 */
final class Loosening {

	private static final Set<Kind> OF_PINS = Set.of(Kind.PINS_CHANGED, Kind.ROUTE_PASSWORD, Kind.ROUTE_ASKS_PIN,
			Kind.ROUTE_ASKS_PASSWORD);

	/** With several lists of PINs it matters which route takes a number. */
	private static final Set<Kind> OF_ROUTES = Set.of(Kind.ROUTES_MOVED, Kind.ROUTE_ADDED, Kind.ROUTE_CHANGED,
			Kind.ROUTE_REMOVED);

	private static final Set<Difference.Change> MORE = Set.of(Difference.Change.DIALABLE,
			Difference.Change.DIALABLE_WITH_PIN, Difference.Change.PIN_DROPPED);

	private final @Nullable Snapshot before;

	private final Snapshot after;

	private final List<Change> changes;

	private Loosening(@Nullable Snapshot before, Snapshot after) {
		this.before = before;
		this.after = after;
		this.changes = Changes.between(before, after);
	}

	/**
	 * Whether that loosens.
	 * @param before what the PBX runs, {@code null} when nothing was ever applied
	 * @param after what it would run
	 * @param difference between the two
	 * @param dangers what would be worse
	 */
	static boolean isBetween(@Nullable Snapshot before, Snapshot after, Difference difference, List<Danger> dangers) {
		return !difference.complete() || difference.more() > 0
				|| difference.lines().stream().anyMatch((line) -> MORE.contains(line.change()))
				|| dangers.stream().anyMatch((danger) -> !(danger instanceof Danger.Hidden))
				|| new Loosening(before, after).isBesides(difference);
	}

	private boolean isBesides(Difference difference) {
		return pins() || exemptions() || trunks() || emergency(difference);
	}

	private boolean pins() {
		boolean several = this.after.routes()
			.stream()
			.filter(OutboundRoute::enabled)
			.map(OutboundRoute::pins)
			.filter((pins) -> !pins.isEmpty())
			.distinct()
			.count() > 1;
		return this.changes.stream()
			.anyMatch((change) -> change.effect() != Effect.CLOSES
					&& (OF_PINS.contains(change.kind()) || several && OF_ROUTES.contains(change.kind())));
	}

	/** The difference counts exemptions as they are now, not how long they go on. */
	private boolean exemptions() {
		var then = (this.before != null) ? this.before.restrictions().exemptions() : List.<Exemption>of();
		return this.after.restrictions()
			.exemptions()
			.stream()
			.anyMatch((exemption) -> then.stream().noneMatch((other) -> covers(other, exemption)));
	}

	private static boolean covers(Exemption other, Exemption exemption) {
		var until = other.until();
		return other.endpoint().equals(exemption.endpoint()) && other.entry().equals(exemption.entry())
				&& (until == null || exemption.until() != null && !exemption.until().isAfter(until));
	}

	/** What is judged is the number before the access code, which a carrier takes off. */
	private boolean trunks() {
		if (this.before == null) {
			return false;
		}
		var codes = accessCodes(this.after);
		codes.removeAll(accessCodes(this.before));
		return !codes.isEmpty() || this.changes.stream().anyMatch((change) -> change.kind() == Kind.TRUNK_CHANGED);
	}

	private static Set<String> accessCodes(Snapshot snapshot) {
		return snapshot.routes()
			.stream()
			.filter(OutboundRoute::enabled)
			.flatMap((route) -> route.trunks().stream())
			.flatMap((trunk) -> Stream.ofNullable(snapshot.trunks().get(trunk)))
			.map(Trunk::accessCode)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/** Those of the home country never wait. */
	private boolean emergency(Difference difference) {
		return this.before != null && !NumberingPlan.of(this.after.policy().homeCountry())
			.emergencyNumbers()
			.containsAll(difference.emergencyGained());
	}

}
