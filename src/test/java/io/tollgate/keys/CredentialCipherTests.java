package io.tollgate.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CredentialCipherTests {

	private static final String MARKER = "marker-secret-Zürich-🔑";

	private final KeyRing ring = KeyRing.create();

	@Test
	void opensWhatItLocked() throws GeneralSecurityException {
		byte[] locked = CredentialCipher.lock(this.ring, "pbx|1|secret", MARKER);
		assertThat(CredentialCipher.unlock(this.ring, "pbx|1|secret", locked)).isEqualTo(MARKER);
		assertThat(new String(locked, StandardCharsets.UTF_8)).doesNotContain("marker-secret");
	}

	@Test
	void neverLocksTwiceAlike() {
		assertThat(CredentialCipher.lock(this.ring, "pbx|1|secret", MARKER))
			.isNotEqualTo(CredentialCipher.lock(this.ring, "pbx|1|secret", MARKER));
	}

	@Test
	void doesNotOpenInAnotherRow() {
		byte[] locked = CredentialCipher.lock(this.ring, "pbx|1|secret", MARKER);
		assertThatExceptionOfType(GeneralSecurityException.class)
			.isThrownBy(() -> CredentialCipher.unlock(this.ring, "pbx|2|secret", locked));
	}

	@Test
	void doesNotOpenWithAnyBitTurned() {
		byte[] locked = CredentialCipher.lock(this.ring, "pbx|1|secret", "s");
		for (int i = 0; i < locked.length; i++) {
			byte[] turned = locked.clone();
			turned[i] ^= 1;
			assertThatExceptionOfType(GeneralSecurityException.class).as("byte %d", i)
				.isThrownBy(() -> CredentialCipher.unlock(this.ring, "pbx|1|secret", turned));
		}
		for (int length = 0; length < locked.length; length++) {
			byte[] cut = Arrays.copyOf(locked, length);
			assertThatExceptionOfType(GeneralSecurityException.class).as("length %d", length)
				.isThrownBy(() -> CredentialCipher.unlock(this.ring, "pbx|1|secret", cut));
		}
	}

	@Test
	void opensWithAnOlderKeyAndLocksWithTheNewest() throws Exception {
		byte[] locked = CredentialCipher.lock(this.ring, "pbx|1|secret", MARKER);
		var both = KeyRing.parse(this.ring.withAnother().format());
		assertThat(both.currentVersion()).isEqualTo(2);
		assertThat(CredentialCipher.unlock(both, "pbx|1|secret", locked)).isEqualTo(MARKER);
		byte[] relocked = CredentialCipher.lock(both, "pbx|1|secret", MARKER);
		assertThatExceptionOfType(GeneralSecurityException.class)
			.isThrownBy(() -> CredentialCipher.unlock(this.ring, "pbx|1|secret", relocked));
	}

}
