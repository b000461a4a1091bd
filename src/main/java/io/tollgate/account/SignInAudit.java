package io.tollgate.account;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;

import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes sign-ins and sign-outs to the trail. A sign-in that cannot be written fails: the
 * event is published before the session is made.
 */
@Component
class SignInAudit {

	private final AuditTrail audit;

	private final SignInThrottle throttle;

	SignInAudit(AuditTrail audit, SignInThrottle throttle) {
		this.audit = audit;
		this.throttle = throttle;
	}

	@EventListener
	@Transactional
	void signedIn(AuthenticationSuccessEvent event) {
		var session = (event.getAuthentication().getPrincipal() instanceof ProviderPerson person) ? person.session()
				: event.getAuthentication();
		var before = SecurityContextHolder.getContext().getAuthentication();
		var confirmed = before != null && Factors.hasRole(before) && before.getName().equals(session.getName());
		record(confirmed ? "account.confirmed"
				: Factors.hasRole(session) ? "account.signed-in" : "account.password-accepted", session.getName());
		if (session.getDetails() instanceof WebAuthenticationDetails details && details.getRemoteAddress() != null) {
			this.throttle.succeeded(session.getName(), details.getRemoteAddress());
		}
	}

	@EventListener
	@Transactional
	void signedOut(LogoutSuccessEvent event) {
		record("account.signed-out", event.getAuthentication().getName());
	}

	private void record(String action, String username) {
		this.audit.recordAs(username, action, AuditObject.of("account", null, username), null, null);
	}

}
