package io.tollgate.account;

import java.io.IOException;
import java.net.URI;
import java.util.TreeSet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistration.ClientSettings;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.SimpleUrlLogoutSuccessHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Signing in with an identity provider by OpenID Connect: authorization code, PKCE,
 * nonce. The provider is asked about itself when somebody wants to sign in, so that the
 * portal starts without it.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OidcProperties.class)
class OidcConfiguration {

	private static final Logger LOGGER = LoggerFactory.getLogger(OidcConfiguration.class);

	private static final RedirectStrategy REDIRECTS = new DefaultRedirectStrategy();

	/** The one provider, in addresses. */
	static final String ID = "provider";

	/** Begins a sign-in. */
	static final String START = "/oauth2/authorization/" + ID;

	/** Where the provider sends people back to. */
	static final String BACK = "/login/oauth2/code/" + ID;

	@Bean
	static OidcSignIn oidcSignIn(OidcProperties provider, ProviderPeople people, PublicUrl url) {
		if (!provider.enabled()) {
			return (http, pages) -> {
			};
		}
		var registrations = new SupplierClientRegistrationRepository(
				() -> new InMemoryClientRegistrationRepository(registration(provider, url)));
		return (http, pages) -> {
			http.oauth2Login((login) -> login.loginPage("/sign-in")
				.clientRegistrationRepository(registrations)
				.authorizedClientRepository(new NoTokens())
				.authorizationEndpoint((endpoint) -> endpoint.authorizationRequestResolver(requests(registrations)))
				.userInfoEndpoint((endpoint) -> endpoint.oidcUserService(people))
				.successHandler(welcome(pages))
				.failureHandler(OidcConfiguration::refuse));
			http.logout((logout) -> logout.logoutSuccessHandler(new SignOut(provider, registrations, url)));
		};
	}

	private static ClientRegistration registration(OidcProperties provider, PublicUrl url) {
		return ClientRegistrations.fromIssuerLocation(provider.issuer())
			.registrationId(ID)
			.clientId(provider.clientId())
			.clientSecret(provider.clientSecret())
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.scope(scopes(provider))
			.redirectUri(url.origin() + BACK)
			.clientName(provider.name())
			.clientSettings(ClientSettings.builder().requireProofKey(true).build())
			.build();
	}

	private static String[] scopes(OidcProperties provider) {
		var scopes = new TreeSet<>(provider.scopes());
		scopes.add("openid");
		return scopes.toArray(String[]::new);
	}

	private static OAuth2AuthorizationRequestResolver requests(ClientRegistrationRepository registrations) {
		var resolver = new DefaultOAuth2AuthorizationRequestResolver(registrations, "/oauth2/authorization");
		resolver.setAuthorizationRequestCustomizer(OidcConfiguration::demand);
		return resolver;
	}

	/** A limit makes the provider say when somebody proved who they are. */
	private static void demand(OAuth2AuthorizationRequest.Builder request) {
		var session = SecurityContextHolder.getContext().getAuthentication();
		var confirms = session != null && Factors.hasRole(session);
		request.additionalParameters((parameters) -> {
			parameters.put("max_age", confirms ? "0" : String.valueOf(ProviderPeople.LONGEST.toSeconds()));
			if (confirms) {
				parameters.put("prompt", "login");
			}
		});
	}

	/** Puts the portal's own kind of session in the place of Spring Security's. */
	private static AuthenticationSuccessHandler welcome(RequestCache pages) {
		var sessions = new HttpSessionSecurityContextRepository();
		var toPage = new SavedRequestAwareAuthenticationSuccessHandler();
		toPage.setRequestCache(pages);
		return (request, response, authentication) -> {
			if (!(authentication.getPrincipal() instanceof ProviderPerson person)) {
				throw new IllegalStateException("Not a person of the provider");
			}
			var context = SecurityContextHolder.createEmptyContext();
			context.setAuthentication(person.session());
			SecurityContextHolder.setContext(context);
			sessions.saveContext(context, request, response);
			if (person.confirmed()) {
				REDIRECTS.sendRedirect(request, response, ConfirmController.DONE);
			}
			else {
				toPage.onAuthenticationSuccess(request, response, person.session());
			}
		};
	}

	private static void refuse(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
			throws IOException {
		var code = (cause instanceof OAuth2AuthenticationException refused) ? refused.getError().getErrorCode() : "";
		if (ProviderRefusal.of(code) == ProviderRefusal.FAILED) {
			// what the provider sent stands in there: no line of its own
			LOGGER.warn("Sign-in with the identity provider failed: {}",
					String.valueOf(cause.getMessage()).replaceAll("\\p{C}", "?"));
		}
		REDIRECTS.sendRedirect(request, response,
				SignInController.PROVIDER + "?why=" + ProviderRefusal.of(code).code());
	}

	/**
	 * Adds signing in with the provider to the security of the portal, where there is
	 * one.
	 */
	interface OidcSignIn {

		/**
		 * Must be called once, after what signs out was configured.
		 * @param pages knows the page that was asked for before the sign-in
		 */
		void addTo(HttpSecurity http, RequestCache pages);

	}

	/** The portal asks the provider for nothing after the sign-in: no token is kept. */
	private static final class NoTokens implements OAuth2AuthorizedClientRepository {

		@Override
		public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(String registration,
				Authentication person, HttpServletRequest request) {
			return null;
		}

		@Override
		public void saveAuthorizedClient(OAuth2AuthorizedClient client, Authentication person,
				HttpServletRequest request, HttpServletResponse response) {
			// the tokens end here
		}

		@Override
		public void removeAuthorizedClient(String registration, Authentication person, HttpServletRequest request,
				HttpServletResponse response) {
			// there are none
		}

	}

	/**
	 * Whom the provider signed in is signed out there too, where it has a page for that.
	 */
	private static final class SignOut extends SimpleUrlLogoutSuccessHandler {

		private final OidcProperties provider;

		private final ClientRegistrationRepository registrations;

		private final PublicUrl url;

		SignOut(OidcProperties provider, ClientRegistrationRepository registrations, PublicUrl url) {
			this.provider = provider;
			this.registrations = registrations;
			this.url = url;
			setDefaultTargetUrl("/sign-in?signed-out");
		}

		@Override
		protected String determineTargetUrl(HttpServletRequest request, HttpServletResponse response,
				@Nullable Authentication session) {
			var end = (session != null && session.getDetails() instanceof ProviderPerson.Details) ? endOfSession()
					: null;
			if (end == null || session == null || !(session.getDetails() instanceof ProviderPerson.Details details)) {
				return super.determineTargetUrl(request, response);
			}
			return UriComponentsBuilder.fromUri(end)
				.queryParam("id_token_hint", details.idToken())
				.queryParam("client_id", this.provider.clientId())
				.queryParam("post_logout_redirect_uri", this.url.origin() + "/sign-in?signed-out")
				.encode()
				.toUriString();
		}

		/** On the issuer's own host only: pages may send forms nowhere else. */
		private @Nullable URI endOfSession() {
			var registration = this.registrations.findByRegistrationId(ID);
			var end = (registration != null)
					? registration.getProviderDetails().getConfigurationMetadata().get("end_session_endpoint") : null;
			if (end == null) {
				return null;
			}
			var uri = URI.create(end.toString());
			return SecurityConfiguration.origin(uri)
				.equals(SecurityConfiguration.origin(URI.create(this.provider.issuer()))) ? uri : null;
		}

	}

}
