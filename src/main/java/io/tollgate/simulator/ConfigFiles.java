package io.tollgate.simulator;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.tollgate.simulator.ConfigFile.BrokenConfigException;
import org.jspecify.annotations.Nullable;

/** The configuration directory: flat files by name. */
final class ConfigFiles {

	static final String DIALPLAN = "extensions.conf";

	private static final int MAX_INCLUDES = 10;

	private final TreeMap<String, String> texts = new TreeMap<>();

	ConfigFiles(Map<String, String> texts) {
		this.texts.putAll(texts);
	}

	synchronized @Nullable String text(String name) {
		return this.texts.get(name);
	}

	synchronized void write(String name, String text) {
		this.texts.put(name, text);
	}

	synchronized void remove(String name) {
		this.texts.remove(name);
	}

	synchronized SortedMap<String, String> all() {
		return new TreeMap<>(this.texts);
	}

	synchronized void replace(Map<String, String> all) {
		this.texts.clear();
		this.texts.putAll(all);
	}

	/**
	 * Reads a file with what it includes. A missing or broken included file is passed
	 * over, as far as it is broken.
	 * @return {@code null} when there is no such file
	 * @throws BrokenConfigException when the file itself is broken
	 */
	static @Nullable ConfigFile load(Map<String, String> texts, String name) throws BrokenConfigException {
		var text = texts.get(name);
		if (text == null) {
			return null;
		}
		var whole = new ConfigFile();
		expand(texts, ConfigFile.parse(text), whole, 0);
		return whole;
	}

	private static void expand(Map<String, String> texts, ConfigFile file, ConfigFile whole, int depth) {
		for (var category : file.categories()) {
			if (!category.name.isEmpty()) {
				whole.add(category.name);
			}
			for (var entry : category.entries) {
				if (entry.isInclude()) {
					include(texts, entry.value(), whole, depth + 1);
				}
				else {
					whole.current().entries.add(entry);
				}
			}
		}
	}

	/** A name with a star stands for all files that fit, in the order of their names. */
	private static void include(Map<String, String> texts, String name, ConfigFile whole, int depth) {
		if (name.contains("*")) {
			var fits = Pattern.compile(Pattern.quote(name).replace("*", "\\E.*\\Q"));
			for (var file : new TreeMap<>(texts).keySet()) {
				if (fits.matcher(file).matches()) {
					include(texts, file, whole, depth);
				}
			}
			return;
		}
		var text = texts.get(name);
		if (text == null || depth > MAX_INCLUDES) {
			return;
		}
		ConfigFile file;
		try {
			file = ConfigFile.parse(text);
		}
		catch (BrokenConfigException ex) {
			file = ex.upTo();
		}
		expand(texts, file, whole, depth);
	}

}
