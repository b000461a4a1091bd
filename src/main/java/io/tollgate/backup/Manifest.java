package io.tollgate.backup;

import java.util.List;
import java.util.Map;

/**
 * What a backup says of itself.
 *
 * @param format of the file; another one is not read
 * @param product version of Tollgate that wrote it
 * @param schema of the database: the newest migration and its checksum
 * @param at when it was taken, ISO
 * @param keys fingerprints of the keys that it was written with, by version
 * @param signedWith version of the key that signs this
 * @param tables in the order in which they are restored
 */
record Manifest(int format, String product, String schema, String at, Map<Integer, String> keys, int signedWith,
		List<Entry> tables) {

	static final int FORMAT = 1;

	/**
	 * A table in the file.
	 *
	 * @param columns in the order of the cells
	 * @param sha256 of its lines
	 */
	record Entry(String table, List<String> columns, long rows, String sha256) {
	}

}
