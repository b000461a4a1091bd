package io.tollgate.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.annotation.CurrentSecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetailsSource;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Confirm that it is you: asked before what is {@link Sensitive} when the sign-in is
 * older than ten minutes. Then back, with what was typed.
 */
@Controller
class ConfirmController {

	static final String PATH = "/confirm";

	static final String DONE = PATH + "/done";

	private static final String PAGE = "account/confirm";

	private final Factors factors;

	private final Passkeys passkeys;

	private final OidcProperties provider;

	private final AuthenticationManager passwords;

	private final SecurityContextRepository sessions = new HttpSessionSecurityContextRepository();

	ConfirmController(Factors factors, Passkeys passkeys, OidcProperties provider, AuthenticationManager passwords) {
		this.provider = provider;
		this.factors = factors;
		this.passkeys = passkeys;
		this.passwords = passwords;
	}

	@GetMapping(PATH)
	String ask(@AuthenticationPrincipal SignedIn me,
			@CurrentSecurityContext(expression = "authentication") Authentication session, HttpServletRequest request,
			Model model) {
		var kept = KeptRequest.in(request.getSession(false));
		if (kept == null) {
			kept = KeptRequest.of(request);
			kept.keepIn(request.getSession());
		}
		model.addAttribute("kept", kept);
		model.addAttribute("passkey", this.passkeys.has(me.getUsername()));
		if (session.getDetails() instanceof ProviderPerson.Details) {
			model.addAttribute("provider", this.provider.name());
		}
		return PAGE;
	}

	@PostMapping(PATH)
	String password(@RequestParam(defaultValue = "") String password, @AuthenticationPrincipal SignedIn me,
			@CurrentSecurityContext(expression = "authentication") Authentication session, HttpServletRequest request,
			HttpServletResponse response, Model model) {
		try {
			var attempt = UsernamePasswordAuthenticationToken.unauthenticated(me.getUsername(), password);
			attempt.setDetails(new WebAuthenticationDetailsSource().buildDetails(request));
			keep(this.passwords.authenticate(attempt), request, response);
			return "redirect:" + DONE;
		}
		catch (AuthenticationException ex) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			model.addAttribute("refused", true);
			return ask(me, session, request, model);
		}
	}

	/** As after a sign-in, under another session id. */
	private void keep(Authentication session, HttpServletRequest request, HttpServletResponse response) {
		request.changeSessionId();
		var context = SecurityContextHolder.createEmptyContext();
		context.setAuthentication(session);
		SecurityContextHolder.setContext(context);
		this.sessions.saveContext(context, request, response);
	}

	@GetMapping(DONE)
	String done(@CurrentSecurityContext(expression = "authentication") Authentication session,
			HttpServletRequest request, Model model) {
		if (!this.factors.isFresh(session)) {
			return "redirect:" + PATH;
		}
		var kept = KeptRequest.in(request.getSession(false));
		if (kept == null) {
			return "redirect:/";
		}
		// once: what was kept for one press must not wait in the session for another day
		KeptRequest.forget(request.getSession());
		if (kept.what() == null) {
			return "redirect:" + kept.back();
		}
		model.addAttribute("kept", kept);
		return "account/confirmed";
	}

}
