package io.tollgate.account;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.CurrentSecurityContext;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What the cards about passkeys need to know, on whichever page they stand. */
@ControllerAdvice(assignableTypes = { AccountController.class, UsersController.class })
class PasskeyAdvice {

	private final Factors factors;

	private final Passkeys passkeys;

	PasskeyAdvice(Factors factors, Passkeys passkeys) {
		this.factors = factors;
		this.passkeys = passkeys;
	}

	/** Whether a passkey may be added without asking again who this is. */
	@ModelAttribute("fresh")
	boolean fresh(@CurrentSecurityContext(expression = "authentication") @Nullable Authentication session) {
		return session != null && this.factors.isFresh(session);
	}

	/** Whether this person signs in with the identity provider only. */
	@ModelAttribute("provided")
	boolean provided(@CurrentSecurityContext(expression = "authentication") @Nullable Authentication session) {
		return session != null && session.getDetails() instanceof ProviderPerson.Details;
	}

	@ModelAttribute("requirement")
	PasskeyRequirement requirement() {
		return this.passkeys.requirement();
	}

	@ModelAttribute("requirements")
	List<PasskeyRequirement> requirements() {
		return List.of(PasskeyRequirement.values());
	}

}
