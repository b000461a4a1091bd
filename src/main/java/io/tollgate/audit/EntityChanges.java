package io.tollgate.audit;

import jakarta.persistence.EntityManager;

import org.springframework.stereotype.Repository;

/** What the transaction under way has changed and not written yet. */
@Repository
class EntityChanges {

	private final EntityManager entities;

	EntityChanges(EntityManager entities) {
		this.entities = entities;
	}

	/** Writes it, so that all its locks are taken. */
	void write() {
		this.entities.flush();
	}

}
