package io.tollgate.account;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** My account: name, password, sessions of whoever is signed in. */
@Controller
class AccountController {

	static final String PATH = "/account";

	private static final String PAGE = "account/account";

	private static final String NAME = "name";

	private static final String PASSWORD = "passwordForm";

	private final OwnAccount accounts;

	private final Accounts hashes;

	private final Sessions sessions;

	private final Passkeys passkeys;

	private final Factors factors;

	private final PasswordRules rules;

	private final SignInThrottle throttle;

	private final MessageSource messages;

	AccountController(OwnAccount accounts, Accounts hashes, Sessions sessions, Passkeys passkeys, Factors factors,
			PasswordRules rules, SignInThrottle throttle, MessageSource messages) {
		this.accounts = accounts;
		this.hashes = hashes;
		this.sessions = sessions;
		this.passkeys = passkeys;
		this.factors = factors;
		this.rules = rules;
		this.throttle = throttle;
		this.messages = messages;
	}

	@GetMapping(PATH)
	String show(Authentication me, Model model) {
		return page(me, model);
	}

	@PostMapping(PATH + "/name")
	String rename(@Valid @ModelAttribute(NAME) NameForm form, BindingResult errors, Authentication me, Model model,
			HttpServletRequest request, HttpServletResponse response, RedirectAttributes redirect) {
		if (errors.hasErrors()) {
			return refused(me, model, response);
		}
		this.accounts.rename(me.getName(), form.displayName().strip());
		this.accounts.refresh(request, response);
		return done("account.mine.renamed", redirect);
	}

	@PostMapping(PATH + "/password")
	String changePassword(@Valid @ModelAttribute(PASSWORD) PasswordForm form, BindingResult errors, Authentication me,
			Model model, HttpServletRequest request, HttpServletResponse response, RedirectAttributes redirect) {
		this.rules.check(form.password(), form.confirmation(),
				List.of(me.getName(), this.accounts.of(me.getName()).displayName()), errors);
		if (!errors.hasErrors()) {
			checkCurrent(form, me, request, errors);
		}
		if (errors.hasErrors()) {
			return refused(me, model, response);
		}
		this.accounts.changePassword(me.getName(), this.hashes.hash(form.password()), request.getSession().getId());
		this.accounts.refresh(request, response);
		return done("account.mine.password-changed", redirect);
	}

	/** Whoever took over a session must not try passwords in it either. */
	private void checkCurrent(PasswordForm form, Authentication me, HttpServletRequest request, BindingResult errors) {
		var wait = this.throttle.begin(me.getName(), request.getRemoteAddr());
		if (!wait.isZero()) {
			errors.rejectValue("current", "account.password.wait", new Object[] { wait.toSeconds() + 1 }, null);
		}
		else if (!this.accounts.knows(me.getName(), form.current())) {
			errors.rejectValue("current", "account.password.wrong");
		}
		else {
			this.throttle.succeeded(me.getName(), request.getRemoteAddr());
		}
	}

	@PostMapping(PATH + "/sessions/end")
	String endOthers(Authentication me, HttpServletRequest request, RedirectAttributes redirect) {
		this.accounts.endOthers(me.getName(), request.getSession().getId());
		return done("account.mine.sessions-ended", redirect);
	}

	private String refused(Authentication me, Model model, HttpServletResponse response) {
		response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
		return page(me, model);
	}

	private String page(Authentication me, Model model) {
		var account = this.accounts.of(me.getName());
		model.addAttribute("user", account);
		model.addAttribute("passkeys", this.passkeys.of(account.username()));
		model.addAttribute("fresh", this.factors.isFresh(me));
		model.addAttribute("sessions", this.sessions.of(account.username()));
		if (!model.containsAttribute(NAME)) {
			model.addAttribute(NAME, new NameForm(account.displayName()));
		}
		if (!model.containsAttribute(PASSWORD)) {
			model.addAttribute(PASSWORD, new PasswordForm("", "", "", "", ""));
		}
		return PAGE;
	}

	private String done(String said, RedirectAttributes redirect) {
		redirect.addFlashAttribute("notice", this.messages.getMessage(said, null, LocaleContextHolder.getLocale()));
		return "redirect:" + PATH;
	}

}
