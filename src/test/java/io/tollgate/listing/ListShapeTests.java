package io.tollgate.listing;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ListShapeTests {

	private static final ListShape<Row> SHAPE = ListShape.<Row>empty()
		.text("name", "label.name", Row::name)
		.number("calls", "label.calls", Row::calls)
		.looking("num wide")
		.time("seen", "label.seen", Row::seen)
		.plain("label.note")
		.actions("label.actions")
		.pages(3);

	private static final List<Row> ROWS = List.of(new Row("Zoë", 4, null), new Row("Ömer", 2, Instant.EPOCH),
			new Row("anna", 2, Instant.EPOCH.plusSeconds(5)), new Row("Pío & Co", 9, null));

	private static ListPage<Row> show(String q, String sort, String dir, String page) {
		return SHAPE.show(ListAddress.of("/rows").with("pbx", 7).with("none", null), new ListQuery(q, sort, dir, page),
				ROWS, (row) -> List.of(row.name()), Locale.ENGLISH);
	}

	private static List<String> names(ListPage<Row> page) {
		return page.rows().stream().map(Row::name).toList();
	}

	@Test
	void namesSortAsPeopleDo() {
		assertThat(names(show("", "", "", ""))).containsExactly("anna", "Ömer", "Pío & Co");
		assertThat(names(show("", "name", "desc", ""))).containsExactly("Zoë", "Pío & Co", "Ömer");
	}

	/** In Swedish that letter is the last one. */
	@Test
	void asPeopleOfTheReadersLanguageDo() {
		var page = SHAPE.show(ListAddress.of("/rows"), ListQuery.USUAL, ROWS, (row) -> List.of(row.name()),
				Locale.of("sv"));
		assertThat(page.rows().stream().map(Row::name)).containsExactly("anna", "Pío & Co", "Zoë");
	}

	@Test
	void theGreatestAndTheLatestComeFirstAndRowsThatAreAlikeStay() {
		assertThat(names(show("", "calls", "", ""))).containsExactly("Pío & Co", "Zoë", "Ömer");
		assertThat(names(show("", "calls", "asc", ""))).containsExactly("Ömer", "anna", "Zoë");
		assertThat(names(show("", "seen", "", ""))).containsExactly("anna", "Ömer", "Zoë");
	}

	@Test
	void allWordsAreLookedForWithoutAccents() {
		assertThat(names(show("  CO pio", "", "", ""))).containsExactly("Pío & Co");
		var none = show("pio anna", "calls", "", "");
		assertThat(none.rows()).isEmpty();
		assertThat(none.isEmpty()).isFalse();
		assertThat(none.cleared()).isEqualTo("/rows?pbx=7&sort=calls");
	}

	@Test
	void theAddressSaysWhatIsNotUsual() {
		var page = show("o", "calls", "asc", "");
		assertThat(page.columns()).extracting(ListPage.Head::url)
			.containsExactly("/rows?pbx=7&q=o", "/rows?pbx=7&q=o&sort=calls", "/rows?pbx=7&q=o&sort=seen", null, null);
		assertThat(page.columns()).extracting(ListPage.Head::direction)
			.containsExactly(null, "ascending", null, null, null);
		assertThat(show("a&b=c {x}", "", "desc", "").columns().getFirst().url())
			.isEqualTo("/rows?pbx=7&q=a%26b%3Dc%20%7Bx%7D");
		assertThat(show("", "", "", "").columns().getFirst().url()).isEqualTo("/rows?pbx=7&dir=desc");
		assertThat(page.with("pbx", "8")).isEqualTo("/rows?pbx=8&q=o&sort=calls&dir=asc");
		assertThat(page.with("pbx", "")).isEqualTo("/rows?q=o&sort=calls&dir=asc");
	}

	@Test
	void theOtherPagesKeepEverything() {
		var first = show("", "calls", "asc", "");
		assertThat(first.previous()).isNull();
		assertThat(first.next()).isEqualTo("/rows?pbx=7&sort=calls&dir=asc&page=2");
		var last = show("", "calls", "asc", "2");
		assertThat(names(last)).containsExactly("Pío & Co");
		assertThat(last.next()).isNull();
		assertThat(last.previous()).isEqualTo("/rows?pbx=7&sort=calls&dir=asc");
	}

	@ParameterizedTest
	@CsvSource({ "-1,0", "0,0", "1,0", "2,1", "3,1", "99999999999,0", "x,0", "' ',0", "999999,1" })
	void aPageThatIsNotThereIsTheNearest(String asked, int shown) {
		assertThat(show("", "", "", asked).page()).isEqualTo(shown);
		assertThat(show("", "", "", asked).rows()).isNotEmpty();
	}

	@Test
	void whatCannotBeMeantIsLeftOut() {
		var page = show("", "'; drop", "sideways", "");
		assertThat(page.shown()).isEqualTo(new ListPage.Shown("", "", ""));
		assertThat(new ListQuery(null, null, null, null)).isEqualTo(ListQuery.USUAL);
		assertThat(new ListQuery("x".repeat(500), null, null, null).text()).hasSize(80);
	}

	@Test
	void anotherColumnCanBeTheUsualOne() {
		var page = SHAPE.usually("calls")
			.show(ListAddress.of("/rows"), ListQuery.USUAL, ROWS, (row) -> List.of(row.name()), Locale.ENGLISH);
		assertThat(names(page)).containsExactly("Pío & Co", "Zoë", "Ömer");
		assertThat(page.columns()).extracting(ListPage.Head::url)
			.containsExactly("/rows?sort=name", "/rows?dir=asc", "/rows?sort=seen", null, null);
		assertThat(names(SHAPE.usually("calls")
			.show(ListAddress.of("/rows"), new ListQuery("", "name", "", ""), ROWS, (row) -> List.of(),
					Locale.ENGLISH)))
			.containsExactly("anna", "Ömer", "Pío & Co");
	}

	@Test
	void aListWithoutRowsIsEmpty() {
		var page = SHAPE.show(ListAddress.of("/rows"), ListQuery.USUAL, List.<Row>of(), (row) -> List.of(),
				Locale.ENGLISH);
		assertThat(page.isEmpty()).isTrue();
		assertThat(page.page()).isZero();
	}

	private record Row(String name, long calls, @Nullable Instant seen) {
	}

}
