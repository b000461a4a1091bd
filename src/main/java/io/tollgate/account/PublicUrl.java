package io.tollgate.account;

import java.net.URI;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Where people's browsers find this portal: what a passkey is bound to and an identity
 * provider sends people back to. Never taken from a request, whose sender chooses the
 * host.
 */
@Component
class PublicUrl {

	private final String configured;

	private final Environment environment;

	PublicUrl(@Value("${tollgate.public-url:}") String configured, Environment environment) {
		this.configured = StringUtils.trimTrailingCharacter(configured.strip(), '/');
		this.environment = environment;
		if (!this.configured.isEmpty()) {
			check(URI.create(this.configured));
		}
	}

	private static void check(URI url) {
		if (url.getHost() == null || !("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
				|| StringUtils.hasLength(url.getPath()) || url.getQuery() != null) {
			throw new IllegalStateException(
					"tollgate.public-url must be like https://tollgate.example.com, without a path: " + url);
		}
	}

	/** Whether somebody said where that is. */
	boolean isConfigured() {
		return !this.configured.isEmpty();
	}

	/** Scheme, host and port; without {@code tollgate.public-url} this very machine. */
	String origin() {
		if (!this.configured.isEmpty()) {
			return this.configured;
		}
		return scheme() + "://localhost:" + this.environment.getProperty("local.server.port", "8080");
	}

	private String scheme() {
		return this.environment.containsProperty("server.ssl.bundle")
				|| this.environment.containsProperty("server.ssl.key-store") ? "https" : "http";
	}

	/** The name that passkeys are bound to. */
	String host() {
		return URI.create(origin()).getHost();
	}

}
