package io.tollgate.policy;

import io.tollgate.numbering.RestrictionPreset;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** A restricted entry as it is stored. Only written under the lock of its policy. */
@Entity
@Table(name = "policy_restriction")
@NullUnmarked
class StoredRestriction {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	@Column
	private long policyId;

	private String entry;

	private String preset;

	private String label;

	protected StoredRestriction() {
	}

	StoredRestriction(long policyId, Restriction restriction) {
		this.policyId = policyId;
		this.entry = restriction.entry();
		this.preset = (restriction.preset() != null) ? restriction.preset().name() : "";
		this.label = restriction.label();
	}

	long policyId() {
		return this.policyId;
	}

	Restriction restriction() {
		return new Restriction(this.entry, this.preset.isEmpty() ? null : RestrictionPreset.valueOf(this.preset),
				this.label);
	}

}
