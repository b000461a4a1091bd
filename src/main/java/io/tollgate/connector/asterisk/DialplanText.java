package io.tollgate.connector.asterisk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A dialplan file: what is written into it, and what Asterisk makes of it. Knows just the
 * part of the language that our own files use.
 */
final class DialplanText {

	/** What our files hold, as {@code GetConfig} tells it. */
	private static final Pattern LINE = Pattern
		.compile("include=[^=]+|(?:exten=[^,]+,|same=)(?:n|\\d{1,6})(?:\\([^()]*\\))?,.+");

	private final Map<String, List<Line>> contexts = new LinkedHashMap<>();

	/** Starts a context, or goes on with one. */
	DialplanText context(String name) {
		this.contexts.computeIfAbsent(name, (key) -> new ArrayList<>());
		return this;
	}

	DialplanText line(String context, String variable, String value) {
		context(context).contexts.getOrDefault(context, new ArrayList<>()).add(new Line(variable, value));
		return this;
	}

	/**
	 * Goes on with what a PBX has in a file.
	 * @param file the answer to {@code GetConfig}
	 * @return whether all of it could be read
	 */
	boolean add(AmiMessage file) {
		var categories = file.categories();
		if (!categories.values().stream().flatMap(List::stream).allMatch((line) -> LINE.matcher(line).matches())) {
			return false;
		}
		categories.forEach((context, lines) -> {
			context(context);
			lines.forEach((line) -> {
				int equals = line.indexOf('=');
				line(context, line.substring(0, equals), line.substring(equals + 1));
			});
		});
		return true;
	}

	/** Goes on with a context as {@link #steps} tells it. */
	void add(String context, List<String> steps) {
		context(context);
		for (var step : steps) {
			boolean includes = step.startsWith("include ");
			line(context, includes ? "include" : "exten", includes ? step.split(" ", 3)[2] : step);
		}
	}

	/** Reads a file; comments are left out. */
	static DialplanText parse(String text) {
		var file = new DialplanText();
		var context = "";
		for (var raw : text.lines().toList()) {
			var line = withoutComment(raw).strip();
			if (line.startsWith("[") && line.endsWith("]")) {
				context = line.substring(1, line.length() - 1);
				file.context(context);
			}
			else if (!line.isEmpty()) {
				int arrow = line.indexOf("=>");
				if (arrow < 0 || context.isEmpty()) {
					throw new IllegalArgumentException("not a dialplan line: " + line);
				}
				file.line(context, line.substring(0, arrow).strip(), line.substring(arrow + 2).strip());
			}
		}
		return file;
	}

	/** A semicolon starts a comment unless a backslash precedes it. */
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

	List<String> contextNames() {
		return List.copyOf(this.contexts.keySet());
	}

	/** Lines, each context's head among them. */
	int size() {
		return this.contexts.values().stream().mapToInt((lines) -> lines.size() + 1).sum();
	}

	/**
	 * The same text in pieces of at most that many lines. A context may go on in the next
	 * piece, except the first one: that stays whole.
	 */
	List<DialplanText> pieces(int most) {
		var pieces = new ArrayList<DialplanText>();
		var piece = new DialplanText();
		boolean first = true;
		for (var context : this.contexts.entrySet()) {
			piece.context(context.getKey());
			for (var line : context.getValue()) {
				// a step without its extension before it would belong to nothing
				if (!first && piece.size() >= most && !"same".equals(line.variable())) {
					pieces.add(piece);
					piece = new DialplanText();
				}
				piece.line(context.getKey(), line.variable(), line.value());
			}
			first = false;
		}
		pieces.add(piece);
		return pieces;
	}

	/** The edits that write all of it into an empty file, in its order. */
	List<AmiAction.Edit> edits() {
		var edits = new ArrayList<AmiAction.Edit>();
		this.contexts.forEach((context, lines) -> {
			edits.add(AmiAction.Edit.newContext(context));
			lines.forEach((line) -> edits.add(AmiAction.Edit.append(context, line.variable(), line.value())));
		});
		return edits;
	}

	/** The file as a person would write it. */
	String text() {
		var text = new StringBuilder();
		this.contexts.forEach((context, lines) -> {
			text.append('[').append(context).append("]\n");
			lines.forEach((line) -> text.append(line.variable())
				.append(" => ")
				.append(line.value().replace(";", "\\;"))
				.append('\n'));
		});
		return text.toString();
	}

	/**
	 * A context as {@code ShowDialPlan} will tell it: one string for each priority and
	 * include, in {@link #step} and {@link #include} form.
	 */
	List<String> steps(String context) {
		var steps = new ArrayList<String>();
		var extension = "";
		int priority = 0;
		int includes = 0;
		for (var line : this.contexts.getOrDefault(context, List.of())) {
			if ("include".equals(line.variable())) {
				steps.add(include(++includes, line.value()));
				continue;
			}
			var rest = line.value();
			if ("exten".equals(line.variable())) {
				int comma = rest.indexOf(',');
				extension = rest.substring(0, comma).strip();
				rest = rest.substring(comma + 1);
			}
			int comma = rest.indexOf(',');
			var number = rest.substring(0, comma).strip();
			var label = "";
			if (number.endsWith(")")) {
				label = number.substring(number.indexOf('(') + 1, number.length() - 1);
				number = number.substring(0, number.indexOf('('));
			}
			priority = "n".equals(number) ? priority + 1 : Integer.parseInt(number);
			steps.add(step(extension, Integer.toString(priority), label, rest.substring(comma + 1).strip()));
		}
		return steps;
	}

	private static String step(String extension, String priority, String label, String call) {
		int bracket = call.indexOf('(');
		var application = (bracket < 0) ? call : call.substring(0, bracket);
		var data = (bracket < 0) ? ""
				: call.substring(bracket + 1, call.endsWith(")") ? call.length() - 1 : call.length());
		return step(extension, priority, label, application, data);
	}

	static String step(String extension, String priority, String label, String application, String data) {
		return extension + "," + priority + (label.isEmpty() ? "" : "(" + label + ")") + "," + application + "(" + data
				+ ")";
	}

	static String include(int number, String context) {
		return "include " + number + " " + context;
	}

	/**
	 * A context as the PBX tells it, in the form of {@link #steps}.
	 * @param reply the answer to {@code ShowDialPlan} for one context
	 */
	static List<String> steps(AmiReply reply) {
		return steps(reply.events());
	}

	static List<String> steps(List<AmiMessage> events) {
		var steps = new ArrayList<String>();
		int includes = 0;
		for (var event : events) {
			var include = event.find("IncludeContext");
			if (include != null) {
				steps.add(include(++includes, include));
			}
			else if (event.has("Extension")) {
				steps.add(step(event.get("Extension"), event.get("Priority"), event.get("ExtensionLabel"),
						event.get("Application"), event.get("AppData")));
			}
			else {
				// a switch, an ignore pattern: nothing that we would have written
				steps.add(String.join(" ", event.values()));
			}
		}
		return steps;
	}

	/** One line of a context. */
	record Line(String variable, String value) {
	}

}
