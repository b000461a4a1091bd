package io.tollgate.pbx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * The keys of the key file, by version. A line is {@code version:base64 of 32 bytes}; the
 * highest version locks, all of them unlock.
 */
final class KeyRing {

	private final NavigableMap<Integer, SecretKey> keys;

	private KeyRing(NavigableMap<Integer, SecretKey> keys) {
		this.keys = keys;
	}

	/**
	 * Reads a key file.
	 * @throws IOException when it cannot be read or holds something else than keys
	 */
	static KeyRing read(Path file) throws IOException {
		var keys = new TreeMap<Integer, SecretKey>();
		for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
			if (!line.isBlank()) {
				var parts = line.strip().split(":", 2);
				keys.put(version(parts), key(parts));
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
			if (bytes.length != 32) {
				throw new IOException("a key of another length");
			}
			return new SecretKeySpec(bytes, "AES");
		}
		catch (IllegalArgumentException ex) {
			// without the cause: its message could quote the key
			throw new IOException("not a key");
		}
	}

	/**
	 * Makes a new key file that only its owner can read. Never writes over one.
	 * @throws IOException when it is there already or cannot be written
	 */
	static void create(Path file) throws IOException {
		var bytes = new byte[32];
		new SecureRandom().nextBytes(bytes);
		var folder = file.toAbsolutePath().getParent();
		if (folder != null && !Files.isDirectory(folder)) {
			Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(permissions("rwx------")));
		}
		var line = "1:" + Base64.getEncoder().encodeToString(bytes) + "\n";
		try (var channel = Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
				PosixFilePermissions.asFileAttribute(permissions("rw-------")))) {
			channel.write(StandardCharsets.US_ASCII.encode(line));
		}
	}

	private static Set<java.nio.file.attribute.PosixFilePermission> permissions(String text) {
		return PosixFilePermissions.fromString(text);
	}

	int currentVersion() {
		return this.keys.lastKey();
	}

	@Nullable SecretKey key(int version) {
		return this.keys.get(version);
	}

}
