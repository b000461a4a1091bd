package io.tollgate.audit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Messages of RFC 5424 with JSON as their text, all in ASCII. One row is one message and
 * never more: every control character of a row is escaped by the JSON.
 */
final class SyslogLine {

	private static final int NOTICE = 5;

	/** Of a text in a datagram; the rest of it stands in the table. */
	private static final int SHORT = 400;

	private final int facility;

	private final String host;

	private final long process = ProcessHandle.current().pid();

	SyslogLine(int facility) {
		this.facility = facility;
		this.host = hostName();
	}

	/** A row with everything that was signed. */
	byte[] row(AuditRow row) {
		return message(row.content().at(), "audit", AuditJson.columns(row));
	}

	/** The same, cut to what a datagram takes. */
	byte[] shortRow(AuditRow row) {
		var columns = AuditJson.columns(row);
		columns.replaceAll((name, value) -> (value instanceof String text && text.length() > SHORT)
				? text.substring(0, SHORT) + "…" : value);
		return message(row.content().at(), "audit", columns);
	}

	/** A checkpoint: the receiver can tell with it that rows were cut off. */
	byte[] checkpoint(Checkpoint checkpoint) {
		var columns = new LinkedHashMap<String, @Nullable Object>();
		columns.put("id", checkpoint.row());
		columns.put("checkpoint", checkpoint.line());
		return message(checkpoint.at(), "checkpoint", columns);
	}

	private byte[] message(Instant at, String kind, Map<String, @Nullable Object> columns) {
		return "<%d>1 %s %s tollgate %d %s - %s"
			.formatted(this.facility * 8 + NOTICE, at, this.host, this.process, kind, AuditJson.line(columns))
			.getBytes(StandardCharsets.US_ASCII);
	}

	private static String hostName() {
		try {
			var name = InetAddress.getLocalHost().getHostName().replaceAll("[^!-~]", "");
			return name.isEmpty() ? "-" : name.substring(0, Math.min(name.length(), 255));
		}
		catch (UnknownHostException ex) {
			// RFC 5424: not known
			return "-";
		}
	}

}
