package io.tollgate.account;

import org.springframework.security.authentication.AuthenticationServiceException;

/** So many passwords are being checked that this one has to wait its turn elsewhere. */
class TooBusyException extends AuthenticationServiceException {

	TooBusyException() {
		super("Too many passwords are being checked");
	}

}
