package io.tollgate.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * The keys of a key file, by version. A line is {@code version:base64 of 32 bytes}; the
 * highest version locks, all of them unlock. No key is used itself: for each purpose one
 * is derived, so that none tells anything of another.
 */
final class KeyRing {

	private static final int LENGTH = 32;

	private final NavigableMap<Integer, SecretKey> keys;

	private KeyRing(NavigableMap<Integer, SecretKey> keys) {
		this.keys = keys;
	}

	/** One new key. */
	static KeyRing create() {
		return new KeyRing(new TreeMap<>()).withAnother();
	}

	/**
	 * Reads the text of a key file.
	 * @throws IOException when it holds something else than keys; never quotes it
	 */
	static KeyRing parse(String text) throws IOException {
		var keys = new TreeMap<Integer, SecretKey>();
		for (String line : text.lines().toList()) {
			if (!line.isBlank()) {
				var parts = line.strip().split(":", 2);
				if (keys.put(version(parts), key(parts)) != null) {
					throw new IOException("two keys of the same version");
				}
			}
		}
		if (keys.isEmpty()) {
			throw new IOException("no key in the key file");
		}
		return new KeyRing(keys);
	}

	private static int version(String[] parts) throws IOException {
		if (parts.length != 2 || !parts[0].matches("[0-9]{1,6}")) {
			throw new IOException("not a line of a key file");
		}
		return Integer.parseInt(parts[0]);
	}

	private static SecretKey key(String[] parts) throws IOException {
		try {
			byte[] bytes = Base64.getDecoder().decode(parts[1]);
			if (bytes.length != LENGTH) {
				throw new IOException("a key of another length");
			}
			return new SecretKeySpec(bytes, "HKDF");
		}
		catch (IllegalArgumentException ex) {
			// without the cause: its message could quote the key
			throw new IOException("not a key");
		}
	}

	/** The text of a key file with these keys. */
	String format() {
		var text = new StringBuilder();
		this.keys.forEach((version, key) -> text.append(version)
			.append(':')
			.append(Base64.getEncoder().encodeToString(key.getEncoded()))
			.append('\n'));
		return text.toString();
	}

	/** With a new key of the next version. */
	KeyRing withAnother() {
		var bytes = new byte[LENGTH];
		new SecureRandom().nextBytes(bytes);
		var more = new TreeMap<>(this.keys);
		more.put(more.isEmpty() ? 1 : more.lastKey() + 1, new SecretKeySpec(bytes, "HKDF"));
		return new KeyRing(more);
	}

	/** Without the keys of those versions. */
	KeyRing without(Set<Integer> versions) {
		var fewer = new TreeMap<>(this.keys);
		fewer.keySet().removeAll(versions);
		return new KeyRing(fewer);
	}

	int currentVersion() {
		return this.keys.lastKey();
	}

	SortedSet<Integer> versions() {
		return this.keys.navigableKeySet();
	}

	/**
	 * What the key of a version is for that purpose; {@code null} when there is no such
	 * version.
	 * @param algorithm that the derived key is used with
	 */
	@Nullable SecretKey derive(int version, String purpose, String algorithm) {
		var key = this.keys.get(version);
		if (key == null) {
			return null;
		}
		try {
			var info = ("tollgate " + purpose).getBytes(StandardCharsets.UTF_8);
			return KDF.getInstance("HKDF-SHA256")
				.deriveKey(algorithm, HKDFParameterSpec.ofExtract().addIKM(key).thenExpand(info, LENGTH));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("HKDF-SHA256 is not there", ex);
		}
	}

	/** Tells the key of a version from any other, and nothing else of it. */
	String fingerprint(int version) {
		var derived = derive(version, "fingerprint", "Generic");
		if (derived == null) {
			throw new IllegalArgumentException("no key of version " + version);
		}
		return HexFormat.of().formatHex(derived.getEncoded(), 0, 16);
	}

	@Override
	public String toString() {
		return "keys of versions " + versions();
	}

}
