package io.tollgate.apply;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.apply.Change.Effect;
import io.tollgate.apply.Change.Kind;
import io.tollgate.decision.Snapshot;
import io.tollgate.pin.PinList;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.route.Block;
import io.tollgate.route.OutboundRoute;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PinChangesTests {

	private static final OutboundRoute ABROAD = OutboundRoute.through("Abroad", List.of("trunk"), List.of("00ZXXXX!"));

	private static final PinList NOBODY = new PinList("Export desk", "s", new TreeMap<>());

	private static final PinList ANA = new PinList("Export desk", "s", new TreeMap<>(Map.of("h1", "Ana")));

	private static final PinList ANA_AND_BEN = new PinList("Export desk", "s",
			new TreeMap<>(Map.of("h1", "Ana", "h2", "Ben")));

	private static final PinList EVA = new PinList("Export desk", "s", new TreeMap<>(Map.of("h3", "Eva")));

	private static Snapshot snapshot(Map<String, PinList> pins, OutboundRoute... routes) {
		var rules = new PolicyRules(1, "Default", "MX", true, "00", new TreeSet<>(Set.of("+", "00")), new TreeSet<>(),
				new TreeSet<>(Set.of("911")));
		return new Snapshot(rules, new BusinessHours(ZoneId.of("UTC"), Map.of()), new TreeMap<>(), new TreeMap<>(),
				new TreeMap<>(), List.of(routes), NumberRestrictions.none(), new TreeMap<>(pins), new TreeMap<>());
	}

	private static Snapshot asking(PinList list) {
		return snapshot(Map.of("k", list), ABROAD.withPins("k"));
	}

	@Test
	void pinsComeAndGo() {
		assertThat(Changes.between(asking(ANA), asking(ANA_AND_BEN)))
			.containsExactly(new Change(Effect.OPENS, Kind.PINS_CHANGED, "Export desk", 1, List.of("+Ben")));
		assertThat(Changes.between(asking(ANA_AND_BEN), asking(NOBODY))).containsExactly(
				new Change(Effect.CLOSES, Kind.PINS_CHANGED, "Export desk", 2, List.of("\u2212Ana", "\u2212Ben")));
		assertThat(Changes.between(asking(ANA), asking(EVA))).containsExactly(
				new Change(Effect.NEUTRAL, Kind.PINS_CHANGED, "Export desk", 2, List.of("+Eva", "\u2212Ana")));
		assertThat(Changes.between(asking(ANA), asking(ANA))).isEmpty();
	}

	@Test
	void aListThatNobodyIsAskedForIsNoChange() {
		var off = ABROAD.withPins("k").withEnabled(false);
		assertThat(Changes.between(snapshot(Map.of("k", ANA), off), snapshot(Map.of("k", EVA), off))).isEmpty();
	}

	@Test
	void aRouteAsks() {
		var free = snapshot(Map.of(), ABROAD);
		var password = snapshot(Map.of("k", new PinList("", "s", new TreeMap<>(Map.of("h", "password")))),
				ABROAD.withPins("k"));
		assertThat(Changes.between(free, asking(ANA)))
			.containsExactly(new Change(Effect.CLOSES, Kind.ROUTE_ASKS_PIN, "Abroad", 1, List.of("Export desk")));
		assertThat(Changes.between(asking(ANA), free))
			.containsExactly(new Change(Effect.OPENS, Kind.ROUTE_ASKS_NOTHING, "Abroad", 0, List.of()));
		assertThat(Changes.between(free, password))
			.containsExactly(new Change(Effect.CLOSES, Kind.ROUTE_ASKS_PASSWORD, "Abroad", 0, List.of()));
		assertThat(Changes.between(snapshot(Map.of()), asking(ANA))).extracting(Change::kind)
			.containsExactly(Kind.ROUTE_ADDED, Kind.ROUTE_ASKS_PIN);
		assertThat(Changes.between(snapshot(Map.of(), OutboundRoute.blocking("Abroad", new Block(21, ""), List.of())),
				asking(ANA)))
			.extracting(Change::kind)
			.containsExactly(Kind.ROUTE_CHANGED, Kind.ROUTE_ASKS_PIN);
	}

	@Test
	void aRouteHasAnotherPassword() {
		var one = snapshot(Map.of("k", new PinList("", "s", new TreeMap<>(Map.of("h1", "password")))),
				ABROAD.withPins("k"));
		var other = snapshot(Map.of("k", new PinList("", "s", new TreeMap<>(Map.of("h2", "password")))),
				ABROAD.withPins("k"));
		assertThat(Changes.between(one, other))
			.containsExactly(new Change(Effect.NEUTRAL, Kind.ROUTE_PASSWORD, "Abroad", 0, List.of()));
	}

}
