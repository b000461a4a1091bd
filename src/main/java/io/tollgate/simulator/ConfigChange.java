package io.tollgate.simulator;

import java.util.List;
import java.util.Locale;

import io.tollgate.simulator.ConfigFile.Category;
import io.tollgate.simulator.ConfigFile.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The numbered steps of one {@code UpdateConfig}. Steps are counted from
 * {@code Action-000000}; the first number that is missing ends them, and whatever stands
 * behind the gap is ignored without a word.
 */
final class ConfigChange {

	private static final String BAD_ARGUMENT = "Problem with category, value, or line (if required)";

	private final AmiRequest request;

	private final ConfigFile file;

	ConfigChange(AmiRequest request, ConfigFile file) {
		this.request = request;
		this.file = file;
	}

	static int steps(AmiRequest request) {
		int steps = 0;
		while (!argument(request, "Action", steps).isEmpty()) {
			steps++;
		}
		return steps;
	}

	/**
	 * Changes the file in memory.
	 * @param steps how many of the steps to take
	 * @return the refusal of the first step that could not be taken, {@code null} when
	 * all could
	 */
	@Nullable String apply(int steps) {
		for (int step = 0; step < steps; step++) {
			var refusal = apply(argument(this.request, "Action", step).toLowerCase(Locale.ROOT),
					new Arguments(argument(this.request, "Cat", step), argument(this.request, "Var", step),
							argument(this.request, "Value", step), argument(this.request, "Match", step)));
			if (refusal != null) {
				return refusal;
			}
		}
		return null;
	}

	private static String argument(AmiRequest request, String name, int step) {
		return request.header("%s-%06d".formatted(name, step));
	}

	private @Nullable String apply(String verb, Arguments arguments) {
		if (!List.of("newcat", "renamecat", "delcat", "emptycat", "update", "delete", "append").contains(verb)) {
			return "Unknown action command";
		}
		if (arguments.category.isEmpty()) {
			return "Category not specified";
		}
		var category = this.file.category(arguments.category);
		if (verb.equals("newcat")) {
			if (category != null) {
				return "Create category did not complete successfully";
			}
			this.file.add(arguments.category);
			return null;
		}
		return (category != null) ? change(verb, category, arguments) : "Given category does not exist";
	}

	private @Nullable String change(String verb, Category category, Arguments arguments) {
		return switch (verb) {
			case "renamecat" -> rename(category, arguments);
			case "delcat" -> {
				this.file.categories().remove(category);
				yield null;
			}
			case "emptycat" -> {
				category.entries.clear();
				yield null;
			}
			case "append" -> append(category, arguments);
			case "update" -> update(category, arguments);
			default -> delete(category, arguments);
		};
	}

	private @Nullable String rename(Category category, Arguments arguments) {
		if (arguments.value.isEmpty()) {
			return BAD_ARGUMENT;
		}
		category.name = arguments.value;
		return null;
	}

	private @Nullable String append(Category category, Arguments arguments) {
		if (arguments.variable.isEmpty()) {
			return BAD_ARGUMENT;
		}
		category.entries.add(arguments.entry());
		return null;
	}

	private @Nullable String update(Category category, Arguments arguments) {
		if (arguments.variable.isEmpty()) {
			return BAD_ARGUMENT;
		}
		for (int i = 0; i < category.entries.size(); i++) {
			if (arguments.means(category.entries.get(i))) {
				category.entries.set(i, arguments.entry());
				return null;
			}
		}
		return "Update did not complete successfully";
	}

	private @Nullable String delete(Category category, Arguments arguments) {
		if (arguments.variable.isEmpty()) {
			return BAD_ARGUMENT;
		}
		return category.entries.removeIf(arguments::means) ? null : "Update did not complete successfully";
	}

	private record Arguments(String category, String variable, String value, String match) {

		/** A value that begins with {@code >} is written with {@code =>}. */
		private Entry entry() {
			boolean object = this.value.startsWith(">");
			return new Entry(this.variable, object ? this.value.substring(1) : this.value, object);
		}

		private boolean means(Entry entry) {
			return entry.name().equals(this.variable) && (this.match.isEmpty() || entry.value().equals(this.match));
		}

	}

}
