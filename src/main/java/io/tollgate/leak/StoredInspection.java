package io.tollgate.leak;

import java.time.Instant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** What was last seen on a PBX, as it is stored. */
@Entity
@Table(name = "pbx_inspection")
@NullUnmarked
class StoredInspection {

	@Id
	private long pbxId;

	private @Nullable Instant takenAt;

	private @Nullable Integer generation;

	private boolean asApplied;

	@Column
	private boolean open = true;

	private @Nullable String inspection;

	private @Nullable String failure;

	protected StoredInspection() {
	}

	/** Of a PBX that was never seen. */
	StoredInspection(long pbxId) {
		this.pbxId = pbxId;
	}

	void become(Seen seen, String inspection) {
		this.takenAt = seen.at();
		this.generation = seen.generation();
		this.asApplied = seen.asApplied();
		this.open = seen.isOpen();
		this.inspection = inspection;
		this.failure = null;
	}

	void fail(String why) {
		this.failure = why;
	}

	long getPbxId() {
		return this.pbxId;
	}

	@Nullable Instant getTakenAt() {
		return this.takenAt;
	}

	@Nullable Integer getGeneration() {
		return this.generation;
	}

	boolean isAsApplied() {
		return this.asApplied;
	}

	@Nullable String getInspection() {
		return this.inspection;
	}

	@Nullable String getFailure() {
		return this.failure;
	}

}
