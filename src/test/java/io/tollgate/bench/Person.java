package io.tollgate.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Somebody at a browser. */
final class Person {

	private static final Pattern TOKEN = Pattern.compile("<meta name=\"_csrf\" content=\"([^\"]+)\"");

	private final HttpClient client = HttpClient.newBuilder()
		.cookieHandler(new CookieManager())
		.followRedirects(Redirect.NEVER)
		.build();

	private final String origin;

	private String token = "";

	Person(int port) {
		this.origin = "http://localhost:" + port;
	}

	void signIn(String username, String password) throws IOException, InterruptedException {
		get("/sign-in");
		post("/sign-in", List.of(Map.entry("username", username), Map.entry("password", password)));
		get("/audit");
	}

	Page get(String path) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(URI.create(this.origin + path)).GET());
	}

	Page post(String path, List<Map.Entry<String, String>> form) throws IOException, InterruptedException {
		var body = form.stream()
			.map((field) -> encode(field.getKey()) + "=" + encode(field.getValue()))
			.collect(Collectors.joining("&"));
		return send(HttpRequest.newBuilder(URI.create(this.origin + path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(body + "&_csrf=" + encode(this.token))));
	}

	private Page send(HttpRequest.Builder request) throws IOException, InterruptedException {
		long start = System.nanoTime();
		var response = this.client.send(request.header("Accept", "text/html").header("Accept-Encoding", "gzip").build(),
				BodyHandlers.ofByteArray());
		double seconds = (System.nanoTime() - start) / 1e9;
		boolean zipped = response.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
		var bytes = zipped ? new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes()
				: response.body();
		var body = new String(bytes, StandardCharsets.UTF_8);
		var found = TOKEN.matcher(body);
		if (found.find()) {
			this.token = found.group(1);
		}
		return new Page(response.statusCode(), response.headers().firstValue("Location").orElse(""), body, seconds,
				response.body().length);
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	/**
	 * What came back.
	 *
	 * @param seconds until all of it was there
	 * @param sent bytes on the line
	 */
	record Page(int status, String location, String body, double seconds, int sent) {

		Page expect(int wanted) {
			if (this.status != wanted) {
				throw new IllegalStateException(this.status + " instead of " + wanted + ": "
						+ this.body.replaceAll("(?s)<[^>]*>", " ").replaceAll("\\s+", " ").strip());
			}
			return this;
		}

	}

}
