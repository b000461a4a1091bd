package io.tollgate.web;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.WebAttributes;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * The page for whatever went wrong. htmx and other programs get one plain sentence
 * instead, with the same status. What is not the caller's fault carries a reference that
 * stands in the log beside its cause; the cause itself never leaves the server.
 */
@Controller
class ErrorPages implements ErrorController {

	private static final Logger LOGGER = LoggerFactory.getLogger(ErrorPages.class);

	private final SecureRandom random = new SecureRandom();

	private final MessageSource messages;

	private final ReadablePages readable;

	ErrorPages(MessageSource messages, ReadablePages readable) {
		this.messages = messages;
		this.readable = readable;
	}

	@RequestMapping(path = "/error", produces = MediaType.TEXT_HTML_VALUE)
	Object page(HttpServletRequest request, HttpServletResponse response, Model model, Locale locale) {
		if (isApi(request)) {
			return problem(request, locale);
		}
		if ("true".equals(request.getHeader("HX-Request"))) {
			return sentence(request, locale);
		}
		var status = status(request);
		if (status == HttpStatus.METHOD_NOT_ALLOWED
				&& "GET".equals(request.getAttribute(RequestDispatcher.ERROR_METHOD))) {
			return "redirect:" + this.readable.above(request);
		}
		response.setStatus(status.value());
		model.addAttribute("status", status.value());
		model.addAttribute("kind", kind(request, status));
		model.addAttribute("reference", status.is5xxServerError() ? report(request) : null);
		return "error/page";
	}

	@RequestMapping("/error")
	ResponseEntity<?> other(HttpServletRequest request, Locale locale) {
		return isApi(request) ? problem(request, locale) : sentence(request, locale);
	}

	private ResponseEntity<String> sentence(HttpServletRequest request, Locale locale) {
		return ResponseEntity.status(status(request))
			.contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
			.body(text(request, locale));
	}

	/** For scripts, as in RFC 9457. */
	private ResponseEntity<ProblemDetail> problem(HttpServletRequest request, Locale locale) {
		var status = status(request);
		return ResponseEntity.status(status)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(ProblemDetail.forStatusAndDetail(status, text(request, locale)));
	}

	private static boolean isApi(HttpServletRequest request) {
		return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String path
				&& path.startsWith(request.getContextPath() + "/api/");
	}

	private String text(HttpServletRequest request, Locale locale) {
		var status = status(request);
		var text = this.messages.getMessage("frame.error." + kind(request, status), null, locale);
		if (status.is5xxServerError()) {
			text += " " + this.messages.getMessage("frame.error.reference", new Object[] { report(request) }, locale);
		}
		return text;
	}

	private static HttpStatus status(HttpServletRequest request) {
		var status = (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code)
				? HttpStatus.resolve(code) : HttpStatus.NOT_FOUND;
		return (status != null) ? status : HttpStatus.INTERNAL_SERVER_ERROR;
	}

	/** The last part of the message keys {@code frame.error.…}. */
	private static String kind(HttpServletRequest request, HttpStatus status) {
		return switch (status) {
			case FORBIDDEN -> (request.getAttribute(WebAttributes.ACCESS_DENIED_403) instanceof CsrfException) ? "stale"
					: "forbidden";
			case NOT_FOUND -> "missing";
			default -> status.is5xxServerError() ? "failed" : "refused";
		};
	}

	private String report(HttpServletRequest request) {
		var bytes = new byte[4];
		this.random.nextBytes(bytes);
		var hex = HexFormat.of().withUpperCase().formatHex(bytes);
		var reference = hex.substring(0, 4) + "-" + hex.substring(4);
		var cause = (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown) ? thrown
				: null;
		LOGGER.error("Reference {}: {} {} failed", reference, request.getAttribute(RequestDispatcher.ERROR_METHOD),
				path(request), cause);
		return reference;
	}

	/** Without line ends, so that nobody writes log lines of their own. */
	private static @Nullable String path(HttpServletRequest request) {
		var path = (String) request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
		return (path != null) ? path.replaceAll("\\p{Cntrl}", "?") : null;
	}

}
