package io.tollgate.leak;

import java.time.Instant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** The last leak check of a PBX's rules as it is stored. */
@Entity
@Table(name = "leak_check")
@NullUnmarked
class StoredCheck {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	private long pbxId;

	@Enumerated(EnumType.STRING)
	private Rules rules;

	private String basis;

	private String checksum;

	private String version;

	private Instant checkedAt;

	private long millis;

	private @Nullable Instant validUntil;

	@Column
	@Enumerated(EnumType.STRING)
	private Outcome outcome;

	@Column
	private int leaks;

	private @Nullable String reason;

	private @Nullable String report;

	protected StoredCheck() {
	}

	StoredCheck(long pbxId, Rules rules) {
		this.pbxId = pbxId;
		this.rules = rules;
	}

	void become(Checked checked, Outcome outcome, int leaks, @Nullable String report) {
		this.basis = checked.basis();
		this.checksum = checked.checksum();
		this.version = checked.version();
		this.checkedAt = checked.at();
		this.millis = checked.took().toMillis();
		this.validUntil = checked.validUntil();
		this.outcome = outcome;
		this.leaks = leaks;
		this.reason = checked.reason().isEmpty() ? null : checked.reason();
		this.report = report;
	}

	long getPbxId() {
		return this.pbxId;
	}

	Rules getRules() {
		return this.rules;
	}

	String getBasis() {
		return this.basis;
	}

	String getChecksum() {
		return this.checksum;
	}

	String getVersion() {
		return this.version;
	}

	Instant getCheckedAt() {
		return this.checkedAt;
	}

	long getMillis() {
		return this.millis;
	}

	@Nullable Instant getValidUntil() {
		return this.validUntil;
	}

	@Nullable String getReason() {
		return this.reason;
	}

	@Nullable String getReport() {
		return this.report;
	}

	/** What the columns say of the report, for counting without reading it. */
	enum Outcome {

		PROVED, LEAKS, NOT_PROVED, FAILED

	}

}
