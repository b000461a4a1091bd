package io.tollgate.apply;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Transient;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** Many PBXs, or one, that shall run something; mostly one press of Apply. */
@Entity
@NullUnmarked
class ApplyRun implements Persistable<UUID> {

	@Id
	private UUID id;

	@Enumerated(EnumType.STRING)
	private RunKind kind;

	private Instant startedAt;

	private @Nullable Instant finishedAt;

	private String actor;

	private @Nullable String reason;

	private @Nullable String approvedBy;

	private int wave;

	private int waves = 1;

	private @Nullable Instant waveEndedAt;

	private int pauseSeconds;

	private int mostFailures;

	private boolean inWindows;

	private @Nullable Instant stoppedAt;

	private @Nullable String stopCause;

	@Transient
	private boolean stored;

	protected ApplyRun() {
	}

	ApplyRun(UUID id, RunKind kind, Instant startedAt, Mandate mandate, Rollout rollout, int waves) {
		this.id = id;
		this.kind = kind;
		this.startedAt = startedAt;
		this.actor = mandate.actor();
		this.reason = mandate.reason();
		this.approvedBy = mandate.approvedBy();
		this.waves = waves;
		this.pauseSeconds = Math.toIntExact(rollout.pause().toSeconds());
		this.mostFailures = rollout.mostFailures();
		this.inWindows = rollout.inWindows();
	}

	@Override
	public UUID getId() {
		return this.id;
	}

	@Override
	public boolean isNew() {
		return !this.stored;
	}

	@PostLoad
	@PostPersist
	void nowStored() {
		this.stored = true;
	}

	Instant getStartedAt() {
		return this.startedAt;
	}

	@Nullable Instant getFinishedAt() {
		return this.finishedAt;
	}

	RunKind getKind() {
		return this.kind;
	}

	/** Targets of this wave and those before it may begin. */
	int getWave() {
		return this.wave;
	}

	int getWaves() {
		return this.waves;
	}

	/** When nothing of the wave was left to do; the pause begins then. */
	@Nullable Instant getWaveEndedAt() {
		return this.waveEndedAt;
	}

	int getPauseSeconds() {
		return this.pauseSeconds;
	}

	/** In percent of the PBXs begun with. */
	int getMostFailures() {
		return this.mostFailures;
	}

	boolean isInWindows() {
		return this.inWindows;
	}

	@Nullable Instant getStoppedAt() {
		return this.stoppedAt;
	}

	@Nullable String getStopCause() {
		return this.stopCause;
	}

	/** Whether there is another wave, and nobody has stopped it. */
	boolean isStaged() {
		return this.wave + 1 < this.waves && this.stoppedAt == null;
	}

	void waveEnded(Instant now) {
		this.waveEndedAt = now;
	}

	void nextWave() {
		this.wave++;
		this.waveEndedAt = null;
	}

	void stop(String cause, Instant now) {
		this.stoppedAt = now;
		this.stopCause = cause;
	}

	String getActor() {
		return this.actor;
	}

	/** The second person who agreed, {@code null} where none had to. */
	@Nullable String getApprovedBy() {
		return this.approvedBy;
	}

	@Nullable String getReason() {
		return this.reason;
	}

}
