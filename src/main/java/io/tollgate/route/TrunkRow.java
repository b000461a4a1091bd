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

	/** One that was found on the PBX. */
	TrunkRow(long pbxId, String endpoint) {
		this.pbxId = pbxId;
		this.endpoint = endpoint;
	}

	/** One that is added by hand. */
	TrunkRow(long pbxId, String name, Trunk trunk) {
		this(pbxId, name);
		this.byHand = true;
		become(trunk);
	}

	final void become(Trunk trunk) {
		this.dial = trunk.dial();
		this.reading = trunk.reading();
		this.accessCode = trunk.accessCode();
	}

	StoredTrunk toStored() {
		return new StoredTrunk(this.endpoint, this.present, this.byHand, toTrunk());
	}

	Trunk toTrunk() {
		return new Trunk(this.dial, this.reading, this.accessCode);
	}

	long getId() {
		return this.id;
	}

	long getPbxId() {
		return this.pbxId;
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

	/** The PBX has an endpoint of that name. */
	void found() {
		this.present = true;
		if (!this.dial.isEmpty()) {
			this.dial = "";
			this.byHand = false;
		}
	}

	/** The PBX had it once; a person adds one of that name. */
	void takeOver(Trunk trunk) {
		this.present = true;
		this.byHand = true;
		become(trunk);
	}

	/** The PBX has it no more. */
	void lost() {
		this.present = false;
	}

}
