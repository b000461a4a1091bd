package io.tollgate.extension;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Extension and Trunk › Extension: the list, and the bulk edit of what is ticked there. A
 * selection travels as ids or as the filter it was made by, in the body of a form, since
 * an address could not hold thousands.
 */
@Controller
class ExtensionController {

	private static final String LIST = "extension/list";

	private static final String EDIT = "extension/edit";

	private final ExtensionLists lists;

	private final BulkPages pages;

	private final BulkEdits edits;

	private final MessageSource messages;

	ExtensionController(ExtensionLists lists, BulkPages pages, BulkEdits edits, MessageSource messages) {
		this.lists = lists;
		this.pages = pages;
		this.edits = edits;
		this.messages = messages;
	}

	@ModelAttribute("filter")
	ExtensionFilter filter(@RequestParam(required = false) @Nullable String q,
			@RequestParam(required = false) @Nullable String show, @RequestParam(required = false) @Nullable String pbx,
			@RequestParam(required = false) @Nullable String group,
			@RequestParam(required = false) @Nullable String sort, @RequestParam(required = false) @Nullable String dir,
			@RequestParam(required = false) @Nullable String page) {
		return ExtensionFilter.of(q, show, pbx, group, sort, dir, page);
	}

	@ModelAttribute("selection")
	Selection selection(@RequestParam(required = false) boolean all,
			@RequestParam(required = false) @Nullable Set<Long> ext,
			@RequestParam(required = false) @Nullable Set<Long> more,
			@RequestParam(required = false) @Nullable Set<Long> except) {
		return new Selection(all, ext, more, except);
	}

	@ModelAttribute("form")
	BulkForm form(@RequestParam(required = false) @Nullable Set<String> change,
			@RequestParam(required = false) boolean disallowInternational,
			@RequestParam(required = false) boolean disallowOutbound,
			@RequestParam(required = false) boolean disallowOutsideBusinessHours,
			@RequestParam(required = false) @Nullable String maxDuration) {
		return new BulkForm(change, disallowInternational, disallowOutbound, disallowOutsideBusinessHours, maxDuration);
	}

	@GetMapping(ExtensionFilter.PATH)
	String list(@ModelAttribute("filter") ExtensionFilter filter, Model model) {
		model.addAttribute("page", this.lists.page(filter));
		model.addAttribute("pbxs", this.lists.pbxs());
		model.addAttribute("groups", this.lists.groups(filter.group()));
		return LIST;
	}

	@GetMapping(ExtensionFilter.PATH + ".csv")
	ResponseEntity<byte[]> export(@ModelAttribute("filter") ExtensionFilter filter, Locale locale) {
		var header = Stream
			.of("number", "name", "pbx", "international", "outbound", "hours", "duration", "present", "unapplied")
			.map((column) -> text("extension.csv." + column, locale))
			.toList();
		var csv = new StringBuilder(ExtensionCsv.header(header));
		this.lists.each(filter, (each) -> csv.append(ExtensionCsv.row(each)));
		return ResponseEntity.ok()
			.contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
			.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"extensions.csv\"")
			.body(csv.toString().getBytes(StandardCharsets.UTF_8));
	}

	@RequestMapping(path = ExtensionFilter.PATH + "/edit", method = { RequestMethod.GET, RequestMethod.POST })
	@PreAuthorize("hasRole('OPERATOR')")
	String edit(@ModelAttribute("filter") ExtensionFilter filter, @ModelAttribute("selection") Selection selection,
			Model model, RedirectAttributes redirect, Locale locale) {
		var read = this.pages.read(selection, filter);
		if (read.picked().count() == 0) {
			return nothingPicked(filter, redirect, locale);
		}
		var form = this.pages.form(read.picked());
		model.addAttribute("form", form);
		model.addAttribute("back", filter.url(ExtensionFilter.PATH));
		model.addAttribute("page", this.pages.page(read, form, locale));
		return EDIT;
	}

	/** The side panel for the form as it stands. */
	@PostMapping(ExtensionFilter.PATH + "/edit/effect")
	@PreAuthorize("hasRole('OPERATOR')")
	String effect(@ModelAttribute("filter") ExtensionFilter filter, @ModelAttribute("selection") Selection selection,
			@ModelAttribute("form") BulkForm form, Model model, Locale locale) {
		model.addAttribute("page", this.pages.page(selection, filter, form, locale));
		return EDIT + " :: effect";
	}

	/**
	 * Saves what is ticked.
	 * @param act {@code save}, or {@code apply} to go on to the review
	 * @param count how many extensions the page said it would be
	 */
	@PostMapping(ExtensionFilter.PATH + "/save")
	@PreAuthorize("hasRole('OPERATOR')")
	Object save(@ModelAttribute("filter") ExtensionFilter filter, @ModelAttribute("selection") Selection selection,
			@ModelAttribute("form") BulkForm form, @RequestParam(defaultValue = "save") String act,
			@RequestParam(defaultValue = "-1") int count, Model model, RedirectAttributes redirect, Locale locale) {
		var read = this.pages.read(selection, filter);
		int picked = read.picked().count();
		if (picked == 0) {
			return nothingPicked(filter, redirect, locale);
		}
		var refusal = refusal(form, picked, count, locale);
		if (refusal != null || form.durationRefused()) {
			model.addAttribute("refusal", refusal);
			model.addAttribute("back", filter.url(ExtensionFilter.PATH));
			model.addAttribute("durationError",
					form.durationRefused() ? text("extension.duration.refused", locale) : null);
			model.addAttribute("page", this.pages.page(read, form, locale));
			return new ModelAndView(EDIT, model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
		}
		var list = filter.url(ExtensionFilter.PATH);
		var edit = this.edits.start(this.lists.picked(selection, filter), form.edit(), picked,
				this.lists.words(selection, filter), list);
		if (!edit.good()) {
			return "redirect:" + BulkEditController.PATH.replace("{id}", edit.id().toString());
		}
		redirect.addFlashAttribute("notice",
				(edit.changed() == 0) ? text("extension.saved.nothing", locale, edit.selected())
						: text("extension.saved", locale, edit.changed(), edit.selected() - edit.changed()));
		return "redirect:" + (act.equals("apply") ? "/review" : list);
	}

	private @Nullable String refusal(BulkForm form, int picked, int shown, Locale locale) {
		if (form.change().isEmpty()) {
			return text("extension.edit.nothing-ticked", locale);
		}
		return (shown >= 0 && shown != picked) ? text("extension.edit.other-count", locale, shown, picked) : null;
	}

	private String nothingPicked(ExtensionFilter filter, RedirectAttributes redirect, Locale locale) {
		redirect.addFlashAttribute("problem", text("extension.edit.nothing-picked", locale));
		return "redirect:" + filter.url(ExtensionFilter.PATH);
	}

	private String text(String key, Locale locale, Object... arguments) {
		return this.messages.getMessage(key, arguments, locale);
	}

}
