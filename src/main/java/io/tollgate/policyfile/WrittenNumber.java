package io.tollgate.policyfile;

/**
 * An own number restriction.
 *
 * @param entry the beginning of a number in full, digits, or {@code 1XXX976}
 * @param note may be empty
 */
record WrittenNumber(String entry, String note) {
}
