package io.tollgate.account;

import java.util.Locale;
import java.util.Objects;

import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * A person's own passkeys, on the page of their account, and who must have one. Passkeys
 * are made by a script and Spring Security.
 */
@Controller
class PasskeyController {

	static final String PATH = AccountController.PATH + "/passkeys";

	static final String REQUIREMENT = UsersController.PATH + "/passkey-requirement";

	private final Passkeys passkeys;

	private final MessageSource messages;

	PasskeyController(Passkeys passkeys, MessageSource messages) {
		this.passkeys = passkeys;
		this.messages = messages;
	}

	@PostMapping(PATH + "/name")
	String rename(@RequestParam String id, @RequestParam String label, @AuthenticationPrincipal SignedIn me,
			RedirectAttributes redirect, Locale locale) {
		var name = label.strip();
		if (name.isEmpty() || name.length() > Passkeys.LONGEST_LABEL) {
			redirect.addFlashAttribute("wrong", id);
		}
		else if (!this.passkeys.rename(me.getUsername(), id, name)) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}
		else {
			redirect.addFlashAttribute("notice", say("account.passkey.renamed", locale, name));
		}
		return "redirect:" + AccountController.PATH;
	}

	@PostMapping(PATH + "/remove")
	String remove(@RequestParam String id, @AuthenticationPrincipal SignedIn me, RedirectAttributes redirect,
			Locale locale) {
		switch (this.passkeys.remove(me, id)) {
			case NOT_THERE -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
			case LAST_ONE -> redirect.addFlashAttribute("problem", say("account.passkey.last", locale));
			case REMOVED -> redirect.addFlashAttribute("notice", say("account.passkey.removed", locale));
		}
		return "redirect:" + AccountController.PATH;
	}

	@PostMapping(REQUIREMENT)
	String require(@RequestParam PasskeyRequirement requirement, RedirectAttributes redirect, Locale locale) {
		this.passkeys.require(requirement);
		redirect.addFlashAttribute("notice", say("account.passkey.requirement.saved", locale));
		return "redirect:" + UsersController.PATH;
	}

	private String say(String key, Locale locale, Object... arguments) {
		return Objects.requireNonNull(this.messages.getMessage(key, arguments, locale));
	}

}
