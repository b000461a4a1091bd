package io.tollgate.apply;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.Stream;

import io.tollgate.decision.Snapshot;
import io.tollgate.proof.LeakCheck;
import io.tollgate.proof.LeakReport;
import org.springframework.stereotype.Component;

/**
 * Leak checks, each done once for PBXs with equal rules, and for rules that are drafted
 * first and in force later.
 */
@Component
public class LeakReports {

	private static final int MOST = 4000;

	/** The moments that a report names are to come. */
	private static final Duration HOLDS = Duration.ofHours(1);

	private final Snapshots snapshots;

	private final Recent<String, Known> known = new Recent<>(MOST);

	LeakReports(Snapshots snapshots) {
		this.snapshots = snapshots;
	}

	/** What {@link LeakCheck#of} finds, or found of equal rules shortly before. */
	public LeakReport of(Snapshot snapshot, Instant now) {
		var key = key(snapshot);
		var found = this.known.get(key);
		if (found != null && found.holds(snapshot, now)) {
			return found.report();
		}
		var report = LeakCheck.of(snapshot, now);
		if (!report.gaps().contains(LeakReport.Gap.TIME)) {
			// another time the machine may be less busy
			this.known.put(key, new Known(now, report));
		}
		return report;
	}

	/** Alike only for rules that are equal in everything. */
	String key(Snapshot snapshot) {
		try {
			var text = this.snapshots.write(snapshot).getBytes(StandardCharsets.UTF_8);
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Whether something that holds at one of these moments does not at the other. */
	static boolean exemptionEnds(Snapshot snapshot, Instant from, Instant to) {
		return snapshot.restrictions()
			.exemptions()
			.stream()
			.flatMap((exemption) -> Stream.ofNullable(exemption.until()))
			.anyMatch((until) -> until.isAfter(from) && !until.isAfter(to));
	}

	private record Known(Instant at, LeakReport report) {

		boolean holds(Snapshot snapshot, Instant now) {
			return !now.isBefore(this.at) && now.isBefore(this.at.plus(HOLDS))
					&& !exemptionEnds(snapshot, this.at, now);
		}

	}

}
