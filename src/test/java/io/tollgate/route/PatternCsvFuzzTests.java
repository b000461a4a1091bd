package io.tollgate.route;

import com.code_intelligence.jazzer.junit.FuzzTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever file somebody chooses: its rows are rules or are named as bad. */
class PatternCsvFuzzTests {

	@FuzzTest(maxDuration = "8s")
	void readsOrRefusesAnyFile(byte[] file) {
		assertThat(PatternCsv.parse(file)).isNotNull();
	}

}
