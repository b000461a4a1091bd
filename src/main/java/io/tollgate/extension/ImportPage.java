package io.tollgate.extension;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a file would do, as it is shown.
 *
 * @param columns the headings that are read, in words
 * @param work how many extensions would be set up or changed
 * @param show the chip, empty for all
 * @param total rows that it shows, on all pages
 */
record ImportPage(UUID id, String pbx, int rows, String columns, int ignored, String charset, int work, String show,
		List<Chip> chips, List<Row> shown, int page, int total, @Nullable String previous, @Nullable String next) {

	static final int SIZE = 50;

	/**
	 * Rows of one kind.
	 *
	 * @param show its word, empty for all
	 */
	record Chip(String show, int count, boolean current, String url) {
	}

	/**
	 * A row of the file.
	 *
	 * @param verdict its word
	 * @param words what it would change, or why it cannot be used
	 */
	record Row(int line, String number, String name, String verdict, List<String> words) {
	}

}
