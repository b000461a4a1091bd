package io.tollgate.account;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** The sign-in page. Spring Security answers its POST. */
@Controller
class SignInController {

	private static final String PAGE = "account/sign-in";

	private final Accounts accounts;

	/** Why the identity provider's person did not get in. */
	static final String PROVIDER = "/sign-in/provider";

	private final Passkeys passkeys;

	private final OidcProperties provider;

	SignInController(Accounts accounts, Passkeys passkeys, OidcProperties provider) {
		this.provider = provider;
		this.accounts = accounts;
		this.passkeys = passkeys;
	}

	/** A button that works for nobody is left out. */
	@ModelAttribute("passkeys")
	boolean passkeys() {
		return this.passkeys.any();
	}

	/** What the button is called, {@code null} where there is no provider. */
	@ModelAttribute("provider")
	@Nullable String provider() {
		return this.provider.enabled() ? this.provider.name() : null;
	}

	@GetMapping(PROVIDER)
	String refusedThere(@RequestParam(defaultValue = "") String why, Model model) {
		model.addAttribute("why", ProviderRefusal.of(why).code());
		return PAGE;
	}

	@GetMapping("/sign-in")
	String show() {
		return this.accounts.none() ? "redirect:/set-up" : PAGE;
	}

	/**
	 * A refused sign-in is forwarded here, so that the username need not be typed again.
	 */
	@PostMapping("/sign-in/refused")
	String refused(@RequestParam(defaultValue = "") String username,
			@RequestAttribute(name = SignInGate.WAIT, required = false) @Nullable Long wait, Model model) {
		model.addAttribute("refused", true);
		model.addAttribute("wait", wait);
		model.addAttribute("username", username);
		return PAGE;
	}

}
