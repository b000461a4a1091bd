package io.tollgate.account;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardEngine;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mockito.ArgumentCaptor;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

/** Byte for byte, as refused requests are none that a client library would send. */
@TollgateTest
class ResponseHeadersTests {

	@Autowired
	TestAccounts people;

	@Autowired
	OidcProperties provider;

	@LocalServerPort
	int port;

	@BeforeEach
	void somebodyExists() {
		this.people.username(Role.VIEWER);
	}

	@TestFactory
	Stream<DynamicTest> everyAnswerCarriesThem() {
		return List
			.of("GET /sign-in", "GET /audit", "GET /no-such-page", "GET /actuator/health", "GET /actuator/nothing",
					"POST /sign-in", "POST /audit", "PUT /sign-in", "DELETE /users", "OPTIONS /", "TRACE /",
					"GET /error", "GET /%00", "GET /%2e%2e/", "GET /a;b=c", "GET //audit", "GET /%0d%0aX: y",
					"HEAD /sign-in", "PROPFIND /", "GET /assets/no-such-file", "GET /webjars/../application.yml",
					"GET /a{b}", "GET /a b c", "G@T /", "GET /" + "a".repeat(9000))
			.stream()
			.map((request) -> dynamicTest(request.substring(0, Math.min(request.length(), 40)), () -> {
				var head = ask(request);
				assertThat(head).contains("content-security-policy: default-src 'none'")
					.contains("frame-ancestors 'none'")
					.contains("x-content-type-options: nosniff")
					.contains("x-frame-options: deny")
					.contains("referrer-policy: same-origin")
					.contains("cache-control: no-store")
					.doesNotContain("unsafe-")
					.doesNotContain("server:")
					.doesNotContain("strict-transport-security");
				assertThat(head.lines().filter((line) -> line.startsWith("content-security-policy"))).hasSize(1);
				assertThat(head.lines().filter((line) -> line.startsWith("cache-control"))).hasSize(1);
			}));
	}

	@Test
	void picturesMayBeKept() throws IOException {
		assertThat(ask("GET /assets/app.css")).startsWith("http/1.1 200")
			.contains("cache-control: max-age=3600")
			.contains("x-content-type-options: nosniff");
	}

	private String ask(String request) throws IOException {
		try (var socket = new Socket("localhost", this.port)) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream()
				.write((request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
					.getBytes(StandardCharsets.ISO_8859_1));
			var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
			return answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT).replace("\r\n", "\n");
		}
	}

	/** Without the setting nobody's word is taken for where they come from. */
	@Test
	void believesForwardedAddressesOnlyOfNamedProxies() throws Exception {
		var without = mock(ConfigurableTomcatWebServerFactory.class);
		ServerConfiguration.valves("", this.provider).customize(without);
		verify(without, never()).addEngineValves(any(RemoteIpValve.class));

		var with = mock(ConfigurableTomcatWebServerFactory.class);
		ServerConfiguration.valves("10.1.2.3, 192.168.7.0/24, ::1", this.provider).customize(with);
		var valves = ArgumentCaptor.forClass(org.apache.catalina.Valve.class);
		verify(with, times(2)).addEngineValves(valves.capture());
		var addresses = (RemoteIpValve) valves.getAllValues().getFirst();
		assertThat(seen(addresses, "10.1.2.3")).isEqualTo("198.51.100.7 https 8443");
		assertThat(seen(addresses, "192.168.7.200")).isEqualTo("198.51.100.7 https 8443");
		assertThat(seen(addresses, "192.168.8.1")).isEqualTo("192.168.8.1 http 8080");
		assertThat(seen(addresses, "203.0.113.9")).isEqualTo("203.0.113.9 http 8080");
		assertThat(seen(addresses, "127.0.0.1")).isEqualTo("127.0.0.1 http 8080");
	}

	/** What the application sees of a request that claims to come from elsewhere. */
	private static String seen(RemoteIpValve addresses, String peer) throws Exception {
		var coyote = new org.apache.coyote.Request();
		coyote.remoteAddr().setString(peer);
		coyote.scheme().setString("http");
		coyote.getMimeHeaders().addValue("X-Forwarded-For").setString("198.51.100.7");
		coyote.getMimeHeaders().addValue("X-Forwarded-Proto").setString("https");
		coyote.getMimeHeaders().addValue("X-Forwarded-Port").setString("8443");
		coyote.setServerPort(8080);
		var request = new org.apache.catalina.connector.Request(new Connector(), coyote);
		request.setRemoteAddr(peer);
		var seen = new String[1];
		addresses.setContainer(new StandardEngine());
		addresses.setNext(new ValveBase() {

			@Override
			public void invoke(org.apache.catalina.connector.Request inner,
					org.apache.catalina.connector.Response response) {
				seen[0] = inner.getRemoteAddr() + " " + inner.getScheme() + " " + inner.getServerPort();
			}

		});
		addresses.invoke(request, null);
		return seen[0];
	}

	@Test
	void saysHttpsOnlyOverHttps() throws Exception {
		var headers = new ResponseHeaders("policy");
		headers.setNext(mock(org.apache.catalina.Valve.class));
		for (boolean https : new boolean[] { true, false }) {
			var request = mock(org.apache.catalina.connector.Request.class);
			org.mockito.Mockito.when(request.isSecure()).thenReturn(https);
			var response = mock(org.apache.catalina.connector.Response.class);
			headers.invoke(request, response);
			verify(response, times(https ? 1 : 0)).setHeader("Strict-Transport-Security",
					"max-age=31536000 ; includeSubDomains");
		}
	}

}
