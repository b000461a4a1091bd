package io.tollgate.api;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One wrong part of a request.
 *
 * @param path where it is in the JSON, a pointer as in RFC 6901; empty for all of it
 * @param message what is wrong with it
 */
public record Wrong(String path, String message) {

	private static final Pattern PART = Pattern.compile("[^.\\[\\]]+");

	/** Of a field as it is called in Java: {@code countries[0].code}. */
	static Wrong of(String field, String message) {
		return new Wrong(pointer(PART.matcher(field).results().map((part) -> part.group()).toList()), message);
	}

	/** {@code /countries/0/code}. */
	static String pointer(List<String> parts) {
		var pointer = new StringBuilder();
		for (var part : parts) {
			pointer.append('/').append(part.replace("~", "~0").replace("/", "~1"));
		}
		return pointer.toString();
	}

}
