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

	private Instant takenAt;

	private @Nullable Integer generation;

	@Column
	private boolean open;

	private String inspection;

	protected StoredInspection() {
	}

	StoredInspection(Seen seen, String inspection) {
		this.pbxId = seen.pbxId();
		this.takenAt = seen.at();
		this.generation = seen.generation();
		this.open = seen.isOpen();
		this.inspection = inspection;
	}

	long getPbxId() {
		return this.pbxId;
	}

	Instant getTakenAt() {
		return this.takenAt;
	}

	@Nullable Integer getGeneration() {
		return this.generation;
	}

	String getInspection() {
		return this.inspection;
	}

}
