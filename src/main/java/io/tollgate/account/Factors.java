package io.tollgate.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AllRequiredFactorsAuthorizationManager;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.RequiredFactor;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;

/**
 * What somebody has proved, and whether that is enough. A session that has not proved
 * enough yet has no role at all, so that no page and no method lets it in.
 */
@Component
class Factors {

	/** What somebody still has to do before they are signed in. */
	enum Missing {

		/** The account has a passkey: use it. */
		PASSKEY,
		/** The role needs a passkey and the account has none: make one. */
		ENROLLMENT

	}

	/** For how long nobody is asked again. */
	static final Duration FRESH = Duration.ofMinutes(10);

	private final Passkeys passkeys;

	private final RoleHierarchy roles;

	private final Clock clock;

	Factors(Passkeys passkeys, RoleHierarchy roles, Clock clock) {
		this.passkeys = passkeys;
		this.roles = roles;
		this.clock = clock;
	}

	/**
	 * The session of somebody who has just proved this factor; what the same person
	 * proved in it before still counts.
	 */
	Authentication proved(String factor, SignedIn account, @Nullable Object details) {
		return proved(factor, account, details, Instant.now(this.clock));
	}

	/** The same for somebody who proved it a while ago, to somebody else. */
	Authentication proved(String factor, SignedIn account, @Nullable Object details, Instant at) {
		var proved = new LinkedHashMap<String, GrantedAuthority>();
		of(SecurityContextHolder.getContext().getAuthentication(), account.getUsername())
			.forEach((earlier) -> proved.put(earlier.getAuthority(), earlier));
		proved.put(factor, FactorGrantedAuthority.withAuthority(factor).issuedAt(at).build());
		var authorities = new ArrayList<>(proved.values());
		if (missing(account, proved.keySet()) == null) {
			authorities.addAll(account.getAuthorities());
		}
		var session = UsernamePasswordAuthenticationToken.authenticated(account, null, authorities);
		session.setDetails(details);
		return session;
	}

	/** What this session lacks, {@code null} for nothing. */
	@Nullable Missing missing(@Nullable Authentication session) {
		if (session == null || !(session.getPrincipal() instanceof SignedIn account) || hasRole(session)) {
			return null;
		}
		return missing(account, names(of(session, account.getUsername())));
	}

	private @Nullable Missing missing(SignedIn account, Set<String> proved) {
		if (proved.contains(FactorGrantedAuthority.WEBAUTHN_AUTHORITY)
				|| proved.contains(FactorGrantedAuthority.AUTHORIZATION_CODE_AUTHORITY)) {
			return null;
		}
		if (this.passkeys.has(account.getUsername())) {
			return Missing.PASSKEY;
		}
		return this.passkeys.requirement().covers(account.getRole()) ? Missing.ENROLLMENT : null;
	}

	/**
	 * Who may make a passkey: whoever is signed in and has just said so, and who has to
	 * make the first one. A password alone must not add a passkey to an account that has
	 * one.
	 */
	AuthorizationManager<RequestAuthorizationContext> mayEnroll() {
		var signedIn = fresh(Role.VIEWER);
		return (session, request) -> isProvided(session.get()) ? new AuthorizationDecision(false)
				: (missing(session.get()) == Missing.ENROLLMENT) ? new AuthorizationDecision(true)
						: signedIn.authorize(session, request);
	}

	/** The provider's people would get in with it when the provider lets them no more. */
	private static boolean isProvided(@Nullable Authentication session) {
		return session != null && session.getDetails() instanceof ProviderPerson.Details;
	}

	/** Who has this role and has proved within the last ten minutes to be it. */
	AuthorizationManager<RequestAuthorizationContext> fresh(Role role) {
		var known = AuthorityAuthorizationManager.<RequestAuthorizationContext>hasRole(role.name());
		known.setRoleHierarchy(this.roles);
		return (session, request) -> {
			var decision = known.authorize(session, request);
			return decision.isGranted() ? fresh(Objects.requireNonNull(session.get())) : decision;
		};
	}

	/** Whether nobody needs to ask again who this is. */
	boolean isFresh(Authentication session) {
		return fresh(session).isGranted();
	}

	/**
	 * As at sign-in, a password is not enough for an account that has a passkey. Who has
	 * just made the first one has not to use it at once.
	 */
	private AuthorizationResult fresh(Authentication session) {
		var passkey = within(FactorGrantedAuthority.WEBAUTHN_AUTHORITY);
		var provider = within(FactorGrantedAuthority.AUTHORIZATION_CODE_AUTHORITY);
		var password = within(FactorGrantedAuthority.PASSWORD_AUTHORITY);
		var typed = of(session, session.getName()).stream()
			.filter((factor) -> FactorGrantedAuthority.PASSWORD_AUTHORITY.equals(factor.getAuthority()))
			.map(FactorGrantedAuthority::getIssuedAt)
			.findFirst();
		var enough = typed.isEmpty() || this.passkeys.had(session.getName(), typed.get())
				? AllRequiredFactorsAuthorizationManager.anyOf(passkey, provider)
				: AllRequiredFactorsAuthorizationManager.anyOf(passkey, provider, password);
		return Objects.requireNonNull(enough.authorize(() -> session, session));
	}

	private AllRequiredFactorsAuthorizationManager<Object> within(String factor) {
		var manager = AllRequiredFactorsAuthorizationManager.builder()
			.requireFactor(RequiredFactor.withAuthority(factor).validDuration(FRESH).build())
			.build();
		manager.setClock(this.clock);
		return manager;
	}

	/** Whether somebody is signed in, with all factors. */
	static boolean hasRole(Authentication session) {
		return AuthorityUtils.authorityListToSet(session.getAuthorities())
			.stream()
			.anyMatch((name) -> name.startsWith("ROLE_") && !name.equals("ROLE_ANONYMOUS"));
	}

	private static List<FactorGrantedAuthority> of(@Nullable Authentication session, String username) {
		if (session == null || !(session.getPrincipal() instanceof SignedIn account)
				|| !account.getUsername().equals(username)) {
			return List.of();
		}
		return session.getAuthorities()
			.stream()
			.filter(FactorGrantedAuthority.class::isInstance)
			.map(FactorGrantedAuthority.class::cast)
			.toList();
	}

	private static Set<String> names(Collection<FactorGrantedAuthority> factors) {
		return factors.stream().map(FactorGrantedAuthority::getAuthority).collect(Collectors.toSet());
	}

}
