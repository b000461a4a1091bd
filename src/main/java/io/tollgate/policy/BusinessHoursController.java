package io.tollgate.policy;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

import io.tollgate.pbx.VisiblePbxs;
import io.tollgate.policy.WorkingWeek.Saved;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** System › Settings: the business hours. */
@Controller
@RequestMapping("/settings")
class BusinessHoursController {

	private static final String PAGE = "policy/business-hours";

	private final WorkingWeek week;

	private final VisiblePbxs visible;

	private final MessageSource messages;

	private final Clock clock;

	BusinessHoursController(WorkingWeek week, VisiblePbxs visible, MessageSource messages, Clock clock) {
		this.week = week;
		this.visible = visible;
		this.messages = messages;
		this.clock = clock;
	}

	@GetMapping
	String show(HttpServletRequest request, Model model, Locale locale) {
		// the revision first: whoever saves in between is noticed
		long revision = this.week.revision();
		return page(BusinessHoursForm.of(this.week.hours(), locale), revision, null, request, model, locale);
	}

	/** Saves the whole week, see {@link BusinessHoursForm#read}. */
	@PostMapping
	@PreAuthorize("hasRole('OPERATOR')")
	String save(@RequestParam Map<String, String> fields, @RequestParam long revision, HttpServletRequest request,
			HttpServletResponse response, Model model, RedirectAttributes redirect, Locale locale) {
		// they are those of every PBX
		this.visible.requireUnlimited();
		var form = BusinessHoursForm.read(fields, this.messages, locale);
		var hours = form.hours();
		if (hours == null) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			return page(form, revision, null, request, model, locale);
		}
		var saved = this.week.save(hours, revision);
		if (saved == Saved.CHANGED_MEANWHILE) {
			response.setStatus(HttpStatus.CONFLICT.value());
			long now = this.week.revision();
			return page(form, now, text("policy.hours.conflict.now", locale, words(this.week.hours(), locale)), request,
					model, locale);
		}
		redirect.addFlashAttribute("notice",
				text((saved == Saved.CHANGED) ? "policy.hours.saved" : "policy.said.unchanged", locale));
		return "redirect:/settings";
	}

	private String page(BusinessHoursForm form, long revision, @Nullable String conflict, HttpServletRequest request,
			Model model, Locale locale) {
		model.addAttribute("hours",
				new View(form.zone(), form.zoneError(), form.days(), revision, conflict, now(this.week.hours(), locale),
						TimeZones.byArea(), PolicyDesk.mayEdit(request) && !this.visible.limited()));
		return PAGE;
	}

	private String now(BusinessHours hours, Locale locale) {
		var now = Instant.now(this.clock);
		var there = now.atZone(hours.zone());
		return text(hours.isOpen(now) ? "policy.hours.now.open" : "policy.hours.now.closed", locale,
				hours.zone().getId(), there.getDayOfWeek().getDisplayName(TextStyle.FULL_STANDALONE, locale) + " "
						+ DateTimeFormatter.ofPattern("HH:mm", locale).format(there));
	}

	/** {@code UTC, Monday 08:00-18:00, …}. */
	private static String words(BusinessHours hours, Locale locale) {
		return hours.zone().getId() + ", " + hours.days()
			.entrySet()
			.stream()
			.map((day) -> day.getKey().getDisplayName(TextStyle.FULL_STANDALONE, locale) + " "
					+ WorkingWeek.clock(day.getValue().opens()) + "-" + WorkingWeek.clock(day.getValue().closes()))
			.collect(Collectors.joining(", "));
	}

	private String text(String key, Locale locale, Object... arguments) {
		return this.messages.getMessage(key, arguments, locale);
	}

	/**
	 * What the page shows.
	 *
	 * @param revision what the form was filled from
	 * @param conflict what somebody else saved meanwhile, {@code null} for nothing
	 * @param now the time there, and whether the company is open
	 * @param zones the choices, by part of the world
	 * @param editable whether the reader may change them
	 */
	record View(String zone, @Nullable String zoneError, List<BusinessHoursForm.Day> days, long revision,
			@Nullable String conflict, String now, SortedMap<String, List<String>> zones, boolean editable) {
	}

}
