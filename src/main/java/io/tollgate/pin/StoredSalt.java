package io.tollgate.pin;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** What PINs are hashed with, locked. */
@Entity
@Table(name = "pin_salt")
@NullUnmarked
class StoredSalt {

	@Id
	private String id;

	private String locked;

	protected StoredSalt() {
	}

	StoredSalt(String id, String locked) {
		this.id = id;
		this.locked = locked;
	}

	String locked() {
		return this.locked;
	}

}
