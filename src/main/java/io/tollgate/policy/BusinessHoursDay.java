package io.tollgate.policy;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.NullUnmarked;

/** One open day of the working week. */
@Entity
@NullUnmarked
class BusinessHoursDay {

	/** Monday is 1. */
	@Id
	private Short dayOfWeek;

	private short opens;

	private short closes;

	protected BusinessHoursDay() {
	}

	BusinessHoursDay(int dayOfWeek, BusinessHours.Hours hours) {
		this.dayOfWeek = (short) dayOfWeek;
		become(hours);
	}

	final void become(BusinessHours.Hours hours) {
		this.opens = (short) hours.opens();
		this.closes = (short) hours.closes();
	}

	int dayOfWeek() {
		return this.dayOfWeek;
	}

	BusinessHours.Hours hours() {
		return new BusinessHours.Hours(this.opens, this.closes);
	}

}
