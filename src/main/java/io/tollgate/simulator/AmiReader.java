package io.tollgate.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

import io.tollgate.simulator.AmiRequest.Flaw;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a byte stream into messages exactly as Asterisk's manager does, limits included: a
 * line and its end fit into 1,024 bytes, a message has at most 128 lines. What is beyond
 * spoils the whole message.
 */
final class AmiReader {

	private static final int MAX_LINE_BYTES = 1024;

	private static final int MAX_LINES = 128;

	private final InputStream in;

	private final byte[] line = new byte[MAX_LINE_BYTES];

	private int length;

	private boolean overflowed;

	AmiReader(InputStream in) {
		this.in = in;
	}

	/** The next message, {@code null} at the end of the stream. */
	@Nullable AmiRequest read() throws IOException {
		var lines = new ArrayList<String>();
		var flaw = Flaw.NONE;
		while (true) {
			var next = readLine();
			if (next == null) {
				return null;
			}
			if (this.overflowed) {
				flaw = Flaw.LINE_TOO_LONG;
				this.overflowed = false;
			}
			if (next.isEmpty()) {
				return new AmiRequest(lines, flaw);
			}
			if (lines.size() < MAX_LINES) {
				lines.add(next);
			}
			else {
				flaw = Flaw.TOO_MANY_LINES;
			}
		}
	}

	/** Whether more bytes are there already. */
	boolean ready() throws IOException {
		return this.in.available() > 0;
	}

	private @Nullable String readLine() throws IOException {
		while (true) {
			int read = this.in.read();
			if (read < 0) {
				return null;
			}
			if (read == '\n') {
				int end = (this.length > 0 && this.line[this.length - 1] == '\r') ? this.length - 1 : this.length;
				this.length = 0;
				return new String(this.line, 0, end, StandardCharsets.UTF_8);
			}
			this.line[this.length++] = (byte) read;
			if (this.length == MAX_LINE_BYTES) {
				// the real one keeps the last byte: it may be half of a line end
				this.line[0] = this.line[MAX_LINE_BYTES - 1];
				this.length = 1;
				this.overflowed = true;
			}
		}
	}

}
