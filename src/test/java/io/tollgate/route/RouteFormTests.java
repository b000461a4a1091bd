package io.tollgate.route;

import java.time.DayOfWeek;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

class RouteFormTests {

	private static final RouteCheck.Known NOTHING = new RouteCheck.Known(Set.of(), Set.of(), Set.of());

	private final LinkedMultiValueMap<String, String> fields = new LinkedMultiValueMap<>();

	private void row(String prepend, String prefix, String match, String caller) {
		this.fields.add("prepend", prepend);
		this.fields.add("prefix", prefix);
		this.fields.add("match", match);
		this.fields.add("caller", caller);
	}

	private OutboundRoute route() {
		return RouteForm.read(this.fields).toRoute();
	}

	@Test
	void keepsAPasswordToItself() {
		this.fields.add("ask", "PASSWORD");
		this.fields.add("digits", " 802846 ");
		this.fields.add("pins", "abc");
		var form = RouteForm.read(this.fields);
		assertThat(form.asking()).isEqualTo(new RouteForm.Asking(RouteForm.Ask.PASSWORD, "abc", "802846"));
		assertThat(form.toString()).doesNotContain("802846");
		assertThat(form.toRoute().pins()).isEqualTo(OutboundRoute.PASSWORD);
		this.fields.set("ask", "PIN");
		assertThat(RouteForm.read(this.fields).toRoute().pins()).isEqualTo("abc");
		this.fields.set("pins", "");
		assertThat(RouteForm.read(this.fields).toRoute().pins()).as("not without a list").isNotEmpty();
		this.fields.set("ask", "?");
		assertThat(RouteForm.read(this.fields).toRoute().pins()).isEmpty();
	}

	@Test
	void emptyRowsAreNoRulesButKeepTheirPlace() {
		row("", "", "911", "");
		row("", "", "", "");
		row("1", "9", "NXXNXXXXXX", "31XX");
		assertThat(route().rules()).containsExactly(DialRule.of("911"), new DialRule("1", "9", "NXXNXXXXXX", "31XX"));
		assertThat(RouteForm.read(this.fields).usedRows()).containsExactly(0, 2);
		assertThat(RouteForm.read(this.fields).without(0).toRoute().rules()).hasSize(1);
		assertThat(RouteForm.read(this.fields).plus(List.of(DialRule.of(""))).rules()).hasSize(3);
	}

	@Test
	void aRouteComesBackAsItWas() {
		var time = new RouteTime("America/Mexico_City", new TreeSet<>(Set.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY)), 480,
				1440);
		var usual = RouteForm.Ending.usual(Set.of());
		var route = new OutboundRoute("Long distance", RouteType.INTERNAL, false,
				List.of(new DialRule("1", "9", "NXXNXXXXXX", "")), List.of("carrier", "backup"), null,
				new TreeSet<>(Set.of("1001", "1002")), time, "+15035550100", "");
		assertThat(RouteForm.of(route, "UTC", usual, false).toRoute()).isEqualTo(route);
		for (var block : List.of(Block.rejected(), new Block(34, "unavail"), new Block(100, "k3f9"))) {
			var blocking = OutboundRoute.blocking("Premium", block, List.of("1900!"));
			assertThat(RouteForm.of(blocking, "UTC", usual, false).toRoute()).isEqualTo(blocking);
		}
	}

	@Test
	void groupsAreUsersToo() {
		this.fields.add("users", "1001");
		this.fields.addAll("group", List.of("k3f9", "a111"));
		assertThat(route().users()).containsExactly("1001", "group:a111", "group:k3f9");
		var form = RouteForm.of(route(), "UTC", RouteForm.Ending.usual(Set.of()), false);
		assertThat(form.users()).isEqualTo("1001");
		assertThat(form.groups()).containsExactlyInAnyOrder("a111", "k3f9");
		assertThat(form.toRoute().users()).isEqualTo(route().users());
	}

	@Test
	void extensionsMayBeDividedAsPeopleDo() {
		this.fields.add("users", " 1001,1002; 1003\n1001 ");
		assertThat(route().users()).containsExactly("1001", "1002", "1003");
	}

	@Test
	void theUsualAnnouncementIsChosenWhileThereIsOne() {
		assertThat(RouteForm.Ending.usual(Set.of("k3f9", "unavail")).toBlock()).isEqualTo(new Block(21, "unavail"));
		assertThat(RouteForm.Ending.usual(Set.of("k3f9")).toBlock()).isEqualTo(Block.rejected());
		this.fields.add("goal", "block");
		this.fields.add("announcement", "k3f9");
		assertThat(route().block()).isEqualTo(new Block(0, "k3f9"));
	}

	@Test
	void aBlockHasNoTrunksAndTrunksNoGaps() {
		this.fields.addAll("trunk", List.of("carrier", "", "backup"));
		assertThat(route().trunks()).containsExactly("carrier", "backup");
		this.fields.add("goal", "block");
		assertThat(route().trunks()).isEmpty();
	}

	@Test
	void whatIsNoTimeIsRefused() {
		this.fields.add("when", "limited");
		this.fields.add("day", "MONDAY");
		this.fields.add("zone", "UTC");
		this.fields.add("from", "eight");
		this.fields.add("to", "00:00");
		assertThat(RouteCheck.problems(route(), NOTHING)).extracting(RouteProblem::code).contains("time");
		this.fields.set("from", "8");
		assertThat(route().time()).isEqualTo(new RouteTime("UTC", new TreeSet<>(Set.of(DayOfWeek.MONDAY)), 480, 1440));
	}

}
