package io.tollgate.account;

/**
 * What an account may do; each role may also do what the ones before it may. In
 * expressions: {@code hasRole('OPERATOR')}.
 */
public enum Role {

	/** Sees everything but secrets. */
	VIEWER,
	/** Edits rules and applies them. */
	OPERATOR,
	/** Also manages PBXs, creates policies and manages accounts. */
	ADMINISTRATOR;

	/** The name Spring Security knows it by. */
	public String authority() {
		return "ROLE_" + name();
	}

}
