package io.tollgate.simulator;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** A file in Asterisk's configuration format: categories of variables. */
final class ConfigFile {

	private final List<Category> categories = new ArrayList<>();

	static ConfigFile parse(String text) throws BrokenConfigException {
		var file = new ConfigFile();
		int number = 0;
		for (var raw : text.split("\n", -1)) {
			number++;
			var line = withoutComment(raw).strip();
			if (!line.isEmpty()) {
				file.parseLine(line, number);
			}
		}
		return file;
	}

	List<Category> categories() {
		return this.categories;
	}

	@Nullable Category category(String name) {
		return this.categories.stream().filter((category) -> category.name.equals(name)).findFirst().orElse(null);
	}

	/** The last category, or a nameless one at the top of the file. */
	Category current() {
		return this.categories.isEmpty() ? add("") : this.categories.getLast();
	}

	Category add(String name) {
		var category = new Category(name);
		this.categories.add(category);
		return category;
	}

	/** The text that Asterisk writes when it saves the file. */
	String text() {
		var text = new StringBuilder();
		for (var category : this.categories) {
			if (!category.name.isEmpty()) {
				text.append('[').append(category.name).append("]\n");
			}
			for (var entry : category.entries) {
				text.append(entry.text()).append('\n');
			}
		}
		return text.toString();
	}

	private void parseLine(String line, int number) throws BrokenConfigException {
		if (line.startsWith("[")) {
			int end = line.indexOf(']');
			if (end < 0) {
				throw new BrokenConfigException("no closing ']', line " + number, this);
			}
			add(line.substring(1, end));
		}
		else if (line.startsWith("#")) {
			int blank = line.indexOf(' ');
			if (blank > 0) {
				current().entries.add(new Entry(line.substring(0, blank),
						line.substring(blank + 1).strip().replace("\"", ""), false));
			}
		}
		else {
			parseVariable(line);
		}
	}

	/** A line without an equals sign only reaches the log of a real one. */
	private void parseVariable(String line) {
		int equals = line.indexOf('=');
		if (equals > 0) {
			boolean object = line.startsWith("=>", equals);
			current().entries.add(new Entry(line.substring(0, equals).strip(),
					line.substring(equals + (object ? 2 : 1)).strip(), object));
		}
	}

	private static String withoutComment(String line) {
		var kept = new StringBuilder(line.length());
		for (int i = 0; i < line.length(); i++) {
			char c = line.charAt(i);
			if (c == '\\' && i + 1 < line.length() && line.charAt(i + 1) == ';') {
				kept.append(';');
				i++;
			}
			else if (c == ';') {
				break;
			}
			else {
				kept.append(c);
			}
		}
		return kept.toString();
	}

	/** A named part of a file. */
	static final class Category {

		String name;

		final List<Entry> entries = new ArrayList<>();

		Category(String name) {
			this.name = name;
		}

	}

	/**
	 * One line of a category.
	 *
	 * @param name the variable, or {@code #include} or {@code #tryinclude}
	 * @param value its value, unescaped
	 * @param object whether it is written with {@code =>}
	 */
	record Entry(String name, String value, boolean object) {

		boolean isInclude() {
			return this.name.equals("#include") || this.name.equals("#tryinclude");
		}

		private String text() {
			if (this.name.startsWith("#")) {
				return this.name + " \"" + this.value + '"';
			}
			return this.name + (this.object ? " => " : " = ") + this.value.replace(";", "\\;");
		}

	}

	/** The file cannot be read on from some line. */
	static final class BrokenConfigException extends Exception {

		private final transient ConfigFile upTo;

		BrokenConfigException(String message, ConfigFile upTo) {
			super(message);
			this.upTo = upTo;
		}

		/** What stood before the broken line. */
		ConfigFile upTo() {
			return this.upTo;
		}

	}

}
