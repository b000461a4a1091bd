package io.tollgate.connector.asterisk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Takes a PBX's bytes apart into messages. What comes is hostile: lines and messages have
 * limits.
 */
final class AmiReader {

	private static final int LONGEST_LINE = 65_536;

	private static final int MOST_HEADERS = 20_000;

	private static final int SMALLEST_BUFFER = 2048;

	private static final int LARGEST_BUFFER = 65_536;

	private final InputStream in;

	/**
	 * Small while events trickle in, as on a line that only listens, and grows with
	 * answers that fill it.
	 */
	private byte[] buffer = new byte[SMALLEST_BUFFER];

	private int at;

	private int end;

	AmiReader(InputStream in) {
		this.in = in;
	}

	/** The next message; {@code null} at the end of the stream. */
	@Nullable AmiMessage message() throws IOException {
		var names = new ArrayList<String>(8);
		var values = new ArrayList<String>(8);
		String text;
		while ((text = line(LONGEST_LINE)) != null) {
			if (!text.isEmpty()) {
				add(text, names, values);
			}
			else if (!names.isEmpty()) {
				return new AmiMessage(names, values);
			}
		}
		return null;
	}

	private static void add(String text, ArrayList<String> names, ArrayList<String> values) throws IOException {
		if (names.size() == MOST_HEADERS) {
			throw new IOException("too many headers");
		}
		int colon = text.indexOf(':');
		names.add((colon < 0) ? text : text.substring(0, colon));
		values.add((colon < 0) ? "" : text.substring(colon + 1).strip());
	}

	/**
	 * One line without its end; {@code null} at the end of the stream.
	 * @param longest more bytes than that are an error
	 */
	@Nullable String line(int longest) throws IOException {
		byte[] start = new byte[0];
		while (true) {
			int from = this.at;
			while (this.at < this.end && this.buffer[this.at] != '\n') {
				this.at++;
			}
			if (start.length + this.at - from > longest) {
				throw new IOException("line too long");
			}
			if (this.at < this.end) {
				var text = text(start, from);
				this.at++;
				return text;
			}
			start = joined(start, from);
			if (this.end == this.buffer.length && this.end < LARGEST_BUFFER) {
				this.buffer = new byte[2 * this.end];
			}
			this.at = 0;
			this.end = Math.max(0, this.in.read(this.buffer));
			if (this.end == 0) {
				return null;
			}
		}
	}

	private String text(byte[] start, int from) {
		if (start.length > 0) {
			byte[] whole = joined(start, from);
			return new String(whole, 0, withoutReturn(whole, 0, whole.length), StandardCharsets.UTF_8);
		}
		return new String(this.buffer, from, withoutReturn(this.buffer, from, this.at - from), StandardCharsets.UTF_8);
	}

	private byte[] joined(byte[] start, int from) {
		byte[] whole = Arrays.copyOf(start, start.length + this.at - from);
		System.arraycopy(this.buffer, from, whole, start.length, this.at - from);
		return whole;
	}

	private static int withoutReturn(byte[] bytes, int from, int length) {
		return (length > 0 && bytes[from + length - 1] == '\r') ? length - 1 : length;
	}

}
