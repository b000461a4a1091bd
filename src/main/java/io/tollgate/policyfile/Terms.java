package io.tollgate.policyfile;

/**
 * What a file may do besides changing policies.
 *
 * @param prune whether policies that it does not name are deleted
 * @param manages whether whoever brings it may create, rename and delete policies
 */
record Terms(boolean prune, boolean manages) {
}
