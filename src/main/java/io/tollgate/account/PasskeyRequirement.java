package io.tollgate.account;

/** Whose password alone is not enough. */
public enum PasskeyRequirement {

	/** Everybody chooses. */
	NOBODY,
	/** Administrators need a passkey. */
	ADMINISTRATORS,
	/** Operators and administrators need one. */
	OPERATORS;

	/** Whether an account with this role must have a passkey. */
	public boolean covers(Role role) {
		return switch (this) {
			case NOBODY -> false;
			case ADMINISTRATORS -> role == Role.ADMINISTRATOR;
			case OPERATORS -> role != Role.VIEWER;
		};
	}

}
