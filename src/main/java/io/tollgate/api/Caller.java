package io.tollgate.api;

/** The principal of a request of a script. */
public interface Caller {

	/** Identity of the token that it sent. */
	long tokenId();

}
