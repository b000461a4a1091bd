package io.tollgate.policy;

import com.code_intelligence.jazzer.junit.FuzzTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever list somebody pastes or chooses: its rows are entries or are named as bad. */
class RestrictionImportFuzzTests {

	@FuzzTest(maxDuration = "8s")
	void readsOrRefusesAnyFile(byte[] file) {
		assertThat(RestrictionImport.of(RestrictionImport.text(file), RestrictionReadingTests.US)).isNotNull();
	}

}
