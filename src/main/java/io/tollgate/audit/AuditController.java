package io.tollgate.audit;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Page;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The audit log: whoever may sign in may read it. */
@Controller
class AuditController {

	private static final String VIEW = "audit/log";

	private final AuditLog log;

	AuditController(AuditLog log) {
		this.log = log;
	}

	@GetMapping("/audit")
	String show(@ModelAttribute("filter") AuditFilter filter, BindingResult errors,
			@RequestParam(defaultValue = "0") int page, Model model, Locale locale, HttpServletRequest request) {
		filter.check(errors);
		var found = errors.hasErrors() ? Page.<AuditEntry>empty() : this.log.page(filter, page, locale);
		model.addAttribute("days", found.stream()
			.collect(Collectors.groupingBy(AuditEntry::day, LinkedHashMap::new, Collectors.toList())));
		model.addAttribute("found", found);
		model.addAttribute("narrowed", filter.narrows());
		model.addAttribute("actors", this.log.actors());
		model.addAttribute("types",
				this.log.objectTypes()
					.stream()
					.collect(Collectors.toMap((type) -> type, (type) -> this.log.objectTypeWords(type, locale),
							(first, second) -> first, LinkedHashMap::new)));
		model.addAttribute("previous", found.hasPrevious() ? at(request, found.getNumber() - 1) : null);
		model.addAttribute("next", found.hasNext() ? at(request, found.getNumber() + 1) : null);
		return VIEW;
	}

	/** The same filter on another page. */
	private static @Nullable String at(HttpServletRequest request, int page) {
		return ServletUriComponentsBuilder.fromRequestUri(request)
			.query(request.getQueryString())
			.replaceQueryParam("page", page)
			.scheme(null)
			.host(null)
			.port(null)
			.build(true)
			.toUriString();
	}

}
