package io.tollgate.account;

import java.util.function.Consumer;

import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions.Protocol;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions.Transport;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person does with a passkey, in a browser that has an authenticator. */
@BrowserTest
class PasskeyJourneyIT {

	private static final String PERSON = "passkey.traveller";

	private static final String CONTEXT = HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

	@Autowired
	Accounts accounts;

	@Autowired
	Passkeys passkeys;

	@Autowired
	JdbcClient jdbc;

	@BeforeEach
	void person() {
		this.accounts.create(PERSON, "Passkey Traveller", TestAccounts.PASSWORD, Role.OPERATOR);
	}

	@AfterEach
	void nobody() {
		this.passkeys.require(PasskeyRequirement.NOBODY);
		this.jdbc.sql("delete from account where username = ?").param(PERSON).update();
	}

	private static void withAuthenticator(Browser browser, Consumer<VirtualAuthenticator> journey) {
		var authenticator = browser.driver()
			.addVirtualAuthenticator(new VirtualAuthenticatorOptions().setProtocol(Protocol.CTAP2)
				.setTransport(Transport.INTERNAL)
				.setHasResidentKey(true)
				.setHasUserVerification(true)
				.setIsUserVerified(true));
		try {
			journey.accept(authenticator);
		}
		finally {
			browser.driver().removeVirtualAuthenticator(authenticator);
		}
	}

	private static void typePassword(Browser browser) {
		browser.open("/audit").type("Username", PERSON).type("Password", TestAccounts.PASSWORD).press("Sign in");
	}

	private static void signOut(Browser browser) {
		browser.open("/audit").click("details.menu summary").press("Sign out").sees("You are signed out");
	}

	@Test
	void makesUsesAndRemovesAPasskey(Browser browser) {
		withAuthenticator(browser, (authenticator) -> {
			typePassword(browser);
			browser.until("signed in", (b) -> b.path().startsWith("/audit"));
			browser.open(AccountController.PATH).sees("No passkey yet").screenshots("passkeys-none");
			browser.type("Name of the new passkey", "Office laptop")
				.press("Add a passkey")
				.until("there", (b) -> b.text().contains("Not yet"));
			assertThat(authenticator.getCredentials()).hasSize(1);
			browser.sees("Not yet").screenshots("passkeys");
			browser.type("Name of Office laptop", "Ring").press("Rename").sees("It is called Ring now.");

			signOut(browser);
			browser.sees("Continue with passkey").screenshots("sign-in-passkey");
			typePassword(browser);
			browser.sees("Confirm with your passkey").screenshots("second-step");
			browser.open("/audit").sees("Confirm with your passkey");
			browser.press("Continue with passkey").until("where it was going", (b) -> b.path().startsWith("/audit"));

			signOut(browser);
			browser.press("Continue with passkey").until("signed in", (b) -> b.path().equals("/"));
			browser.open(AccountController.PATH).press("Remove Ring").sees("Passkey removed").sees("No passkey yet");

			signOut(browser);
			typePassword(browser);
			browser.until("the password is enough again", (b) -> b.path().startsWith("/audit"));
		});
	}

	@Test
	void makesTheOneThatTheRoleNeeds(Browser browser) {
		this.passkeys.require(PasskeyRequirement.OPERATORS);
		withAuthenticator(browser, (authenticator) -> {
			typePassword(browser);
			browser.sees("Create a passkey").screenshots("passkey-needed");
			browser.type("Name of the new passkey", "Phone").press("Add a passkey").sees("Confirm with your passkey");
			browser.press("Continue with passkey").until("signed in", (b) -> b.path().startsWith("/audit"));
			browser.open(AccountController.PATH).press("Remove Phone").sees("Your role needs a passkey");
		});
	}

	@Test
	void saysWhenNothingWasConfirmed(Browser browser) {
		withAuthenticator(browser, (authenticator) -> {
			typePassword(browser);
			browser.open(AccountController.PATH)
				.type("Name of the new passkey", "Phone")
				.press("Add a passkey")
				.sees("Not yet");
			signOut(browser);
			typePassword(browser);
			browser.sees("Confirm with your passkey");
			authenticator.setUserVerified(false);
			browser.press("Continue with passkey").sees("Nothing was confirmed");
			authenticator.setUserVerified(true);
			browser.press("Sign in as somebody else").sees("You are signed out");
		});
	}

	/** As if the person had signed in a quarter of an hour ago and not left since. */
	private void wait(FindByIndexNameSessionRepository<Session> sessions) {
		sessions.findByPrincipalName(PERSON).values().forEach((session) -> {
			var context = session.<SecurityContext>getAttribute(CONTEXT);
			context.setAuthentication(context.getAuthentication().toBuilder().authorities((all) -> {
				var older = all.stream().map(PasskeyJourneyIT::older).toList();
				all.clear();
				all.addAll(older);
			}).build());
			session.setAttribute(CONTEXT, context);
			sessions.save(session);
		});
	}

	private static GrantedAuthority older(GrantedAuthority authority) {
		return (authority instanceof FactorGrantedAuthority factor)
				? FactorGrantedAuthority.withAuthority(factor.getAuthority())
					.issuedAt(factor.getIssuedAt().minusSeconds(900))
					.build()
				: authority;
	}

	@Test
	@SuppressWarnings("unchecked")
	void confirmsAndGoesOnWithWhatWasChosen(Browser browser,
			@Autowired FindByIndexNameSessionRepository<? extends Session> sessions) {
		this.jdbc.sql("update account set role = 'ADMINISTRATOR' where username = ?").param(PERSON).update();
		typePassword(browser);
		browser.until("signed in", (b) -> b.path().startsWith("/audit"));
		browser.open("/users").sees("Who needs a passkey").screenshots("users-passkeys");
		wait((FindByIndexNameSessionRepository<Session>) sessions);
		browser.choose("Who needs a passkey", "Administrators").press("Save");
		browser.sees("Confirm it is you").screenshots("confirm");
		browser.expectErrors();
		browser.type("Password", "not my password at all").press("Confirm").sees("The password is wrong");
		browser.type("Password", TestAccounts.PASSWORD).press("Confirm");
		browser.sees("You are confirmed").screenshots("confirmed");
		assertThat(this.passkeys.requirement()).isEqualTo(PasskeyRequirement.NOBODY);
		browser.press("Continue: Change who needs a passkey").sees("Saved. It holds from the next sign-in on.");
		assertThat(this.passkeys.requirement()).isEqualTo(PasskeyRequirement.ADMINISTRATORS);
	}

}
