package io.tollgate.extension;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** What a column of a file of extensions can mean. */
enum ImportColumn {

	/** FreePBX writes {@code extension}, Yeastar {@code Extension Number}. */
	NUMBER("extension", "extension number", "ext", "ext.", "number"),
	/** FreePBX. */
	NAME("name", "display name"),
	/** Yeastar. */
	FIRST_NAME("first name"),
	/** Yeastar. */
	LAST_NAME("last name"),
	/** Tollgate: a file of the whole fleet tells where each extension is. */
	PBX("pbx"),
	/** Tollgate and Yeastar, as all below. */
	INTERNATIONAL("disallow international calls"),
	/** No outbound calls at all. */
	OUTBOUND("disallow outbound calls"),
	/** None while the company is closed. */
	HOURS("disallow outbound calls outside business hours"),
	/** In seconds. */
	DURATION("max outbound call duration (s)", "max outbound call duration");

	private static final Map<String, ImportColumn> BY_NAME = new HashMap<>();

	static {
		for (var column : values()) {
			column.names.forEach((name) -> BY_NAME.put(name, column));
		}
	}

	private final Iterable<String> names;

	ImportColumn(String... names) {
		this.names = Stream.of(names).toList();
	}

	/**
	 * What a heading says.
	 * @param others headings in other languages, in small letters
	 * @return {@code null} for a column that is of no use here
	 */
	static @Nullable ImportColumn of(String heading, Map<String, ImportColumn> others) {
		var name = heading.strip().replaceAll("[\\s_]+", " ").toLowerCase(Locale.ROOT);
		var column = BY_NAME.get(name);
		return (column != null) ? column : others.get(name);
	}

}
