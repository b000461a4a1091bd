package io.tollgate.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Objects;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Envelope encryption of one field: AES-256-GCM under a data key of its own, which is
 * wrapped by a key of the key file. Both are bound to the place they stand in (table,
 * row, field, key version), so that bytes moved to another row do not open.
 *
 * <p>
 * Layout: format 1 byte, key version 4, IV 12, wrapped data key 48, IV 12, text + tag.
 */
final class CredentialCipher {

	private static final byte FORMAT = 1;

	private static final int IV = 12;

	private static final int WRAPPED_KEY = 48;

	private static final SecureRandom RANDOM = new SecureRandom();

	private CredentialCipher() {
	}

	/**
	 * Locks a secret.
	 * @param place table|row|field
	 */
	static byte[] lock(KeyRing ring, String place, String secret) {
		int version = ring.currentVersion();
		var wrapping = Objects.requireNonNull(wrapping(ring, version));
		var dataKey = new SecretKeySpec(random(32), "AES");
		byte[] keyIv = random(IV);
		byte[] textIv = random(IV);
		try {
			byte[] wrapped = run(Cipher.ENCRYPT_MODE, wrapping, keyIv, place, version, dataKey.getEncoded());
			byte[] text = run(Cipher.ENCRYPT_MODE, dataKey, textIv, place, version,
					secret.getBytes(StandardCharsets.UTF_8));
			return ByteBuffer.allocate(5 + IV + WRAPPED_KEY + IV + text.length)
				.put(FORMAT)
				.putInt(version)
				.put(keyIv)
				.put(wrapped)
				.put(textIv)
				.put(text)
				.array();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("AES-GCM is not there", ex);
		}
	}

	/**
	 * Unlocks a secret.
	 * @throws GeneralSecurityException when the key is not the one it was locked with, or
	 * the bytes are not whole or not from that place
	 */
	static String unlock(KeyRing ring, String place, byte[] locked) throws GeneralSecurityException {
		if (locked.length < 5 + IV + WRAPPED_KEY + IV + 16 || locked[0] != FORMAT) {
			throw new GeneralSecurityException("not a locked secret");
		}
		var buffer = ByteBuffer.wrap(locked, 1, locked.length - 1);
		int version = buffer.getInt();
		var wrapping = wrapping(ring, version);
		if (wrapping == null) {
			throw new GeneralSecurityException("locked with a key that is not in the key file: version " + version);
		}
		byte[] keyIv = take(buffer, IV);
		byte[] wrapped = take(buffer, WRAPPED_KEY);
		byte[] textIv = take(buffer, IV);
		byte[] text = take(buffer, buffer.remaining());
		var dataKey = new SecretKeySpec(run(Cipher.DECRYPT_MODE, wrapping, keyIv, place, version, wrapped), "AES");
		return new String(run(Cipher.DECRYPT_MODE, dataKey, textIv, place, version, text), StandardCharsets.UTF_8);
	}

	/** The version of the key that a secret was locked with. */
	static int version(byte[] locked) throws GeneralSecurityException {
		if (locked.length < 5 || locked[0] != FORMAT) {
			throw new GeneralSecurityException("not a locked secret");
		}
		return ByteBuffer.wrap(locked, 1, 4).getInt();
	}

	/**
	 * Locks a secret with the newest key. Under a new data key, as both are bound to the
	 * version.
	 */
	static byte[] rewrap(KeyRing ring, String place, byte[] locked) throws GeneralSecurityException {
		return lock(ring, place, unlock(ring, place, locked));
	}

	private static @Nullable SecretKey wrapping(KeyRing ring, int version) {
		return ring.derive(version, "wrap", "AES");
	}

	private static byte[] run(int mode, SecretKey key, byte[] iv, String place, int version, byte[] input)
			throws GeneralSecurityException {
		var cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, key, new GCMParameterSpec(128, iv));
		cipher.updateAAD((place + "|" + version).getBytes(StandardCharsets.UTF_8));
		return cipher.doFinal(input);
	}

	private static byte[] random(int length) {
		var bytes = new byte[length];
		RANDOM.nextBytes(bytes);
		return bytes;
	}

	private static byte[] take(ByteBuffer buffer, int length) {
		var bytes = new byte[length];
		buffer.get(bytes);
		return bytes;
	}

}
