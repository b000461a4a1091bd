package io.tollgate.policy;

import java.util.Set;
import java.util.TreeSet;

import io.tollgate.numbering.NumberingPlan;
import io.tollgate.policy.RestrictionChange.Emergency;
import io.tollgate.policy.RestrictionChange.LocalNumber;
import io.tollgate.policy.RestrictionChange.NationalForm;
import io.tollgate.policy.RestrictionChange.NoNumber;
import io.tollgate.policy.RestrictionChange.OwnCountry;
import io.tollgate.policy.RestrictionChange.TooManyColumns;
import io.tollgate.policy.RestrictionChange.TooWide;
import io.tollgate.policy.RestrictionImport.Layout;
import io.tollgate.policy.RestrictionImport.Omitted;
import io.tollgate.policy.RestrictionReading.Assumed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What people type and import, and what it restricts. */
class RestrictionReadingTests {

	static final PolicyRules US = rules("US", "011", "911", "112");

	private static final PolicyRules MEXICO = rules("MX", "00", "911", "066");

	private static PolicyRules rules(String home, String dialingCode, String... emergency) {
		return new PolicyRules(1, "Test", home, true, dialingCode, new TreeSet<>(Set.of("+", "00", "011")),
				new TreeSet<>(), new TreeSet<>(Set.of(emergency)));
	}

	private static RestrictionReading us(String typed) {
		return RestrictionReading.of(typed, US);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			1900, 1900
			+1 900, 1900
			' 1-900-XXXXXXX ', 1900
			_1900XXXXXXX, 1900
			_1900., 1900
			1900!, 1900
			1900xxxxxxx, 1900
			1 (900) NXX-XXXX, 1900
			0019005551234, 19005551234
			011 1 900, 1900
			011881., 881
			+881, 881
			00881, 881
			881, 881
			101XXXX, 101
			1010288, 1010288
			1XXX976, 1XXX976
			1NXX976XXXX, 1XXX976
			_1NXX976XXXX, 1XXX976
			+1 XXX 976, 1XXX976
			+91, 91
			1[58]00XXXXXXX, '1500 1800'
			152[1-9]., '1521 1522 1523 1524 1525 1526 1527 1528 1529'
			1900[2-9]XXXXXX, '19002 19003 19004 19005 19006 19007 19008 19009'
			'''+1900', 1900
			44 20, 4420""")
	void readsWhatPeopleType(String typed, String entries) {
		var reading = us(typed);
		assertThat(reading.refused()).isNull();
		assertThat(String.join(" ", reading.entries())).isEqualTo(entries);
		assertThat(reading.assumed()).isIn(null, Assumed.COUNTRY_CODE);
	}

	@ParameterizedTest
	@CsvSource({ "900XXXXXXX, 1900, AREA_CODE", "9005551234, 19005551234, AREA_CODE", "NXX976XXXX, 1XXX976, AREA_CODE",
			"976XXXX, 1XXX976, EVERY_AREA_CODE", "1976xxxxxxx, 1XXX976, EXCHANGE", "242, 242, COUNTRY_CODE" })
	void saysWhatItAssumed(String typed, String entry, Assumed assumed) {
		assertThat(us(typed)).isEqualTo(new RestrictionReading(new TreeSet<>(Set.of(entry)), assumed, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "+", "X.", ".", "premium", "1900abc", "*67", "1#", "1.900", "[", "1[a-c]", "1[",
			"1234567890123456", "+0900", "１９００", "1900;DROP" })
	void refusesWhatIsNoNumber(String typed) {
		assertThat(us(typed).refused()).as(typed).isInstanceOf(NoNumber.class);
		assertThat(us(typed).entries()).isEmpty();
	}

	@Test
	void refusesTheWholeCountry() {
		assertThat(us("1").refused()).isInstanceOf(OwnCountry.class);
		assertThat(us("1NXXNXXXXXX").refused()).isInstanceOf(OwnCountry.class);
		assertThat(us("+1").refused()).isInstanceOf(OwnCountry.class);
		assertThat(RestrictionReading.of("52", MEXICO).refused()).isInstanceOf(OwnCountry.class);
		assertThat(RestrictionReading.of("0052.", MEXICO).refused()).isInstanceOf(OwnCountry.class);
		assertThat(RestrictionReading.of("5", MEXICO).refused()).isInstanceOf(OwnCountry.class);
		assertThat(RestrictionReading.of("52900", MEXICO).entries()).containsExactly("52900");
		var jamaica = rules("JM", "011", "119");
		assertThat(RestrictionReading.of("1876", jamaica).refused()).isInstanceOf(OwnCountry.class);
		assertThat(RestrictionReading.of("1242", jamaica).entries()).containsExactly("1242");
	}

	@Test
	void refusesWhatWouldTakeInAnEmergencyNumber() {
		assertThat(us("911").refused()).isEqualTo(new Emergency("911", "911"));
		assertThat(us("9.").refused()).isEqualTo(new Emergency("9", "911"));
		assertThat(us("+1911").refused()).isEqualTo(new Emergency("1911", "911"));
		assertThat(us("19").refused()).isEqualTo(new Emergency("19", "911"));
		assertThat(us("11").refused()).isEqualTo(new Emergency("11", "112"));
	}

	@Test
	void asksForTheCountryOrAreaCode() {
		assertThat(us("5551234").refused()).isInstanceOf(LocalNumber.class);
		assertThat(RestrictionReading.of("01900", MEXICO).refused()).isEqualTo(new NationalForm("01900", "52"));
		assertThat(us("1XX5XX5").refused()).isInstanceOf(TooWide.class);
	}

	@Test
	void everyPresetCanBeTypedAndExported() {
		for (var preset : io.tollgate.numbering.RestrictionPreset.values()) {
			for (var rules : Set.of(US, MEXICO)) {
				var csv = RestrictionCsv.of(preset.entries(), rules);
				assertThat(RestrictionImport.of(csv, rules)).satisfies((read) -> {
					assertThat(read.layout()).isEqualTo(Layout.HEADER);
					assertThat(read.bad()).isEmpty();
					assertThat(read.entries().keySet()).isEqualTo(preset.entries());
				});
			}
		}
	}

	@Test
	void noCountryLosesAPresetToItsEmergencyNumbers() {
		for (String home : NumberingPlan.homeCountries()) {
			var plan = NumberingPlan.of(home);
			var rules = rules(home, plan.dialingCode(), Policies.emergencyNumbers(plan).toArray(String[]::new));
			for (var preset : io.tollgate.numbering.RestrictionPreset.values()) {
				var left = new TreeSet<>(preset.entries());
				left.removeAll(RestrictionLists.entries(preset, rules));
				assertThat(plan.ownCodes()).as(home + " " + preset).containsAll(left);
			}
		}
	}

	@Test
	void readsFreePbxFiles() {
		var read = RestrictionImport.of("""
				prepend,prefix,match pattern,callerid
				,,1900XXXXXXX,
				,1,242NXXXXXX,
				1,,284NXXXXXX,
				,9,1664.,1001
				,9,1767.,
				"","","011881.",""
				""", US);
		assertThat(read.layout()).isEqualTo(Layout.HEADER);
		assertThat(read.bad()).isEmpty();
		assertThat(read.entries().keySet()).containsExactly("1900", "1242", "1284", "1664", "1767", "881");
		assertThat(read.good()).extracting("omitted")
			.containsExactly(null, null, null, Omitted.CALLER, Omitted.PREFIX, null);
	}

	@Test
	void readsTheThreeColumnsThatFreePbxRefuses() {
		var read = RestrictionImport.of(",,1900xxxxxxx\r\n,,1976xxxxxxx\r\n\r\n,,1242xxxxxxx\r\n", US);
		assertThat(read.layout()).isEqualTo(Layout.THREE);
		assertThat(read.bad()).isEmpty();
		assertThat(read.entries().keySet()).containsExactly("1900", "1XXX976", "1242");
		assertThat(read.good().getLast().line()).isEqualTo(4);
		assertThat(RestrictionImport.of(",,1900.,", US).layout()).isEqualTo(Layout.FOUR);
		assertThat(RestrictionImport.of("1900.,,,", US).entries()).containsOnlyKeys("1900");
	}

	@Test
	void readsListsAndOtherDividers() {
		var list = RestrictionImport.of("1900\n+1 242, Bahamas\n881.\n", US);
		assertThat(list.layout()).isEqualTo(Layout.LIST);
		assertThat(list.entries()).containsEntry("1242", "Bahamas").containsOnlyKeys("1900", "1242", "881");
		assertThat(RestrictionImport.of("prepend;prefix;match pattern;callerid\n;;1900.;\n", US).entries())
			.containsOnlyKeys("1900");
		assertThat(RestrictionImport.of("pattern,note\n1900,\"Premium, 900\"\n", US).entries()).containsEntry("1900",
				"Premium, 900");
	}

	@Test
	void namesEveryBadRow() {
		var read = RestrictionImport.of("1900\nhello\n\n1\na,b,c,d,e\n,,,\n,,x,\n1900", US);
		assertThat(read.bad()).extracting("line").containsExactly(2, 4, 5, 7);
		assertThat(read.bad().get(2).reason()).isInstanceOf(TooManyColumns.class);
		assertThat(read.entries()).containsOnlyKeys("1900");
		assertThat(read.good()).hasSize(2);
	}

	@Test
	void readsTheEncodingsOfSpreadsheets() {
		assertThat(RestrictionImport.text("\uFEFF1900".getBytes(UTF_8))).isEqualTo("1900");
		assertThat(RestrictionImport.text("1900,México".getBytes(UTF_8))).isEqualTo("1900,México");
		assertThat(RestrictionImport.text(new byte[] { '1', ',', (byte) 0xE9 })).isEqualTo("1,é");
	}

}
