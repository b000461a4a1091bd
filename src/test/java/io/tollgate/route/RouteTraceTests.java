package io.tollgate.route;

import java.time.DayOfWeek;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.tollgate.route.RouteTrace.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RouteTraceTests {

	private final OutboundRoute block = OutboundRoute.blocking("Premium", Block.rejected(), List.of("1900!", "1242!"));

	private final OutboundRoute oregon = OutboundRoute.through("Oregon", List.of("carrier"),
			List.of("1503NXXXXXX", "1XXXNXXXXXX"));

	private final OutboundRoute all = OutboundRoute.through("All", List.of("carrier"), List.of("1."));

	private RouteTrace trace(String number) {
		return RouteTrace.of(number, List.of(this.block, this.oregon, this.all));
	}

	@Test
	void theFirstRouteThatTakesItEndsTheSearch() {
		assertThat(trace("19005551234").steps()).containsExactly(Step.HIT, Step.UNREACHED, Step.UNREACHED);
		assertThat(trace("15035551234").steps()).containsExactly(Step.MISSED, Step.HIT, Step.UNREACHED);
		assertThat(trace("112").caught()).isEqualTo(2);
		assertThat(trace("2025551234").steps()).containsOnly(Step.MISSED);
		assertThat(trace("2025551234").caught()).isNegative();
	}

	@Test
	void theMostSpecificRuleOfTheRouteDecides() {
		assertThat(trace("15035551234").rule()).isEqualTo(DialRule.of("1503NXXXXXX"));
		assertThat(trace("12065551234").rule()).isEqualTo(DialRule.of("1XXXNXXXXXX"));
	}

	@Test
	void aRouteForSomeLetsTheOthersGoOn() {
		var forSome = new OutboundRoute("Sales", RouteType.NORMAL, true, List.of(DialRule.of("1NXXNXXXXXX")),
				List.of("carrier"), null, new TreeSet<>(Set.of("1001")), null, "", "");
		var byDay = new OutboundRoute("Day", RouteType.NORMAL, true, List.of(DialRule.of("1NXXNXXXXXX")),
				List.of("carrier"), null, new TreeSet<>(),
				new RouteTime("UTC", new TreeSet<>(Set.of(DayOfWeek.MONDAY)), 0, 60), "", "");
		var byCaller = new OutboundRoute("Desk", RouteType.NORMAL, true,
				List.of(new DialRule("", "", "1NXXNXXXXXX", "31XX")), List.of("carrier"), null, new TreeSet<>(), null,
				"", "");
		assertThat(RouteTrace.of("15035551234", List.of(forSome, byDay, byCaller, this.oregon)).steps())
			.containsExactly(Step.PERHAPS, Step.PERHAPS, Step.PERHAPS, Step.HIT);
	}

	@Test
	void aRouteThatIsOffTakesNothing() {
		var off = new OutboundRoute("Off", RouteType.NORMAL, false, List.of(DialRule.of("1.")), List.of("carrier"),
				null, new TreeSet<>(), null, "", "");
		assertThat(RouteTrace.of("15035551234", List.of(off)).steps()).containsExactly(Step.MISSED);
	}

}
