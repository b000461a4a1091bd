package io.tollgate.apply;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.data.domain.DomainEvents;

/**
 * A generation that was confirmed on a PBX, with all that it was made from. Rows are only
 * ever added.
 */
@Entity
@NullUnmarked
class Generation {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	private long pbxId;

	private int number;

	private UUID runId;

	private String checksum;

	private String snapshot;

	private boolean stopped;

	private Instant appliedAt;

	private String appliedBy;

	protected Generation() {
	}

	Generation(int number, ApplyRun run, ApplyTarget target, Instant appliedAt) {
		this.pbxId = target.getPbxId();
		this.number = number;
		this.runId = run.getId();
		this.checksum = target.getChecksum();
		this.snapshot = target.getSnapshot();
		this.stopped = target.isStopped();
		this.appliedAt = appliedAt;
		this.appliedBy = run.getActor();
	}

	/** Whoever keeps something beside what a PBX runs learns it when this is saved. */
	@DomainEvents
	List<Confirmed> confirmed() {
		return List.of(new Confirmed(this.pbxId, this.snapshot));
	}

	Long getId() {
		return this.id;
	}

	UUID getRunId() {
		return this.runId;
	}

	long getPbxId() {
		return this.pbxId;
	}

	int getNumber() {
		return this.number;
	}

	String getChecksum() {
		return this.checksum;
	}

	String getSnapshot() {
		return this.snapshot;
	}

	/** Whether the PBX enforces these rules without any way abroad. */
	boolean isStopped() {
		return this.stopped;
	}

	Instant getAppliedAt() {
		return this.appliedAt;
	}

	String getAppliedBy() {
		return this.appliedBy;
	}

	/**
	 * A PBX was proved to run that.
	 *
	 * @param snapshot as it is stored
	 */
	record Confirmed(long pbxId, String snapshot) {
	}

}
