package io.tollgate.account;

import java.util.List;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.savedrequest.NullRequestCache;

/**
 * Who may use the API: whoever sends a token in the {@code Authorization} header, and
 * nobody else. There are no sessions and no cookies here, so nothing that a browser sends
 * by itself counts, and no CSRF token is needed.
 */
@Configuration(proxyBeanMethods = false)
class ApiSecurity {

	static final String PATHS = "/api/**";

	@Bean
	@Order(1)
	SecurityFilterChain api(HttpSecurity http, ApiTokens tokens, BootstrapToken bootstrap, SignInThrottle throttle,
			ApiLimits limits, ApiProblems problems, MetricsAccess metrics) {
		var manager = manager(tokens);
		var first = first(bootstrap, manager);
		return http.securityMatcher(PATHS, MetricsAccess.PATH)
			.addFilterBefore(new ApiGate(limits, problems), BearerTokenAuthenticationFilter.class)
			.addFilterBefore(new BootstrapGate(throttle, problems), BearerTokenAuthenticationFilter.class)
			.addFilterAfter(new ApiQuota(limits, problems), BearerTokenAuthenticationFilter.class)
			.authorizeHttpRequests((requests) -> requests.requestMatchers(MetricsAccess.PATH)
				.access(metrics)
				.requestMatchers(BootstrapGate.ROUTE)
				.hasAuthority(BootstrapToken.AUTHORITY)
				.anyRequest()
				.hasRole(Role.VIEWER.name()))
			.oauth2ResourceServer((server) -> server
				.authenticationManagerResolver((request) -> BootstrapGate.ROUTE.matches(request) ? first : manager)
				.bearerTokenResolver(onlyInTheHeader())
				.authenticationEntryPoint(problems)
				.accessDeniedHandler(problems))
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.csrf(AbstractHttpConfigurer::disable)
			// disabled, it would be one of sessions
			.requestCache((cache) -> cache.requestCache(new NullRequestCache()))
			.logout(AbstractHttpConfigurer::disable)
			.headers((headers) -> SecurityConfiguration.writeHeaders(headers))
			.build();
	}

	/**
	 * A token in an address is in the logs of whatever it passed, so it is refused even
	 * beside one in the header.
	 */
	private static BearerTokenResolver onlyInTheHeader() {
		var header = new DefaultBearerTokenResolver();
		return (HttpServletRequest request) -> {
			var query = request.getQueryString();
			if (query != null && (ApiSecret.isIn(query) || request.getParameter("access_token") != null)) {
				throw new OAuth2AuthenticationException(
						BearerTokenErrors.invalidRequest("A token belongs into the Authorization header"));
			}
			return header.resolve(request);
		};
	}

	private static AuthenticationManager manager(ApiTokens tokens) {
		return (sent) -> {
			var bearer = (BearerTokenAuthenticationToken) sent;
			var address = (sent.getDetails() instanceof WebAuthenticationDetails details) ? details.getRemoteAddress()
					: "";
			return tokens.use(bearer.getToken(), Objects.requireNonNull(address))
				.map(ApiCaller::session)
				.orElseThrow(() -> new InvalidBearerTokenException("Unknown, expired or revoked"));
		};
	}

	/** Where the bootstrap token counts, too. Any other one is looked at as ever. */
	private static AuthenticationManager first(BootstrapToken bootstrap, AuthenticationManager others) {
		return (sent) -> bootstrap.opens(((BearerTokenAuthenticationToken) sent).getToken())
				? UsernamePasswordAuthenticationToken.authenticated(BootstrapToken.ACTOR, null,
						List.of(new SimpleGrantedAuthority(BootstrapToken.AUTHORITY)))
				: others.authenticate(sent);
	}

}
