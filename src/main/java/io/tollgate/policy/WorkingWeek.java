package io.tollgate.policy;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.tollgate.api.IfMatch;
import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The company's business hours: one working week for all PBXs. */
@Service
public class WorkingWeek {

	private final BusinessHoursWeeks weeks;

	private final BusinessHoursDays days;

	private final AuditTrail trail;

	WorkingWeek(BusinessHoursWeeks weeks, BusinessHoursDays days, AuditTrail trail) {
		this.weeks = weeks;
		this.days = days;
		this.trail = trail;
	}

	/** The business hours. Two queries. */
	@Transactional(readOnly = true)
	public BusinessHours hours() {
		return hours(this.weeks.timeZone());
	}

	/** A number that rises with every change. */
	@Transactional(readOnly = true)
	public long revision() {
		return this.weeks.revision();
	}

	/** Saves them, whatever they were. */
	@Transactional
	public Saved save(BusinessHours hours) {
		return save(hours, "business-hours.changed", null);
	}

	/**
	 * Saves them unless somebody else did since.
	 * @param seenRevision the revision that the form was filled from
	 */
	@Transactional
	Saved save(BusinessHours hours, long seenRevision) {
		return save(hours, "business-hours.changed", seenRevision);
	}

	/**
	 * The same for scripts.
	 * @return how often they were changed until now
	 */
	@Transactional
	public long save(BusinessHours hours, IfMatch seen) {
		var week = this.weeks.lock();
		seen.require(week.revision());
		save(hours, "business-hours.changed", null);
		return week.revision();
	}

	/** Returns to those hours. */
	@Transactional
	public Saved restore(BusinessHours hours) {
		return save(hours, "business-hours.restored", null);
	}

	private Saved save(BusinessHours hours, String action, @Nullable Long seenRevision) {
		var week = this.weeks.lock();
		var before = hours(week.timeZone());
		if (before.equals(hours)) {
			return Saved.UNCHANGED;
		}
		if (seenRevision != null && seenRevision != week.revision()) {
			return Saved.CHANGED_MEANWHILE;
		}
		week.change(hours.zone().getId());
		keep(hours.days());
		this.trail.record(action, AuditObject.of("settings", null, "Business hours"), words(before), words(hours));
		return Saved.CHANGED;
	}

	private void keep(Map<DayOfWeek, BusinessHours.Hours> open) {
		var missing = new EnumMap<DayOfWeek, BusinessHours.Hours>(DayOfWeek.class);
		missing.putAll(open);
		for (BusinessHoursDay stored : this.days.findAll()) {
			var wanted = missing.remove(DayOfWeek.of(stored.dayOfWeek()));
			if (wanted == null) {
				this.days.delete(stored);
			}
			else {
				stored.become(wanted);
			}
		}
		missing.forEach((day, wanted) -> this.days.save(new BusinessHoursDay(day.getValue(), wanted)));
	}

	private BusinessHours hours(String zone) {
		var open = new EnumMap<DayOfWeek, BusinessHours.Hours>(DayOfWeek.class);
		this.days.findAll().forEach((day) -> open.put(DayOfWeek.of(day.dayOfWeek()), day.hours()));
		return new BusinessHours(ZoneId.of(zone), open);
	}

	/** All seven days, for the trail. */
	private static String words(BusinessHours hours) {
		var lines = new ArrayList<>(List.of("Time zone: " + hours.zone().getId()));
		for (DayOfWeek day : DayOfWeek.values()) {
			var open = hours.days().get(day);
			lines.add(day.getDisplayName(TextStyle.FULL, Locale.ENGLISH) + ": "
					+ ((open != null) ? clock(open.opens()) + "-" + clock(open.closes()) : "closed"));
		}
		return String.join("\n", lines);
	}

	/** Minutes since midnight as people read them; the end of the day is 24:00. */
	static String clock(int minutes) {
		return "%02d:%02d".formatted(minutes / 60, minutes % 60);
	}

	/** What became of saving. */
	public enum Saved {

		/** Done and audited. */
		CHANGED,
		/** They were so already. */
		UNCHANGED,
		/** Refused: somebody else saved other hours since the form was opened. */
		CHANGED_MEANWHILE

	}

}
