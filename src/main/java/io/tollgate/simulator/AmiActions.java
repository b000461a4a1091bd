package io.tollgate.simulator;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.tollgate.simulator.AmiAction.Handler;
import org.jspecify.annotations.Nullable;

/** The actions of a simulated manager, with the answers of a real Asterisk 22. */
final class AmiActions {

	private static final Map<String, AmiAction> ALL = new TreeMap<>();

	private static final Set<ManagerRight> NONE = Set.of();

	private static final Set<ManagerRight> SYSTEM = Set.of(ManagerRight.SYSTEM);

	private static final Set<ManagerRight> CONFIG = Set.of(ManagerRight.CONFIG);

	private static final Set<ManagerRight> CORE = EnumSet.of(ManagerRight.SYSTEM, ManagerRight.REPORTING);

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final Pattern ENDPOINT = Pattern
		.compile("PJSIP_ENDPOINT\\((?<name>[^,]*),(?<field>callerid|context|redirect_method)\\)");

	private static final List<String> MODULES = List.of("pbx_config", "res_pjsip", "chan_pjsip", "func_db",
			"app_userevent", "app_dial");

	static {
		add("Challenge", "Generate Challenge for MD5 Auth.", NONE, AmiActions::challenge);
		add("CoreSettings", "Show PBX core settings (version etc).", CORE, AmiActions::coreSettings);
		add("CoreStatus", "Show PBX core status variables.", CORE, AmiActions::coreStatus);
		add("CreateConfig", "Creates an empty file in the configuration directory.", CONFIG,
				ConfigActions::createConfig);
		add("DBDel", "Delete DB entry.", SYSTEM, AstDbActions::delete);
		add("DBDelTree", "Delete DB Tree.", SYSTEM, AstDbActions::deleteTree);
		add("DBGet", "Get DB Entry.", CORE, AstDbActions::get);
		add("DBGetTree", "Get DB entries, optionally at a particular family/key", CORE, AstDbActions::getTree);
		add("DBPut", "Put DB entry.", SYSTEM, AstDbActions::put);
		add("Events", "Control Event Flow.", NONE, AmiActions::events);
		add("GetConfig", "Retrieve configuration.", EnumSet.of(ManagerRight.SYSTEM, ManagerRight.CONFIG),
				ConfigActions::getConfig);
		add("Getvar", "Gets a channel variable or function value.",
				EnumSet.of(ManagerRight.CALL, ManagerRight.REPORTING), AmiActions::getVariable);
		add("ListCategories", "List categories in configuration file.", CONFIG, ConfigActions::listCategories);
		add("ListCommands", "List available manager commands.", NONE, AmiActions::listCommands);
		add("Login", "Login Manager.", NONE, (machine, line, request, reply) -> reply.success("Already authenticated"));
		add("Logoff", "Logoff Manager.", NONE, AmiActions::logoff);
		add("ModuleCheck", "Check if module is loaded.", SYSTEM, AmiActions::moduleCheck);
		add("Originate", "Originate a call.", EnumSet.of(ManagerRight.ORIGINATE), ProbeActions::originate);
		add("Ping", "Keepalive command.", NONE, AmiActions::ping);
		add("PJSIPShowEndpoint", "Detail listing of an endpoint and its objects.", SYSTEM, AmiActions::showEndpoint);
		add("PJSIPShowEndpoints", "Lists PJSIP endpoints.", SYSTEM,
				(machine, line, request, reply) -> EndpointReplies.list(reply, machine.endpoints()));
		add("Reload", "Send a reload event.", EnumSet.of(ManagerRight.SYSTEM, ManagerRight.CONFIG),
				ConfigActions::reload);
		add("ShowDialPlan", "Show dialplan contexts and extensions",
				EnumSet.of(ManagerRight.CONFIG, ManagerRight.REPORTING), DialplanActions::show);
		add("UpdateConfig", "Update basic configuration.", CONFIG, ConfigActions::updateConfig);
		add("UserEvent", "Send an arbitrary event.", EnumSet.of(ManagerRight.USER), AmiActions::userEvent);
	}

	private AmiActions() {
	}

	static @Nullable AmiAction find(String name) {
		return ALL.get(name.toLowerCase(Locale.ROOT));
	}

	static Collection<AmiAction> all() {
		return ALL.values();
	}

	private static void add(String name, String synopsis, Set<ManagerRight> rights, Handler handler) {
		ALL.put(name.toLowerCase(Locale.ROOT), new AmiAction(name, synopsis, rights, handler));
	}

	private static void challenge(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		if (request.header("AuthType").equalsIgnoreCase("MD5")) {
			reply.response("Success").header("Challenge", line.newChallenge()).end();
		}
		else {
			reply.error("Must specify AuthType");
		}
	}

	private static void coreSettings(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		reply.response("Success").header("AMIversion", machine.is16() ? "5.0.4" : "11.0.0");
		reply.header("AsteriskVersion", machine.spec().version()).header("SystemName", machine.spec().name());
		reply.header("CoreMaxCalls", 0).header("CoreMaxLoadAvg", "0.000000").header("CoreRunUser", "");
		reply.header("CoreRunGroup", "").header("CoreMaxFilehandles", 0).header("CoreRealTimeEnabled", "No");
		reply.header("CoreCDRenabled", "Yes").header("CoreHTTPenabled", "No");
		if (!machine.is16()) {
			reply.header("SoundsSearchCustomDir", "No");
		}
		reply.end();
	}

	private static void coreStatus(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		reply.response("Success").header("CoreStartupDate", DATE.format(machine.startedAt()));
		reply.header("CoreStartupTime", TIME.format(machine.startedAt()));
		reply.header("CoreReloadDate", DATE.format(machine.reloadedAt()));
		reply.header("CoreReloadTime", TIME.format(machine.reloadedAt()));
		reply.header("CoreCurrentCalls", 0);
		if (!machine.is16()) {
			reply.header("CoreProcessedCalls", 0);
		}
		reply.end();
	}

	private static void events(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		var mask = request.header("EventMask").toLowerCase(Locale.ROOT);
		if (mask.isEmpty()) {
			reply.error("Invalid event mask");
			return;
		}
		line.wantsEvents(!Set.of("off", "no", "0").contains(mask));
		reply.response("Success").header("Events", line.wantsEvents() ? "On" : "Off").end();
	}

	private static void getVariable(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		var name = request.header("Variable");
		if (name.isEmpty()) {
			reply.error("No variable specified");
			return;
		}
		reply.response("Success").header("Variable", name).header("Value", variable(machine, name)).end();
	}

	/**
	 * {@code DB(…)} is empty on a real one, too: its manager may not read it this way.
	 */
	private static String variable(Machine machine, String name) {
		if (name.equals("EPOCH")) {
			return Long.toString(machine.now().getEpochSecond());
		}
		var function = ENDPOINT.matcher(name);
		if (!function.matches()) {
			return machine.dialplan().globals().getOrDefault(name, "");
		}
		return machine.endpoints()
			.stream()
			.filter((endpoint) -> endpoint.name().equals(function.group("name")))
			.map((endpoint) -> switch (function.group("field")) {
				case "callerid" -> endpoint.callerId();
				case "context" -> endpoint.context();
				// a real 16 does not tell
				default -> machine.is16() ? "" : endpoint.redirectMethod();
			})
			.findFirst()
			.orElse("");
	}

	private static void listCommands(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		reply.response("Success");
		for (var action : ALL.values()) {
			if (action.isAllowed(machine.spec().rights())) {
				reply.line(action.description());
			}
		}
		reply.end();
	}

	private static void logoff(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		reply.response("Goodbye").header("Message", "Thanks for all the fish.").end();
		line.leave();
	}

	private static void moduleCheck(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		var module = request.header("Module");
		var name = module.endsWith(".so") ? module.substring(0, module.length() - 3) : module;
		if (MODULES.contains(name) || machine.modules().contains(name)) {
			reply.response("Success").header("Version", "").end();
		}
		else {
			reply.error("Module not loaded");
		}
	}

	private static void ping(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		var now = machine.now();
		reply.response("Success")
			.header("Ping", "Pong")
			.header("Timestamp", "%d.%06d".formatted(now.getEpochSecond(), now.getNano() / 1000))
			.end();
	}

	private static void showEndpoint(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		var name = request.header("Endpoint");
		var endpoint = machine.endpoints().stream().filter((each) -> each.name().equals(name)).findFirst();
		if (endpoint.isPresent()) {
			EndpointReplies.detail(reply, endpoint.get());
			return;
		}
		// the real one ends these two with one line end too many
		reply.error(
				name.isEmpty() ? "PJSIPShowEndpoint requires an endpoint name" : "Unable to retrieve endpoint " + name)
			.end();
	}

	private static void userEvent(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		reply.success("Event Sent");
		var event = new Reply(request);
		event.event("UserEvent").header("Privilege", "user,all").header("UserEvent", request.header("UserEvent"));
		event.lines(request.linesBut("Action", "ActionID", "UserEvent")).actionId().end();
		line.broadcast(event.toString());
	}

}
