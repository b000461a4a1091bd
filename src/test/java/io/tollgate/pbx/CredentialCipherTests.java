package io.tollgate.pbx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Arrays;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CredentialCipherTests {

	private static final String MARKER = "marker-secret-Zürich-🔑";

	@TempDir
	Path folder;

	private Path file;

	private KeyRing ring;

	@BeforeEach
	void makeKey() throws IOException {
		this.file = this.folder.resolve("keys/secret.key");
		KeyRing.create(this.file);
		this.ring = KeyRing.read(this.file);
	}

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
		var other = this.folder.resolve("other.key");
		KeyRing.create(other);
		Files.writeString(this.file, Files.readString(this.file) + Files.readString(other).replaceFirst("1", "2"));
		var both = KeyRing.read(this.file);
		assertThat(both.currentVersion()).isEqualTo(2);
		assertThat(CredentialCipher.unlock(both, "pbx|1|secret", locked)).isEqualTo(MARKER);
		byte[] relocked = CredentialCipher.lock(both, "pbx|1|secret", MARKER);
		assertThatExceptionOfType(GeneralSecurityException.class)
			.isThrownBy(() -> CredentialCipher.unlock(this.ring, "pbx|1|secret", relocked));
	}

	@Test
	void onlyTheOwnerCanReadTheKeyFile() throws IOException {
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.file))).isEqualTo("rw-------");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.file.getParent())))
			.isEqualTo("rwx------");
	}

	@Test
	void neverWritesOverAKeyFile() throws IOException {
		var before = Files.readString(this.file);
		assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> KeyRing.create(this.file));
		assertThat(Files.readString(this.file)).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n\n", "nothing", "1:", "1:AAAA", "x:" + KEY, "1:" + KEY + "==", "1" + KEY })
	void refusesWhatIsNoKeyFileWithoutQuotingIt(String text) throws IOException {
		Files.writeString(this.file, text);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> KeyRing.read(this.file))
			.withMessageNotContaining("AAAA")
			.withNoCause();
	}

	private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

}
