package io.tollgate.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.tollgate.keys.Seal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.thymeleaf.context.WebContext;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Says that the portal is sealed, why, and what to do; to people in a page, to htmx and
 * other programs in one sentence. Made without a session and without the database.
 */
@Component
class SealPage {

	/** Those that the other pages get from the filters that this one is made before. */
	private static final Map<String, String> HEADERS = Map.of("Content-Security-Policy",
			"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
					+ "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
			"X-Content-Type-Options", "nosniff", "X-Frame-Options", "DENY", "Referrer-Policy", "same-origin",
			HttpHeaders.CACHE_CONTROL, "no-cache, no-store, max-age=0, must-revalidate", HttpHeaders.RETRY_AFTER, "10");

	private final SpringTemplateEngine templates;

	private final MessageSource messages;

	private final JsonMapper json;

	private final String version;

	private final Duration sessionTimeout;

	SealPage(SpringTemplateEngine templates, MessageSource messages, JsonMapper json,
			@Value("${tollgate.version:}") String version,
			@Value("${server.servlet.session.timeout:15m}") Duration sessionTimeout) {
		this.templates = templates;
		this.messages = messages;
		this.json = json;
		this.version = version;
		this.sessionTimeout = sessionTimeout;
	}

	void answer(Seal seal, HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
		HEADERS.forEach(response::setHeader);
		if (request.isSecure()) {
			response.setHeader("Strict-Transport-Security", "max-age=31536000 ; includeSubDomains");
		}
		var code = seal.name().toLowerCase(Locale.ROOT).replace('_', '-');
		if (request.getRequestURI().startsWith(request.getContextPath() + "/api/")) {
			response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
			response.setCharacterEncoding(StandardCharsets.UTF_8);
			response.getWriter().write(problem(code, request));
			return;
		}
		boolean page = wantsPage(request);
		response.setLocale(request.getLocale());
		response.setContentType(page ? MediaType.TEXT_HTML_VALUE : MediaType.TEXT_PLAIN_VALUE);
		response.setCharacterEncoding(StandardCharsets.UTF_8);
		response.getWriter().write(page ? page(code, request, response) : sentence(code, request.getLocale()));
	}

	/** For scripts, as in RFC 9457. */
	private String problem(String code, HttpServletRequest request) {
		var status = HttpStatus.SERVICE_UNAVAILABLE;
		var problem = new LinkedHashMap<String, Object>();
		problem.put("type", "about:blank");
		problem.put("title", status.getReasonPhrase());
		problem.put("status", status.value());
		problem.put("detail", sentence(code, request.getLocale()));
		problem.put("instance", request.getRequestURI());
		return this.json.writeValueAsString(problem);
	}

	private static boolean wantsPage(HttpServletRequest request) {
		var accept = request.getHeader(HttpHeaders.ACCEPT);
		return !"true".equals(request.getHeader("HX-Request")) && accept != null
				&& accept.contains(MediaType.TEXT_HTML_VALUE);
	}

	private String sentence(String code, Locale locale) {
		return List.of("frame.sealed", "frame.sealed.why." + code)
			.stream()
			.map((key) -> this.messages.getMessage(key, null, locale))
			.reduce((title, why) -> title + ". " + why)
			.orElseThrow();
	}

	private String page(String code, HttpServletRequest request, HttpServletResponse response) {
		var frame = new Frame(request, () -> new PendingSummary(0, "", 0), () -> new LeakSummary(0, "", "", ""),
				Optional::empty, this.version, this.sessionTimeout);
		var exchange = JakartaServletWebApplication.buildApplication(request.getServletContext())
			.buildExchange(request, response);
		return this.templates.process("web/sealed",
				new WebContext(exchange, request.getLocale(), Map.of("frame", frame, "why", code)));
	}

}
