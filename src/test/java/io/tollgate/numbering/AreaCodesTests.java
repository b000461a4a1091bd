package io.tollgate.numbering;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AreaCodesTests {

	/** Overlays that NANPA has announced and libphonenumber does not have yet. */
	private static final List<String> ANNOUNCED = List.of("436", "457", "471", "621", "624", "679", "837", "861",
			"924");

	private final List<String> all = AreaCodes.states()
		.stream()
		.flatMap((state) -> state.areaCodes().stream())
		.toList();

	@Test
	void hasEveryAreaCodeOnce() {
		var pattern = Pattern
			.compile(new NumberingPlanCompiler().metadata("US").getFixedLine().getNationalNumberPattern());
		var known = IntStream.range(200, 1_000)
			.filter((area) -> IntStream.range(200, 1_000)
				.anyMatch((exchange) -> pattern.matcher("%d%d1234".formatted(area, exchange)).matches()))
			.mapToObj(String::valueOf)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(this.all).doesNotHaveDuplicates().containsAll(known);
		assertThat(this.all).filteredOn((area) -> !known.contains(area)).containsExactlyInAnyOrderElementsOf(ANNOUNCED);
	}

	@Test
	void hasEveryState() {
		assertThat(AreaCodes.states()).hasSize(51).isSortedAccordingTo((a, b) -> a.name().compareTo(b.name()));
		assertThat(AreaCodes.states()).filteredOn("code", "OR")
			.singleElement()
			.satisfies((state) -> assertThat(state.areaCodes()).containsExactly("458", "503", "541", "971"));
	}

}
