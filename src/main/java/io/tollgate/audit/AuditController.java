package io.tollgate.audit;

import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The audit log: who is not limited to some PBXs may read it. */
@Controller
class AuditController {

	private static final String VIEW = "audit/log";

	private final AuditLog log;

	private final CurrentActor actor;

	AuditController(AuditLog log, CurrentActor actor) {
		this.log = log;
		this.actor = actor;
	}

	@GetMapping("/audit")
	String show(@ModelAttribute("filter") AuditFilter filter, BindingResult errors,
			@RequestParam(required = false) @Nullable Long below, @RequestParam(required = false) @Nullable Long above,
			Model model, Locale locale, HttpServletRequest request) {
		if (!this.actor.groups().isEmpty()) {
			return "audit/limited";
		}
		filter.check(errors);
		var page = errors.hasErrors() ? AuditPage.EMPTY : this.log.page(filter, below, above, locale);
		model.addAttribute("page", page);
		model.addAttribute("narrowed", filter.narrows());
		model.addAttribute("actors", this.log.actors());
		model.addAttribute("types", this.log.objectTypes(locale));
		model.addAttribute("newer", at(request, "above", page.newer()));
		model.addAttribute("older", at(request, "below", page.older()));
		return VIEW;
	}

	/** The same filter on another page. */
	private static @Nullable String at(HttpServletRequest request, String side, @Nullable Long row) {
		return (row == null) ? null
				: ServletUriComponentsBuilder.fromRequestUri(request)
					.query(request.getQueryString())
					.replaceQueryParam("above")
					.replaceQueryParam("below")
					.replaceQueryParam(side, row)
					.scheme(null)
					.host(null)
					.port(null)
					.build(true)
					.toUriString();
	}

}
