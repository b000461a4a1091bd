package io.tollgate.tester;

import org.jspecify.annotations.Nullable;

/**
 * What is asked, as it was typed.
 *
 * @param pbx identity of the PBX, {@code null} when it was not chosen
 * @param extension the caller
 * @param number as it would be dialled
 * @param when local date and time, {@code 2026-11-24T10:42}; empty for now
 * @param rules {@code live} for what the PBX runs, otherwise what it would run after an
 * apply
 * @param who there when the question is who may dial the number, whatever extension
 */
record Question(@Nullable Long pbx, @Nullable String extension, @Nullable String number, @Nullable String when,
		@Nullable String rules, @Nullable String who) {

	boolean asked() {
		return this.extension != null || this.number != null;
	}

	String caller() {
		return (this.extension != null) ? this.extension.strip() : "";
	}

	/** Blanks around a number come from copying, blanks inside are dialled. */
	String dialled() {
		return (this.number != null) ? this.number.strip() : "";
	}

	public boolean live() {
		return "live".equals(this.rules);
	}

	boolean whoMay() {
		return this.who != null;
	}

}
