package io.tollgate.approval;

import java.util.Locale;

/** Carries out one kind of request when a second person has agreed. */
public interface Approvable {

	/** The kind, lower case; its words are {@code approval.kind.} + kind. */
	String kind();

	/**
	 * Whether it still is what was asked for; nobody can agree to what has changed since.
	 */
	boolean isCurrent(Request request);

	/**
	 * Carries it out as the one who asked. What it stores, it stores in one transaction
	 * with {@link Approvals#settle}.
	 * @param approval who agreed, and why
	 */
	Carried carryOut(Request request, Approval approval, Locale locale);

}
