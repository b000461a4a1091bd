package io.tollgate.account;

import java.util.Locale;
import java.util.Map;

import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Which language somebody is answered in. */
@TollgateTest
class LanguageTests {

	@Autowired
	TestAccounts people;

	@LocalServerPort
	int port;

	@BeforeEach
	void somebodyIsThere() {
		this.people.username(Role.VIEWER);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			es                | es    | Iniciar sesión
			es-MX,es;q=0.9    | es-MX | Iniciar sesión
			de,es;q=0.8,en    | en    | Sign in
			de,es;q=0.8       | es    | Iniciar sesión
			en-GB,es;q=0.9    | en-GB | Sign in
			zz                | en    | Sign in
			""")
	void isWhatTheBrowserAsksFor(String asked, String language, String said) {
		var page = new Http(this.port).get("/sign-in", "Accept-Language", asked);
		assertThat(page.body()).contains("lang=\"" + language + "\"").contains(said);
		assertThat(page.headers().firstValue("Content-Language")).hasValue(language);
		assertThat(String.join(",", page.headers().allValues("Vary")).toLowerCase(Locale.ROOT))
			.contains("accept-language", "cookie");
	}

	@Test
	void isEnglishForWhoDoesNotAsk() {
		assertThat(new Http(this.port).get("/sign-in").body()).contains("lang=\"en\"").contains("Sign in");
	}

	@Test
	void isChosenBeforeSignInForTheBrowser() {
		var http = new Http(this.port);
		http.get("/sign-in");
		var answer = http.post("/language", Map.of("language", "es"), "Referer",
				"http://localhost:" + this.port + "/sign-in?signed-out");
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/sign-in?signed-out");
		assertThat(http.get("/sign-in").body()).contains("Iniciar sesión");
		assertThat(http.post("/language", Map.of("language", "xx")).statusCode()).isEqualTo(400);
	}

	/** Another browser, with no cookie and another language, speaks it after sign-in. */
	@Test
	void staysWithTheAccount() {
		var username = this.people.another("hispana", Role.VIEWER);
		var http = new Http(this.port).signIn(username, TestAccounts.PASSWORD);
		http.post("/language", Map.of("language", "es"));
		assertThat(http.get("/account").body()).contains("Mi cuenta");

		var other = new Http(this.port).signIn(username, TestAccounts.PASSWORD);
		assertThat(other.get("/account", "Accept-Language", "en").body()).contains("Mi cuenta");
		other.post("/language", Map.of("language", "en"));
		assertThat(other.get("/account", "Accept-Language", "es").body()).contains("My account");
	}

	@Test
	void holdsForErrorsAndForProblems() {
		var http = new Http(this.port).signIn(this.people.username(Role.VIEWER), TestAccounts.PASSWORD);
		assertThat(http.get("/no-such-page", "Accept-Language", "es").body())
			.contains("Ninguna ruta coincide con esta dirección");
		assertThat(new Http(this.port).get("/api/v1/pbxs", "Accept-Language", "es").body())
			.contains("Se necesita un token que funcione");
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "-,/", "https://elsewhere.example/a?b=c,/a?b=c", "https://elsewhere.example//evil.example,/",
					"https://elsewhere.example,/", "not an address,/",
					"http://localhost/a%2F?q=%C3%A9,/a%2F?q=%C3%A9" })
	void goesBackToAPathOfThePortalOnly(String page, String path) {
		assertThat(LanguageController.back(page, "")).isEqualTo(path);
	}

}
