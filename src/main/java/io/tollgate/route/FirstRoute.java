package io.tollgate.route;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The simplest way out of a PBX, which a new one begins with: patterns to one trunk.
 *
 * @param trunk the PJSIP endpoint of the trunk; {@code null} while none is chosen, then
 * nothing leaves
 * @param patterns Asterisk dial patterns without the leading underscore
 */
public record FirstRoute(@Nullable String trunk, List<String> patterns) {

	/** What such a route is called. */
	static final String NAME = "Outbound";

	public FirstRoute {
		patterns = List.copyOf(patterns);
	}

	static FirstRoute of(OutboundRoute route) {
		return new FirstRoute(route.trunks().isEmpty() ? null : route.trunks().getFirst(),
				route.rules().stream().map(DialRule::dialled).toList());
	}

	OutboundRoute toRoute() {
		return OutboundRoute.through(NAME, (this.trunk != null) ? List.of(this.trunk) : List.of(), this.patterns);
	}

}
