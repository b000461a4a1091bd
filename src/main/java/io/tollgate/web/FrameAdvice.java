package io.tollgate.web;

import java.time.Duration;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Gives every template its {@code frame}. */
@ControllerAdvice
class FrameAdvice {

	private final String version;

	private final Duration sessionTimeout;

	FrameAdvice(@Value("${tollgate.version:}") String version,
			@Value("${server.servlet.session.timeout:15m}") Duration sessionTimeout) {
		this.version = version;
		this.sessionTimeout = sessionTimeout;
	}

	@ModelAttribute("frame")
	Frame frame(HttpServletRequest request) {
		return new Frame(request, () -> PendingSummary.NONE, this.version, this.sessionTimeout);
	}

}
