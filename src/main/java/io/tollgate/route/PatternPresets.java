package io.tollgate.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.tollgate.numbering.AreaCodes;
import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.NumberingPlan;

/** Dial patterns that most routes are made of, ready to be added. */
public final class PatternPresets {

	/**
	 * Territories of the United States inside +1; many carriers bill them as domestic.
	 */
	private static final Set<String> US_TERRITORIES = Set.of("AS", "GU", "MP", "PR", "VI");

	private static final List<String> TOLL_FREE = List.of("800", "833", "844", "855", "866", "877", "888");

	private PatternPresets() {
	}

	/**
	 * What can be added to a route.
	 * @param home where the PBX is: what its people dial
	 * @param dialingCode what they dial to call abroad: {@code 011}, {@code 00}
	 * @param blocks whether for a route that blocks
	 */
	public static List<Preset> of(NumberingPlan home, String dialingCode, boolean blocks) {
		return blocks ? blocks(home, dialingCode) : ways(home, dialingCode);
	}

	private static List<Preset> ways(NumberingPlan home, String dialingCode) {
		var presets = new ArrayList<Preset>();
		if (home.isNanp()) {
			presets.add(Preset.of("local-7", Stream.of("NXXXXXX")));
			presets.add(Preset.of("local-10", Stream.of("NXXNXXXXXX")));
			presets.add(Preset.of("local-11", Stream.of("1NXXNXXXXXX")));
			presets.add(Preset.of("toll-free", Stream.concat(TOLL_FREE.stream().map((code) -> "1" + code + "NXXXXXX"),
					TOLL_FREE.stream().map((code) -> code + "NXXXXXX"))));
			presets.add(Preset.of("long-distance", Stream.of("1NXXNXXXXXX")));
		}
		else {
			var abroad = home.dialingCode() + "ZXXXX!";
			presets.add(Preset.of("national",
					home.defaultPatterns().stream().filter((pattern) -> !pattern.equals(abroad))));
		}
		presets.add(Preset.of("international", Stream.of(dialingCode + "ZXXXX!")));
		presets.add(Preset.of("international-plus", Stream.of("+ZXXXX!")));
		presets.add(Preset.of("emergency", home.emergencyNumbers().stream()));
		return List.copyOf(presets);
	}

	private static List<Preset> blocks(NumberingPlan home, String dialingCode) {
		return List.of(
				Preset.of("premium",
						Stream.concat(begins(home, dialingCode, "900", "900XXXXXXX!"), exchange976(home, dialingCode))),
				Preset.of("offshore", territories(home, dialingCode, false)),
				Preset.of("us-territories", territories(home, dialingCode, true)));
	}

	/**
	 * Seven digits and what is dialled behind them. Ten such digits read like the area
	 * code 976, which nobody has: it is blocked in the other spelling too, so that a
	 * block is the same number however it is dialled.
	 */
	private static Stream<String> exchange976(NumberingPlan home, String dialingCode) {
		var all = begins(home, dialingCode, "NXX976", "NXX976XXXX!");
		return home.isNanp() ? Stream.concat(all, Stream.of("976!", "1976!")) : all;
	}

	private static Stream<String> territories(NumberingPlan home, String dialingCode, boolean american) {
		return CallingCodes.all()
			.stream()
			.filter((entry) -> entry.kind() == CallingCodeEntry.Kind.TERRITORY)
			.filter((entry) -> US_TERRITORIES.containsAll(entry.regions()) == american)
			.map((entry) -> entry.code().substring(1))
			.flatMap((area) -> begins(home, dialingCode, area, area + "XXXXXXX!"));
	}

	/**
	 * All that begins with an area code of +1, in every way to dial it. With nothing
	 * before the area code only whole numbers of ten digits: local ones of seven digits
	 * begin like that too.
	 */
	private static Stream<String> begins(NumberingPlan home, String dialingCode, String area, String tenDigits) {
		var international = Stream.concat(Stream.of("+"), Stream.of("00", "011", dialingCode).distinct())
			.map((code) -> code + "1" + area + "!");
		return home.isNanp() ? Stream.concat(Stream.of("1" + area + "!", tenDigits), international) : international;
	}

	/** The states of the United States, by name. */
	public static List<AreaCodes.State> states() {
		return AreaCodes.states();
	}

	/**
	 * All numbers of a state, with and without the 1 in front.
	 * @param code {@code OR}
	 * @param tenDigits whether people there also dial without the 1
	 * @return empty when there is no such state
	 */
	public static Optional<Preset> state(String code, boolean tenDigits) {
		return AreaCodes.states()
			.stream()
			.filter((state) -> state.code().equals(code))
			.findFirst()
			.map((state) -> Preset.of("state",
					state.areaCodes()
						.stream()
						.flatMap((area) -> tenDigits ? Stream.of("1" + area + "NXXXXXX", area + "NXXXXXX")
								: Stream.of("1" + area + "NXXXXXX"))));
	}

	/**
	 * Some rules with a name.
	 *
	 * @param code the words stand under {@code route.preset.<code>}, see {@link #CODES};
	 * those of {@code state} take its name
	 */
	public record Preset(String code, List<DialRule> rules) {

		/** All there are. */
		public static final List<String> CODES = List.of("local-7", "local-10", "local-11", "toll-free",
				"long-distance", "national", "international", "international-plus", "emergency", "premium", "offshore",
				"us-territories", "state");

		public Preset {
			rules = List.copyOf(rules);
		}

		static Preset of(String code, Stream<String> patterns) {
			return new Preset(code, patterns.map(DialRule::of).toList());
		}

	}

}
