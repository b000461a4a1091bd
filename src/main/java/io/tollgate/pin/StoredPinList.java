package io.tollgate.pin;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** A PIN list as it is stored, without its PINs. */
@Entity
@Table(name = "pin_list")
@NullUnmarked
class StoredPinList {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	private String listKey;

	private String name;

	private String salt;

	protected StoredPinList() {
	}

	/**
	 * A list without PINs.
	 * @param name empty for the password of a route
	 */
	StoredPinList(String key, String name, String salt) {
		this.listKey = key;
		this.salt = salt;
		rename(name);
	}

	long id() {
		return this.id;
	}

	String key() {
		return this.listKey;
	}

	String name() {
		return (this.name != null) ? this.name : "";
	}

	String salt() {
		return this.salt;
	}

	/** Null, so that many may have none. */
	final void rename(String other) {
		this.name = other.isEmpty() ? null : other;
	}

	void resalt(String other) {
		this.salt = other;
	}

}
