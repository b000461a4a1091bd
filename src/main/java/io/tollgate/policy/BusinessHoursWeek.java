package io.tollgate.policy;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** The one row that holds the working week together, and is locked to change it. */
@Entity
@Table(name = "business_hours")
@NullUnmarked
class BusinessHoursWeek {

	static final short ID = 1;

	@Id
	private Short id;

	private String timeZone;

	private long revision;

	protected BusinessHoursWeek() {
	}

	String timeZone() {
		return this.timeZone;
	}

	long revision() {
		return this.revision;
	}

	void change(String newTimeZone) {
		this.timeZone = newTimeZone;
		this.revision++;
	}

}
