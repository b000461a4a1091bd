package io.tollgate.leak;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tollgate.connector.Inspection;
import io.tollgate.connector.Running;
import io.tollgate.pbx.GuardStatus;
import io.tollgate.pbx.PbxRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what was last seen on every PBX besides what the portal brought there. */
@Service
@Transactional
class Inspections {

	private final StoredInspections stored;

	private final PbxRegistry registry;

	private final Clock clock;

	private final JsonMapper json = JsonMapper.builder().build();

	Inspections(StoredInspections stored, PbxRegistry registry, Clock clock) {
		this.stored = stored;
		this.registry = registry;
		this.clock = clock;
	}

	/** By PBX. */
	@Transactional(readOnly = true)
	public Map<Long, Seen> all() {
		return this.stored.findAll()
			.stream()
			.map(this::read)
			.collect(Collectors.toMap(Seen::pbxId, Function.identity()));
	}

	/** When each was taken, by PBX. */
	@Transactional(readOnly = true)
	public Map<Long, Instant> times() {
		return this.stored.heads()
			.stream()
			.collect(Collectors.toMap(StoredInspections.Head::getPbxId, StoredInspections.Head::getTakenAt));
	}

	/**
	 * Keeps what a PBX answered. A PBX that is gone meanwhile has nothing.
	 * @param software what it says it is
	 * @param running what it runs, {@code null} when that could not be read
	 */
	public void store(long pbxId, String software, @Nullable Running running, Inspection inspection) {
		if (this.registry.find(pbxId).isEmpty()) {
			return;
		}
		this.registry.contacted(pbxId, software,
				(running != null) ? GuardStatus.valueOf(running.guard().name()) : GuardStatus.UNKNOWN);
		// after the contact: what is older than the last contact is taken again
		var seen = new Seen(pbxId, Instant.now(this.clock), (running != null) ? running.generation() : null,
				inspection);
		this.stored.save(new StoredInspection(seen, this.json.writeValueAsString(inspection)));
	}

	private Seen read(StoredInspection row) {
		return new Seen(row.getPbxId(), row.getTakenAt(), row.getGeneration(),
				this.json.readValue(row.getInspection(), Inspection.class));
	}

}
