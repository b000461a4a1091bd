package io.tollgate.apply;

import java.util.List;

import io.tollgate.connector.Drift;

/**
 * What a PBX runs other than what was applied to it.
 *
 * @param all every difference
 * @param unapplied those among them that nobody has applied and that an apply overwrites,
 * so only one that knows of them may
 */
record Drifts(List<Drift> all, List<Drift> unapplied) {

	static final Drifts NONE = new Drifts(List.of(), List.of());

	Drifts {
		all = List.copyOf(all);
		unapplied = List.copyOf(unapplied);
	}

	boolean isEmpty() {
		return this.all.isEmpty();
	}

	/** Of what an apply has to know; empty when there is nothing to know. */
	String checksum() {
		return Drift.checksum(this.unapplied);
	}

}
