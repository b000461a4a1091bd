package io.tollgate.extension;

/**
 * One row of the list.
 *
 * @param pbx name of its PBX
 * @param policyId the policy that its PBX obeys
 * @param guarded whether that policy's protection is on
 * @param unapplied whether its PBX runs other restrictions, as far as is known
 */
record ExtensionListing(Extension extension, String pbx, long policyId, boolean guarded, boolean unapplied) {

	long id() {
		return this.extension.id();
	}

	public String number() {
		return this.extension.number();
	}

	public String name() {
		return this.extension.name();
	}

	long pbxId() {
		return this.extension.pbxId();
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
