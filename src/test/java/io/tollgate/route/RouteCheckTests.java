package io.tollgate.route;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.tollgate.extension.ExtensionGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RouteCheckTests {

	private static final RouteCheck.Known KNOWN = new RouteCheck.Known(Set.of("carrier"), Set.of("unavail"), Set.of());

	@ParameterizedTest
	@ValueSource(strings = { "NXXXXXXXXX", "00ZXXXX!", "+NXX.", "[1-35]XX", "9011.", "*98", "911" })
	void letsPatternsPass(String pattern) {
		assertThat(problems(pattern)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { ".", "!", "X.", "X!", "XX.", "XXXXX!", "[0-9].", "_X.", "_.", "NXXXXXX." })
	void refusesWhatTakesEverything(String pattern) {
		assertThat(problems(pattern)).extracting(RouteProblem::code).containsExactly("catch-all");
		assertThat(problems(pattern)).allMatch(RouteProblem::refusal);
	}

	@ParameterizedTest
	@ValueSource(strings = { "[2-5]NXX!", "[46]." })
	void warnsOfAnOpenEndAfterNothingButWildcards(String pattern) {
		assertThat(problems(pattern)).extracting(RouteProblem::code).containsExactly("wide");
		assertThat(problems(pattern)).noneMatch(RouteProblem::refusal);
	}

	@ParameterizedTest
	@ValueSource(strings = { "9/1001", "1,1,Goto(x)", "${SHELL(id)}", "1;2", "1]\n[default]", "1=>2", "#exec x", "１２",
			"9%", "s", "", "_", "NXX.X", "[1", "[]5", "0x7f" })
	void refusesWhatIsNoPattern(String pattern) {
		assertThat(problems(pattern)).allMatch(RouteProblem::refusal)
			.extracting(RouteProblem::code)
			.singleElement()
			.asString()
			.startsWith("pattern.");
	}

	@ParameterizedTest
	@CsvSource({ "_NXXXXXX, NXXXXXX", "nxx-xxxx, NXXXXXX", "' 1 NXX NXX XXXX ', 1NXXNXXXXXX", "oops, oops" })
	void writesPatternsAsAsteriskReadsThem(String typed, String clean) {
		assertThat(RouteCheck.clean(typed)).isEqualTo(clean);
	}

	@Test
	void namesTheLine() {
		var route = new FirstRoute("carrier", List.of("NXXXXXX", "bad", "NXXXXXX"));
		assertThat(problems(route)).extracting(RouteProblem::line, RouteProblem::code)
			.containsExactly(org.assertj.core.groups.Tuple.tuple(2, "pattern.character"),
					org.assertj.core.groups.Tuple.tuple(3, "twice"));
	}

	@Test
	void knowsATrunkThatIsNotThere() {
		assertThat(problems(new FirstRoute("gone", List.of("NXX")))).extracting(RouteProblem::code)
			.containsExactly("no-such-trunk");
		assertThat(problems(new FirstRoute(null, List.of()))).noneMatch(RouteProblem::refusal)
			.extracting(RouteProblem::code)
			.containsExactly("no-trunk", "no-pattern");
	}

	@Test
	void knowsAnAnnouncementThatIsNotThere() {
		for (var end : List.of(Block.rejected(), new Block(21, "unavail"))) {
			assertThat(RouteCheck.problems(OutboundRoute.blocking("b", end, List.of("1900!")), KNOWN)).isEmpty();
		}
		var gone = OutboundRoute.blocking("b", new Block(21, "k3f9"), List.of("1900!"));
		assertThat(RouteCheck.problems(gone, KNOWN)).allMatch(RouteProblem::refusal)
			.extracting(RouteProblem::code)
			.containsExactly("no-such-announcement");
	}

	@Test
	void refusesAGroupThatIsGoneAndWarnsOfOneWithoutMembers() {
		var plain = OutboundRoute.through("Out", List.of("carrier"), List.of("NXXXXXX"));
		var groups = Map.of("full", new ExtensionGroup("Sales", new TreeSet<>(Set.of("1001"))), "void",
				new ExtensionGroup("Nobody", new TreeSet<>()));
		assertThat(RouteCheck.groups(plain, groups)).isEmpty();
		assertThat(RouteCheck.groups(forUsers(plain, "group:full", "group:void"), groups)).isEmpty();
		assertThat(RouteCheck.groups(forUsers(plain, "1001", "group:void"), groups)).isEmpty();
		assertThat(RouteCheck.groups(forUsers(plain, "group:void"), groups)).singleElement()
			.matches((problem) -> problem.code().equals("nobody") && !problem.refusal());
		assertThat(RouteCheck.groups(forUsers(plain, "1001", "group:gone"), groups)).singleElement()
			.matches((problem) -> problem.code().equals("no-such-group") && problem.refusal());
	}

	private static OutboundRoute forUsers(OutboundRoute route, String... users) {
		return new OutboundRoute(route.name(), route.type(), true, route.rules(), route.trunks(), null,
				new TreeSet<>(Set.of(users)), null, "", "");
	}

	@Test
	void capsTheNumberOfPatterns() {
		var many = IntStream.range(1000, 2001).mapToObj(String::valueOf).toList();
		assertThat(problems(new FirstRoute("carrier", many))).extracting(RouteProblem::code)
			.containsExactly("too-many");
		assertThat(problems(new FirstRoute("carrier", many.subList(0, 1000)))).isEmpty();
	}

	private static List<RouteProblem> problems(String pattern) {
		return problems(new FirstRoute("carrier", Collections.singletonList(pattern)));
	}

	private static List<RouteProblem> problems(FirstRoute route) {
		return RouteCheck.problems(route.toRoute(), KNOWN);
	}

}
