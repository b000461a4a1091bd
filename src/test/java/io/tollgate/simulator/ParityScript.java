package io.tollgate.simulator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Requests whose answers a simulated PBX must give in the shape of a real one. It leaves
 * the PBX as it found it but for the file {@code tollgate_slot_a.conf}.
 */
final class ParityScript {

	/** What depends on the machine, or is only there when it is configured so. */
	private static final Set<String> OPTIONAL = Set.of("Timestamp", "SystemName");

	private static final Pattern WITH_VALUE = Pattern
		.compile("Response|Message|Event|EventList|Ping|Registrar|Privilege|Category-\\d+|Line-\\d+-\\d+|ListItems"
				+ "|List[A-Z]\\w+|Val|Key|Family|Variable|Events");

	private ParityScript() {
	}

	/**
	 * Says it all and writes down what came back, one paragraph for each request.
	 * @param user a manager account with all rights
	 */
	static List<String> transcript(int port, String user, String secret) throws IOException {
		var transcript = new ArrayList<String>();
		try (var line = new RawAmiLine(port)) {
			transcript.add(line.banner);
			say(line, transcript, "Action: Ping", "ActionID: 1");
			say(line, transcript, "Action: Nonsense");
			say(line, transcript, "Nonsense");
			say(line, transcript, "Action: Challenge");
			say(line, transcript, "Action: Challenge", "AuthType: MD5");
			say(line, transcript, "Action: Login", "Username: " + user, "Secret: " + secret, "Events: off");
			say(line, transcript, "Action: Login", "Username: " + user, "Secret: " + secret);
			core(line, transcript);
			astDb(line, transcript);
			configuration(line, transcript);
			dialplan(line, transcript);
			limits(line, transcript);
			say(line, transcript, "Action: Logoff", "ActionID: z");
		}
		return transcript;
	}

	/** The answer to a wrong secret, and how long it took. */
	static String refusal(int port, String user) throws IOException {
		var transcript = new ArrayList<String>();
		try (var line = new RawAmiLine(port)) {
			say(line, transcript, "Action: Login", "Username: " + user, "Secret: wrong", "ActionID: 1");
			return transcript.getFirst() + (line.isHungUp() ? "\nhangs up" : "");
		}
	}

	private static void core(RawAmiLine line, List<String> transcript) throws IOException {
		say(line, transcript, "Action: Ping", "ActionID: a b");
		say(line, transcript, "Action: pInG");
		say(line, transcript, "Action: Nonsense", "ActionID: 1");
		say(line, transcript, "ActionID: 1");
		say(line, transcript, "Action: ");
		say(line, transcript, "Action: Ping", "no header at all", "ActionID: 1", "ActionID: 2");
		say(line, transcript, "Action: CoreSettings", "ActionID: 1");
		say(line, transcript, "Action: CoreStatus");
		say(line, transcript, "Action: ModuleCheck", "Module: pbx_config.so");
		say(line, transcript, "Action: ModuleCheck", "Module: nonsense");
		say(line, transcript, "Action: Events", "EventMask: off");
		say(line, transcript, "Action: Events", "ActionID: 1");
		say(line, transcript, "Action: PJSIPShowEndpoint");
		say(line, transcript, "Action: PJSIPShowEndpoint", "Endpoint: nobody", "ActionID: 1");
		say(line, transcript, "Action: UserEvent", "UserEvent: Parity", "Who: me");
	}

	private static void astDb(RawAmiLine line, List<String> transcript) throws IOException {
		say(line, transcript, "Action: DBPut", "Family: parity/1/ext", "Key: 1001", "Val: 01", "ActionID: 1");
		say(line, transcript, "Action: DBPut", "Family: parity/1/ext", "Key: 1002", "Val: ");
		say(line, transcript, "Action: DBPut", "Family: parity/1/ext", "Key: 1003");
		say(line, transcript, "Action: DBPut", "Family: parity/10", "Key: cfg", "Val: 1a00");
		say(line, transcript, "Action: DBPut", "Family: parity", "Key: 1", "Val: itself");
		say(line, transcript, "Action: DBPut", "Family: parity");
		say(line, transcript, "Action: DBPut", "Key: 1", "Val: 1");
		for (var action : List.of("DBGet", "DBDel")) {
			say(line, transcript, "Action: " + action, "Family: parity");
			say(line, transcript, "Action: " + action, "Key: 1");
			say(line, transcript, "Action: " + action, "Family: parity", "Key: nothing");
		}
		say(line, transcript, "Action: DBGet", "Family: parity/1", "Key: ext/1001", "ActionID: 1");
		say(line, transcript, "Action: DBGet", "Family: parity/1/ext", "Key: 1002");
		say(line, transcript, "Action: DBGetTree", "Family: parity", "ActionID: 1");
		say(line, transcript, "Action: DBGetTree", "Family: parity", "Key: 1");
		say(line, transcript, "Action: DBGetTree", "Family: par");
		say(line, transcript, "Action: Getvar", "Variable: DB(parity/10/cfg)");
		say(line, transcript, "Action: Getvar", "Variable: PJSIP_ENDPOINT(nobody,callerid)");
		for (var option : List.of("context", "redirect_method", "set_var")) {
			say(line, transcript, "Action: Getvar", "Variable: PJSIP_ENDPOINT(1001," + option + ")");
		}
		say(line, transcript, "Action: Getvar", "Variable: NONSENSE");
		say(line, transcript, "Action: Getvar");
		say(line, transcript, "Action: DBDel", "Family: parity/10", "Key: cfg");
		say(line, transcript, "Action: DBDelTree", "Family: parity", "Key: 1");
		say(line, transcript, "Action: DBDelTree", "Family: parity");
		say(line, transcript, "Action: DBDelTree", "Key: parity");
		say(line, transcript, "Action: DBGetTree", "Family: parity");
	}

	private static void configuration(RawAmiLine line, List<String> transcript) throws IOException {
		say(line, transcript, "Action: CreateConfig", "Filename: tollgate_slot_a.conf", "ActionID: 1");
		say(line, transcript, "Action: CreateConfig", "Filename: tollgate_slot_a.conf");
		say(line, transcript, "Action: CreateConfig", "Filename: nowhere/x.conf");
		say(line, transcript, "Action: GetConfig", "Filename: nothing.conf");
		say(line, transcript, "Action: GetConfig");
		update(line, transcript, "NewCat a", "Append a exten >_00NXXXX!,1(go),Dial(PJSIP/${EXTEN}@trunk,120,S(1;2))",
				"Append a same >n,Hangup()", "NewCat b", "Append b include >a", "Append b x y", "Append b x z");
		get(line, transcript);
		say(line, transcript, "Action: ListCategories", "Filename: tollgate_slot_a.conf");
		say(line, transcript, "Action: ListCategories", "Filename: nothing.conf");
		say(line, transcript, "Action: ListCategories");
		update(line, transcript, "Update b x w", "RenameCat b - c", "Delete c x");
		get(line, transcript);
		update(line, transcript, "NewCat a");
		update(line, transcript, "Append nowhere x y");
		update(line, transcript, "Nonsense a");
		update(line, transcript, "Delete a nothing");
		update(line, transcript, "Update a nothing x");
		update(line, transcript, "NewCat d", "Append nowhere x y");
		get(line, transcript);
		say(line, transcript, "Action: UpdateConfig", "SrcFilename: tollgate_slot_a.conf",
				"DstFilename: tollgate_slot_a.conf", "Action-0: DelCat", "Cat-0: a");
		say(line, transcript, "Action: UpdateConfig", "SrcFilename: tollgate_slot_a.conf",
				"DstFilename: tollgate_slot_a.conf", "Action-000001: DelCat", "Cat-000001: a");
		say(line, transcript, "Action: UpdateConfig", "SrcFilename: nothing.conf", "DstFilename: nothing.conf");
		say(line, transcript, "Action: UpdateConfig", "SrcFilename: tollgate_slot_a.conf");
		say(line, transcript, "Action: GetConfig", "Filename: tollgate_slot_a.conf", "Category: a");
		say(line, transcript, "Action: GetConfig", "Filename: tollgate_slot_a.conf", "Category: nowhere");
	}

	private static void dialplan(RawAmiLine line, List<String> transcript) throws IOException {
		say(line, transcript, "Action: Reload", "Module: pbx_config.so", "ActionID: 1");
		say(line, transcript, "Action: Reload", "Module: nonsense.so");
		update(line, transcript, "EmptyCat a", "Append a exten >911,1,Dial(PJSIP/911@trunk,120)",
				"Append a same >n(label),Hangup()", "Append a exten >_9X,1,NoOp(x)", "Append a exten >_[12]X,1,NoOp()",
				"Append a exten >_ZX,1,NoOp", "Append a exten >_NX.,1,NoOp()", "Append a exten >_[+0-9]!,1,NoOp(a, b)");
		say(line, transcript, "Action: Reload", "Module: pbx_config.so");
		say(line, transcript, "Action: ShowDialPlan", "Context: a", "ActionID: 1");
		say(line, transcript, "Action: ShowDialPlan", "Context: c");
		for (var dialled : List.of("911", "95", "15", "3", "+54", "x")) {
			say(line, transcript, "Action: ShowDialPlan", "Context: a", "Extension: " + dialled);
		}
		say(line, transcript, "Action: ShowDialPlan", "Context: nowhere", "ActionID: 1");
		say(line, transcript, "Action: ShowDialPlan", "Context: nowhere", "Extension: 911");
		update(line, transcript, "Append a include >b,09:00-17:00,mon-fri,*,*", "Append a switch >Realtime/@x");
		say(line, transcript, "Action: Reload", "Module: pbx_config.so");
		say(line, transcript, "Action: ShowDialPlan", "Context: a");
		update(line, transcript, "NewCat b", "Append b exten >_9X,1,NoOp(b)", "Append b exten >7,1,NoOp()", "NewCat e",
				"Append e exten >_X,1,NoOp()", "Append a include >e");
		say(line, transcript, "Action: Reload", "Module: pbx_config.so");
		for (var dialled : List.of("95", "7", "8")) {
			say(line, transcript, "Action: ShowDialPlan", "Context: a", "Extension: " + dialled, "ActionID: 1");
		}
		say(line, transcript, "Action: Originate");
		say(line, transcript, "Action: Originate", "Channel: Local/1@nowhere/n", "ActionID: 1");
		say(line, transcript, "Action: Originate", "Channel: Local/1@nowhere/n", "Application: NoOp", "ActionID: 1");
		update(line, transcript, "DelCat a", "DelCat b", "DelCat e", "DelCat c");
		get(line, transcript);
		say(line, transcript, "Action: Reload", "Module: pbx_config.so");
		say(line, transcript, "Action: ShowDialPlan", "Context: a");
	}

	private static void limits(RawAmiLine line, List<String> transcript) throws IOException {
		say(line, transcript, padded("Action: Ping", 128));
		say(line, transcript, padded("Action: Ping", 129));
		say(line, transcript, "Action: Ping", "X: " + "y".repeat(1019), "ActionID: 1");
		say(line, transcript, "Action: Ping", "X: " + "y".repeat(1021), "ActionID: 1");
		say(line, transcript, "Action: Ping", "X: " + "y".repeat(3000), "ActionID: 1");
		say(line, transcript, "Action: Ping\nActionID: bare");
	}

	private static String[] padded(String first, int lines) {
		var padded = new String[lines];
		Arrays.fill(padded, "H: x");
		padded[0] = first;
		return padded;
	}

	private static void get(RawAmiLine line, List<String> transcript) throws IOException {
		say(line, transcript, "Action: GetConfig", "Filename: tollgate_slot_a.conf");
	}

	/** Each step: verb, category, variable ({@code -} for none), value. */
	private static void update(RawAmiLine line, List<String> transcript, String... steps) throws IOException {
		var request = new ArrayList<>(List.of("Action: UpdateConfig", "SrcFilename: tollgate_slot_a.conf",
				"DstFilename: tollgate_slot_a.conf"));
		for (int i = 0; i < steps.length; i++) {
			var words = steps[i].split(" ", 4);
			var names = List.of("Action", "Cat", "Var", "Value");
			for (int word = 0; word < words.length; word++) {
				if (!words[word].equals("-")) {
					request.add("%s-%06d: %s".formatted(names.get(word), i, words[word]));
				}
			}
		}
		say(line, transcript, request.toArray(String[]::new));
	}

	private static void say(RawAmiLine line, List<String> transcript, String... request) throws IOException {
		var text = new StringBuilder("> " + String.join(" | ", request).transform(ParityScript::shortened));
		for (var message : line.askAll(request)) {
			text.append('\n').append(shape(message));
		}
		transcript.add(text.toString());
	}

	private static String shortened(String request) {
		return (request.length() > 200) ? request.substring(0, 200) + "…" : request;
	}

	/** The headers of a message in their order, with the values that must be the same. */
	private static String shape(List<String> message) {
		var shape = new LinkedHashSet<String>();
		for (var line : message) {
			int colon = line.indexOf(": ");
			var name = (colon > 0) ? line.substring(0, colon) : line;
			if (!OPTIONAL.contains(name)) {
				shape.add(WITH_VALUE.matcher(name).matches() || name.equals("ActionID") ? line : name);
			}
		}
		return String.join(" | ", shape);
	}

}
