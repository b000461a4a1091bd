package io.tollgate.extension;

import java.util.Arrays;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MembersTests {

	private static Members read(String typed, String... there) {
		return Members.read(typed, new TreeSet<>(Arrays.asList(there)));
	}

	@Test
	void readsNumbersAndRanges() {
		var read = read(" 1001-1003, 1020;1005\n1007", "1001", "1003", "1005", "1007", "1020", "1021");
		assertThat(read.numbers()).containsExactly("1001", "1003", "1005", "1007", "1020");
		assertThat(read.unknown()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "1001 - 1003", "1001\u20131003", "1001- 1003" })
	void aRangeMayHaveBlanksAndALongDash(String typed) {
		assertThat(read(typed, "1001", "1002", "1003", "1004").numbers()).containsExactly("1001", "1002", "1003");
	}

	@Test
	void namesWhatIsUnknownOnce() {
		var read = read("1001, 4711, 4711, 5000-5999, 1005-1001, frontdesk", "1001", "1003");
		assertThat(read.numbers()).containsExactly("1001");
		assertThat(read.unknown()).containsExactly("4711", "5000-5999", "1005-1001", "frontdesk");
	}

	@Test
	void aRangeCountsAsPeopleDo() {
		assertThat(read("99-101", "100", "1000", "98", "99", "101", "9a").numbers()).containsExactly("100", "101",
				"99");
		assertThat(read("0100-0102", "100", "0100", "0102").numbers()).containsExactly("0100", "0102");
	}

	@Test
	void anExtensionWithADashIsNoRange() {
		assertThat(read("sales-1, 10-20", "sales-1", "10-20", "15").numbers()).containsExactly("10-20", "sales-1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "1001 1002 1003 1004 | 1001-1004", "1001 1002 1004 | 1001, 1002, 1004",
			"99 100 101 | 99, 100, 101", "'' | ''", "007 008 009 | 007-009", "sales 12 | 12, sales" })
	void saysNeighboursAsRanges(String numbers, String words) {
		var all = new TreeSet<>(Arrays.asList(numbers.split(" ")));
		all.remove("");
		assertThat(Members.words(all)).isEqualTo(words);
		assertThat(Members.read(words, all).numbers()).isEqualTo(all);
	}

}
