package io.tollgate.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Pattern;

import io.tollgate.policy.RestrictionChange.Changed;
import io.tollgate.policy.RestrictionChange.Gone;
import io.tollgate.policy.RestrictionChange.Refused;
import io.tollgate.policy.RestrictionChange.Unchanged;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * Security › Security Settings › Number Restrictions. Every change works as a plain form;
 * a refused one comes back with what was typed.
 */
@Controller
class NumberRestrictionsController {

	private static final String PATH = RestrictionFilter.PATH;

	private static final String PAGE = "policy/number-restrictions";

	private static final String PARTS = "policy/restriction-parts";

	private static final String IMPORT = "policy/restriction-import";

	/** A PBX and a group of it. */
	private static final Pattern GROUP = Pattern.compile("([0-9]{1,18}):([a-z0-9]{1,12})");

	/** Far more than the longest list. */
	private static final int LONGEST_FILE = 500_000;

	private final PolicyDesk desk;

	private final RestrictionLists lists;

	private final RestrictionPages pages;

	private final WorkingWeek week;

	private final MessageSource messages;

	NumberRestrictionsController(PolicyDesk desk, RestrictionLists lists, RestrictionPages pages, WorkingWeek week,
			MessageSource messages) {
		this.desk = desk;
		this.lists = lists;
		this.pages = pages;
		this.week = week;
		this.messages = messages;
	}

	@ModelAttribute("filter")
	RestrictionFilter filter(@RequestParam(required = false) @Nullable String q,
			@RequestParam(required = false) @Nullable String page) {
		return RestrictionFilter.of(q, page);
	}

	@GetMapping(PATH)
	String show(@RequestParam(required = false) @Nullable Long policy,
			@ModelAttribute("filter") RestrictionFilter filter, HttpServletRequest request,
			HttpServletResponse response, Model model) {
		var head = this.desk.head(policy, request);
		fill(model, head, filter, Map.of(), Map.of(), request);
		if (!PolicyAnswers.isHtmx(request) || request.getHeader("HX-History-Restore-Request") != null) {
			return PAGE;
		}
		response.setHeader("HX-Replace-Url", filter.url(head.rules().id()));
		return PARTS + " :: found";
	}

	@GetMapping(PATH + ".csv")
	ResponseEntity<byte[]> export(@RequestParam long policy, HttpServletRequest request) {
		var rules = this.desk.head(policy, request).rules();
		var csv = RestrictionCsv.of(this.lists.list(policy).stream().map(Restriction::entry).toList(), rules);
		return ResponseEntity.ok()
			.contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
			.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"number-restrictions-" + policy + ".csv\"")
			.body(csv.getBytes(StandardCharsets.UTF_8));
	}

	@PostMapping(PATH + "/{policy}/presets/{preset}")
	@PreAuthorize("hasRole('OPERATOR')")
	Object preset(@PathVariable long policy, @PathVariable String preset,
			@RequestParam(required = false) boolean enabled, @ModelAttribute("filter") RestrictionFilter filter,
			HttpServletRequest request, HttpServletResponse response, Model model) {
		var meant = this.pages.presets().get(preset);
		if (meant == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}
		var change = this.lists.setPreset(policy, meant, enabled);
		if (!PolicyAnswers.isHtmx(request)) {
			return redirect(change, policy, filter, request);
		}
		if (change instanceof Refused refused) {
			return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT)
				.contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
				.body(words(refused, request));
		}
		fill(model, this.desk.head(policy, request), filter, Map.of(), Map.of(), request);
		return PARTS + " :: changed";
	}

	@PostMapping(PATH + "/{policy}/entries")
	@PreAuthorize("hasRole('OPERATOR')")
	String add(@PathVariable long policy, @RequestParam String number, @RequestParam(defaultValue = "") String note,
			@ModelAttribute("filter") RestrictionFilter filter, HttpServletRequest request,
			HttpServletResponse response, Model model) {
		var head = this.desk.head(policy, request);
		var reading = RestrictionReading.of(number, head.rules());
		RestrictionChange change = reading.refused();
		if (change == null) {
			var own = new LinkedHashMap<String, String>();
			reading.entries().forEach((entry) -> own.put(entry, note));
			change = this.lists.add(policy, own);
		}
		if (change instanceof Refused refused && !(refused instanceof Gone)) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			fill(model, head, filter, Map.of("number", number, "note", note), Map.of("number", words(refused, request)),
					request);
			return PAGE;
		}
		var assumed = reading.assumed();
		if (change instanceof Changed && assumed != null) {
			var locale = RequestContextUtils.getLocale(request);
			return redirect(
					words(change, request) + " " + this.pages.assumed(assumed, reading.entries().first(), locale),
					policy, filter, request);
		}
		return redirect(change, policy, filter, request);
	}

	@PostMapping(PATH + "/{policy}/remove")
	@PreAuthorize("hasRole('OPERATOR')")
	String remove(@PathVariable long policy, @RequestParam(defaultValue = "") Set<String> entry,
			@ModelAttribute("filter") RestrictionFilter filter, HttpServletRequest request) {
		return redirect(this.lists.remove(policy, entry), policy, filter, request);
	}

	@GetMapping(PATH + "/import")
	@PreAuthorize("hasRole('OPERATOR')")
	String choose(@RequestParam(required = false) @Nullable Long policy, HttpServletRequest request, Model model) {
		model.addAttribute("head", this.desk.head(policy, request));
		return IMPORT;
	}

	/** Shows what a file would do; nothing is changed yet. */
	@PostMapping(PATH + "/{policy}/import")
	@PreAuthorize("hasRole('OPERATOR')")
	String preview(@PathVariable long policy, @RequestParam(required = false) @Nullable MultipartFile file,
			@RequestParam(defaultValue = "") String text, HttpServletRequest request, HttpServletResponse response,
			Model model, Locale locale) throws IOException {
		var head = this.desk.head(policy, request);
		model.addAttribute("head", head);
		var given = (file != null && !file.isEmpty()) ? RestrictionImport.text(file.getBytes()) : text;
		if (given.isBlank() || given.length() > LONGEST_FILE) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			model.addAttribute("error", this.messages
				.getMessage(given.isBlank() ? "restriction.import.nothing" : "restriction.import.long", null, locale));
			return IMPORT;
		}
		model.addAttribute("preview", this.pages.preview(head.rules(), given, locale));
		return IMPORT;
	}

	/**
	 * Takes over what the preview showed.
	 * @param mode {@code append} or {@code replace}
	 */
	@PostMapping(PATH + "/{policy}/import/apply")
	@PreAuthorize("hasRole('OPERATOR')")
	String apply(@PathVariable long policy, @RequestParam String text, @RequestParam String mode,
			HttpServletRequest request) {
		var own = RestrictionImport.of(text, this.desk.head(policy, request).rules()).entries();
		boolean replace = mode.equals("replace");
		if (own.isEmpty() || !replace && !mode.equals("append")) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
		}
		var change = replace ? this.lists.replace(policy, own) : this.lists.add(policy, own);
		return redirect(change, policy, RestrictionFilter.of(null, null), request);
	}

	/**
	 * Exempts an extension or a group.
	 * @param group id of its PBX, colon, key; empty for an extension
	 * @param until date and time in the time zone of the business hours, empty for no end
	 */
	@PostMapping(PATH + "/{policy}/exemptions")
	@PreAuthorize("hasRole('OPERATOR')")
	String exempt(@PathVariable long policy, @RequestParam long pbx, @RequestParam(defaultValue = "") String extension,
			@RequestParam(defaultValue = "") String group, @RequestParam(defaultValue = "") String target,
			@RequestParam(defaultValue = "") String until, @ModelAttribute("filter") RestrictionFilter filter,
			HttpServletRequest request, HttpServletResponse response, Model model) {
		this.desk.head(policy, request);
		var locale = RequestContextUtils.getLocale(request);
		var field = "extension";
		var error = "";
		try {
			var change = exempt(pbx, extension.strip(), group, target, until.strip());
			if (!(change instanceof Refused refused)) {
				return redirect(exempted(change, extension.strip(), group, locale), policy, filter, request);
			}
			field = switch (refused) {
				case RestrictionChange.UnknownGroup _, RestrictionChange.ExtensionAndGroup _ -> "group";
				case RestrictionChange.EndIsPast _ -> "until";
				case RestrictionChange.NotRestricted _ -> "target";
				default -> "extension";
			};
			error = words(refused, request);
		}
		catch (DateTimeException ex) {
			field = "until";
			error = this.messages.getMessage("restriction.refused.NoTime", null, locale);
		}
		response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
		fill(model, this.desk.head(policy, request), filter, Map.of("pbx", Long.toString(pbx), "extension", extension,
				"group", group, "target", target, "until", until), Map.of(field, error), request);
		return PAGE;
	}

	private RestrictionChange exempt(long pbx, String extension, String group, String target, String until) {
		if (group.isEmpty()) {
			return this.lists.exempt(pbx, extension, target, instant(until));
		}
		var of = GROUP.matcher(group);
		if (!of.matches()) {
			return new RestrictionChange.UnknownGroup();
		}
		return extension.isEmpty() ? this.lists.exempt(Long.parseLong(of.group(1)),
				ExtensionNumbers.GROUP + of.group(2), target, instant(until))
				: new RestrictionChange.ExtensionAndGroup();
	}

	private String exempted(RestrictionChange change, String extension, String group, Locale locale) {
		if (change instanceof Unchanged) {
			return this.messages.getMessage("policy.said.unchanged", null, locale);
		}
		var of = GROUP.matcher(group);
		return of.matches() ? this.messages.getMessage("restriction.said.exempted.group",
				new Object[] { this.lists.groups(Long.parseLong(of.group(1))).getOrDefault(of.group(2), "") }, locale)
				: this.messages.getMessage("restriction.said.exempted", new Object[] { extension }, locale);
	}

	private @Nullable Instant instant(String until) {
		return until.isEmpty() ? null
				: LocalDateTime.parse(until.replace(' ', 'T')).atZone(this.week.hours().zone()).toInstant();
	}

	@PostMapping(PATH + "/{policy}/exemptions/{id}/remove")
	@PreAuthorize("hasRole('OPERATOR')")
	String removeExemption(@PathVariable long policy, @PathVariable long id,
			@ModelAttribute("filter") RestrictionFilter filter, HttpServletRequest request) {
		this.desk.head(policy, request);
		var change = this.lists.removeExemption(id);
		return (change instanceof Refused) ? redirect(change, policy, filter, request)
				: redirect(this.messages.getMessage("restriction.said.exemption-removed", null,
						RequestContextUtils.getLocale(request)), policy, filter, request);
	}

	private void fill(Model model, PolicyHead head, RestrictionFilter filter, Map<String, String> typed,
			Map<String, String> errors, HttpServletRequest request) {
		var fields = new LinkedHashMap<>(
				Map.of("number", "", "note", "", "pbx", "", "extension", "", "group", "", "target", "", "until", ""));
		fields.putAll(typed);
		// keys that are not there read as null in the template
		Map<String, @Nullable String> wrong = new LinkedHashMap<>(errors);
		model.addAttribute("head", head)
			.addAttribute("typed", fields)
			.addAttribute("errors", wrong)
			.addAttribute("page", this.pages.page(head.rules(), filter, RequestContextUtils.getLocale(request)));
	}

	private String redirect(RestrictionChange change, long policy, RestrictionFilter filter,
			HttpServletRequest request) {
		if (change instanceof Refused) {
			RequestContextUtils.getOutputFlashMap(request).put("problem", words(change, request));
			return "redirect:" + ((change instanceof Gone) ? PATH : filter.url(policy));
		}
		return redirect(words(change, request), policy, filter, request);
	}

	private static String redirect(String notice, long policy, RestrictionFilter filter, HttpServletRequest request) {
		RequestContextUtils.getOutputFlashMap(request).put("notice", notice);
		return "redirect:" + filter.url(policy);
	}

	private String words(RestrictionChange change, HttpServletRequest request) {
		var locale = RequestContextUtils.getLocale(request);
		return switch (change) {
			case Refused refused -> this.messages.getMessage(refused, locale);
			case Unchanged _ -> this.messages.getMessage("policy.said.unchanged", null, locale);
			case Changed(var added, var removed) -> words(added, removed, locale);
		};
	}

	private String words(SortedSet<String> added, SortedSet<String> removed, Locale locale) {
		var one = added.isEmpty() ? "" : RestrictionWords.display(added.first());
		var other = removed.isEmpty() ? "" : RestrictionWords.display(removed.first());
		if (added.isEmpty()) {
			return removed.isEmpty() ? this.messages.getMessage("restriction.said.kept", null, locale) : this.messages
				.getMessage("restriction.said.removed", new Object[] { removed.size(), other }, locale);
		}
		return this.messages.getMessage(removed.isEmpty() ? "restriction.said.added" : "restriction.said.both",
				new Object[] { added.size(), one, removed.size(), other }, locale);
	}

}
