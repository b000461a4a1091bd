package io.tollgate.route;

/** What a route is for. */
public enum RouteType {

	/** Emergency numbers: first of all, and blocked by nothing. */
	EMERGENCY,
	/** Calls that leave the company. */
	NORMAL,
	/** Calls to another site of the company; the caller keeps the own number. */
	INTERNAL

}
