package io.tollgate.pbx;

/**
 * The names of dialing policies, for the audit trail. Policies live above the registry,
 * so who knows them tells it.
 */
public interface PolicyNames {

	/** The policy's name as people know it. */
	String name(long policyId);

}
