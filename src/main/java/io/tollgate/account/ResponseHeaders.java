package io.tollgate.account;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

import org.springframework.http.HttpHeaders;

/**
 * The headers of every response, also of those that Spring Security's filters never see:
 * what the server refuses before it knows the application, and what the firewall throws
 * out. Whoever knows better, such as the pictures that may be kept, says so later.
 */
class ResponseHeaders extends ValveBase {

	/** What a page of the portal may ask a browser for. */
	static final String PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), "
			+ "publickey-credentials-get=(self), publickey-credentials-create=(self)";

	private static final Map<String, String> ALWAYS = Map.of("X-Content-Type-Options", "nosniff", "X-Frame-Options",
			"DENY", "Referrer-Policy", "same-origin", HttpHeaders.CACHE_CONTROL, "no-store", "Permissions-Policy",
			PERMISSIONS, "Cross-Origin-Opener-Policy", "same-origin", "Cross-Origin-Resource-Policy", "same-origin");

	/** A year, over https only: a browser ignores it elsewhere. */
	private static final String HSTS = "max-age=31536000 ; includeSubDomains";

	private final String policy;

	/** With the content security policy of the pages. */
	ResponseHeaders(String policy) {
		super(true);
		this.policy = policy;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		ALWAYS.forEach(response::setHeader);
		response.setHeader("Content-Security-Policy", this.policy);
		if (request.isSecure()) {
			response.setHeader("Strict-Transport-Security", HSTS);
		}
		getNext().invoke(request, response);
	}

}
