package io.tollgate.policy;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

import io.tollgate.api.IfMatch;
import io.tollgate.api.RefusedException;
import io.tollgate.api.Wrong;
import io.tollgate.pbx.VisiblePbxs;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The business hours for scripts: one week for all PBXs, read as the page reads it. */
@RestController
class BusinessHoursApi {

	private static final String PATH = "/api/v1/business-hours";

	private final WorkingWeek week;

	private final VisiblePbxs visible;

	private final MessageSource messages;

	BusinessHoursApi(WorkingWeek week, VisiblePbxs visible, MessageSource messages) {
		this.week = week;
		this.visible = visible;
		this.messages = messages;
	}

	@GetMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_policy:read')")
	@Operation(summary = "The business hours")
	ResponseEntity<Week> hours() {
		// rather too old than too new
		long revision = this.week.revision();
		return answer(revision, this.week.hours());
	}

	@PutMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_policy:write') and hasRole('OPERATOR')")
	@Operation(summary = "Sets the business hours, the whole week")
	ResponseEntity<Week> set(@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
			@Valid @RequestBody Wanted wanted) {
		// they are those of every PBX
		this.visible.requireUnlimited();
		var hours = wanted.read(this.messages);
		return answer(this.week.save(hours, IfMatch.of(ifMatch)), hours);
	}

	private static ResponseEntity<Week> answer(long revision, BusinessHours hours) {
		return ResponseEntity.ok()
			.eTag(IfMatch.tag(revision))
			.body(new Week(hours.zone().getId(),
					hours.days()
						.entrySet()
						.stream()
						.map((day) -> new Day(word(day.getKey()), WorkingWeek.clock(day.getValue().opens()),
								WorkingWeek.clock(day.getValue().closes())))
						.toList()));
	}

	private static String word(DayOfWeek day) {
		return day.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The week.
	 *
	 * @param timeZone an IANA name
	 * @param days the open ones
	 */
	record Week(String timeZone, List<Day> days) {
	}

	/**
	 * An open day.
	 *
	 * @param day {@code monday} to {@code sunday}
	 * @param opens such as {@code 08:00}
	 * @param closes such as {@code 18:00}; {@code 24:00} is the end of the day
	 */
	record Day(String day, String opens, String closes) {
	}

	/**
	 * The week that is wanted.
	 *
	 * @param timeZone an IANA name
	 * @param days the open ones, each once; all others are closed
	 */
	record Wanted(@NotNull @Size(max = 60) String timeZone,
			@NotNull @Size(max = 7) List<@NotNull @Valid WantedDay> days) {

		private BusinessHours read(MessageSource messages) {
			var fields = new HashMap<String, String>();
			fields.put("zone", this.timeZone);
			var places = new HashMap<Integer, Integer>();
			var errors = new ArrayList<Wrong>();
			for (int i = 0; i < this.days.size(); i++) {
				var day = this.days.get(i);
				int number = day.number();
				if (number == 0 || places.putIfAbsent(number, i) != null) {
					errors.add(new Wrong("/days/" + i + "/day",
							messages.getMessage("policy.api.day", null, Locale.ENGLISH)));
					continue;
				}
				fields.put("open-" + number, "on");
				fields.put("from-" + number, day.opens());
				fields.put("to-" + number, day.closes());
			}
			var form = BusinessHoursForm.read(fields, messages, Locale.ENGLISH);
			if (form.zoneError() != null) {
				errors.add(new Wrong("/timeZone", form.zoneError()));
			}
			for (var day : form.days()) {
				if (day.error() != null) {
					errors.add(new Wrong("/days/" + places.get(day.number()) + (day.fromWrong() ? "/opens" : "/closes"),
							day.error()));
				}
			}
			var hours = form.hours();
			if (!errors.isEmpty() || hours == null) {
				throw new RefusedException(errors);
			}
			return hours;
		}

	}

	/** An open day that is wanted, see {@link Day}. */
	record WantedDay(@NotNull @Size(max = 20) String day, @NotNull @Size(max = 10) String opens,
			@NotNull @Size(max = 10) String closes) {

		/** Monday is 1; 0 for what is no day. */
		private int number() {
			for (var each : DayOfWeek.values()) {
				if (word(each).equals(this.day)) {
					return each.getValue();
				}
			}
			return 0;
		}

	}

}
