package io.tollgate.apply;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Transient;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** One press of Apply. */
@Entity
@NullUnmarked
class ApplyRun implements Persistable<UUID> {

	@Id
	private UUID id;

	private Instant startedAt;

	private @Nullable Instant finishedAt;

	private String actor;

	private @Nullable String reason;

	@Transient
	private boolean stored;

	protected ApplyRun() {
	}

	ApplyRun(UUID id, Instant startedAt, String actor, @Nullable String reason) {
		this.id = id;
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

	void finish(Instant at) {
		this.finishedAt = at;
	}

	String getActor() {
		return this.actor;
	}

	@Nullable String getReason() {
		return this.reason;
	}

}
