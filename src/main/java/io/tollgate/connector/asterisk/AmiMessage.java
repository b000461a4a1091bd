package io.tollgate.connector.asterisk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A response or an event as it came: header names are not case-sensitive, order kept.
 *
 * @param names the header names
 * @param values the value of each
 */
record AmiMessage(List<String> names, List<String> values) {

	@Nullable String find(String name) {
		for (int i = 0; i < this.names.size(); i++) {
			if (this.names.get(i).equalsIgnoreCase(name)) {
				return this.values.get(i);
			}
		}
		return null;
	}

	String get(String name) {
		var value = find(name);
		return (value != null) ? value : "";
	}

	boolean has(String name) {
		return find(name) != null;
	}

	/** The lines of each category, of an answer to {@code GetConfig}, in its order. */
	Map<String, List<String>> categories() {
		var categories = new LinkedHashMap<String, List<String>>();
		List<String> current = null;
		for (int i = 0; i < this.names.size(); i++) {
			var name = this.names.get(i);
			if (name.startsWith("Category-")) {
				current = categories.computeIfAbsent(this.values.get(i), (key) -> new ArrayList<>());
			}
			else if (current != null && name.startsWith("Line-")) {
				current.add(this.values.get(i));
			}
		}
		return categories;
	}

}
