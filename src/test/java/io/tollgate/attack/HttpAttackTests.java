package io.tollgate.attack;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.tollgate.support.Http;
import jakarta.servlet.Filter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.tomcat.autoconfigure.TomcatServerProperties;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests that no browser makes, and what every answer carries, whatever it answers. */
@AttackTest
class HttpAttackTests {

	@Autowired
	AttackedPortal portal;

	@Autowired
	@Qualifier("springSecurityFilterChain")
	Filter filters;

	private Http http;

	@BeforeEach
	void signIn() {
		this.http = this.portal.ready().administrator();
	}

	/** Of a line that knows nothing of what a request should look like. */
	private record Raw(int status, Map<String, String> headers, String body) {
	}

	private Raw raw(String request) throws IOException {
		try (var socket = new Socket(InetAddress.getLoopbackAddress(), this.portal.port())) {
			socket.setSoTimeout(30_000);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return read(socket.getInputStream());
		}
	}

	private static Raw read(InputStream in) throws IOException {
		var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
		assertThat(text).as("an answer").startsWith("HTTP/1.1 ");
		int end = text.indexOf("\r\n\r\n");
		var headers = new LinkedHashMap<String, String>();
		text.substring(0, end).lines().skip(1).forEach((line) -> {
			int colon = line.indexOf(':');
			headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
		});
		return new Raw(Integer.parseInt(text.substring(9, 12)), headers, text.substring(end + 4));
	}

	private String request(String line, String... headers) {
		return line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: text/html\r\nCookie: TOLLGATE="
				+ this.http.session() + "\r\n"
				+ String.join("", List.of(headers).stream().map((h) -> h + "\r\n").toList()) + "\r\n";
	}

	private static void assertGuarded(String what, int status, Map<String, String> headers, boolean asset) {
		assertThat(headers.get("content-security-policy")).as("%s, %d", what, status)
			.contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
			.doesNotContain("unsafe-", "*", "http:");
		assertThat(headers.get("x-content-type-options")).as("%s, %d", what, status).isEqualTo("nosniff");
		assertThat(headers.get("x-frame-options")).as("%s, %d", what, status).isEqualTo("DENY");
		assertThat(headers.get("referrer-policy")).as("%s, %d", what, status).isEqualTo("same-origin");
		assertThat(headers.get("cache-control")).as("%s, %d", what, status)
			.satisfies((value) -> assertThat(value).contains(asset ? "max-age=" : "no-store"));
		assertThat(headers).as("%s, %d", what, status).doesNotContainKeys("server", "x-powered-by");
	}

	private static Map<String, String> map(HttpHeaders headers) {
		var map = new LinkedHashMap<String, String>();
		headers.map().forEach((name, values) -> map.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
		return map;
	}

	@Test
	void everyAnswerCarriesTheHeaders() throws IOException {
		this.portal.walk(this.http)
			.answers()
			.forEach((path, answer) -> assertGuarded(path, answer.statusCode(), map(answer.headers()), false));
		var nobody = new Http(this.portal.port());
		for (var path : List.of("/sign-in", "/pbxs", "/error", "/no-such-page", "/actuator/health", "/actuator/env")) {
			var answer = nobody.get(path);
			assertGuarded(path, answer.statusCode(), map(answer.headers()), false);
		}
		for (var path : List.of("/assets/app.css", "/assets/icons.svg", "/webjars/htmx.org/dist/htmx.min.js")) {
			var answer = nobody.get(path);
			assertGuarded(path, answer.statusCode(), map(answer.headers()), true);
		}
	}

	/** Over https only, as the standard wants it. */
	@Test
	void httpsStaysHttps() throws Exception {
		var request = new MockHttpServletRequest("GET", "/sign-in");
		request.setSecure(true);
		var response = new MockHttpServletResponse();
		this.filters.doFilter(request, response, new MockFilterChain());
		assertThat(response.getHeader("Strict-Transport-Security")).contains("max-age=31536000", "includeSubDomains");
	}

	@Test
	void everyErrorCarriesTheHeaders() throws IOException {
		var seen = new java.util.TreeSet<Integer>();
		for (var request : List.of(request("GET /pbxs/x"), request("GET /no-such-page"), request("DELETE /pbxs/1"),
				request("GET " + BrokenPages.PATH), request("POST /pbxs"), request("PUT /pbxs"),
				request("POST /stop", "Content-Type: image/png", "Content-Length: 1") + "x",
				request("GET /pbxs", "HX-Request: true").replaceFirst("Cookie: [^\r]*\r\n", ""),
				request("GET /pbxs").replaceFirst("Cookie: [^\r]*\r\n", ""), request("GET /error"),
				request("GET /pbxs;x=y"), request("GET /assets/..;/pbxs"), request("GET /assets/%2e%2e/pbxs"),
				request("GET //pbxs"), request("GET /trunks?pbx=x"))) {
			var answer = raw(request);
			seen.add(answer.status());
			assertGuarded(request.lines().findFirst().orElseThrow(), answer.status(), answer.headers(), false);
			assertThat(answer.body()).doesNotContain("Exception", "at io.tollgate", "Apache Tomcat",
					"secret of the cause");
		}
		assertThat(seen).contains(400, 401, 403, 404, 500).doesNotContain(200);
	}

	/** These Tomcat answers itself, before anything of the portal's runs. */
	@Test
	void whatIsNoHttpIsRefusedWithoutAWord() throws IOException {
		for (var request : List.of("GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
				"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET /\u0000 HTTP/1.1\r\nHost: x\r\n\r\n",
				"GET / HTTP/9.9\r\nHost: x\r\n\r\n", request("GET /pbxs%2f1"), request("GET /pbxs%00"),
				"GET /<script> HTTP/1.1\r\nHost: x\r\n\r\n",
				"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
				request("GET /pbxs", "X: " + "y".repeat(20_000)),
				"GET /" + "y".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n")) {
			var answer = raw(request);
			assertThat(answer.status()).as(request.lines().findFirst().orElseThrow()).isIn(400, 405, 414, 431, 505);
			assertThat(answer.body()).doesNotContain("Exception", "Tomcat", "<script>");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Forwarded-For: 6.6.6.6", "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https",
			"X-Forwarded-Port: 666", "X-Forwarded-Prefix: /evil",
			"Forwarded: for=6.6.6.6;host=evil.example;proto=https", "X-Real-IP: 6.6.6.6", "X-Original-URL: /pbxs",
			"X-Rewrite-URL: /pbxs", "X-HTTP-Method-Override: DELETE", "X-Host: evil.example" })
	void believesNoHeaderThatAnybodyCanWrite(String header) throws IOException {
		long before = audited();
		var page = raw(request("GET /sign-in", header));
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.body()).doesNotContain("evil", "6.6.6.6");
		var away = raw(request("GET /pbxs", header).replaceFirst("Cookie: [^\r]*\r\n", ""));
		assertThat(away.status()).isEqualTo(302);
		assertThat(away.headers().get("location")).isEqualTo("http://localhost/sign-in");
		int colon = header.indexOf(':');
		new Http(this.portal.port()).post("/sign-in", Map.of("username", "nobody", "password", "x"),
				header.substring(0, colon), header.substring(colon + 1).strip());
		assertThat(this.portal.jdbc()
			.sql("select count(*) from audit_event where id > ? and address not in ('127.0.0.1', '0:0:0:0:0:0:0:1', '::1')")
			.param(before)
			.query(Long.class)
			.single()).isZero();
	}

	private long audited() {
		return this.portal.jdbc().sql("select coalesce(max(id), 0) from audit_event").query(Long.class).single();
	}

	/**
	 * No page has a link with the name of the host in it, so a forged one leads nowhere.
	 */
	@Test
	void aForgedHostIsInNoPage() throws IOException {
		for (var path : List.of("/", "/pbxs", "/pbxs/" + this.portal.id(), "/sign-in", "/no-such-page")) {
			var answer = raw(request("GET " + path).replace("Host: localhost", "Host: evil.example"));
			assertThat(answer.body()).as(path).doesNotContain("evil.example");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/..;/pbxs", "/assets/..;/pbxs", "/assets/..%2fpbxs", "/assets/%2e%2e/pbxs",
			"/assets/%252e%252e/pbxs", "/assets/..%5cpbxs", "//pbxs", "/./pbxs", "/pbxs/", "/PBXS", "/pbxs.html",
			"/sign-in/..;/pbxs", "/sign-in/../pbxs", "/pbxs;.css", "/assets/app.css/../../pbxs", "/webjars/..;/pbxs",
			"/actuator/health/..;/env", "/set-up/..;/pbxs", "/pbxs%3b", "/pbxs%20", "/%70bxs" })
	void noSpellingOfAnAddressGetsAroundTheSignIn(String path) throws IOException {
		var answer = raw(request("GET " + path).replaceFirst("Cookie: [^\r]*\r\n", ""));
		assertThat(answer.status()).as(path).isIn(302, 400, 403, 404);
		assertThat(answer.body()).doesNotContain("PBX fleet");
	}

	@ParameterizedTest
	@ValueSource(strings = { "TRACE", "TRACK", "CONNECT", "PROPFIND", "DEBUG", "DELETE", "PUT", "PATCH" })
	void noOtherMethodDoesAnything(String method) throws IOException {
		var before = Tables.of(this.portal.jdbc());
		for (var path : List.of("/pbxs/" + this.portal.id(), "/policies", "/stop")) {
			var answer = raw(request(method + " " + path));
			assertThat(answer.status()).as(path).isIn(400, 403, 404, 405, 501);
			assertThat(answer.body()).doesNotContain("TOLLGATE=");
		}
		// neither does a POST that calls itself something else
		this.http.get("/audit");
		assertThat(this.http.post("/pbxs/" + this.portal.id(), Map.of("_method", "DELETE")).statusCode()).isIn(403, 404,
				405);
		assertThat(before.changed(Tables.of(this.portal.jdbc()))).isEmpty();
	}

	@Test
	void aTargetOfARedirectHoldsNoLineEnd() {
		for (var path : List.of("/security/number-restrictions?policy=1&q=x%0d%0aSet-Cookie:%20a=b",
				"/extensions?q=%0d%0aLocation:%20http://evil.example", "/sign-in?continue=//evil.example",
				"/confirm?back=//evil.example", "/pbxs/new%0d%0aX:%20y")) {
			var answer = this.http.get(path);
			assertThat(answer.statusCode()).as(path).isLessThan(500);
			assertThat(answer.headers().map().keySet()).doesNotContain("x");
			assertThat(answer.headers().firstValue("Location").orElse("")).doesNotContain("evil");
			assertThat(answer.headers().allValues("Set-Cookie").toString()).doesNotContain("a=b");
		}
	}

	@Autowired
	TomcatServerProperties tomcat;

	/** A request that comes drop by drop holds a thread for a while, not for ever. */
	@Test
	void aSlowRequestIsGivenUp() {
		assertThat(this.tomcat.getConnectionTimeout()).isNotNull()
			.isLessThanOrEqualTo(java.time.Duration.ofSeconds(20));
		assertThat(this.tomcat.getMaxSwallowSize().toMegabytes()).isLessThanOrEqualTo(2);
		assertThat(this.tomcat.getMaxHttpFormPostSize().toMegabytes()).isBetween(1L, 4L);
	}

	@Test
	void readingChangesNothing() {
		var before = Tables.of(this.portal.jdbc());
		var site = this.portal.walk(this.http);
		assertThat(site.pages()).hasSizeGreaterThan(25);
		assertThat(before.changed(Tables.of(this.portal.jdbc()))).isEmpty();
	}

	private static final Set<String> LISTS = Set.of("/extensions", "/pbxs", "/audit", "/users", "/approvals",
			"/applies", "/groups", "/security/country-codes", "/security/number-restrictions", "/leaks/found",
			"/routes", "/trunks");

	private static final List<String> WORDS = List.of("sort", "dir", "q", "show", "filter", "region", "status", "state",
			"view", "block", "group", "actor", "object", "number", "rules");

	@Test
	void whatAListIsAskedForIsNoQuery() {
		var pieces = List.of("name;drop table account", "(select pg_sleep(9))", "name) or 1=1--", "password_hash",
				"account.passwordHash", "' or '1'='1", "1e9", "-1", "99999999999999999999", "NaN", "${7*6931}",
				"__${7*6931}__::x", "T(java.lang.Runtime).getRuntime()", "::content", "../../error/page");
		for (var list : LISTS) {
			for (var piece : pieces) {
				ask(list, WORDS, piece);
			}
			for (var number : List.of("page", "below", "above", "size", "pbx", "policy")) {
				for (var piece : List.of("1 or 1=1", "-1", "99999999999999999999")) {
					ask(list, List.of(number), piece);
				}
			}
		}
	}

	private void ask(String list, List<String> names, String piece) {
		var query = String.join("&", names.stream().map((name) -> name + "=" + AttackedPortal.encode(piece)).toList());
		var answer = this.http.get(list + "?" + query);
		assertThat(answer.statusCode()).as("%s?%s", list, query).isIn(200, 302, 400, 404);
		assertThat(answer.body()).as("%s?%s", list, query).doesNotContain("48517", "$argon2", "Exception", "JdbcSQL");
	}

}
