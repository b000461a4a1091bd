package io.tollgate.numbering;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever somebody types: it is a pattern, and then means what it says, or is refused.
 */
class DialPatternFuzzTests {

	@FuzzTest(maxDuration = "8s")
	void isAPatternOrIsRefused(@NotNull String typed) {
		if (DialPattern.parse(typed) instanceof DialPattern.Ok ok) {
			var written = ok.pattern().text();
			assertThat(written).matches("[0-9XZN*#+.!\\[\\]-]{1,80}");
			assertThat(DialPattern.parse(written)).isEqualTo(ok);
			ok.pattern().matches(typed);
		}
	}

}
