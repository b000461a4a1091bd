package io.tollgate.account;

import java.util.List;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

/**
 * Who may read the metrics: a token for that, or whoever asks from a network that is
 * named. They count all PBXs, so a token that is limited to some may not.
 */
@Component
class MetricsAccess implements AuthorizationManager<RequestAuthorizationContext> {

	static final String PATH = "/actuator/prometheus";

	private final List<IpAddressMatcher> networks;

	MetricsAccess(@Value("${tollgate.metrics.allow:}") List<String> networks) {
		this.networks = networks.stream().map(String::strip).map(IpAddressMatcher::new).toList();
	}

	@Override
	public AuthorizationDecision authorize(Supplier<? extends @Nullable Authentication> asking,
			RequestAuthorizationContext context) {
		return new AuthorizationDecision(isNear(context.getRequest()) || isFor(asking.get()));
	}

	private boolean isNear(HttpServletRequest request) {
		return this.networks.stream().anyMatch((network) -> network.matches(request.getRemoteAddr()));
	}

	private static boolean isFor(@Nullable Authentication asking) {
		return asking != null && asking.getPrincipal() instanceof ApiCaller caller && caller.groups().isEmpty()
				&& asking.getAuthorities()
					.stream()
					.anyMatch((granted) -> ApiScope.METRICS_READ.authority().equals(granted.getAuthority()));
	}

}
