package io.tollgate.account;

import java.io.IOException;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** A form whose password could not be looked at in time. */
@ControllerAdvice
class TooBusyAdvice {

	@ExceptionHandler
	void busy(TooBusyException cause, HttpServletResponse response) throws IOException {
		response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(Passwords.PATIENCE.toSeconds()));
		response.sendError(HttpStatus.SERVICE_UNAVAILABLE.value());
	}

}
