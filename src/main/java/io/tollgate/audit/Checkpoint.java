package io.tollgate.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says outside the database that a row was there.
 *
 * @param hash of that row
 * @param signature of everything before it
 */
record Checkpoint(Instant at, long row, String hash, int keyVersion, String signature) {

	private static final Pattern LINE = Pattern
		.compile("1 (\\S{20,27}) ([0-9]{1,18}) ([0-9a-f]{64}) ([0-9]{1,6}) ([0-9a-f]{64})");

	static Checkpoint of(Instant at, AuditRows.Head head, int keyVersion, Chain chain) {
		var fresh = new Checkpoint(at.truncatedTo(ChronoUnit.SECONDS), head.id(), head.hash(), keyVersion, "");
		return new Checkpoint(fresh.at(), head.id(), head.hash(), keyVersion, chain.sign(keyVersion, fresh.signed()));
	}

	/** Reads a line; a torn one is none. */
	static Optional<Checkpoint> parse(String line) {
		var found = LINE.matcher(line);
		return found.matches() ? Optional.of(new Checkpoint(Instant.parse(found.group(1)),
				Long.parseLong(found.group(2)), found.group(3), Integer.parseInt(found.group(4)), found.group(5)))
				: Optional.empty();
	}

	boolean isGenuine(Chain chain) {
		return Chain.same(chain.sign(this.keyVersion, signed()), this.signature);
	}

	private String signed() {
		return "1 " + this.at + " " + this.row + " " + this.hash + " " + this.keyVersion;
	}

	String line() {
		return signed() + " " + this.signature;
	}

}
