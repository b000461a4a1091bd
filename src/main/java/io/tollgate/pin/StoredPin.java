package io.tollgate.pin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** Whose PIN it is, and its hash. */
@Entity
@Table(name = "pin")
@NullUnmarked
class StoredPin {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	@Column
	private long listId;

	private String hash;

	private String label;

	protected StoredPin() {
	}

	StoredPin(long listId, String hash, String label) {
		this.listId = listId;
		this.hash = hash;
		this.label = label;
	}

	long id() {
		return this.id;
	}

	long listId() {
		return this.listId;
	}

	String hash() {
		return this.hash;
	}

	String label() {
		return this.label;
	}

}
