package io.tollgate.account;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenError;
import org.springframework.security.oauth2.server.resource.BearerTokenErrorCodes;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/**
 * What a script is told whose request does not get as far as an endpoint: a problem as in
 * RFC 9457, and in {@code WWW-Authenticate} what RFC 6750 says.
 */
@Component
class ApiProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

	private static final String QUOTA_EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded";

	private final JsonMapper json;

	private final MessageSource messages;

	ApiProblems(JsonMapper json, MessageSource messages) {
		this.json = json;
		this.messages = messages;
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
			throws IOException {
		var error = (cause instanceof OAuth2AuthenticationException refused
				&& refused.getError() instanceof BearerTokenError bearer) ? bearer : null;
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge((error != null) ? error.getErrorCode() : ""));
		var status = (error != null) ? error.getHttpStatus() : HttpStatus.UNAUTHORIZED;
		write(request, response, status, "about:blank",
				(status == HttpStatus.UNAUTHORIZED) ? "account.api.unauthorized" : "account.api.bad-request", Map.of());
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
			throws IOException {
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge(BearerTokenErrorCodes.INSUFFICIENT_SCOPE));
		write(request, response, HttpStatus.FORBIDDEN, "about:blank", "account.api.forbidden", Map.of());
	}

	/** Without what names a server that gives tokens out: there is none. */
	private static String challenge(String error) {
		return error.isEmpty() ? "Bearer" : "Bearer error=\"" + error + "\"";
	}

	/** There were too many requests. */
	void tooMany(HttpServletRequest request, HttpServletResponse response, long seconds, String policy)
			throws IOException {
		response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
		write(request, response, HttpStatus.TOO_MANY_REQUESTS, QUOTA_EXCEEDED, "account.api.too-many",
				Map.of("violated-policies", List.of(policy)));
	}

	private void write(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String type,
			String message, Map<String, Object> more) throws IOException {
		var problem = new LinkedHashMap<String, Object>();
		problem.put("type", type);
		problem.put("title", status.getReasonPhrase());
		problem.put("status", status.value());
		problem.put("detail", this.messages.getMessage(message, null, request.getLocale()));
		problem.put("instance", request.getRequestURI());
		problem.putAll(more);
		response.setStatus(status.value());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.setCharacterEncoding(StandardCharsets.UTF_8);
		response.getOutputStream().write(this.json.writeValueAsBytes(problem));
	}

}
