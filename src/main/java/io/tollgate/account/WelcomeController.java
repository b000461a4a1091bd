package io.tollgate.account;

import java.util.List;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Where the link of an invitation or of a forgotten password leads. It makes a password
 * and signs nobody in: a second factor is asked for at sign-in as ever.
 */
@Controller
class WelcomeController {

	static final String PATH = "/welcome";

	private static final String PAGE = "account/welcome";

	private final OwnAccount accounts;

	private final Accounts hashes;

	private final PasswordRules rules;

	WelcomeController(OwnAccount accounts, Accounts hashes, PasswordRules rules) {
		this.accounts = accounts;
		this.hashes = hashes;
		this.rules = rules;
	}

	/** What somebody opens; to be asked for in a request. */
	static String link(PublicUrl url, String token) {
		return (url.isConfigured() ? UriComponentsBuilder.fromUriString(url.origin())
				: ServletUriComponentsBuilder.fromCurrentContextPath())
			.path(PATH)
			.queryParam("token", token)
			.toUriString();
	}

	@GetMapping(PATH)
	String show(@RequestParam(defaultValue = "") String token, Model model) {
		var known = this.accounts.behind(token)
			.filter((account) -> account.invited() && !account.displayName().equals(account.username()))
			.map(Account::displayName)
			.orElse("");
		model.addAttribute("form", new PasswordForm(token, known, "", "", ""));
		return page(token, model);
	}

	@PostMapping(PATH)
	String create(@Valid @ModelAttribute("form") PasswordForm form, BindingResult errors, Model model,
			HttpServletResponse response) {
		var account = this.accounts.behind(form.token()).orElse(null);
		if (account == null) {
			return page(form.token(), model);
		}
		if (account.invited() && form.displayName().isBlank()) {
			errors.rejectValue("displayName", "account.displayName.needed");
		}
		this.rules.check(form.password(), form.confirmation(), List.of(account.username(), form.displayName()), errors);
		if (errors.hasErrors()) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			return page(form.token(), model);
		}
		return this.accounts.useLink(form.token(), form.displayName().strip(), this.hashes.hash(form.password()))
				? "redirect:/sign-in?welcome" : page(form.token(), model);
	}

	private String page(String token, Model model) {
		return this.accounts.behind(token).map((account) -> {
			model.addAttribute("user", account);
			return PAGE;
		}).orElse("account/welcome-closed");
	}

}
