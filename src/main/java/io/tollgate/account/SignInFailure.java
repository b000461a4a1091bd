package io.tollgate.account;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** Shows the sign-in page again, with the username as typed. */
class SignInFailure implements AuthenticationFailureHandler {

	private final SignInThrottle throttle;

	SignInFailure(SignInThrottle throttle) {
		this.throttle = throttle;
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException cause) throws IOException, ServletException {
		if (cause instanceof TooBusyException) {
			var username = request.getParameter("username");
			this.throttle.giveBack((username != null) ? username : "", request.getRemoteAddr());
			SignInGate.refuse(request, response, HttpStatus.SERVICE_UNAVAILABLE, Passwords.PATIENCE);
			return;
		}
		request.getRequestDispatcher("/sign-in/refused").forward(request, response);
	}

}
