package io.tollgate.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A loaded dialplan.
 *
 * @param contexts by name, in the order of their first appearance
 * @param globals the global variables
 */
record Dialplan(SequencedMap<String, Context> contexts, Map<String, String> globals) {

	static final Dialplan EMPTY = new Dialplan(new LinkedHashMap<>(), Map.of());

	private static final Pattern PRIORITY = Pattern.compile("(?<number>\\d{1,6}|n|hint)(?:\\((?<label>[^)]*)\\))?");

	private static final Pattern APPLICATION = Pattern.compile("(?<name>[^(]*)(?:\\((?<data>.*)\\)[^)]*)?");

	/**
	 * Lines that make no sense only reach the log of a real one: they are passed over.
	 */
	static Dialplan of(ConfigFile file) {
		var contexts = new LinkedHashMap<String, Context>();
		var globals = new TreeMap<String, String>();
		for (var category : file.categories()) {
			if (category.name.equals("globals")) {
				category.entries.forEach((entry) -> globals.put(entry.name(), entry.value()));
			}
			if (category.name.isEmpty() || category.name.equals("general") || category.name.equals("globals")) {
				continue;
			}
			var context = contexts.computeIfAbsent(category.name, (name) -> new Context());
			var loader = new Loader(context);
			category.entries.forEach((entry) -> loader.load(entry.name(), entry.value()));
		}
		return new Dialplan(contexts, globals);
	}

	/** By context, each step and each include as a line of text. */
	SortedMap<String, List<String>> lines() {
		var lines = new TreeMap<String, List<String>>();
		this.contexts.forEach((name, context) -> lines.put(name, context.lines()));
		return lines;
	}

	/**
	 * One context.
	 *
	 * @param extensions the steps of each extension by priority; a hint is priority 0
	 * @param includes names of included contexts, in order
	 * @param switches other places that are asked for extensions, in order
	 */
	record Context(SortedMap<String, SortedMap<Integer, Step>> extensions, List<String> includes,
			List<String> switches) {

		Context() {
			this(new TreeMap<>(ExtensionPattern.ORDER), new ArrayList<>(), new ArrayList<>());
		}

		private List<String> lines() {
			var lines = new ArrayList<String>();
			this.extensions.forEach((extension,
					steps) -> steps.forEach((priority,
							step) -> lines.add(extension + "," + ((priority == 0) ? "hint" : priority)
									+ ((step.label() != null) ? "(" + step.label() + ")" : "") + ","
									+ step.application() + "(" + step.data() + ")")));
			for (int i = 1; i <= this.includes.size(); i++) {
				lines.add("include " + i + " " + this.includes.get(i - 1));
			}
			this.switches.forEach((other) -> lines.add("switch " + other));
			return lines;
		}

		/** Its extensions that a dialled number would find; all when it is empty. */
		Map<String, SortedMap<Integer, Step>> matching(String dialled) {
			if (dialled.isEmpty()) {
				return this.extensions;
			}
			var found = new LinkedHashMap<String, SortedMap<Integer, Step>>();
			this.extensions.forEach((name, steps) -> {
				if (ExtensionPattern.matches(name, dialled)) {
					found.put(name, steps);
				}
			});
			return found;
		}

	}

	/**
	 * One priority of an extension.
	 *
	 * @param application the application, or the devices of a hint
	 */
	record Step(@Nullable String label, String application, String data) {
	}

	private static final class Loader {

		private final Context context;

		private @Nullable String lastExtension;

		private int lastPriority;

		Loader(Context context) {
			this.context = context;
		}

		private void load(String name, String value) {
			switch (name) {
				case "exten" -> {
					var parts = value.split("\\s*,\\s*", 2);
					if (parts.length == 2) {
						this.lastExtension = parts[0];
						step(parts[0], parts[1]);
					}
				}
				case "same" -> {
					if (this.lastExtension != null) {
						step(this.lastExtension, value);
					}
				}
				case "include" -> this.context.includes().add(value);
				case "switch" -> this.context.switches().add(value);
				default -> {
				}
			}
		}

		private void step(String extension, String rest) {
			var parts = rest.split("\\s*,\\s*", 2);
			var priority = PRIORITY.matcher(parts[0]);
			var application = APPLICATION.matcher((parts.length == 2) ? parts[1] : "");
			if (parts.length < 2 || !priority.matches() || !application.matches()) {
				return;
			}
			var data = application.group("data");
			put(extension, priority.group("number"), new Step(priority.group("label"),
					application.group("name").strip(), (data != null) ? data.strip() : ""));
		}

		private void put(String extension, String priority, Step step) {
			int number = switch (priority) {
				case "hint" -> 0;
				case "n" -> this.lastPriority + 1;
				default -> Integer.parseInt(priority);
			};
			if (number > 0) {
				this.lastPriority = number;
			}
			this.context.extensions().computeIfAbsent(extension, (name) -> new TreeMap<>()).putIfAbsent(number, step);
		}

	}

}
