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

	private int wave;

	@Transient
	private boolean stored;

	protected ApplyRun() {
	}

	ApplyRun(UUID id, RunKind kind, Instant startedAt, String actor, @Nullable String reason) {
		this.id = id;
		this.kind = kind;
		this.startedAt = startedAt;
		this.actor = actor;
		this.reason = reason;
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

	String getActor() {
		return this.actor;
	}

	@Nullable String getReason() {
		return this.reason;
	}

}
