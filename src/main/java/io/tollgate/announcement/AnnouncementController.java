package io.tollgate.announcement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.tollgate.announcement.AnnouncementAnswer.Changed;
import io.tollgate.announcement.AnnouncementAnswer.Gone;
import io.tollgate.announcement.AnnouncementAnswer.InUse;
import io.tollgate.announcement.AnnouncementAnswer.Refused;
import io.tollgate.announcement.AnnouncementAnswer.Unchanged;
import io.tollgate.listing.ListAddress;
import io.tollgate.listing.ListQuery;
import io.tollgate.listing.ListShape;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Call Control › Announcements: what callers can be played, and by which routes. */
@Controller
class AnnouncementController {

	private static final String PATH = "/announcements";

	private static final String ONE = PATH + "/{key:[a-z0-9]+}";

	private static final String LIST = "announcement/list";

	private static final String EDIT = "announcement/edit";

	private static final ListShape<Item> SHAPE = ListShape.<Item>empty()
		.text("name", "announcement.column.name", (item) -> item.announcement().name())
		.text("sounds", "announcement.column.sounds", (item) -> String.join(" ", item.announcement().sounds()))
		.text("code", "announcement.column.code", (item) -> item.announcement().code())
		.number("routes", "announcement.column.uses", (item) -> (long) item.uses().size())
		.looking("");

	private final Announcements announcements;

	private final MessageSource messages;

	AnnouncementController(Announcements announcements, MessageSource messages) {
		this.announcements = announcements;
		this.messages = messages;
	}

	@GetMapping(PATH)
	String list(ListQuery query, HttpServletRequest request, Model model, Locale locale) {
		var uses = this.announcements.uses();
		var all = this.announcements.byName();
		var items = all.entrySet()
			.stream()
			.map((entry) -> new Item(entry.getKey(), entry.getValue(), uses.getOrDefault(entry.getKey(), List.of())))
			.toList();
		model.addAttribute("list", SHAPE.show(ListAddress.of(PATH), query, items, Item::texts, locale));
		model.addAttribute("codes",
				all.values()
					.stream()
					.filter((announcement) -> !announcement.code().isEmpty())
					.map((announcement) -> say("announcement.code.plays", announcement.code(), announcement.name()))
					.collect(Collectors.joining(", ")));
		model.addAttribute("editable", mayEdit(request));
		return LIST;
	}

	@GetMapping(PATH + "/new")
	@PreAuthorize("hasRole('OPERATOR')")
	String create(HttpServletRequest request, Model model) {
		return page(null, new Form("", "", false, ""), Map.of(), request, model);
	}

	@GetMapping(ONE)
	String edit(@PathVariable String key, HttpServletRequest request, Model model) {
		return page(key, Form.of(announcement(key)), Map.of(), request, model);
	}

	@PostMapping(PATH)
	@PreAuthorize("hasRole('OPERATOR')")
	String add(@RequestParam MultiValueMap<String, String> fields, HttpServletRequest request,
			HttpServletResponse response, Model model, RedirectAttributes redirect) {
		var form = Form.read(fields);
		return answer(this.announcements.add(form.announcement()), null, form, request, response, model, redirect);
	}

	@PostMapping(ONE)
	@PreAuthorize("hasRole('OPERATOR')")
	String save(@PathVariable String key, @RequestParam MultiValueMap<String, String> fields,
			HttpServletRequest request, HttpServletResponse response, Model model, RedirectAttributes redirect) {
		var form = Form.read(fields);
		return answer(this.announcements.change(key, form.announcement()), key, form, request, response, model,
				redirect);
	}

	@PostMapping(ONE + "/delete")
	@PreAuthorize("hasRole('OPERATOR')")
	String delete(@PathVariable String key, RedirectAttributes redirect) {
		var name = announcement(key).name();
		return switch (this.announcements.delete(key)) {
			case InUse(var routes) -> {
				redirect.addFlashAttribute("problem", say("announcement.kept", name, routes.getFirst().route(),
						routes.getFirst().pbx(), routes.size() - 1));
				yield "redirect:" + PATH + "/" + key;
			}
			case Gone _ -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
			case Changed _, Unchanged _, Refused _ -> {
				redirect.addFlashAttribute("notice", say("announcement.deleted", name));
				yield "redirect:" + PATH;
			}
		};
	}

	private Announcement announcement(String key) {
		return this.announcements.find(key).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	private String answer(AnnouncementAnswer answer, @Nullable String key, Form form, HttpServletRequest request,
			HttpServletResponse response, Model model, RedirectAttributes redirect) {
		if (answer instanceof Refused(var refusals)) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			var errors = new HashMap<String, String>();
			refusals.forEach((refusal) -> errors.putIfAbsent(refusal.field(),
					this.messages.getMessage(refusal, LocaleContextHolder.getLocale())));
			return page(key, form, errors, request, model);
		}
		if (answer instanceof Gone) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}
		var said = (answer instanceof Unchanged) ? "announcement.unchanged"
				: (key != null) ? "announcement.saved" : "announcement.added";
		redirect.addFlashAttribute("notice", say(said, form.name()));
		return "redirect:" + PATH;
	}

	/**
	 * The editor.
	 * @param key {@code null} for a new one
	 */
	private String page(@Nullable String key, Form form, Map<String, String> errors, HttpServletRequest request,
			Model model) {
		model.addAttribute("key", key);
		model.addAttribute("title", (key != null) ? announcement(key).name() : say("announcement.new"));
		model.addAttribute("form", form);
		// asked for fields that are not in it
		model.addAttribute("errors", new HashMap<>(errors));
		model.addAttribute("uses", (key != null) ? this.announcements.uses().getOrDefault(key, List.of()) : List.of());
		boolean shared = key != null && !this.announcements.isWhole(key);
		model.addAttribute("shared", shared);
		model.addAttribute("coding", this.announcements.mayCode());
		model.addAttribute("editable", !shared && mayEdit(request));
		return EDIT;
	}

	/** Asking a request for a role does not know that an administrator is an operator. */
	private static boolean mayEdit(HttpServletRequest request) {
		return request.isUserInRole("OPERATOR") || request.isUserInRole("ADMINISTRATOR");
	}

	private String say(String code, Object... arguments) {
		return this.messages.getMessage(code, arguments, LocaleContextHolder.getLocale());
	}

	/**
	 * One announcement of the list.
	 *
	 * @param uses the routes that play it
	 */
	record Item(String key, Announcement announcement, List<AnnouncementUse.Use> uses) {

		/** What is searched. */
		private List<String> texts() {
			var texts = new ArrayList<>(this.announcement.sounds());
			texts.add(this.announcement.name());
			texts.add(this.announcement.code());
			this.uses.forEach((use) -> texts.addAll(List.of(use.route(), use.pbx())));
			return texts;
		}

	}

	/**
	 * An announcement as it was typed.
	 *
	 * @param sounds divided by blanks, commas or as Asterisk divides them
	 */
	record Form(String name, String sounds, boolean answer, String code) {

		static Form of(Announcement announcement) {
			return new Form(announcement.name(), String.join(" ", announcement.sounds()), announcement.answer(),
					announcement.code());
		}

		static Form read(MultiValueMap<String, String> fields) {
			return new Form(text(fields, "name"), text(fields, "sounds"), fields.containsKey("answer"),
					text(fields, "code"));
		}

		private static String text(MultiValueMap<String, String> fields, String name) {
			return Objects.requireNonNullElse(fields.getFirst(name), "").strip();
		}

		Announcement announcement() {
			var names = Arrays.stream(this.sounds.split("[\\s,;&]+")).filter((sound) -> !sound.isEmpty()).toList();
			return new Announcement(this.name, names, this.answer, this.code);
		}

	}

}
