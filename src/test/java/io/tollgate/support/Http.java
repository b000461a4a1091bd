package io.tollgate.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A browser without JavaScript: keeps cookies, sends the CSRF token of the page it saw,
 * and does not follow redirects.
 */
public final class Http {

	private static final Pattern TOKEN = Pattern.compile("<meta name=\"_csrf\" content=\"([^\"]+)\"");

	private final CookieManager cookies = new CookieManager();

	private final HttpClient client;

	private final String origin;

	private String token = "";

	public Http(int port) {
		this.origin = "http://localhost:" + port;
		this.client = client().build();
	}

	/**
	 * One at another address of this machine, such as 127.0.0.2, for what is counted by
	 * address.
	 */
	public Http(int port, String from) {
		this.origin = "http://127.0.0.1:" + port;
		this.client = client().localAddress(InetAddress.ofLiteral(from)).build();
	}

	private HttpClient.Builder client() {
		return HttpClient.newBuilder().cookieHandler(this.cookies).followRedirects(Redirect.NEVER);
	}

	/** Signs in and asserts that it worked. */
	public Http signIn(String username, String password) {
		get("/sign-in");
		var answer = post("/sign-in", Map.of("username", username, "password", password));
		assertThat(answer.statusCode()).as("sign-in of %s", username).isEqualTo(302);
		get("/audit");
		return this;
	}

	public HttpResponse<String> get(String path, String... headers) {
		var response = send("GET", path, "", headers);
		var found = TOKEN.matcher(response.body());
		if (found.find()) {
			this.token = found.group(1);
		}
		return response;
	}

	/** Posts a form with the CSRF token of the last page seen. */
	public HttpResponse<String> post(String path, Map<String, String> form, String... headers) {
		var body = form.entrySet()
			.stream()
			.map((field) -> encode(field.getKey()) + "=" + encode(field.getValue()))
			.collect(Collectors.joining("&"));
		return send("POST", path, body + "&_csrf=" + encode(this.token), headers);
	}

	/** Posts JSON as a script of the last page seen would. */
	public HttpResponse<String> postJson(String path, String json) {
		return exchange("POST", path, json, "application/json", "X-CSRF-TOKEN", this.token);
	}

	/** Sends what is given and nothing else: no CSRF token. */
	public HttpResponse<String> send(String method, String path, String body, String... headers) {
		return exchange(method, path, body, "application/x-www-form-urlencoded", headers);
	}

	/** The same with a body of another type. */
	public HttpResponse<String> exchange(String method, String path, String body, String type, String... headers) {
		var request = HttpRequest.newBuilder(URI.create(this.origin + path))
			.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
			.header("Content-Type", type)
			.header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			return this.client.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** The CSRF token of the last page seen. */
	public String token() {
		return this.token;
	}

	/** The session's id as the cookie says it, empty without one. */
	public String session() {
		return this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals("TOLLGATE"))
			.map((cookie) -> cookie.getValue())
			.findFirst()
			.orElse("");
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
