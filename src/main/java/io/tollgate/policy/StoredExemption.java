package io.tollgate.policy;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** An exemption as it is stored: for one entry, or for a whole preset. */
@Entity
@Table(name = "restriction_exemption")
@NullUnmarked
class StoredExemption {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	private long pbxId;

	private String extension;

	private String target;

	private Instant endsAt;

	protected StoredExemption() {
	}

	StoredExemption(long pbxId, String extension, String target, Instant endsAt) {
		this.pbxId = pbxId;
		this.extension = extension;
		this.target = target;
		this.endsAt = endsAt;
	}

	Long id() {
		return this.id;
	}

	long pbxId() {
		return this.pbxId;
	}

	String extension() {
		return this.extension;
	}

	String target() {
		return this.target;
	}

	Instant endsAt() {
		return this.endsAt;
	}

	void endAt(Instant at) {
		this.endsAt = at;
	}

}
