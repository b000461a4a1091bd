package io.tollgate.pbx;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StableKeyTests {

	@Test
	void makesShortKeysThatDiffer() {
		assertThat(StableKey.make()).matches("[a-z0-9]{8}").isNotEqualTo(StableKey.make());
	}

}
