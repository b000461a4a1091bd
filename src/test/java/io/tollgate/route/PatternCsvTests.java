package io.tollgate.route;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

class PatternCsvTests {

	@Test
	void readsWhatFreePbxWrites() {
		var preview = preview("prepend,prefix,match pattern,callerid\n,9,1503NXXXXXX,\n1,,NXXNXXXXXX,10XX\n");
		assertThat(preview.rules()).containsExactly(new DialRule("", "9", "1503NXXXXXX", ""),
				new DialRule("1", "", "NXXNXXXXXX", "10XX"));
		assertThat(preview.rows()).extracting(PatternCsv.Row::line).containsExactly(2, 3);
		assertThat(preview.bad()).isEmpty();
		assertThat(preview.assumptions()).isEmpty();
	}

	@Test
	void readsColumnsInAnyOrder() {
		var preview = preview("Match Pattern,note,CallerID,Prefix\n1NXX.,hello,,9\n");
		assertThat(preview.rules()).containsExactly(new DialRule("", "9", "1NXX.", ""));
		assertThat(assumed(preview)).containsExactly("ignored-columns");
		assertThat(preview.assumptions().getFirst().argument()).isEqualTo("note");
	}

	/** FreePBX refuses the howto's own file, or silently takes nothing of it. */
	@Test
	void readsTheHowtosFile() {
		var preview = preview(",,1900xxxxxxx\r\n,,1976xxxxxxx\r\n,,1242xxxxxxx\r\n");
		assertThat(preview.rules()).containsExactly(DialRule.of("1900XXXXXXX"), DialRule.of("1976XXXXXXX"),
				DialRule.of("1242XXXXXXX"));
		assertThat(preview.assumptions()).extracting(PatternCsv.Assumption::code, PatternCsv.Assumption::argument)
			.containsExactly(tuple("lower-case", "3"), tuple("no-header", "0"), tuple("three-columns", "3"));
	}

	@Test
	void readsWhatSpreadsheetsMakeOfIt() {
		var preview = preview(
				"\uFEFF\"prepend\";\"prefix\";\"match pattern\";\"callerid\"\r;;_1503-NXX-XXXX;\r\r;;'+52.;\r;;;\r");
		assertThat(preview.rules()).containsExactly(DialRule.of("1503NXXXXXX"), DialRule.of("+52."));
		assertThat(assumed(preview)).containsExactly("apostrophe", "blank-lines", "byte-order-mark", "semicolons",
				"separators", "underscore");
		assertThat(preview.assumptions().get(1).argument()).isEqualTo("1");
		assertThat(assumed(preview("a\tb\tmatch pattern\n\t\t911\n"))).contains("tabs");
	}

	@Test
	void readsOtherEncodings() {
		var text = "prepend,prefix,match pattern,callerid\n,,911,\n";
		for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16, StandardCharsets.ISO_8859_1)) {
			assertThat(PatternCsv.parse(text.getBytes(charset))).isInstanceOfSatisfying(PatternCsv.Preview.class,
					(preview) -> assertThat(preview.rules()).containsExactly(DialRule.of("911")));
		}
		assertThat(PatternCsv.parse((text + ",,caf\u00e9,\n").getBytes(StandardCharsets.ISO_8859_1)))
			.isInstanceOfSatisfying(PatternCsv.Preview.class,
					(preview) -> assertThat(preview.bad()).extracting(PatternCsv.BadRow::text)
						.containsExactly(",,caf\u00e9,"));
	}

	@Test
	void readsShortRowsAndSingleColumns() {
		assertThat(assumed(preview("prepend,prefix,match pattern,callerid\n,,911\n"))).containsExactly("short-rows");
		var lone = preview("911\n1503NXXXXXX\n");
		assertThat(lone.rules()).containsExactly(DialRule.of("911"), DialRule.of("1503NXXXXXX"));
		assertThat(assumed(lone)).containsExactly("no-header", "one-column");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "9,911|columns|2", ",,911,,x|columns|5", ",,9\"1\"1,|pattern.character|9\"1\"1",
					"\"9,911|quotes|", "w9,,911,|prepend|w9", ",X,911,|prefix|X", ",,911,bob|callerid|bob",
					",,,1001|pattern.empty|", ",,1.5,|pattern.after-wildcard|1.5", ",9,+52.,|pattern.plus-inside|9+52.",
					",,1.5E+10,|pattern.after-wildcard|1.5E+10", ",,=1+1,|pattern.character|=1+1" })
	void namesBadRows(String row, String code, String argument) {
		var preview = preview(",,411,\n\n" + row + "\n,,611,\n");
		assertThat(preview.rules()).containsExactly(DialRule.of("411"), DialRule.of("611"));
		assertThat(preview.bad()).singleElement().satisfies((bad) -> {
			assertThat(bad.line()).isEqualTo(3);
			assertThat(bad.text()).isEqualTo(row);
			assertThat(bad.code()).isEqualTo(code);
			assertThat(bad.arguments().stream().findFirst().orElse("")).isEqualTo((argument != null) ? argument : "");
		});
	}

	@Test
	void namesRowsThatStandThereTwice() {
		var preview = preview(",,1NXX,\n,1,nxx,\n,,1NXX,1001\n1,,1NXX,\n");
		assertThat(preview.bad())
			.extracting(PatternCsv.BadRow::line, PatternCsv.BadRow::code, PatternCsv.BadRow::arguments)
			.containsExactly(tuple(2, "twice", List.of("1")), tuple(4, "twice", List.of("1")));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "prepend,prefix,callerid|no-match-column", "prefix,prefix,match pattern,callerid|column-twice" })
	void refusesHeadersThatCannotBeRead(String header, String code) {
		assertThat(PatternCsv.parse(header + "\n,,911,\n")).isEqualTo(PatternCsv.parse(header + "\n"))
			.extracting("code")
			.isEqualTo(code);
	}

	@Test
	void refusesWhatIsNoFileOfPatterns() {
		assertThat(PatternCsv.parse("")).extracting("code").isEqualTo("empty");
		assertThat(PatternCsv.parse(" \n\n")).extracting("code").isEqualTo("empty");
		assertThat(PatternCsv.parse("PK\3\4\0\0")).extracting("code").isEqualTo("not-text");
		assertThat(PatternCsv.parse(new byte[PatternCsv.LARGEST + 1])).extracting("code").isEqualTo("too-large");
		assertThat(PatternCsv.parse(",,911\n".repeat(10_001))).extracting("code").isEqualTo("too-many");
	}

	@Test
	void readsTenThousandRows() {
		var text = IntStream.range(0, 9_999)
			.mapToObj((n) -> ",,1" + (10_000 + n) + "XXXXX,")
			.collect(Collectors.joining("\n"));
		long begin = System.nanoTime();
		assertThat(preview("prepend,prefix,match pattern,callerid\n" + text).rules()).hasSize(9_999);
		System.out.println("10,000 rows: " + (System.nanoTime() - begin) / 1_000_000 + " ms");
	}

	@Test
	void writesWhatItReads() {
		var random = new Random(3);
		var rules = new ArrayList<DialRule>();
		var digits = List.of("", "1", "+1", "00", "9");
		for (int i = 0; i < 500; i++) {
			rules.add(
					new DialRule(digits.get(random.nextInt(5)), List.of("", "9", "+", "*9", "#").get(random.nextInt(5)),
							i + List.of("NXX", "[2-9*#]X!", "ZX.", "!").get(random.nextInt(4)),
							List.of("", "10XX", "[1-3].").get(random.nextInt(3))));
		}
		rules.add(DialRule.of("+52NXX."));
		var text = PatternCsv.export(rules);
		assertThat(text).startsWith("prepend,prefix,match pattern,callerid\n").doesNotContain("\"", "'");
		var preview = preview(text);
		assertThat(preview.rules()).isEqualTo(rules);
		assertThat(preview.assumptions()).isEmpty();
	}

	@Test
	void writesForFreePbxWhatItKeeps() {
		assertThat(PatternCsv.exportForFreePbx(List.of(DialRule.of("1900!"))))
			.isEqualTo("prepend,prefix,match pattern,callerid\n,,1900.,\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "=HYPERLINK(\"x\")", "@SUM(1)", "-1+1", "1,2", "1\n2", "\t1", "+cmd|'x'!A" })
	void writesNothingThatASpreadsheetWouldRun(String match) {
		assertThatIllegalArgumentException().isThrownBy(() -> PatternCsv.export(List.of(DialRule.of(match))));
	}

	private static PatternCsv.Preview preview(String text) {
		var parsed = PatternCsv.parse(text);
		assertThat(parsed).isInstanceOf(PatternCsv.Preview.class);
		return (PatternCsv.Preview) parsed;
	}

	private static List<String> assumed(PatternCsv.Preview preview) {
		assertThat(preview.assumptions()).allMatch((made) -> PatternCsv.Assumption.CODES.contains(made.code()));
		return preview.assumptions().stream().map(PatternCsv.Assumption::code).toList();
	}

}
