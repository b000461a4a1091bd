package io.tollgate.extension;

/**
 * One row of the list.
 *
 * @param pbx name of its PBX
 * @param guarded whether the protection of its PBX's policy is on
 * @param unapplied whether its PBX runs other restrictions, as far as is known
 */
record ExtensionListing(Extension extension, String pbx, boolean guarded, boolean unapplied) {

	long id() {
		return this.extension.id();
	}

	public String number() {
		return this.extension.number();
	}

	public String name() {
		return this.extension.name();
	}

	boolean present() {
		return this.extension.present();
	}

	CallRestrictions restrictions() {
		return this.extension.restrictions();
	}

	Abroad abroad() {
		if (restrictions().disallowOutbound()) {
			return Abroad.BLOCKED;
		}
		if (!restrictions().disallowInternational()) {
			return Abroad.ALLOWED;
		}
		return this.guarded ? Abroad.BLOCKED : Abroad.NOT_YET;
	}

	Outbound outbound() {
		if (restrictions().disallowOutbound()) {
			return Outbound.NONE;
		}
		return restrictions().disallowOutsideBusinessHours() ? Outbound.BUSINESS_HOURS : Outbound.ANY_TIME;
	}

	/** International calls. */
	enum Abroad {

		ALLOWED, BLOCKED,
		/** Not allowed to, but the policy's protection is off. */
		NOT_YET

	}

	/** Outbound calls. */
	enum Outbound {

		ANY_TIME, BUSINESS_HOURS, NONE

	}

}
