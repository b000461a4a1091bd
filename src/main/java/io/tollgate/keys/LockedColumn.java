package io.tollgate.keys;

/**
 * The columns that hold what {@link Lockbox} locked. Whoever keeps something locked adds
 * its column here, or a new key would never reach it. Each table has a primary key
 * {@code id}.
 */
public enum LockedColumn {

	/** The secrets of the manager accounts. */
	PBX_SECRET("pbx", "secret", "secret", false),
	/** What PINs are hashed with. */
	PIN_SALT("pin_salt", "locked", "salt", true),
	/** What webhooks are signed with. */
	WEBHOOK_SECRET("notice_secret", "locked", "secret", true);

	private final String table;

	private final String column;

	private final String field;

	private final boolean text;

	LockedColumn(String table, String column, String field, boolean text) {
		this.table = table;
		this.column = column;
		this.field = field;
		this.text = text;
	}

	/** What the secret of a row is locked for: {@code table|id|field}. */
	public String place(Object id) {
		return this.table + "|" + id + "|" + this.field;
	}

	String table() {
		return this.table;
	}

	String column() {
		return this.column;
	}

	/** Whether it is Base64; else bytes. */
	boolean isText() {
		return this.text;
	}

}
