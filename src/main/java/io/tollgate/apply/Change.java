package io.tollgate.apply;

import java.util.List;

/**
 * One difference between what a PBX runs and what it would run.
 *
 * @param effect whether more or less becomes dialable
 * @param kind what differs; words under {@code apply.change.<kind>}
 * @param subject what it is about: a calling code, a name, a value; empty for none
 * @param count how many extensions it concerns
 * @param items what else to name: extensions, calling codes, patterns
 */
public record Change(Effect effect, Kind kind, String subject, int count, List<String> items) {

	public Change {
		items = List.copyOf(items);
	}

	/** The direction of a change. */
	public enum Effect {

		OPENS, CLOSES, NEUTRAL

	}

	/** What differs. */
	public enum Kind {

		FIRST(Scope.PBX), PROTECTION_ON(Scope.POLICY), PROTECTION_OFF(Scope.POLICY), CODE_OPENED(Scope.POLICY),
		CODES_OPENED(Scope.POLICY), CODE_CLOSED(Scope.POLICY), CODES_CLOSED(Scope.POLICY), DIALING_CODE(Scope.POLICY),
		PREFIXES(Scope.POLICY), EMERGENCY(Scope.POLICY), HOME_COUNTRY(Scope.POLICY), INTERNATIONAL_ALLOWED(Scope.PBX),
		INTERNATIONAL_DISALLOWED(Scope.PBX), OUTBOUND_ALLOWED(Scope.PBX), OUTBOUND_DISALLOWED(Scope.PBX),
		HOURS_ONLY(Scope.PBX), ANY_HOUR(Scope.PBX), DURATION(Scope.PBX), BUSINESS_HOURS(Scope.COMPANY),
		ROUTE_ADDED(Scope.PBX), ROUTE_REMOVED(Scope.PBX), ROUTE_CHANGED(Scope.PBX), ROUTES_MOVED(Scope.PBX),
		ROUTE_ASKS_PIN(Scope.PBX), ROUTE_ASKS_PASSWORD(Scope.PBX), ROUTE_ASKS_NOTHING(Scope.PBX),
		ROUTE_PASSWORD(Scope.PBX), PINS_CHANGED(Scope.COMPANY), TRUNKS(Scope.PBX), TRUNK_CHANGED(Scope.PBX),
		ANNOUNCEMENT_ADDED(Scope.COMPANY), ANNOUNCEMENT_CHANGED(Scope.COMPANY), ANNOUNCEMENT_REMOVED(Scope.COMPANY),
		GROUP_CHANGED(Scope.PBX), RESTRICTED(Scope.POLICY), UNRESTRICTED(Scope.POLICY), EXEMPTED(Scope.PBX),
		EXEMPTIONS_ENDED(Scope.PBX), OTHER(Scope.PBX);

		private final Scope scope;

		Kind(Scope scope) {
			this.scope = scope;
		}

		/**
		 * Where one edit of this kind is made: it is one change, on however many PBXs it
		 * shows.
		 */
		public Scope scope() {
			return this.scope;
		}

		/** The end of its message codes. */
		public String code() {
			return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
		}

	}

	/** Where a change is made. */
	public enum Scope {

		PBX, POLICY, COMPANY

	}

}
