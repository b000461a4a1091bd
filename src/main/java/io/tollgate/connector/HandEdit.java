package io.tollgate.connector;

import java.util.Optional;
import java.util.regex.Pattern;

import io.tollgate.connector.DesiredConfig.EndpointRights;
import io.tollgate.connector.DesiredConfig.Outbound;
import org.jspecify.annotations.Nullable;

/** A change by hand that says no more than an edit in the portal could say. */
public sealed interface HandEdit {

	/** What such a change means; empty when it is none of these. */
	static Optional<HandEdit> of(Drift drift) {
		if (drift.kind() != Drift.Kind.RULES) {
			return Optional.empty();
		}
		var key = drift.key();
		if (key.matches("ext/[^/]+")) {
			return Rights.read(drift.found()).map((rights) -> new Rights(key.substring(4), rights));
		}
		if (key.matches("e164/[0-9]+")) {
			var found = drift.found();
			return Optional.of(new Code(key.substring(5), found != null && found.startsWith("a")));
		}
		return key.equals("cfg") ? Protection.read(drift.wanted(), drift.found()) : Optional.empty();
	}

	/** What an endpoint may do. */
	record Rights(String endpoint, EndpointRights rights) implements HandEdit {

		private static final Pattern ROW = Pattern.compile("([01])([01h])([0-9]{0,5})");

		/** An endpoint without a row is one that nobody has heard of. */
		private static Optional<EndpointRights> read(@Nullable String row) {
			if (row == null) {
				return Optional.of(EndpointRights.UNKNOWN);
			}
			var matcher = ROW.matcher(row);
			if (!matcher.matches()) {
				return Optional.empty();
			}
			var seconds = matcher.group(3).isEmpty() ? null : Integer.valueOf(matcher.group(3));
			if (seconds != null && (seconds < 1 || seconds > 86_400)) {
				return Optional.empty();
			}
			var outbound = switch (matcher.group(2)) {
				case "0" -> Outbound.NEVER;
				case "h" -> Outbound.BUSINESS_HOURS;
				default -> Outbound.ALWAYS;
			};
			return Optional.of(new EndpointRights(matcher.group(1).equals("1"), outbound, seconds));
		}

	}

	/** Whether a calling code may be dialled. */
	record Code(String code, boolean allowed) implements HandEdit {
	}

	/** Whether international calls are judged by country. */
	record Protection(boolean on) implements HandEdit {

		/** Only that: the dialing code is in the same row. */
		private static Optional<HandEdit> read(@Nullable String wanted, @Nullable String found) {
			if (wanted == null || found == null || !found.matches("[01].+")) {
				return Optional.empty();
			}
			return wanted.substring(1).equals(found.substring(1)) ? Optional.of(new Protection(found.startsWith("1")))
					: Optional.empty();
		}

	}

}
