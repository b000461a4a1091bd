package io.tollgate.route;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** A trunk that a PBX has, or had. */
@Entity
@Table(name = "trunk")
@NullUnmarked
class TrunkRow {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	@Column
	private long pbxId;

	private String endpoint;

	private boolean present = true;

	private boolean byHand;

	private String dial = "";

	@Enumerated(EnumType.STRING)
	private Trunk.Reading reading = Trunk.Reading.AS_DIALLED;

	private String accessCode = "";

	protected TrunkRow() {
	}

	TrunkRow(long pbxId, String endpoint) {
		this.pbxId = pbxId;
		this.endpoint = endpoint;
	}

	Trunk toTrunk() {
		return new Trunk(this.dial, this.reading, this.accessCode);
	}

	String getEndpoint() {
		return this.endpoint;
	}

	boolean isPresent() {
		return this.present;
	}

	boolean isByHand() {
		return this.byHand;
	}

	void setPresent(boolean present) {
		this.present = present;
	}

}
