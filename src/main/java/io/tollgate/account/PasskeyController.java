package io.tollgate.account;

import java.util.Locale;
import java.util.Objects;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.annotation.CurrentSecurityContext;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A person's own passkeys. They are made by a script and Spring Security. */
@Controller
class PasskeyController {

	static final String PATH = "/account/passkeys";

	private static final String PAGE = "account/passkeys";

	private final Passkeys passkeys;

	private final Factors factors;

	private final MessageSource messages;

	PasskeyController(Passkeys passkeys, Factors factors, MessageSource messages) {
		this.passkeys = passkeys;
		this.factors = factors;
		this.messages = messages;
	}

	@GetMapping(PATH)
	String show(@AuthenticationPrincipal SignedIn me,
			@CurrentSecurityContext(expression = "authentication") Authentication session, Model model) {
		model.addAttribute("passkeys", this.passkeys.of(me.getUsername()));
		model.addAttribute("fresh", this.factors.isFresh(session));
		return PAGE;
	}

	@PostMapping(PATH + "/name")
	String rename(@RequestParam String id, @RequestParam String label, @AuthenticationPrincipal SignedIn me,
			@CurrentSecurityContext(expression = "authentication") Authentication session, HttpServletResponse response,
			Model model, RedirectAttributes redirect, Locale locale) {
		var name = label.strip();
		if (name.isEmpty() || name.length() > Passkeys.LONGEST_LABEL) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			model.addAttribute("wrong", id);
			return show(me, session, model);
		}
		if (!this.passkeys.rename(me.getUsername(), id, name)) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}
		redirect.addFlashAttribute("notice", say("account.passkey.renamed", locale, name));
		return "redirect:" + PATH;
	}

	@PostMapping(PATH + "/remove")
	String remove(@RequestParam String id, @AuthenticationPrincipal SignedIn me, RedirectAttributes redirect,
			Locale locale) {
		switch (this.passkeys.remove(me, id)) {
			case NOT_THERE -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
			case LAST_ONE -> redirect.addFlashAttribute("problem", say("account.passkey.last", locale));
			case REMOVED -> redirect.addFlashAttribute("notice", say("account.passkey.removed", locale));
		}
		return "redirect:" + PATH;
	}

	private String say(String key, Locale locale, Object... arguments) {
		return Objects.requireNonNull(this.messages.getMessage(key, arguments, locale));
	}

}
