package io.tollgate.web;

import java.util.List;
import java.util.Locale;

import io.tollgate.account.SignedIn;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Search over everything: a page, and what the jump list shows while somebody types. */
@Controller
class SearchController {

	private static final String PATH = "/search";

	private static final String PAGE = "web/search";

	private static final int ON_THE_PAGE = 20;

	private static final int IN_THE_LIST = 5;

	private final Search search;

	SearchController(Search search) {
		this.search = search;
	}

	@GetMapping(PATH)
	String show(@RequestParam(defaultValue = "") String q, @AuthenticationPrincipal @Nullable SignedIn me, Model model,
			Locale locale) {
		model.addAttribute("results", this.search.find(q, pages(me), ON_THE_PAGE, locale));
		return PAGE;
	}

	@GetMapping(PATH + "/hits")
	String hits(@RequestParam(defaultValue = "") String q, @AuthenticationPrincipal @Nullable SignedIn me, Model model,
			Locale locale) {
		model.addAttribute("results", this.search.find(q, pages(me), IN_THE_LIST, locale));
		return PAGE + " :: hits";
	}

	private static List<NavigationGroup> pages(@Nullable SignedIn me) {
		return NavigationGroup.seen((me != null) ? me.getRole() : null);
	}

}
