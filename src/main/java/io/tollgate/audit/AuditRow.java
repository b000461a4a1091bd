package io.tollgate.audit;

/**
 * A row of the trail as it is kept.
 *
 * @param keyVersion which key it was signed with
 * @param previous the hash of the row before it
 * @param hash signs everything else of it
 */
record AuditRow(long id, AuditContent content, int keyVersion, String previous, String hash) {

}
