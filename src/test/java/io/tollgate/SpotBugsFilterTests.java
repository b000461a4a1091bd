package io.tollgate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What SpotBugs found and nobody mends is explained where it is left out. */
class SpotBugsFilterTests {

	private static final Pattern EXPLAINED = Pattern.compile("<!--\\s[^>]{20,}\\s-->\\s*<Match>");

	@Test
	void saysOfEachExclusionWhy() throws Exception {
		var filter = Files.readString(Path.of(".ci/spotbugs.xml"));
		var exclusions = Pattern.compile("<Match>").matcher(filter).results().count();
		assertThat(exclusions).isPositive();
		assertThat(EXPLAINED.matcher(filter).results().count()).isEqualTo(exclusions);
	}

}
