package io.tollgate.numbering;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the tables that are compiled into the jar. */
final class Tables {

	private Tables() {
	}

	/** The columns of each row; blank lines and lines that start with # are comments. */
	static List<String[]> rows(String name) {
		try (InputStream in = Tables.class.getResourceAsStream("/numbering/" + name)) {
			if (in == null) {
				throw new IllegalStateException("the jar lacks numbering/" + name);
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.isBlank() && !line.startsWith("#"))
				.map((line) -> line.split("\t", -1))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The values of a cell: divided by commas, {@code -} for none. */
	static List<String> list(String cell) {
		return cell.equals("-") ? List.of() : List.of(cell.split(","));
	}

}
