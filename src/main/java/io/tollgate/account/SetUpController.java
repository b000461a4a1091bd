package io.tollgate.account;

import java.util.List;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The set-up link's page: makes the first administrator and signs them in. */
@Controller
class SetUpController {

	private static final String PAGE = "account/set-up";

	/** No usable token: says how to get one. */
	private static final String CLOSED = "account/set-up-closed";

	private final SetUp setUp;

	private final Accounts accounts;

	private final PasswordRules rules;

	SetUpController(SetUp setUp, Accounts accounts, PasswordRules rules) {
		this.setUp = setUp;
		this.rules = rules;
		this.accounts = accounts;
	}

	@GetMapping("/set-up")
	String show(@RequestParam(defaultValue = "") String token, Model model) {
		if (!this.accounts.none()) {
			return "redirect:/sign-in";
		}
		if (!this.setUp.isOpen(token)) {
			model.addAttribute("stale", !token.isEmpty());
			return CLOSED;
		}
		model.addAttribute("form", new SetUpForm(token, "", "", "", ""));
		return PAGE;
	}

	@PostMapping("/set-up")
	String create(@Valid @ModelAttribute("form") SetUpForm form, BindingResult errors, Model model,
			HttpServletRequest request) throws ServletException {
		this.rules.check(form.password(), form.confirmation(), List.of(form.username(), form.displayName()), errors);
		if (errors.hasErrors()) {
			return PAGE;
		}
		var account = this.setUp.complete(form.token(), form.username(), form.displayName().strip(), form.password());
		if (account.isEmpty()) {
			model.addAttribute("stale", true);
			return this.accounts.none() ? CLOSED : "redirect:/sign-in";
		}
		request.login(account.get().username(), form.password());
		request.changeSessionId();
		return "redirect:/";
	}

}
