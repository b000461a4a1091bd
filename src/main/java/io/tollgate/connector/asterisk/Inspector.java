package io.tollgate.connector.asterisk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.tollgate.connector.Inspection;
import io.tollgate.connector.Inspection.Entry;
import io.tollgate.connector.Inspection.Kind;
import io.tollgate.connector.asterisk.WaysOut.Way;

/** Looks for ways past the guard on one Asterisk. */
final class Inspector {

	/** Their phones have contexts, too, and the manager interface does not tell which. */
	static final List<String> OTHER_DRIVERS = List.of("chan_sip", "chan_iax2", "chan_dahdi", "chan_skinny",
			"chan_unistim", "chan_mgcp", "chan_ooh323", "chan_misdn", "chan_motif", "chan_console", "chan_alsa",
			"chan_oss", "chan_vpb", "chan_phone", "chan_sccp", "chan_dongle", "chan_quectel", "chan_mobile");

	/** So many contexts are shown that such phones could call out from. */
	private static final int MOST_DOORS = 10;

	private static final int MOST_CONTEXTS = 2_000;

	/** A larger dialplan is not followed. */
	private static final int MOST_ROWS = 200_000;

	/** So many endpoints of a file fit into one answer. */
	private static final int MOST_IN_FILE = 1_000;

	private static final Pattern SWITCHED_ON = Pattern.compile("extenpatternmatchnew=(?:yes|true|y|t|1|on)",
			Pattern.CASE_INSENSITIVE);

	private final AmiClient client;

	private final Rights rights;

	private final List<Entry> entries = new ArrayList<>();

	Inspector(AmiClient client, Rights rights) {
		this.client = client;
		this.rights = rights;
	}

	Inspection inspect() {
		var dialplan = dialplan();
		var endpoints = endpoints();
		if (dialplan != null) {
			ownContexts(dialplan);
			var globals = globals(endpoints);
			var variables = variables(endpoints);
			var contexts = options(endpoints, AmiAction::contextOf);
			otherDrivers(dialplan, contexts.keySet());
			contexts.forEach((context, names) -> names.stream()
				.collect(Collectors.groupingBy((name) -> variables.getOrDefault(name, List.of())))
				.forEach((own, alike) -> context(context, alike, joined(own, globals), dialplan)));
		}
		redirections(endpoints);
		matcher();
		return new Inspection(this.entries);
	}

	private @Nullable LoadedDialplan dialplan() {
		if (!this.rights.may("ShowDialPlan")) {
			unreadable(List.of(), "ShowDialPlan");
			return null;
		}
		var rows = this.client.call(AmiAction.showDialPlan()).required().events();
		if (rows.size() > MOST_ROWS) {
			unreadable(List.of(), "extensions.conf (" + rows.size() + ")");
			return null;
		}
		return LoadedDialplan.of(rows);
	}

	/** Those that can be asked for; the others are an entry. */
	private List<String> endpoints() {
		if (!this.rights.may("PJSIPShowEndpoints") || !this.rights.may("Getvar")) {
			unreadable(List.of(), "PJSIP_ENDPOINT");
			return List.of();
		}
		var nameable = new TreeSet<String>();
		var others = new TreeSet<String>();
		for (var name : AsteriskSession.allEndpoints(this.client)) {
			(AsteriskDialect.isEndpointName(name) ? nameable : others).add(name);
		}
		if (!others.isEmpty()) {
			unreadable(List.copyOf(others), "PJSIP_ENDPOINT");
		}
		return List.copyOf(nameable);
	}

	/** The endpoints by what an option of theirs says. */
	private Map<String, List<String>> options(List<String> names, Function<String, AmiAction> question) {
		var replies = this.client.pipeline(names.stream().map(question).toList());
		var byValue = new LinkedHashMap<String, List<String>>();
		for (int i = 0; i < names.size(); i++) {
			var value = replies.get(i).succeeded() ? replies.get(i).response().get("Value") : "";
			byValue.computeIfAbsent(value, (key) -> new ArrayList<>()).add(names.get(i));
		}
		return byValue;
	}

	private void ownContexts(LoadedDialplan dialplan) {
		for (var name : dialplan.names()) {
			var context = dialplan.context(name);
			var foreign = (context != null) ? OwnContexts.foreign(name, context) : "";
			if (!foreign.isEmpty()) {
				this.entries.add(new Entry(Kind.CHANGED, List.of(), name, List.of(), foreign));
			}
		}
	}

	/**
	 * The guard blocks what is no PJSIP channel, so phones of other drivers matter only
	 * where a context leads out without it.
	 */
	private void otherDrivers(LoadedDialplan dialplan, Set<String> looked) {
		if (!this.rights.may("ModuleCheck")) {
			unreadable(List.of(), "ModuleCheck");
			return;
		}
		var replies = this.client.pipeline(OTHER_DRIVERS.stream().map(AmiAction::checkDriver).toList());
		var loaded = IntStream.range(0, OTHER_DRIVERS.size())
			.filter((driver) -> replies.get(driver).succeeded())
			.mapToObj(OTHER_DRIVERS::get)
			.collect(Collectors.joining(", "));
		var doors = dialplan.names()
			.stream()
			.filter((context) -> !looked.contains(context) && !context.startsWith("tollgate-"))
			.toList();
		if (loaded.isEmpty()) {
			return;
		}
		if (doors.size() > MOST_CONTEXTS) {
			unreadable(List.of(), loaded);
			return;
		}
		doors.stream()
			.flatMap((context) -> WaysOut.from(context, List.of(), dialplan)
				.ways()
				.stream()
				.limit(1)
				.map((way) -> new Entry(Kind.UNREADABLE, List.of(), context, way.steps(), loaded)))
			.limit(MOST_DOORS)
			.forEach(this.entries::add);
	}

	private static List<String> joined(List<String> some, List<String> more) {
		return Stream.concat(some.stream(), more.stream()).toList();
	}

	/** What is set for all calls. */
	private List<String> globals(List<String> endpoints) {
		if (endpoints.isEmpty()) {
			return List.of();
		}
		var replies = this.client.pipeline(Applications.VARIABLES.stream().map(AmiAction::global).toList());
		return replies.stream()
			.map((reply) -> reply.required().response())
			.filter((response) -> !response.get("Value").isEmpty())
			.map((response) -> response.get("Variable") + "=" + response.get("Value"))
			.toList();
	}

	/**
	 * What endpoints set for their own calls. Asterisk tells it by its file alone, so
	 * nobody knows it of endpoints that come from elsewhere.
	 */
	private Map<String, List<String>> variables(List<String> endpoints) {
		var replies = this.rights.may("GetConfig")
				? this.client.pipeline(Applications.VARIABLES.stream().map(AmiAction::readVariable).toList())
				: List.<AmiReply>of();
		if (replies.isEmpty() || !replies.stream().allMatch(AmiReply::succeeded)) {
			unreadable(List.of(), "set_var");
			return Map.of();
		}
		var variables = new LinkedHashMap<String, List<String>>();
		replies.forEach((reply) -> reply.response()
			.categories()
			.forEach((endpoint, lines) -> variables.put(endpoint,
					lines.stream()
						.filter((line) -> line.startsWith("set_var="))
						.map((line) -> line.substring("set_var=".length()))
						.toList())));
		if (endpoints.size() <= MOST_IN_FILE) {
			var found = endpointsOfFile();
			var missing = endpoints.stream().filter((endpoint) -> !found.containsKey(endpoint)).toList();
			if (!missing.isEmpty()) {
				unreadable(missing, "set_var");
			}
		}
		return variables;
	}

	private Map<String, List<String>> endpointsOfFile() {
		var reply = this.client.call(AmiAction.readEndpoints());
		return reply.succeeded() ? reply.response().categories() : Map.of();
	}

	private void context(String context, List<String> names, List<String> variables, LoadedDialplan dialplan) {
		if (context.isEmpty()) {
			unreadable(names, "PJSIP_ENDPOINT(context)");
			return;
		}
		var result = WaysOut.from(context, variables, dialplan);
		var phones = names.stream().filter(AsteriskSession::isExtension).toList();
		var trunks = names.stream().filter((name) -> !AsteriskSession.isExtension(name)).toList();
		var out = result.ways(Way.Kind.OUT);
		if (!phones.isEmpty()) {
			var kind = result.guarded() ? Kind.BESIDE_GUARD : Kind.OPEN_CONTEXT;
			add(kind, phones, context, result.guarded() ? out : out.stream().limit(1).toList());
		}
		// calls of a trunk that come to the guard are judged as those of an endpoint that
		// may not call out, so only the other ways count
		if (!trunks.isEmpty()) {
			add(Kind.OPEN_TRUNK, trunks, context, out.stream().limit(1).toList());
		}
		add(Kind.ANY_DEVICE, names, context, result.ways(Way.Kind.ANY_DEVICE));
		add(Kind.UNKNOWN_WAY, names, context, result.ways(Way.Kind.UNKNOWN));
		if (!phones.isEmpty() && result.ways().isEmpty() && !result.guarded()) {
			this.entries.add(new Entry(Kind.APART, phones, context, List.of(), ""));
		}
	}

	private void add(Kind kind, List<String> endpoints, String context, List<Way> ways) {
		ways.forEach((way) -> this.entries.add(new Entry(kind, endpoints, context, way.steps(), way.target())));
	}

	/**
	 * A redirection by URI goes to an address that the called phone names, and to no
	 * extension.
	 */
	private void redirections(List<String> endpoints) {
		var methods = options(endpoints, AmiAction::redirectMethod);
		var untold = methods.getOrDefault("", List.of());
		if (!untold.isEmpty()) {
			methods.remove("");
			fromFile(untold).forEach((method, names) -> methods.merge(method, names, (left, right) -> {
				var both = new ArrayList<>(left);
				both.addAll(right);
				return both;
			}));
		}
		methods.forEach((method, names) -> {
			if (method.startsWith("uri_")) {
				this.entries.add(new Entry(Kind.REDIRECT, names, "", List.of(), method));
			}
		});
	}

	/** Asterisk 16 does not tell the method of an endpoint, but has it in its file. */
	private Map<String, List<String>> fromFile(List<String> endpoints) {
		var methods = new LinkedHashMap<String, List<String>>();
		if (endpoints.size() > MOST_IN_FILE || !this.rights.may("GetConfig")) {
			unreadable(endpoints, "redirect_method");
			return methods;
		}
		var found = endpointsOfFile();
		var missing = new ArrayList<String>();
		for (var endpoint : endpoints) {
			var lines = found.get(endpoint);
			if (lines == null) {
				missing.add(endpoint);
				continue;
			}
			var method = lines.stream()
				.filter((line) -> line.startsWith("redirect_method="))
				.reduce("user", (first, last) -> last.substring("redirect_method=".length()));
			methods.computeIfAbsent(method, (key) -> new ArrayList<>()).add(endpoint);
		}
		if (!missing.isEmpty()) {
			unreadable(missing, "redirect_method");
		}
		return methods;
	}

	/** What was set on the console instead of the file cannot be read. */
	private void matcher() {
		var reply = this.rights.may("GetConfig") ? this.client.call(AmiAction.readContext("general")) : null;
		if (reply == null || !reply.succeeded()) {
			unreadable(List.of(), "extenpatternmatchnew");
		}
		else if (reply.response()
			.categories()
			.getOrDefault("general", List.of())
			.stream()
			.anyMatch((line) -> SWITCHED_ON.matcher(line).matches())) {
			this.entries.add(new Entry(Kind.OTHER_MATCHER, List.of(), "", List.of(), ""));
		}
	}

	private void unreadable(List<String> endpoints, String what) {
		this.entries.add(new Entry(Kind.UNREADABLE, endpoints, "", List.of(), what));
	}

}
