package io.tollgate.extension;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** An extension as stored. */
@Entity
@Table(name = "extension")
@NullUnmarked
class ExtensionRow {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	private long pbxId;

	private String number;

	private String name;

	@Column
	private String nameOrder;

	private boolean present = true;

	private boolean disallowInternational = true;

	private boolean disallowOutbound;

	private boolean disallowOutsideBusinessHours;

	private @Nullable Integer maxDurationSeconds;

	protected ExtensionRow() {
	}

	/** Takes over what the PBX says; tells whether the extension came back. */
	boolean seen(Discovered discovered) {
		boolean back = !this.present;
		this.present = true;
		this.name = discovered.name();
		this.nameOrder = SortKeys.name(this.name);
		return back;
	}

	void vanished() {
		this.present = false;
	}

	boolean isPresent() {
		return this.present;
	}

	String getNumber() {
		return this.number;
	}

	CallRestrictions restrictions() {
		return new CallRestrictions(this.disallowInternational, this.disallowOutbound,
				this.disallowOutsideBusinessHours, this.maxDurationSeconds);
	}

	void restrict(CallRestrictions restrictions) {
		this.disallowInternational = restrictions.disallowInternational();
		this.disallowOutbound = restrictions.disallowOutbound();
		this.disallowOutsideBusinessHours = restrictions.disallowOutsideBusinessHours();
		this.maxDurationSeconds = restrictions.maxDurationSeconds();
	}

	Extension toExtension() {
		return new Extension(this.id, this.pbxId, this.number, this.name, this.present, restrictions());
	}

}
