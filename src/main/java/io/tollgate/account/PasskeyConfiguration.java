package io.tollgate.account;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.authentication.HttpMessageConverterAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.webauthn.authentication.WebAuthnAuthenticationFilter;
import org.springframework.security.web.webauthn.management.JdbcPublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.WebAuthnRelyingPartyOperations;

/** How Spring Security's passkeys fit into this portal. */
@Configuration(proxyBeanMethods = false)
class PasskeyConfiguration {

	/** Writes nothing but the random number that stands for a person. */
	@Bean
	static PublicKeyCredentialUserEntityRepository passkeyOwners(JdbcOperations jdbc) {
		return new JdbcPublicKeyCredentialUserEntityRepository(jdbc);
	}

	@Bean
	static PasskeySignIn passkeySignIn(WebAuthnRelyingPartyOperations ceremonies, Accounts accounts, Factors factors,
			ApplicationEventPublisher events) {
		return (http, pages) -> {
			var manager = new ProviderManager(new PasskeyProvider(ceremonies, accounts, factors));
			manager.setAuthenticationEventPublisher(new DefaultAuthenticationEventPublisher(events));
			var answer = new HttpMessageConverterAuthenticationSuccessHandler();
			answer.setRequestCache(pages);
			http.webAuthn((webAuthn) -> webAuthn.disableDefaultRegistrationPage(true)
				.withObjectPostProcessor(new ObjectPostProcessor<WebAuthnAuthenticationFilter>() {
					@Override
					public <O extends WebAuthnAuthenticationFilter> O postProcess(O filter) {
						filter.setAuthenticationManager(manager);
						filter.setAuthenticationSuccessHandler(answer);
						// a new session id, as after a password
						filter.setSessionAuthenticationStrategy(
								http.getSharedObject(SessionAuthenticationStrategy.class));
						return filter;
					}
				}));
		};
	}

	/** Adds signing in with passkeys to the security of the portal. */
	interface PasskeySignIn {

		/**
		 * Must be called once.
		 * @param pages knows the page that was asked for before the sign-in
		 */
		void addTo(HttpSecurity http, RequestCache pages);

	}

}
