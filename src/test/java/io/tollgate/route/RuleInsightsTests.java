package io.tollgate.route;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.tollgate.numbering.DialPattern;
import io.tollgate.numbering.NumberingPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RuleInsightsTests {

	private static final NumberingPlan US = NumberingPlan.of("US");

	private static final NumberingPlan MX = NumberingPlan.of("MX");

	@Test
	void saysWhatARuleDoes() {
		var rule = new DialRule("1", "9", "503NXXXXXX", "10XX");
		var insight = RuleInsights.of(route("r", rule), List.of(), US).getFirst();
		assertThat(insight.pattern()).isEqualTo("9503NXXXXXX");
		assertThat(insight.example()).isEqualTo("95035678912");
		assertThat(insight.sent()).isEqualTo("15035678912");
		assertThat(insight.count()).isEqualTo(OptionalLong.of(8_000_000));
		assertThat(insight.shortest()).isEqualTo(11);
		assertThat(insight.longest()).hasValue(11);
		assertThat(insight.problem()).isNull();
		assertThat(insight.shadowed()).isFalse();
		assertThat(insight("011ZXXXX!").count()).isEmpty();
	}

	@Test
	void saysWhatIsNoPattern() {
		assertThat(insight("1.5").problem()).extracting("code").isEqualTo("after-wildcard");
		assertThat(RuleInsights.of(route("r", new DialRule("", "", "1NXX", "10A")), List.of(), US).getFirst().problem())
			.extracting("code")
			.isEqualTo("character");
	}

	@Test
	void findsTheRuleThatIsAskedBefore() {
		var route = route("r", "X!", "[2-5]X", "X.", "1NXX!", "X", "1NXX", "[2-5]X");
		var shadows = RuleInsights.of(route, List.of(), US).stream().map(RuleInsight::shadow).toList();
		assertThat(shadows.get(0)).isNull();
		assertThat(shadows.get(1)).isNull(); // a set comes before X, whatever the order
		assertThat(shadows.get(2)).isNull(); // and one or more before none or more
		assertThat(shadows.get(3)).isNull();
		assertThat(shadows.get(4)).isEqualTo(new RuleInsight.Shadow("", 1, "X!"));
		assertThat(shadows.get(5)).isEqualTo(new RuleInsight.Shadow("", 4, "1NXX!"));
		assertThat(shadows.get(6)).isEqualTo(new RuleInsight.Shadow("", 2, "[2-5]X"));
	}

	@Test
	void findsTheEarlierRouteThatTakesItAll() {
		var block = blocking("no premium", "1800!", "1900!");
		var insight = RuleInsights.of(route("r", "1900NXXXXXX"), List.of(route("first", "911"), block), US).getFirst();
		assertThat(insight.shadow()).isEqualTo(new RuleInsight.Shadow("no premium", 2, "1900!"));
		assertThat(insight.warnings()).isEmpty();
		assertThat(RuleInsights.of(route("r", "1NXXNXXXXXX"), List.of(block), US).getFirst().shadow()).isNull();
	}

	@Test
	void aRouteForSomeHidesNothing() {
		var some = new OutboundRoute("some", RouteType.NORMAL, true, List.of(DialRule.of("1900!")), List.of(), null,
				new TreeSet<>(List.of("1001")), null, "", "");
		var off = new OutboundRoute("off", RouteType.NORMAL, false, List.of(DialRule.of("1900!")), List.of(), null,
				new TreeSet<>(), null, "", "");
		var callers = route("callers", new DialRule("", "", "1900!", "10XX"));
		assertThat(RuleInsights.of(route("r", "1900NXXXXXX"), List.of(some, off, callers), US).getFirst().shadow())
			.isNull();
		var same = route("r", new DialRule("", "", "1900NXXXXXX", "1001"));
		assertThat(RuleInsights.of(same, List.of(callers), US).getFirst().shadow())
			.isEqualTo(new RuleInsight.Shadow("callers", 1, "1900!"));
	}

	@Test
	void aRuleWithCallersIsAskedBeforeThoseWithout() {
		var route = route("r", new DialRule("", "", "1NXX", ""), new DialRule("", "", "1NXX", "10XX"),
				new DialRule("", "", "1NXX", "1001"));
		assertThat(RuleInsights.of(route, List.of(), US)).noneMatch(RuleInsight::shadowed);
	}

	@ParameterizedTest
	@CsvSource({ "1.,true,true", "NXXNXXXXXX,true,true", "1NXXNXXXXXX,true,true", "1503NXXXXXX,true,false",
			"1503[2-8]XXXXXX,false,false", "1242NXXXXXX,true,true", "011ZXXXX!,true,true", "011[2-9]XXXX!,false,false",
			"+.,true,true", "00.,true,true", "NXXXXXX,true,false", "1800NXXXXXX,true,false", "911,false,false",
			"1900NXXXXXXX,true,false", "1900NXX,false,false", "[3-7]XXX,false,false" })
	void saysWhatGetsThrough(String pattern, boolean premium, boolean offshore) {
		assertThat(codes(pattern).contains("premium")).isEqualTo(premium);
		assertThat(codes(pattern).contains("offshore")).isEqualTo(offshore);
	}

	@Test
	void namesWhatGetsThrough() {
		var insight = insight("1.");
		assertThat(insight.warnings().get(0).arguments()).containsExactly("1.", "1900, 1XXX976", "19005678912", "2");
		assertThat(insight.warnings().get(1).arguments().get(1)).startsWith("1242, 1246, 1264").endsWith("1876, 1939");
		assertThat(insight.warnings().get(1).arguments().get(3)).isEqualTo("27");
		assertThat(insight("1503NXXXXXX").warnings().getFirst().arguments()).containsExactly("1503NXXXXXX", "1XXX976",
				"15039768912", "1");
	}

	@Test
	void whatThePolicyRestrictsGetsThroughNowhere() {
		var route = route("r", "1.");
		var some = RuleInsights.of(route, List.of(), US, new TreeSet<>(Set.of("1900", "12", "1XXX9765")));
		assertThat(some.getFirst().warnings().get(0).arguments()).contains("1XXX976");
		assertThat(some.getFirst().warnings().get(1).arguments().get(1)).doesNotContain("1242").contains("1876");
		var all = RuleInsights.of(route, List.of(), US,
				new TreeSet<>(Set.of("1900", "1XXX976", "12", "13", "14", "16", "17", "18", "19")));
		assertThat(all.getFirst().warnings()).extracting(RuleWarning::code).doesNotContain("premium", "offshore");
	}

	@Test
	void judgesWhatIsSent() {
		var stripped = route("r", new DialRule("", "9", "00ZXXXX!", ""));
		assertThat(RuleInsights.of(stripped, List.of(), MX).getFirst().warnings().getFirst().arguments())
			.containsExactly("900ZXXXX!", "1900, 1XXX976", "90019008912345", "2");
		var prepended = route("r", new DialRule("1900", "", "NXXXXXX", ""));
		assertThat(codes(prepended, US)).contains("premium");
		var harmless = route("r", new DialRule("1503", "", "[2-8]XXXXXX", ""));
		assertThat(codes(harmless, US)).isEmpty();
		assertThat(codes(harmless, MX)).isEmpty();
	}

	@Test
	void whatABlockTakesDoesNotGetThrough() {
		var premium = blocking("b", "1900!", "1[2-5]XX976!", "1[6-9]XX976XXXX");
		assertThat(RuleInsights.of(route("r", "1[3-9]0[03]NXXXXXX"), List.of(premium), US).getFirst().warnings())
			.isEmpty();
		var half = blocking("b", "1900!", "1[2-5]XX976!");
		assertThat(RuleInsights.of(route("r", "1[3-9]0[03]NXXXXXX"), List.of(half), US).getFirst().warnings())
			.singleElement()
			.satisfies((warning) -> assertThat(warning.arguments()).contains("1XXX976").doesNotContain("1900"));
	}

	/** National numbers elsewhere are no numbers of the +1 plan. */
	@Test
	void knowsWhereItIs() {
		assertThat(codes(route("r", "NXXNXXXXXX", "1NXXNXXXXXX", "1503NXXXXXXXXX"), MX)).isEmpty();
		assertThat(codes(route("r", "00ZXXXX!"), MX)).containsExactly("premium", "offshore");
		assertThat(codes(route("r", "00[2-9]XXXX!"), MX)).isEmpty();
		assertThat(codes(blocking("r", "1976XXXXXXX"), MX)).containsExactly("longer-passes");
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "1503NXXXXXXXXX,14,11,1503NXXXXXX", "1503NXXXX,9,11,1503NXXXXXX", "NXXNXXXXXXX,11,10,NXXNXXXXXX",
					"1503555123456,13,11,-", "0111503NXXXXXXX,12,11,0111503NXXXXXX", "+1503NXXXXXXX,12,11,+1503NXXXXXX",
					"1503NXXXXXXX!,12,11,1503NXXXXXX!", "[2-9]XXXXXXX,8,10,[2-9]XXXXXXXXX" })
	void saysWhichLengthIsRight(String pattern, String digits, String right, String offered) {
		assertThat(insight(pattern).warnings()).filteredOn("code", "length").singleElement().satisfies((warning) -> {
			assertThat(warning.arguments()).containsExactly(pattern, digits, right);
			assertThat(warning.offered()).isEqualTo(offered);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "1503NXXXXXX", "1NXX", "NXXXXXX", "NXXNXXXXXX", "1503!", "1.", "N11", "10XX", "101XXXX.",
			"011ZXXXX!", "9NXXXXXXX", "+1NXXNXXXXXX", "00XXXXXXXXXXXXXXX" })
	void leavesOtherLengthsAlone(String pattern) {
		assertThat(codes(pattern)).doesNotContain("length", "too-many-digits");
	}

	@Test
	void knowsTheLongestNumber() {
		assertThat(codes("00XXXXXXXXXXXXXXXX")).contains("too-many-digits");
		assertThat(codes("0" + "X".repeat(32))).contains("never-long");
		assertThat(codes(route("r", new DialRule("", "9", "1503NXXXXXXXXX", "")), US)).contains("length");
	}

	@ParameterizedTest
	@CsvSource({ "1976xxxxxxx,1NXX976!", "976XXXXXXX,NXX976XXXX!", "+1976!,+1NXX976!", "0111976.,0111NXX976!" })
	void saysThat976IsAnExchange(String pattern, String offered) {
		assertThat(warnings(blocking("b", pattern))).filteredOn("code", "exchange-976")
			.extracting(RuleWarning::offered)
			.containsExactly(offered);
		assertThat(codes(blocking("b", pattern), US)).doesNotContain("longer-passes", "length");
	}

	@ParameterizedTest
	@ValueSource(strings = { "976XXXX", "976!", "1NXX976XXXX", "NXX976XXXX!" })
	void letsRightFormsOf976Alone(String pattern) {
		assertThat(codes(blocking("b", pattern), US)).doesNotContain("exchange-976");
	}

	@ParameterizedTest
	@CsvSource({ "1900XXXXXXX,1900!", "1NXX976XXXX,1NXX976!", "1242NXXXXXX,1242!", "242NXXXXXX,242NXXXXXX!",
			"NXX976XXXX,NXX976XXXX!", "0111900XXXXXXX,0111900!", "+1900NXXXXXX,+1900!", "19005551234,19005551234!",
			"1NXXNXXXXXX,1NXXNXXXXXX!" })
	void offersThePrefixForm(String pattern, String offered) {
		assertThat(warnings(blocking("b", pattern))).singleElement().satisfies((warning) -> {
			assertThat(warning.code()).isEqualTo("longer-passes");
			assertThat(warning.offered()).isEqualTo(offered);
		});
		assertThat(warnings(blocking("b", offered))).isEmpty();
		assertThat(warnings(blocking("b", pattern, offered))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1900!", "1900.", "411", "X11", "1411", "0" })
	void letsOtherBlocksAlone(String pattern) {
		assertThat(warnings(blocking("b", pattern))).isEmpty();
	}

	@Test
	void offersWhatGoesBehindThePrefix() {
		var route = new OutboundRoute("b", RouteType.NORMAL, true, List.of(new DialRule("", "1", "900XXXXXXX", "")),
				List.of(), blocking("b").block(), new TreeSet<>(), null, "", "");
		assertThat(warnings(route)).extracting(RuleWarning::offered).containsExactly("900!");
	}

	@Test
	void saysWhatNeverMatches() {
		assertThat(codes("*98")).containsExactly("never-character");
		assertThat(codes("9*1XX")).containsExactly("never-character");
		assertThat(codes(route("r", new DialRule("", "9", "[*#]XX", "")), US)).containsExactly("never-character");
		assertThat(codes("+52.")).isEmpty();
	}

	@Test
	void mindsLowerCase() {
		assertThat(warnings(route("r", "1503[2-8]xxx-xxx"))).singleElement().satisfies((warning) -> {
			assertThat(warning.code()).isEqualTo("lower-case");
			assertThat(warning.offered()).isEqualTo("1503[2-8]XXXXXX");
		});
	}

	/** Feedback comes while people type, and they type anything. */
	@Test
	void hasSomethingToSayWhateverIsTyped() {
		var pieces = List.of("1", "503", "X", "n", "[1-3]", "[", "]", "-", " ", ".", "!", "+", "*", "w", "(", "1900",
				"XXXXXXXXXX", "011", "976", "");
		var random = new Random(7);
		for (int i = 0; i < 5_000; i++) {
			var typed = IntStream.range(0, 4)
				.mapToObj((column) -> IntStream.range(0, random.nextInt((column == 2) ? 5 : 3))
					.mapToObj((n) -> pieces.get(random.nextInt(pieces.size())))
					.collect(Collectors.joining()))
				.toList();
			var rule = new DialRule(typed.get(0), typed.get(1), typed.get(2), typed.get(3));
			for (var route : List.of(route("r", rule), new OutboundRoute("b", RouteType.NORMAL, true, List.of(rule),
					List.of(), Block.rejected(), new TreeSet<>(), null, "", ""))) {
				assertThat(RuleInsights.of(route, List.of(), (i % 2 == 0) ? US : MX)).as(rule.toString())
					.singleElement()
					.matches((insight) -> (insight.problem() == null) ? matches(insight.pattern(), insight.example())
							: insight.example().isEmpty());
			}
		}
	}

	/** Printed, not asserted: the processor time that a page with so many rules takes. */
	@Test
	void isQuickWithAThousandRules() {
		var areas = IntStream.range(0, 1_000)
			.mapToObj((n) -> "1" + (200 + n % 800) + "[2-8]" + n % 10 + "XXXXX")
			.toList();
		var wide = IntStream.range(0, 1_000)
			.mapToObj((n) -> "1N" + "[2-%d]".formatted(3 + n % 7) + "[1-%d]".formatted(2 + n / 7 % 8) + n + "XX!")
			.toList();
		var blocks = new ArrayList<OutboundRoute>();
		IntStream.range(0, 50)
			.forEach((n) -> blocks.add(blocking("b" + n,
					IntStream.range(0, 20).mapToObj((i) -> "1%d%d!".formatted(200 + n, i)).toArray(String[]::new))));
		var threads = ManagementFactory.getThreadMXBean();
		for (var patterns : List.of(areas, wide)) {
			var route = route("r", patterns.toArray(String[]::new));
			var times = new long[20];
			for (int i = 0; i < times.length; i++) {
				long begin = threads.getCurrentThreadCpuTime();
				assertThat(RuleInsights.of(route, blocks, US)).hasSize(1_000);
				times[i] = (threads.getCurrentThreadCpuTime() - begin) / 1_000;
			}
			System.out.println("1,000 rules below 1,000 blocks: first " + times[0] + " us, when warm "
					+ Arrays.stream(times).skip(10).sorted().skip(5).findFirst().orElseThrow() + " us");
		}
	}

	static boolean matches(String pattern, String number) {
		return DialPattern.parse(pattern) instanceof DialPattern.Ok(DialPattern parsed) && parsed.matches(number);
	}

	private static RuleInsight insight(String pattern) {
		return RuleInsights.of(route("r", pattern), List.of(), US).getFirst();
	}

	private static List<String> codes(String pattern) {
		return codes(route("r", pattern), US);
	}

	private static List<String> codes(OutboundRoute route, NumberingPlan home) {
		return RuleInsights.of(route, List.of(), home)
			.stream()
			.flatMap((insight) -> insight.warnings().stream())
			.map(RuleWarning::code)
			.peek((code) -> assertThat(RuleWarning.CODES).contains(code))
			.toList();
	}

	private static List<RuleWarning> warnings(OutboundRoute route) {
		return RuleInsights.of(route, List.of(), US)
			.stream()
			.flatMap((insight) -> insight.warnings().stream())
			.toList();
	}

	private static OutboundRoute route(String name, String... patterns) {
		return OutboundRoute.through(name, List.of("carrier"), List.of(patterns));
	}

	private static OutboundRoute route(String name, DialRule... rules) {
		return new OutboundRoute(name, RouteType.NORMAL, true, List.of(rules), List.of("carrier"), null,
				new TreeSet<>(), null, "", "");
	}

	private static OutboundRoute blocking(String name, String... patterns) {
		return OutboundRoute.blocking(name, Block.rejected(), List.of(patterns));
	}

}
