package io.tollgate.connector.asterisk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.tollgate.connector.DesiredConfig;
import io.tollgate.connector.Drift;
import io.tollgate.connector.Drift.Kind;
import io.tollgate.connector.Observation;

/** Compares what one Asterisk runs with what was applied to it. */
final class Observer {

	private static final String OUTBOUND = "tollgate-outbound";

	private static final String GUARD = "tollgate-guard";

	/** In front of the keys of what stands in the slot out of use. */
	static final String UNUSED = "unused/";

	/** Any number that a phone can dial. */
	private static final String ANY = "0";

	private final AmiClient client;

	private final Rights rights;

	private final DesiredConfig applied;

	private final List<Drift> drifts = new ArrayList<>();

	Observer(AmiClient client, Rights rights, DesiredConfig applied) {
		this.client = client;
		this.rights = rights;
		this.applied = applied;
	}

	Observation observe() {
		var state = PbxState.read(this.client);
		drifts(state);
		boolean looks = this.rights.may("PJSIPShowEndpoints") && this.rights.may("Getvar");
		if (looks) {
			endpoints();
		}
		return new Observation(state.running(), this.drifts, looks);
	}

	/** Of a state that is known, without the endpoints. */
	List<Drift> drifts(PbxState state) {
		guard(state);
		rules(state);
		return this.drifts;
	}

	private void guard(PbxState state) {
		var own = GuardText.parsed();
		for (var name : own.contextNames()) {
			var found = state.guardContexts().get(name);
			var wanted = own.steps(name);
			if (found == null) {
				add(Kind.GUARD, name, "[" + name + "]", null);
			}
			else if (!found.equals(wanted)) {
				int at = 0;
				while (at < found.size() && at < wanted.size() && found.get(at).equals(wanted.get(at))) {
					at++;
				}
				add(Kind.GUARD, name, (at < wanted.size()) ? wanted.get(at) : null,
						(at < found.size()) ? found.get(at) : null);
			}
		}
	}

	private void rules(PbxState state) {
		var rows = state.rows(state.inForce());
		if (rows.isEmpty()) {
			add(Kind.GENERATION, PbxState.ACTIVE, null, null);
			return;
		}
		var wanted = AsteriskDialect.lines(this.applied);
		var running = state.lines();
		if (AsteriskDialect.isWhole(rows) && !onlyRows(running).equals(onlyRows(wanted))) {
			add(Kind.GENERATION, PbxState.ACTIVE, null, String.valueOf(state.inForce()));
			return;
		}
		compare("", secretless(wanted), secretless(running));
		pins(wanted, running);
		var slot = state.slotInForce();
		if (slot != null) {
			emergency(state, Slots.other(slot), wanted);
		}
	}

	/** Without the lines of the slot. */
	private static SortedMap<String, String> onlyRows(SortedMap<String, String> lines) {
		var rows = new TreeMap<>(lines);
		rows.keySet()
			.removeIf((key) -> key.startsWith("route/") || key.startsWith("emergency/") || key.startsWith("codes/"));
		return rows;
	}

	private void compare(String prefix, SortedMap<String, String> wanted, SortedMap<String, String> running) {
		var keys = new TreeSet<>(wanted.keySet());
		keys.addAll(running.keySet());
		for (var key : keys) {
			var ours = wanted.get(key);
			var theirs = running.get(key);
			if (ours == null || !ours.equals(theirs)) {
				add(Kind.RULES, prefix + readable(key), ours, theirs);
			}
		}
	}

	/** An exemption names its restriction by a number of four digits. */
	private String readable(String key) {
		int number = key.matches("nx/.*/[0-9]{4}") ? Integer.parseInt(key.substring(key.length() - 4)) : 0;
		return this.applied.restricted()
			.stream()
			.skip(Math.max(0, number - 1L))
			.findFirst()
			.filter((entry) -> number > 0)
			.map((entry) -> key.substring(0, key.length() - 4) + entry)
			.orElse(key);
	}

	private static SortedMap<String, String> secretless(SortedMap<String, String> lines) {
		var told = new TreeMap<>(lines);
		told.keySet().removeIf((key) -> key.startsWith("pin/") || key.startsWith("salt/"));
		return told;
	}

	/** By list, with the labels of the PINs that the other one does not have. */
	private void pins(SortedMap<String, String> wanted, SortedMap<String, String> running) {
		var ours = labels(wanted, running);
		var theirs = labels(running, wanted);
		var lists = new TreeSet<>(ours.keySet());
		lists.addAll(theirs.keySet());
		lists.forEach((list) -> add(Kind.RULES, "pin/" + list, ours.get(list), theirs.get(list)));
	}

	private static Map<String, String> labels(SortedMap<String, String> lines, SortedMap<String, String> others) {
		var labels = new TreeMap<String, String>();
		lines.forEach((key, value) -> {
			if ((key.startsWith("pin/") || key.startsWith("salt/")) && !value.equals(others.get(key))) {
				var parts = key.split("/", 3);
				labels.merge(parts[1], key.startsWith("pin/") ? value : "",
						(some, more) -> some.isEmpty() ? more : more.isEmpty() ? some : some + ", " + more);
			}
		});
		return labels;
	}

	/** The guard looks at the emergency numbers of both slots. */
	private void emergency(PbxState state, char unused, SortedMap<String, String> lines) {
		var context = SlotText.emergencyContext(unused);
		if (Slots.emergencyDiffers(state, unused, lines)) {
			compare(UNUSED, told(context, AsteriskDialect.emergency(lines, unused).steps(context), unused),
					told(context, state.slot(unused).emergency(), unused));
		}
	}

	private static SortedMap<String, String> told(String context, List<String> steps, char slot) {
		var contexts = new TreeMap<String, List<String>>();
		contexts.put(context, steps);
		return SlotText.lines(contexts, slot);
	}

	/**
	 * Phones whose context does not lead to the guard; the PBX follows the includes.
	 */
	private void endpoints() {
		var phones = AsteriskSession.endpoints(this.client).stream().filter(AsteriskSession::isExtension).toList();
		var byContext = new TreeMap<String, List<String>>();
		var replies = this.client.pipeline(phones.stream().map(AmiAction::contextOf).toList());
		for (int i = 0; i < phones.size(); i++) {
			var context = replies.get(i).response().get("Value");
			if (replies.get(i).succeeded() && !context.isEmpty()) {
				byContext.computeIfAbsent(context, (name) -> new ArrayList<>()).add(phones.get(i));
			}
		}
		var contexts = List.copyOf(byContext.keySet());
		var found = this.client
			.pipeline(contexts.stream().map((context) -> AmiAction.showDialPlan(context, ANY)).toList());
		var astray = new TreeMap<String, String>();
		for (int i = 0; i < contexts.size(); i++) {
			if (found.get(i).events().stream().noneMatch((event) -> GUARD.equals(event.get("Context")))) {
				var context = contexts.get(i);
				byContext.getOrDefault(context, List.of()).forEach((phone) -> astray.put(phone, context));
			}
		}
		astray.forEach((phone, context) -> add(Kind.ENDPOINT, phone, OUTBOUND, context));
	}

	private void add(Kind kind, String key, @Nullable String wanted, @Nullable String found) {
		this.drifts.add(new Drift(kind, key, wanted, found));
	}

}
