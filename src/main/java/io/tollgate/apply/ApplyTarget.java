package io.tollgate.apply;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** One PBX of an apply: what it shall run, and how far that has come. */
@Entity
@NullUnmarked
class ApplyTarget {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	private UUID runId;

	private Long pbxId;

	private String pbxName;

	private int wave;

	private @Nullable Integer fromGeneration;

	private @Nullable Integer toGeneration;

	@Enumerated(EnumType.STRING)
	private Progress stage;

	private int switches;

	private @Nullable Instant waitsSince;

	@Enumerated(EnumType.STRING)
	private @Nullable OutcomeKind outcome;

	private @Nullable String cause;

	private @Nullable String words;

	private @Nullable String proved;

	private String checksum;

	private String driftSeen;

	private String snapshot;

	private boolean stopped;

	private Instant updatedAt;

	protected ApplyTarget() {
	}

	ApplyTarget(UUID runId, Wanted wanted, int wave, String snapshot, Instant now) {
		this.runId = runId;
		this.pbxId = wanted.pbxId();
		this.pbxName = wanted.pbxName();
		this.wave = wave;
		this.fromGeneration = wanted.from();
		this.stage = Progress.QUEUED;
		this.words = wanted.words();
		this.checksum = wanted.checksum();
		this.driftSeen = wanted.driftSeen();
		this.snapshot = snapshot;
		this.updatedAt = now;
	}

	Long getId() {
		return this.id;
	}

	UUID getRunId() {
		return this.runId;
	}

	Long getPbxId() {
		return this.pbxId;
	}

	String getPbxName() {
		return this.pbxName;
	}

	int getWave() {
		return this.wave;
	}

	@Nullable Integer getFromGeneration() {
		return this.fromGeneration;
	}

	@Nullable Integer getToGeneration() {
		return this.toGeneration;
	}

	Progress getStage() {
		return this.stage;
	}

	/** How often the PBX was switched without a confirmation that reached it. */
	int getSwitches() {
		return this.switches;
	}

	@Nullable OutcomeKind getOutcome() {
		return this.outcome;
	}

	@Nullable String getCause() {
		return this.cause;
	}

	@Nullable String getWords() {
		return this.words;
	}

	@Nullable String getProved() {
		return this.proved;
	}

	String getChecksum() {
		return this.checksum;
	}

	String getDriftSeen() {
		return this.driftSeen;
	}

	String getSnapshot() {
		return this.snapshot;
	}

	/** Whether it enforces its rules without any way abroad. */
	boolean isStopped() {
		return this.stopped;
	}

	Instant getUpdatedAt() {
		return this.updatedAt;
	}

	/** Whether that difference to what was applied is knowingly overwritten. */
	boolean overwrites(Drifts drifts) {
		return this.driftSeen.equals(Wanted.ANY_DRIFT) || this.driftSeen.equals(drifts.checksum());
	}

	/** What runs there when it begins is what it is about. */
	void takes(String rules, String ofThem) {
		this.snapshot = rules;
		this.checksum = ofThem;
	}

	void enforcesStop(boolean on) {
		this.stopped = on;
	}

	void reached(Progress progress, Instant now) {
		this.stage = progress;
		this.cause = null;
		this.updatedAt = now;
		if (progress == Progress.SWITCHING) {
			this.switches++;
		}
	}

	void proved(String numbers) {
		this.proved = numbers;
	}

	void waits(Progress progress, String why, Instant now) {
		this.stage = progress;
		if (progress != Progress.WAITING) {
			this.waitsSince = null;
		}
		else if (this.waitsSince == null) {
			this.waitsSince = now;
		}
		this.cause = why;
		this.updatedAt = now;
	}

	void ended(OutcomeKind kind, @Nullable Integer generation, @Nullable String why, Instant now) {
		this.outcome = kind;
		this.toGeneration = generation;
		this.cause = why;
		this.updatedAt = now;
	}

}
