package io.tollgate.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.tollgate.apply.Change.Effect;
import io.tollgate.apply.Change.Kind;
import io.tollgate.decision.Snapshot;
import io.tollgate.pin.PinList;
import io.tollgate.route.OutboundRoute;
import org.jspecify.annotations.Nullable;

/** What becomes different in what routes ask for. Pure. */
final class PinChanges {

	private final List<Change> changes = new ArrayList<>();

	private PinChanges() {
	}

	static List<Change> between(@Nullable Snapshot before, Snapshot after) {
		var found = new PinChanges();
		after.routes().stream().filter(OutboundRoute::enabled).forEach((route) -> {
			var was = (before != null) ? before.routes()
				.stream()
				.filter((other) -> other.name().equals(route.name()))
				.findFirst()
				.orElse(null) : null;
			found.asks(was, route, after.pins().get(route.pins()));
		});
		if (before != null) {
			found.lists(before, after);
		}
		return found.changes;
	}

	private void asks(@Nullable OutboundRoute was, OutboundRoute route, @Nullable PinList list) {
		var asked = (was != null) ? was.pins() : "";
		if (route.pins().equals(asked) || route.blocks()) {
			return;
		}
		if (route.pins().isEmpty()) {
			add(Effect.OPENS, Kind.ROUTE_ASKS_NOTHING, route.name(), List.of());
			return;
		}
		// for a route that is new, or asked for another PIN, nothing closes by that
		var effect = (was != null && was.enabled() && asked.isEmpty()) ? Effect.CLOSES : Effect.NEUTRAL;
		if (list != null && list.name().isEmpty()) {
			add(effect, Kind.ROUTE_ASKS_PASSWORD, route.name(), List.of());
		}
		else {
			add(effect, Kind.ROUTE_ASKS_PIN, route.name(), (list != null) ? List.of(list.name()) : List.of());
		}
	}

	/** Those that were asked for and still are; else the route says it. */
	private void lists(Snapshot before, Snapshot after) {
		var then = asked(before);
		asked(after).forEach((key, list) -> {
			var was = then.getOrDefault(key, list);
			var came = minus(list, was);
			var went = minus(was, list);
			if (came.isEmpty() && went.isEmpty()) {
				return;
			}
			if (list.name().isEmpty()) {
				after.routes()
					.stream()
					.filter((route) -> route.pins().equals(key))
					.forEach((route) -> add(Effect.NEUTRAL, Kind.ROUTE_PASSWORD, route.name(), List.of()));
			}
			else {
				var effect = went.isEmpty() ? Effect.OPENS : came.isEmpty() ? Effect.CLOSES : Effect.NEUTRAL;
				add(effect, Kind.PINS_CHANGED, list.name(),
						Stream
							.concat(came.stream().map((label) -> "+" + label),
									went.stream().map((label) -> "\u2212" + label))
							.toList());
			}
		});
	}

	/** The lists that some route asks for that is there. */
	private static SortedMap<String, PinList> asked(Snapshot snapshot) {
		var asked = new TreeMap<>(snapshot.pins());
		asked.keySet()
			.retainAll(snapshot.routes().stream().filter(OutboundRoute::enabled).map(OutboundRoute::pins).toList());
		return asked;
	}

	/** Whose PINs are in the first list only: by the PIN, so a new one counts as one. */
	private static List<String> minus(PinList list, PinList other) {
		return list.labels()
			.entrySet()
			.stream()
			.filter((pin) -> !other.labels().containsKey(pin.getKey()))
			.map(Map.Entry::getValue)
			.sorted(String.CASE_INSENSITIVE_ORDER)
			.toList();
	}

	private void add(Effect effect, Kind kind, String subject, List<String> items) {
		this.changes.add(new Change(effect, kind, subject, items.size(), items));
	}

}
