package io.tollgate.connector.asterisk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.tollgate.connector.asterisk.LoadedDialplan.Step;

/**
 * What a step of a dialplan does with a call, as far as it can be told from its text:
 * where the call goes on, what is dialled. Everything that is not known to be harmless is
 * {@link Effect.Unknown}.
 */
final class Applications {

	/** Neither dial nor leave the dialplan. */
	private static final Set<String> HARMLESS = Set.of("", "answer", "hangup", "noop", "verbose", "log", "wait",
			"waitforsilence", "waitfornoise", "waitdigit", "waituntil", "progress", "proceeding", "ringing", "busy",
			"congestion", "playback", "controlplayback", "playtones", "stopplaytones", "musiconhold",
			"startmusiconhold", "stopmusiconhold", "setmusiconhold", "milliwatt", "echo", "morsecode", "festival",
			"saydigits", "saynumber", "sayalpha", "sayalphacase", "sayphonetic", "sayunixtime", "saycounted",
			"datetime", "userevent", "return", "stackpop", "macroexit", "while", "endwhile", "exitwhile",
			"continuewhile", "if", "elseif", "else", "endif", "exitif", "read", "readexten", "sendtext", "senddtmf",
			"senddtmfstring", "sendimage", "sendurl", "receivetext", "resetcdr", "forkcdr", "nocdr", "celgenuserevent",
			"authenticate", "vmauthenticate", "vmsayname", "mailboxexists", "record", "mixmonitor", "stopmixmonitor",
			"monitor", "stopmonitor", "pausemonitor", "unpausemonitor", "changemonitor", "meetmecount", "pickup",
			"pickupchan", "parkedcall", "chanisavail", "setcallerpres", "setcallingpres", "setcidname", "setcidnum",
			"setamaflags", "transfer", "incomplete", "sipaddheader", "sipremoveheader", "sipdtmfmode", "amd",
			"backgrounddetect", "sms", "zapateller", "dictate", "directed_pickup", "addqueuemember",
			"removequeuemember", "pausequeuemember", "unpausequeuemember", "queuelog", "queuewaitcount", "softhangup",
			"jackhook", "flash", "bridgewait", "bridge", "testclient", "testserver", "waitforring", "raiseexception",
			"signal", "waitforsignal", "storedtmf", "dumpchan", "clearhash");

	/**
	 * What a variable means to Asterisk: where a transferred or forwarded call goes on,
	 * or one whose caller dials a digit while waiting.
	 */
	private static final Set<String> CONTEXTS = Set.of("TRANSFER_CONTEXT", "FORWARD_CONTEXT", "EXITCONTEXT");

	private static final Set<String> PLACES = Set.of("GOTO_ON_BLINDXFR", "CHANNEL(AFTER_BRIDGE_GOTO)",
			"CHANNEL(HANGUP_HANDLER_PUSH)", "CHANNEL(HANGUP_HANDLER_WIPE)");

	/** The guard judges who they say. */
	private static final Set<String> IDENTITIES = Set.of("BLINDTRANSFER", "FORWARDERNAME");

	/**
	 * Variables that change where calls go or who answers for them, wherever they are
	 * set.
	 */
	static final List<String> VARIABLES = List.of("TRANSFER_CONTEXT", "FORWARD_CONTEXT", "GOTO_ON_BLINDXFR",
			"BLINDTRANSFER", "FORWARDERNAME", "DYNAMIC_FEATURES", "EXITCONTEXT");

	private static final Pattern DIALLED = Pattern.compile("\\$\\{EXTEN(:-?[0-9]+){0,2}}");

	private static final Pattern FILTERED = Pattern
		.compile("\\$\\{FILTER\\([0-9*#+-]+,\\$\\{EXTEN(:-?[0-9]+){0,2}}\\)}");

	/** Nobody writes a longer line, and nothing here should have to take it apart. */
	private static final int LONGEST = 2_000;

	/** Options of Dial that run a part of the dialplan. */
	private static final Pattern DIAL_OPTION = Pattern
		.compile("(?<letter>[FGUMbBA])\\((?<place>(?:[^()]|\\([^()]*\\))*)\\)");

	private static final Pattern EXIT_OPTION = Pattern.compile("d\\((?<context>[^()]*)\\)");

	private static final Pattern PARK_OPTION = Pattern.compile("c\\((?<place>(?:[^()]|\\([^()]*\\))*)\\)");

	private static final Pattern DIAL_ARGUMENT = Pattern.compile("\\w\\((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\)");

	private final List<Effect> effects = new ArrayList<>();

	private final boolean plain;

	private Applications(boolean plain) {
		this.plain = plain;
	}

	/**
	 * What one step does.
	 * @param plain whether its extension takes nothing but a fixed number of digits and
	 * the like, so that <code>${EXTEN}</code> cannot hold a comma or an @
	 */
	static List<Effect> effects(Step step, boolean plain) {
		var applications = new Applications(plain);
		if (step.data().length() > LONGEST) {
			applications.unknown(step.application(), step.data());
			return applications.effects;
		}
		applications.application(step.application(), step.data());
		return applications.effects;
	}

	private void application(String name, String data) {
		var lower = name.strip().toLowerCase(Locale.ROOT);
		if (HARMLESS.contains(lower)) {
			return;
		}
		var arguments = split(data, ',');
		switch (lower) {
			case "goto", "gosub" -> jump(arguments, name, data);
			case "gotoif", "gotoiftime", "gosubif" -> branches(data).forEach((branch) -> {
				if (!branch.isEmpty()) {
					jump(split(branch, ','), name, data);
				}
			});
			case "execif", "execiftime" -> branches(data).forEach(this::nested);
			case "exec", "tryexec" -> nested(data);
			case "macro" -> go("macro-" + arguments.getFirst(), "s", "1", name, data);
			case "macroif" -> branches(data).forEach((branch) -> {
				if (!branch.isEmpty()) {
					go("macro-" + split(branch, ',').getFirst(), "s", "1", name, data);
				}
			});
			case "dial" -> dial(arguments.getFirst(), argument(arguments, 2), data);
			// its option d is another one
			case "page" -> dial(arguments.getFirst(),
					letters(argument(arguments, 1)).replace("d", "") + arguments(argument(arguments, 1)), data);
			case "retrydial" -> dial(argument(arguments, 3), argument(arguments, 5), data);
			case "originate" -> originate(arguments, data);
			case "background", "waitexten" -> {
				var context = argument(arguments, 3);
				go((lower.equals("background") && !context.isEmpty()) ? context : "", Effect.ANY, "1", name, data);
			}
			case "voicemail" -> {
				go("", "o", "1", name, data);
				go("", "a", "1", name, data);
				exit(argument(arguments, 1), name, data);
			}
			case "park" -> park(argument(arguments, 1), data);
			case "disa" -> disa(arguments, data);
			case "directory" -> {
				var context = argument(arguments, 1).isEmpty() ? arguments.getFirst() : argument(arguments, 1);
				go(context, Effect.ANY, "1", name, data);
			}
			case "set" -> variable(data);
			case "mset" -> arguments.forEach(this::variable);
			case "dbdel", "dbdeltree" -> {
				if (isOurs(arguments.getFirst())) {
					unknown(name, data);
				}
			}
			default -> unknown(name, data);
		}
	}

	private static String argument(List<String> arguments, int index) {
		return (index < arguments.size()) ? arguments.get(index).strip() : "";
	}

	private void unknown(String name, String data) {
		this.effects.add(new Effect.Unknown(name + "(" + data + ")"));
	}

	/** An application with its data, {@code Dial(PJSIP/1001)}. */
	private void nested(String call) {
		int bracket = call.indexOf('(');
		if (bracket < 0) {
			application(call, "");
		}
		else {
			int end = call.lastIndexOf(')');
			application(call.substring(0, bracket), call.substring(bracket + 1, (end > bracket) ? end : call.length()));
		}
	}

	/** Priority; extension and priority; or context, extension and priority. */
	private void jump(List<String> place, String name, String data) {
		var last = place.getLast().strip();
		int bracket = last.indexOf('(');
		var priority = (bracket > 0 && !last.startsWith("$")) ? last.substring(0, bracket) : last;
		switch (place.size()) {
			case 1 -> {
				// a variable alone may hold all three
				if (priority.contains("${")) {
					unknown(name, data);
				}
				else if (priority.matches("[A-Za-z0-9_].*")) {
					this.effects.add(new Effect.Jump("", Effect.SAME, priority));
				}
			}
			case 2 -> {
				// what was dialled could hold a comma, and with it a context
				if (isPlain(place.getFirst(), this.plain)) {
					go("", place.getFirst().strip(), priority, name, data);
				}
				else {
					unknown(name, data);
				}
			}
			default -> go(place.getFirst().strip(), place.get(1).strip(), priority, name, data);
		}
	}

	/** Whether a text with variables can hold nothing but digits and the like. */
	static boolean isPlain(String text, boolean plainExtension) {
		var rest = FILTERED.matcher(text).replaceAll("");
		if (plainExtension) {
			rest = DIALLED.matcher(rest).replaceAll("");
		}
		return !rest.contains("${");
	}

	private void go(String context, String extension, String priority, String name, String data) {
		if (context.contains("${") && !context.equals("${CONTEXT}")) {
			unknown(name, data);
			return;
		}
		this.effects.add(new Effect.Jump(context.startsWith("${") ? "" : context,
				(extension.contains("${") && !extension.equals(Effect.SAME)) ? Effect.ANY : extension, priority));
	}

	private void dial(String devices, String options, String data) {
		for (var device : split(devices, '&')) {
			if (!device.isBlank()) {
				this.effects.add(new Effect.Dial(device.strip()));
			}
		}
		var letters = letters(options);
		if (letters.contains("${")) {
			unknown("Dial", data);
		}
		if (letters.contains("d")) {
			go("", Effect.ANY, "1", "Dial", data);
		}
		var matcher = DIAL_OPTION.matcher(options);
		while (matcher.find()) {
			var place = List.of(matcher.group("place").split("\\^"));
			switch (matcher.group("letter")) {
				case "A" -> {
				}
				case "U" -> go(place.getFirst(), "s", "1", "Dial", data);
				case "M" -> go("macro-" + place.getFirst(), "s", "1", "Dial", data);
				default -> jump(place, "Dial", data);
			}
		}
	}

	/** Options without what stands in brackets behind them. */
	private static String letters(String options) {
		return DIAL_ARGUMENT.matcher(options).replaceAll("");
	}

	/** Those options that have something in brackets. */
	private static String arguments(String options) {
		return DIAL_ARGUMENT.matcher(options).results().map(MatchResult::group).collect(Collectors.joining());
	}

	/** Option d of a mailbox: the caller dials an extension instead of speaking. */
	private void exit(String options, String name, String data) {
		var matcher = EXIT_OPTION.matcher(options);
		if (letters(options).contains("${")) {
			unknown(name, data);
		}
		else if (matcher.find()) {
			go(matcher.group("context"), Effect.ANY, "1", name, data);
		}
		else if (letters(options).contains("d")) {
			go("", Effect.ANY, "1", name, data);
		}
	}

	/** Option c: where the call goes on when nobody takes it. */
	private void park(String options, String data) {
		var matcher = PARK_OPTION.matcher(options);
		if (letters(options).contains("${")) {
			unknown("Park", data);
		}
		else if (matcher.find()) {
			jump(split(matcher.group("place"), ','), "Park", data);
		}
	}

	/** What the guard judges by, or nobody can say. */
	private static boolean isOurs(String key) {
		var family = key.strip().toLowerCase(Locale.ROOT);
		return family.startsWith("tollgate") || family.startsWith("$");
	}

	private void originate(List<String> arguments, String data) {
		dial(arguments.getFirst(), "", data);
		var kind = argument(arguments, 1).toLowerCase(Locale.ROOT);
		if (kind.equals("exten")) {
			var extension = argument(arguments, 3);
			go(argument(arguments, 2), extension.isEmpty() ? "s" : extension, "1", "Originate", data);
		}
		else if (kind.equals("app")) {
			application(argument(arguments, 2), argument(arguments, 3));
		}
		else {
			unknown("Originate", data);
		}
	}

	/** Its first argument may also be a file with contexts in it. */
	private void disa(List<String> arguments, String data) {
		var code = arguments.getFirst().strip();
		if (code.equals("no-password") || code.matches("[0-9]+")) {
			var context = argument(arguments, 1);
			go(context.isEmpty() ? "disa" : context, Effect.ANY, "1", "DISA", data);
		}
		else {
			unknown("DISA", data);
		}
	}

	private void variable(String assignment) {
		int equals = assignment.indexOf('=');
		if (equals < 0) {
			return;
		}
		var name = assignment.substring(0, equals).strip().replaceFirst("^_{1,2}", "").toUpperCase(Locale.ROOT);
		var value = assignment.substring(equals + 1).strip();
		if (CONTEXTS.contains(name) && !value.isEmpty()) {
			go(value, Effect.ANY, "1", "Set", assignment);
		}
		else if (PLACES.contains(name) && !value.isEmpty()) {
			jump(split(value.replace('^', ','), ','), "Set", assignment);
		}
		else if (IDENTITIES.contains(name) || (name.startsWith("DB(") && isOurs(name.substring(3)))
				|| name.equals("DYNAMIC_FEATURES") || name.startsWith("EVAL(") || name.startsWith("SHELL(")) {
			unknown("Set", assignment);
		}
	}

	/** What stands behind the question mark, one or two of them. */
	private static List<String> branches(String data) {
		var parts = split(data, '?');
		return (parts.size() < 2) ? List.of()
				: split(data.substring(parts.getFirst().length() + 1), ':').stream().map(String::strip).toList();
	}

	/** Splits where no bracket and no quotation mark is open. At least one part. */
	static List<String> split(String text, char at) {
		var parts = new ArrayList<String>();
		int depth = 0;
		boolean quoted = false;
		int start = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\\') {
				i++;
			}
			else if (c == '"') {
				quoted = !quoted;
			}
			else if (c == at && depth == 0 && !quoted) {
				parts.add(text.substring(start, i));
				start = i + 1;
			}
			else if ("([{".indexOf(c) >= 0) {
				depth++;
			}
			else if (")]}".indexOf(c) >= 0) {
				depth = Math.max(0, depth - 1);
			}
		}
		parts.add(text.substring(Math.min(start, text.length())));
		return parts;
	}

	/** What a step does with a call. */
	sealed interface Effect {

		/** Any extension of a context. */
		String ANY = "";

		/** The extension that the call is in. */
		String SAME = "${EXTEN}";

		/**
		 * The call goes on there.
		 *
		 * @param context empty for the one that the call is in
		 * @param extension {@link #ANY} when the caller may choose it, {@link #SAME} when
		 * it stays
		 * @param priority a number or a label
		 */
		record Jump(String context, String extension, String priority) implements Effect {
		}

		/** One device is called, {@code PJSIP/${EXTEN}@trunk}. */
		record Dial(String device) implements Effect {
		}

		/** Nobody can say where it leads. */
		record Unknown(String step) implements Effect {
		}

	}

}
