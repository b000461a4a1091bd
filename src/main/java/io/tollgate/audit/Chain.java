package io.tollgate.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;

import javax.crypto.Mac;

import io.tollgate.keys.Keys;
import org.jspecify.annotations.Nullable;

/**
 * Signs rows and checkpoints with keys that are derived from the key file: HMAC-SHA256 of
 * all fields, each with its length in front, so that no two rows are the same bytes. For
 * one thread; it keeps the keys it was asked for.
 */
final class Chain {

	/** What stands before the first row. */
	static final String BEGINNING = "0".repeat(64);

	private static final byte FORMAT = 1;

	private static final int NOTHING = -1;

	private final Keys keys;

	private final Map<Integer, Mac> rows = new HashMap<>();

	private ByteBuffer buffer = ByteBuffer.allocate(4096);

	Chain(Keys keys) {
		this.keys = keys;
	}

	/** Makes the key of that version ready. */
	void prepare(int keyVersion) {
		this.rows.computeIfAbsent(keyVersion, (version) -> mac("audit row", version));
	}

	/**
	 * The hash of a row.
	 * @throws io.tollgate.keys.SealedException when there is no such key
	 */
	String hash(int keyVersion, String previous, long id, AuditContent content) {
		prepare(keyVersion);
		return sign(Objects.requireNonNull(this.rows.get(keyVersion)), encoded(keyVersion, previous, id, content));
	}

	/** Whether a row is as it was written, under that number. */
	boolean fits(AuditRow row, long id) {
		return same(hash(row.keyVersion(), row.previous(), id, row.content()), row.hash());
	}

	/** The signature of a checkpoint. */
	String sign(int keyVersion, String line) {
		return sign(mac("audit checkpoint", keyVersion), ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
	}

	static boolean same(String one, String other) {
		return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
	}

	private Mac mac(String label, int version) {
		try {
			var mac = Mac.getInstance("HmacSHA256");
			mac.init(this.keys.mac(label, version));
			return mac;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("HMAC-SHA256 is not there", ex);
		}
	}

	private static String sign(Mac mac, ByteBuffer bytes) {
		mac.update(bytes);
		return HexFormat.of().formatHex(mac.doFinal());
	}

	private ByteBuffer encoded(int keyVersion, String previous, long id, AuditContent content) {
		this.buffer.clear();
		room(1 + 4 + 3 * 8 + 1).put(FORMAT).putInt(keyVersion).putLong(id);
		this.buffer.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, content.at()));
		var pbxId = content.pbxId();
		this.buffer.put((byte) ((pbxId != null) ? 1 : 0)).putLong((pbxId != null) ? pbxId : 0);
		put(previous);
		put(content.actor());
		put(content.address());
		put(content.requestId());
		put(content.action());
		put(content.objectType());
		put(content.objectId());
		put(content.objectName());
		put(content.before());
		put(content.after());
		return this.buffer.flip();
	}

	private void put(@Nullable String text) {
		if (text == null) {
			room(4).putInt(NOTHING);
			return;
		}
		var bytes = text.getBytes(StandardCharsets.UTF_8);
		room(4 + bytes.length).putInt(bytes.length).put(bytes);
	}

	private ByteBuffer room(int more) {
		if (this.buffer.remaining() < more) {
			this.buffer = ByteBuffer.allocate(2 * (this.buffer.position() + more)).put(this.buffer.flip());
		}
		return this.buffer;
	}

}
