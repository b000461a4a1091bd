package io.tollgate.web;

import java.util.Locale;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The first page. */
@Controller
class OverviewController {

	private final Overview overview;

	OverviewController(Overview overview) {
		this.overview = overview;
	}

	@GetMapping("/")
	String show(@RequestParam(required = false) Long policy, Model model, Locale locale) {
		model.addAttribute("overview", this.overview.show(policy, locale));
		return "web/overview";
	}

}
