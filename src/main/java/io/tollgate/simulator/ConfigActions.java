package io.tollgate.simulator;

import java.util.regex.Pattern;

import io.tollgate.simulator.ConfigFile.BrokenConfigException;
import io.tollgate.simulator.ConfigFile.Category;
import org.jspecify.annotations.Nullable;

/** The actions on configuration files, and the reload that makes them count. */
final class ConfigActions {

	private static final String PJSIP = "pjsip.conf";

	private ConfigActions() {
	}

	static void createConfig(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		var name = request.header("Filename");
		if (name.isEmpty()) {
			reply.error("Filename not specified");
		}
		else if (name.startsWith("/") || name.contains("..")) {
			reply.error("File requires escalated privileges");
		}
		else if (name.contains("/")) {
			reply.error("No such file or directory");
		}
		else if (machine.files().text(name) != null) {
			reply.error("File exists");
		}
		else {
			machine.files().write(name, "");
			machine.changed();
			reply.success("New configuration file created successfully");
		}
	}

	static void getConfig(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		var file = open(machine, request, reply);
		if (file != null) {
			list(file, request.header("Category"), reply.response("Success"));
			reply.end();
		}
	}

	static void listCategories(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		var file = open(machine, request, reply);
		if (file == null) {
			return;
		}
		reply.response("Success");
		int number = 0;
		for (var category : file.categories()) {
			if (!category.name.isEmpty()) {
				reply.header("Category-%06d".formatted(number++), category.name);
			}
		}
		if (number == 0) {
			reply.header("Error", "no categories found");
		}
		reply.end();
	}

	/** Its endpoints, those that the request filters for. */
	private static ConfigFile pjsip(Machine machine, AmiRequest request) {
		var file = new ConfigFile();
		machine.endpoints().forEach((endpoint) -> endpoint.write(file));
		for (var condition : request.header("Filter").split(",")) {
			int equals = condition.indexOf('=');
			if (equals > 0) {
				var value = Pattern.compile(condition.substring(equals + 1));
				file.categories()
					.removeIf((category) -> category.entries.stream()
						.noneMatch((entry) -> entry.name().equals(condition.substring(0, equals))
								&& value.matcher(entry.value()).find()));
			}
		}
		return file;
	}

	/** The file that is asked for; {@code null} after an answer that says why not. */
	private static @Nullable ConfigFile open(Machine machine, AmiRequest request, Reply reply) {
		var name = request.header("Filename");
		if (name.isEmpty()) {
			reply.error("Filename not specified");
			return null;
		}
		try {
			var file = name.equals(PJSIP) ? pjsip(machine, request) : ConfigFiles.load(machine.files().all(), name);
			if (file == null) {
				reply.error("Config file not found");
			}
			return file;
		}
		catch (BrokenConfigException ex) {
			reply.error("Config file has invalid format");
			return null;
		}
	}

	static void updateConfig(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		updateConfig(machine, request, reply, ConfigChange.steps(request));
	}

	/** Saves after that many steps. A step that is refused leaves the file as it was. */
	static void updateConfig(Machine machine, AmiRequest request, Reply reply, int steps) {
		var source = request.header("SrcFilename");
		var target = request.header("DstFilename");
		if (source.isEmpty() || target.isEmpty()) {
			reply.error("Filename not specified");
			return;
		}
		var text = machine.files().text(source);
		if (text == null || machine.files().text(target) == null) {
			reply.error("File requires escalated " + (machine.is16() ? "priveledges" : "privileges"));
			return;
		}
		try {
			var file = ConfigFile.parse(text);
			var refusal = new ConfigChange(request, file).apply(steps);
			if (refusal != null) {
				reply.error(refusal);
				return;
			}
			machine.files().write(target, file.text());
			machine.changed();
			reloadIfAsked(machine, request.header("Reload"));
			reply.response("Success").end();
		}
		catch (BrokenConfigException ex) {
			reply.error("Config file has invalid format");
		}
	}

	static void reload(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		var module = request.header("Module");
		if (!module.isEmpty() && !isDialplan(module)) {
			reply.error("No such module");
		}
		else if (machine.reload() || module.isEmpty()) {
			reply.success("Module Reloaded");
		}
		else {
			reply.error("An unknown error occurred");
		}
	}

	private static void list(ConfigFile file, String only, Reply reply) {
		int number = 0;
		for (var category : file.categories()) {
			if (!category.name.isEmpty() && (only.isEmpty() || only.equals(category.name))) {
				list(category, number++, reply);
			}
		}
		if (number == 0 && !only.isEmpty()) {
			reply.line("No categories found");
		}
	}

	private static void list(Category category, int number, Reply reply) {
		reply.header("Category-%06d".formatted(number), category.name);
		int line = 0;
		for (var entry : category.entries) {
			reply.header("Line-%06d-%06d".formatted(number, line++), entry.name() + "=" + entry.value());
		}
	}

	private static void reloadIfAsked(Machine machine, String what) {
		if (what.equalsIgnoreCase("yes") || what.equalsIgnoreCase("true") || isDialplan(what)) {
			machine.reload();
		}
	}

	private static boolean isDialplan(String module) {
		return module.equals("pbx_config.so") || module.equals("pbx_config");
	}

}
