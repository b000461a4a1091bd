package io.tollgate.keys;

/**
 * A column whose values {@link Lockbox} locked, so that they can be locked with another
 * key. Told by the module that keeps it, as a bean. Its table has a primary key
 * {@code id}.
 *
 * @param table its table
 * @param column its name; {@code bytea}, or text that is Base64
 * @param field the last part of the place of a secret: {@code table|id|field}
 */
public record LockedColumn(String table, String column, String field) {

	/** What the secret of a row is locked for. */
	public String place(Object id) {
		return this.table + "|" + id + "|" + this.field;
	}

}
