package io.tollgate.route;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The outbound route of a PBX: a number that one of the patterns matches goes to the
 * trunk as it is.
 *
 * @param trunk the PJSIP endpoint of the trunk; {@code null} while none is chosen, then
 * nothing leaves
 * @param patterns Asterisk dial patterns without the leading underscore, in the order
 * they are shown: {@code NXXXXXXXXX}, {@code 00NXXXX!}
 */
public record OutboundRoute(@Nullable String trunk, List<String> patterns) {

	public OutboundRoute {
		patterns = List.copyOf(patterns);
	}

}
