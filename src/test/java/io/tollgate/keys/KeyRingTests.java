package io.tollgate.keys;

import java.io.IOException;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KeyRingTests {

	private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

	@ParameterizedTest
	@ValueSource(strings = { "", "\n\n", "nothing", "1:", "1:AAAA", "x:" + KEY, "1:" + KEY + "==", "1" + KEY,
			"1:" + KEY + "=\n1:" + KEY + "=" })
	void refusesWhatIsNoKeyFileWithoutQuotingIt(String text) {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> KeyRing.parse(text))
			.withMessageNotContaining("AAAA")
			.withNoCause();
	}

	@Test
	void keepsOlderKeysBesideTheNewest() throws IOException {
		var ring = KeyRing.create().withAnother().withAnother();
		var read = KeyRing.parse("\n" + ring.format());
		assertThat(read.versions()).containsExactly(1, 2, 3);
		assertThat(read.currentVersion()).isEqualTo(3);
		assertThat(read.fingerprint(1)).isEqualTo(ring.fingerprint(1)).isNotEqualTo(ring.fingerprint(2));
		assertThat(read.without(Set.of(1, 2)).versions()).containsExactly(3);
		assertThat(read.without(Set.of(1, 2)).fingerprint(3)).isEqualTo(ring.fingerprint(3));
	}

	@Test
	void givesEachPurposeAKeyOfItsOwn() {
		var ring = KeyRing.create().withAnother();
		byte[] key = derived(ring, 1, "mac audit");
		assertThat(key).hasSize(32)
			.isEqualTo(derived(ring, 1, "mac audit"))
			.isNotEqualTo(derived(ring, 1, "mac checkpoint"))
			.isNotEqualTo(derived(ring, 2, "mac audit"));
		assertThat(ring.derive(3, "mac audit", "HmacSHA256")).isNull();
	}

	private static byte[] derived(KeyRing ring, int version, String purpose) {
		return Objects.requireNonNull(ring.derive(version, purpose, "HmacSHA256")).getEncoded();
	}

	@Test
	void tellsNoKeyInWords() {
		var ring = KeyRing.create();
		var key = ring.format().strip().split(":")[1];
		assertThat(Base64.getDecoder().decode(key)).hasSize(32);
		assertThat(ring.toString()).isEqualTo("keys of versions [1]");
		assertThat(ring.fingerprint(1)).matches("[0-9a-f]{32}");
	}

}
