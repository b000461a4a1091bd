package io.tollgate.account;

import java.net.URI;

import io.tollgate.account.OidcConfiguration.OidcSignIn;
import io.tollgate.account.PasskeyConfiguration.PasskeySignIn;
import jakarta.servlet.DispatcherType;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.authentication.AccountStatusUserDetailsChecker;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.authentication.builders.AuthenticationManagerBuilder;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.FrameOptionsConfig;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;

/** Who may reach what, and the headers every response carries. */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
class SecurityConfiguration {

	static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
			+ "base-uri 'none'";

	private static final String[] OPEN = { "/assets/**", "/webjars/**", "/sign-in", "/sign-in/refused",
			SignInController.PROVIDER, "/set-up", WelcomeController.PATH, "/actuator/health",
			"/actuator/health/liveness", "/actuator/health/readiness" };

	/**
	 * Nobody reads how long each filter takes, and saying that it is not to be counted
	 * still costs every request a wrapper around each.
	 */
	@Bean
	SecurityObservationSettings securityObservations() {
		return SecurityObservationSettings.noObservations();
	}

	@Bean
	SecurityFilterChain portal(HttpSecurity http, Accounts accounts, Sessions sessions, Factors factors,
			PasskeySignIn passkeys, OidcSignIn people, OidcProperties provider, SignInThrottle throttle,
			AuthenticationManager passwords) {
		var pages = savedPages();
		var refusals = new Refusals(accounts, factors, pages);
		passkeys.addTo(http, pages);
		http.logout((logout) -> logout.logoutUrl("/sign-out").logoutSuccessUrl("/sign-in?signed-out"));
		people.addTo(http, pages);
		// Spring Security would make one of its own from the accounts, which knows no
		// factors
		http.getSharedObject(AuthenticationManagerBuilder.class).parentAuthenticationManager(passwords);
		return http.addFilterAfter(new SessionLimits(sessions), SecurityContextHolderFilter.class)
			.addFilterAfter(new UploadGate(), SessionLimits.class)
			.addFilterBefore(new SignInGate(throttle), UsernamePasswordAuthenticationFilter.class)
			.authorizeHttpRequests((requests) -> rules(requests, factors))
			.formLogin((form) -> form.loginPage("/sign-in").failureHandler(new SignInFailure(throttle)))
			.requestCache((cache) -> cache.requestCache(pages))
			.exceptionHandling(
					(exceptions) -> exceptions.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
			.headers((headers) -> writeHeaders(headers, policy(provider)))
			.build();
	}

	private static void rules(
			AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
			Factors factors) {
		requests.requestMatchers(OPEN)
			.permitAll()
			.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
			.permitAll()
			// a password that is not enough yet gets this far: no role, but somebody
			.requestMatchers(HttpMethod.GET, SecondStepController.PATH)
			.authenticated()
			.requestMatchers(HttpMethod.POST, "/webauthn/register")
			.access(factors.mayEnroll());
		for (var sensitive : Sensitive.values()) {
			requests.requestMatchers(sensitive.route()).access(factors.fresh(sensitive.role()));
		}
		// also before sign-in: it changes how pages read, and nothing else
		requests.requestMatchers(HttpMethod.POST, LanguageController.PATH).permitAll();
		// a viewer changes nothing, also where a controller forgot to say so
		requests
			.requestMatchers(HttpMethod.POST, "/sign-out", "/tester", ConfirmController.PATH,
					AccountController.PATH + "/**")
			.hasRole(Role.VIEWER.name())
			.requestMatchers(UsersController.PATH, UsersController.PATH + "/**")
			.hasRole(Role.ADMINISTRATOR.name())
			.requestMatchers(HttpMethod.GET)
			.hasRole(Role.VIEWER.name())
			.requestMatchers(HttpMethod.HEAD)
			.hasRole(Role.VIEWER.name())
			.anyRequest()
			.hasRole(Role.OPERATOR.name());
	}

	/** To sign out at the provider too, a form has to lead there. */
	static String policy(OidcProperties provider) {
		return provider.enabled() ? CONTENT_SECURITY_POLICY.replace("form-action 'self'",
				"form-action 'self' " + origin(URI.create(provider.issuer()))) : CONTENT_SECURITY_POLICY;
	}

	static String origin(URI uri) {
		return uri.getScheme() + "://" + uri.getAuthority();
	}

	static void writeHeaders(HeadersConfigurer<HttpSecurity> headers) {
		writeHeaders(headers, CONTENT_SECURITY_POLICY);
	}

	private static void writeHeaders(HeadersConfigurer<HttpSecurity> headers, String directives) {
		headers.contentSecurityPolicy((policy) -> policy.policyDirectives(directives))
			.frameOptions(FrameOptionsConfig::deny)
			.referrerPolicy((referrer) -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
			.permissionsPolicyHeader((permissions) -> permissions.policy(ResponseHeaders.PERMISSIONS));
	}

	/**
	 * After sign-in only a page is gone back to, never a fragment that htmx asked for.
	 */
	private static HttpSessionRequestCache savedPages() {
		var cache = new HttpSessionRequestCache();
		cache.setRequestMatcher((request) -> "GET".equals(request.getMethod()) && !Refusals.isHtmx(request));
		return cache;
	}

	@Bean
	AuthenticationManager authenticationManager(Accounts accounts, PasswordEncoder passwords, Factors factors,
			ProviderAccounts provided, ApplicationEventPublisher events) {
		var provider = new PasswordProvider(accounts, factors, provided);
		provider.setPasswordEncoder(passwords);
		// the password is always checked first, so that a disabled account takes as long
		// as any other
		provider.setPreAuthenticationChecks((account) -> {
		});
		provider.setPostAuthenticationChecks(new AccountStatusUserDetailsChecker());
		var manager = new ProviderManager(provider);
		manager.setAuthenticationEventPublisher(new DefaultAuthenticationEventPublisher(events));
		return manager;
	}

	/**
	 * Argon2id with what OWASP recommends: 19 MiB, two passes, one lane; one at a time
	 * for each core.
	 */
	@Bean
	static PasswordEncoder passwordEncoder() {
		return new Passwords(new Argon2PasswordEncoder(16, 32, 1, 19456, 2), Runtime.getRuntime().availableProcessors(),
				Passwords.PATIENCE);
	}

	@Bean
	static RoleHierarchy roleHierarchy() {
		return RoleHierarchyImpl.withDefaultRolePrefix()
			.role(Role.ADMINISTRATOR.name())
			.implies(Role.OPERATOR.name())
			.role(Role.OPERATOR.name())
			.implies(Role.VIEWER.name())
			.build();
	}

}
