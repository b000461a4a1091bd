package io.tollgate.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.text.ParseException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import jakarta.servlet.http.HttpServlet;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationProvider;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.authentication.preauth.RequestHeaderAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;

/**
 * An identity provider in this very JVM: Spring Authorization Server, which asks for PKCE
 * and believes who a header says is there. What its ID tokens say can be spoiled.
 */
public final class TestProvider implements AutoCloseable {

	public static final String CLIENT = "tollgate";

	public static final String SECRET = "client-secret-of-the-tests";

	private static final String WHO = "X-Test-Person";

	private final Tomcat tomcat = new Tomcat();

	private final HttpClient client = HttpClient.newHttpClient();

	private Consumer<JwtClaimsSet.Builder> claims = (claims) -> {
	};

	private Signer signer = Signer.KNOWN;

	private String portal = "";

	private enum Signer {

		KNOWN, UNKNOWN, NOBODY

	}

	public TestProvider() {
		try {
			this.tomcat.setBaseDir(Files.createTempDirectory("provider").toString());
			this.tomcat.setPort(0);
			var context = this.tomcat.addContext("", null);
			Tomcat.addServlet(context, "none", new HttpServlet() {
			});
			context.addServletMappingDecoded("/", "none");
			context.addServletContainerInitializer((classes, servlets) -> {
				var application = new AnnotationConfigWebApplicationContext();
				application.setServletContext(servlets);
				application.addBeanFactoryPostProcessor((beans) -> beans.registerSingleton("testProvider", this));
				application.register(Configuration.class);
				application.refresh();
				servlets.addFilter("security", new DelegatingFilterProxy("springSecurityFilterChain", application))
					.addMappingForUrlPatterns(null, false, "/*");
			}, Set.of());
			this.tomcat.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (LifecycleException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public String issuer() {
		return "http://localhost:" + this.tomcat.getConnector().getLocalPort();
	}

	/** The portal that people are sent back to. */
	public TestProvider serve(int port) {
		this.portal = "http://localhost:" + port;
		return this;
	}

	/** What the next ID tokens say, beside or in place of what is right. */
	public TestProvider says(Consumer<JwtClaimsSet.Builder> claims) {
		this.claims = claims;
		this.signer = Signer.KNOWN;
		return this;
	}

	/** The next ID tokens have the algorithm {@code none}. */
	public TestProvider signsNothing() {
		this.signer = Signer.NOBODY;
		return this;
	}

	/** The next ID tokens are signed with a key that is not the provider's. */
	public TestProvider signsWithAnotherKey() {
		this.signer = Signer.UNKNOWN;
		return this;
	}

	/** Asks as this person; where the provider sends them then. */
	public String authorize(String location, String person) {
		try {
			var request = HttpRequest.newBuilder(URI.create(location))
				.header(WHO, person)
				.header("Accept", "text/html");
			var answer = this.client.send(request.build(), BodyHandlers.ofString());
			return answer.headers()
				.firstValue("Location")
				.orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.body()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.tomcat.stop();
			this.tomcat.destroy();
		}
		catch (LifecycleException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private RegisteredClient client() {
		return RegisteredClient.withId(CLIENT)
			.clientId(CLIENT)
			.clientSecret("{noop}" + SECRET)
			.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri(this.portal + "/login/oauth2/code/provider")
			.postLogoutRedirectUri(this.portal + "/sign-in?signed-out")
			.scopes((scopes) -> scopes.addAll(Set.of("openid", "profile", "email")))
			.clientSettings(ClientSettings.builder().requireProofKey(true).build())
			.build();
	}

	@TestConfiguration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class Configuration {

		@Bean
		SecurityFilterChain provider(HttpSecurity http) {
			var known = new PreAuthenticatedAuthenticationProvider();
			known.setPreAuthenticatedUserDetailsService((PreAuthenticatedAuthenticationToken person) -> new User(
					person.getName(), "", AuthorityUtils.NO_AUTHORITIES));
			// says when somebody signed in, which goes into the ID token
			known.setGrantedAuthoritySupplier(
					() -> Set.of(FactorGrantedAuthority.fromAuthority(FactorGrantedAuthority.X509_AUTHORITY)));
			var who = new RequestHeaderAuthenticationFilter();
			who.setPrincipalRequestHeader(WHO);
			who.setExceptionIfHeaderMissing(false);
			who.setAuthenticationManager(known::authenticate);
			return http.oauth2AuthorizationServer((server) -> server.oidc((oidc) -> {
			}))
				.addFilterAfter(who, SecurityContextHolderFilter.class)
				.csrf((csrf) -> csrf.disable())
				.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.build();
		}

		@Bean
		UserDetailsService people() {
			return (name) -> new User(name, "", AuthorityUtils.NO_AUTHORITIES);
		}

		@Bean
		RegisteredClientRepository clients(TestProvider provider) {
			return new RegisteredClientRepository() {
				@Override
				public void save(RegisteredClient client) {
					// its secret would be encoded anew; nobody keeps it
				}

				@Override
				public RegisteredClient findById(String id) {
					return new InMemoryRegisteredClientRepository(provider.client()).findById(id);
				}

				@Override
				public RegisteredClient findByClientId(String id) {
					return new InMemoryRegisteredClientRepository(provider.client()).findByClientId(id);
				}
			};
		}

		@Bean
		AuthorizationServerSettings settings() {
			return AuthorizationServerSettings.builder().build();
		}

		@Bean
		JWKSource<SecurityContext> keys() throws JOSEException {
			return new ImmutableJWKSet<>(new JWKSet(new RSAKeyGenerator(2048).keyID("known").generate()));
		}

		@Bean
		JwtDecoder decoder(JWKSource<SecurityContext> keys) {
			return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
		}

		@Bean
		JwtEncoder encoder(TestProvider provider, JWKSource<SecurityContext> keys) throws JOSEException {
			var known = new NimbusJwtEncoder(keys);
			var unknown = new NimbusJwtEncoder(
					new ImmutableJWKSet<>(new JWKSet(new RSAKeyGenerator(2048).keyID("known").generate())));
			return (parameters) -> switch (provider.signer) {
				case KNOWN -> known.encode(parameters);
				case UNKNOWN -> unknown.encode(parameters);
				case NOBODY -> unsigned(parameters);
			};
		}

		private static Jwt unsigned(JwtEncoderParameters parameters) {
			var claims = new HashMap<>(parameters.getClaims().getClaims());
			claims.replaceAll((name, value) -> (value instanceof Instant at) ? at.getEpochSecond() : value.toString());
			try {
				var token = new PlainJWT(JWTClaimsSet.parse(claims)).serialize();
				return new Jwt(token, parameters.getClaims().getIssuedAt(), parameters.getClaims().getExpiresAt(),
						Map.of("alg", "none"), parameters.getClaims().getClaims());
			}
			catch (ParseException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Bean
		OAuth2TokenCustomizer<JwtEncodingContext> claims(TestProvider provider) {
			return (context) -> {
				if (context.getTokenType().getValue().equals("id_token")) {
					provider.claims.accept(context.getClaims());
				}
			};
		}

	}

}
