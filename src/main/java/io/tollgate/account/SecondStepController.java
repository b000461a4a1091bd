package io.tollgate.account;

import io.tollgate.account.Factors.Missing;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.CurrentSecurityContext;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * What is still to do after a password that is not enough: use the passkey, or make one.
 */
@Controller
class SecondStepController {

	static final String PATH = "/sign-in/passkey";

	private final Factors factors;

	SecondStepController(Factors factors) {
		this.factors = factors;
	}

	@GetMapping(PATH)
	String show(@CurrentSecurityContext(expression = "authentication") Authentication session, Model model) {
		var missing = this.factors.missing(session);
		if (missing == null) {
			return "redirect:/";
		}
		model.addAttribute("step", (missing == Missing.ENROLLMENT) ? "enroll" : "second");
		return "account/second-step";
	}

}
