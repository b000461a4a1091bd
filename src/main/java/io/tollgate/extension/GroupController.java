package io.tollgate.extension;

import java.util.Locale;
import java.util.Map;

import io.tollgate.extension.GroupChange.Changed;
import io.tollgate.extension.GroupChange.ChangedMeanwhile;
import io.tollgate.extension.GroupChange.Gone;
import io.tollgate.extension.GroupChange.Refused;
import io.tollgate.extension.GroupChange.Unchanged;
import io.tollgate.extension.GroupChange.UnknownNumbers;
import io.tollgate.listing.ListQuery;
import io.tollgate.pbx.Pbx;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Extension and Trunk › Extension group: the groups of each PBX, and what uses them.
 */
@Controller
class GroupController {

	static final String PATH = "/groups";

	private static final String GROUP = PATH + "/{key:[a-z0-9]+}";

	private static final String EDIT = "extension/group";

	private final Groups groups;

	private final GroupPages pages;

	private final MessageSource messages;

	GroupController(Groups groups, GroupPages pages, MessageSource messages) {
		this.groups = groups;
		this.pages = pages;
		this.messages = messages;
	}

	/**
	 * The list.
	 * @param pbx only of that one, {@code null} for all
	 */
	@GetMapping(PATH)
	String list(@RequestParam(required = false) @Nullable Long pbx, ListQuery query, HttpServletRequest request,
			Model model, Locale locale) {
		model.addAttribute("pbxs", this.pages.pbxs());
		model.addAttribute("chosen", pbx);
		model.addAttribute("list", this.pages.list(pbx, query, locale));
		model.addAttribute("editable", mayEdit(request));
		return "extension/groups";
	}

	/** Asking a request for a role does not know that an administrator is an operator. */
	private static boolean mayEdit(HttpServletRequest request) {
		return request.isUserInRole("OPERATOR") || request.isUserInRole("ADMINISTRATOR");
	}

	/**
	 * The form of a new group.
	 * @param pbx {@code null} for the first one
	 */
	@GetMapping(PATH + "/new")
	@PreAuthorize("hasRole('OPERATOR')")
	String fresh(@RequestParam(required = false) @Nullable Long pbx, Model model) {
		model.addAttribute("page", this.pages.fresh(pbx(pbx), "", "", Map.of()));
		return EDIT;
	}

	@PostMapping(PATH)
	@PreAuthorize("hasRole('OPERATOR')")
	String add(@RequestParam long pbx, @RequestParam(defaultValue = "") String name,
			@RequestParam(defaultValue = "") String members, HttpServletResponse response, Model model,
			RedirectAttributes redirect, Locale locale) {
		pbx(pbx);
		var change = this.groups.create(pbx, name, members);
		if (change instanceof Refused refused && !(refused instanceof Gone)) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			model.addAttribute("page", this.pages.fresh(pbx(pbx), name, members, errors(refused, locale)));
			return EDIT;
		}
		return answer(change, pbx, "groups.added", name.strip(), redirect, locale);
	}

	@GetMapping(GROUP)
	String edit(@PathVariable String key, @RequestParam long pbx, HttpServletRequest request, Model model) {
		model.addAttribute("page", this.pages.of(pbx(pbx), key, group(pbx, key), mayEdit(request)));
		return EDIT;
	}

	/**
	 * Saves a group.
	 * @param seen what the form was filled from; without it nobody knows what is replaced
	 */
	@PostMapping(GROUP)
	@PreAuthorize("hasRole('OPERATOR')")
	String save(@PathVariable String key, @RequestParam long pbx, @RequestParam(defaultValue = "") String name,
			@RequestParam(defaultValue = "") String members, @RequestParam(defaultValue = "") String seen,
			HttpServletResponse response, Model model, RedirectAttributes redirect, Locale locale) {
		pbx(pbx);
		var change = this.groups.save(pbx, key, name, members, seen);
		if (change instanceof ChangedMeanwhile conflict) {
			response.setStatus(HttpStatus.CONFLICT.value());
			var typed = new GroupPage.Typed(name, members, conflict.now().fingerprint(), Map.of(),
					this.messages.getMessage(conflict, locale));
			model.addAttribute("page", this.pages.of(pbx(pbx), key, conflict.now(), typed, true));
			return EDIT;
		}
		if (change instanceof Refused refused && !(refused instanceof Gone)) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			var typed = new GroupPage.Typed(name, members, seen, errors(refused, locale), null);
			model.addAttribute("page", this.pages.of(pbx(pbx), key, group(pbx, key), typed, true));
			return EDIT;
		}
		boolean used = this.groups.usage(pbx).containsKey(key);
		return answer(change, pbx, used ? "groups.saved.used" : "groups.saved", name.strip(), redirect, locale);
	}

	@PostMapping(GROUP + "/delete")
	@PreAuthorize("hasRole('OPERATOR')")
	String delete(@PathVariable String key, @RequestParam long pbx, RedirectAttributes redirect, Locale locale) {
		var name = group(pbx, key).name();
		return answer(this.groups.delete(pbx, key), pbx, "groups.deleted", name, redirect, locale);
	}

	private Pbx pbx(@Nullable Long id) {
		return this.pages.pbxs()
			.stream()
			.filter((each) -> id == null || each.id() == id)
			.findFirst()
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	private ExtensionGroup group(long pbx, String key) {
		return this.groups.find(pbx(pbx).id(), key)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	private Map<String, String> errors(Refused refused, Locale locale) {
		return Map.of((refused instanceof UnknownNumbers) ? "members" : "name",
				this.messages.getMessage(refused, locale));
	}

	private String answer(GroupChange change, long pbx, String done, String name, RedirectAttributes redirect,
			Locale locale) {
		switch (change) {
			case Refused refused -> redirect.addFlashAttribute("problem", this.messages.getMessage(refused, locale));
			case Unchanged _ -> redirect.addFlashAttribute("notice", text("groups.unchanged", name, locale));
			case Changed _ -> redirect.addFlashAttribute("notice", text(done, name, locale));
		}
		return "redirect:" + PATH + "?pbx=" + pbx;
	}

	private String text(String key, String name, Locale locale) {
		return this.messages.getMessage(key, new Object[] { name }, locale);
	}

}
