package io.tollgate.leak;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tollgate.apply.Snapshots;
import io.tollgate.connector.Inspection;
import io.tollgate.pbx.GuardStatus;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what was last seen on every PBX besides what the portal brought there. */
@Service
@Transactional
class Inspections {

	/** How many looks may come to nothing before what was seen is too old. */
	private static final int LASTS = 3;

	private static final int FAILURE_LENGTH = 500;

	private final StoredInspections stored;

	private final PbxRegistry registry;

	private final Snapshots snapshots;

	private final Duration every;

	private final Clock clock;

	private final JsonMapper json = JsonMapper.builder().build();

	Inspections(StoredInspections stored, PbxRegistry registry, Snapshots snapshots,
			@Value("${tollgate.leak-check.look-every}") Duration every, Clock clock) {
		this.stored = stored;
		this.registry = registry;
		this.snapshots = snapshots;
		this.every = every;
		this.clock = clock;
	}

	/**
	 * What was seen before that says nothing of now, as every look since came to nothing.
	 */
	Instant oldest() {
		return Instant.now(this.clock).minus(this.every.multipliedBy(LASTS));
	}

	/** By PBX. */
	@Transactional(readOnly = true)
	public Map<Long, Seen> all() {
		return this.stored.findAll()
			.stream()
			.flatMap((row) -> read(row).stream())
			.collect(Collectors.toMap(Seen::pbxId, Function.identity()));
	}

	/** Why the last look at a PBX came to nothing, by PBX; without those that did not. */
	@Transactional(readOnly = true)
	public Map<Long, String> failures() {
		return this.stored.findAll()
			.stream()
			.filter((row) -> row.getFailure() != null)
			.collect(Collectors.toMap(StoredInspection::getPbxId, StoredInspection::getFailure));
	}

	/** When each was taken, by PBX. */
	@Transactional(readOnly = true)
	public Map<Long, Instant> times() {
		return this.stored.heads()
			.stream()
			.collect(Collectors.toMap(StoredInspections.Head::getPbxId, StoredInspections.Head::getTakenAt));
	}

	/**
	 * Keeps what a PBX answered, unless something newer is known of it. A PBX that is
	 * gone meanwhile has nothing.
	 * @param seen what was there when the look began
	 * @param software what it says it is
	 * @return when that was kept; empty when it was not
	 */
	public Optional<Instant> store(Seen seen, String software, GuardStatus guard) {
		var pbx = this.registry.find(seen.pbxId());
		if (pbx.isEmpty() || isOutdated(seen, pbx.get())) {
			return Optional.empty();
		}
		this.registry.contacted(seen.pbxId(), software, guard);
		var row = row(seen.pbxId());
		row.become(seen, this.json.writeValueAsString(seen.inspection()));
		this.stored.saveAndFlush(row);
		// after the contact, which is no reason for another look
		return Optional.of(Instant.now(this.clock));
	}

	/** Whether the portal was in contact with it, or applied to it, during the look. */
	private boolean isOutdated(Seen seen, Pbx pbx) {
		var contact = pbx.lastContactAt();
		return contact != null && contact.isAfter(seen.at()) || this.snapshots.inForce()
			.stream()
			.anyMatch((head) -> head.pbxId() == seen.pbxId() && head.appliedAt().isAfter(seen.at()));
	}

	/**
	 * Keeps that a look came to nothing, and what was seen before.
	 * @param why for people
	 */
	public void failed(long pbxId, String why) {
		if (this.registry.find(pbxId).isPresent()) {
			var row = row(pbxId);
			row.fail((why.length() <= FAILURE_LENGTH) ? why : why.substring(0, FAILURE_LENGTH));
			this.stored.save(row);
		}
	}

	private StoredInspection row(long pbxId) {
		return this.stored.findById(pbxId).orElseGet(() -> new StoredInspection(pbxId));
	}

	private Optional<Seen> read(StoredInspection row) {
		var at = row.getTakenAt();
		var inspection = row.getInspection();
		return (at == null || inspection == null) ? Optional.empty() : Optional.of(new Seen(row.getPbxId(), at,
				row.getGeneration(), row.isAsApplied(), this.json.readValue(inspection, Inspection.class)));
	}

}
