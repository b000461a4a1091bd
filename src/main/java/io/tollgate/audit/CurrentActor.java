package io.tollgate.audit;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Who is acting, and from where, as far as the current thread knows. */
@Component
public class CurrentActor {

	/** The actor of work that nobody in particular asked for. */
	public static final String SYSTEM = "tollgate";

	/** The signed-in account's name, or {@link #SYSTEM}. */
	public String name() {
		var authentication = SecurityContextHolder.getContext().getAuthentication();
		if (authentication == null || authentication instanceof AnonymousAuthenticationToken) {
			return SYSTEM;
		}
		return authentication.getName();
	}

	/**
	 * Username of the account that answers for what is done: behind an API token it is
	 * its maker. Two names that act are two people only if these differ, too.
	 */
	public String account() {
		var authentication = SecurityContextHolder.getContext().getAuthentication();
		return (authentication != null && authentication.getPrincipal() instanceof Scoped scoped) ? scoped.account()
				: name();
	}

	/**
	 * Whether the signed-in account has this role, {@code ADMINISTRATOR}. Nobody in
	 * particular has none.
	 */
	public boolean is(String role) {
		var authentication = SecurityContextHolder.getContext().getAuthentication();
		return authentication != null && authentication.getAuthorities()
			.stream()
			.anyMatch((granted) -> ("ROLE_" + role).equals(granted.getAuthority()));
	}

	/**
	 * Names of the PBX groups that the signed-in person is limited to, empty for all
	 * PBXs. The portal's own work is never limited.
	 */
	public Set<String> groups() {
		var authentication = SecurityContextHolder.getContext().getAuthentication();
		return (authentication != null && authentication.getPrincipal() instanceof Scoped scoped) ? scoped.groups()
				: Set.of();
	}

	/** The remote address of the request under way, {@code null} outside a request. */
	public @Nullable String address() {
		return (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)
				? attributes.getRequest().getRemoteAddr() : null;
	}

	/** The id of the request under way, {@code null} outside a request. */
	public @Nullable String requestId() {
		return (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
				&& attributes.getRequest().getAttribute(RequestIds.ATTRIBUTE) instanceof String id) ? id : null;
	}

	/** All of it, to be kept for work that goes on after the request. */
	public Origin origin() {
		return new Origin(name(), address(), requestId());
	}

}
