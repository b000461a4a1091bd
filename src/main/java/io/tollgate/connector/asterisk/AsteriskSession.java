package io.tollgate.connector.asterisk;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.tollgate.connector.Candidate;
import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.ConnectorException.Kind;
import io.tollgate.connector.DesiredConfig;
import io.tollgate.connector.Inspection;
import io.tollgate.connector.Inventory;
import io.tollgate.connector.Inventory.Endpoint;
import io.tollgate.connector.Observation;
import io.tollgate.connector.Problem;
import io.tollgate.connector.Running;
import io.tollgate.connector.Running.GuardState;
import io.tollgate.connector.Session;

/** A signed-in line to one Asterisk. */
final class AsteriskSession implements Session {

	private static final Pattern VERSION = Pattern.compile("(?:certified/)?([0-9]{1,3})(?:\\.[0-9]+)*(?:-cert[0-9]+)?");

	private static final Pattern EXTENSION = Pattern.compile("[0-9]{2,12}");

	private static final Pattern CALLER = Pattern.compile("\\s*\"?(.*?)\"?\\s*<[^>]*>\\s*");

	/** Seconds. */
	private static final int LONGEST_COMMIT = 600;

	private static final int LONGEST_NAME = 80;

	private final SignedIn line;

	AsteriskSession(SignedIn line) {
		this.line = line;
	}

	private AmiClient client() {
		return this.line.client();
	}

	@Override
	public Inventory inventory() {
		try (var _ = client().budget(client().deadlines().verb())) {
			var version = client().call(AmiAction.coreSettings()).required().response().get("AsteriskVersion");
			var names = endpoints(client());
			var callers = callers(names);
			var endpoints = new ArrayList<Endpoint>(names.size());
			for (int i = 0; i < names.size(); i++) {
				var name = names.get(i);
				endpoints.add(new Endpoint(name, displayName(name, callers.get(i)),
						isExtension(name) ? Endpoint.Kind.EXTENSION : Endpoint.Kind.TRUNK));
			}
			return new Inventory(software(version), endpoints);
		}
	}

	static boolean isExtension(String endpoint) {
		return EXTENSION.matcher(endpoint).matches();
	}

	/**
	 * The names of all endpoints that can be spoken of, each once, sorted. A name with
	 * other characters never comes into AstDB, so the guard lets such an endpoint call
	 * inside the country only.
	 */
	static List<String> endpoints(AmiClient client) {
		return allEndpoints(client).stream().filter(AsteriskDialect::isEndpointName).toList();
	}

	/** The names of all endpoints as they are, each once, sorted. */
	static Set<String> allEndpoints(AmiClient client) {
		var names = new TreeSet<String>();
		var reply = client.call(AmiAction.showEndpoints());
		if (reply.succeeded() || !reply.response().get("Message").contains("No endpoints")) {
			reply.required().events().forEach((event) -> names.add(event.get("ObjectName")));
		}
		return names;
	}

	/** 5,000 take about 0.2 s, so every discovery can afford it. */
	private List<String> callers(List<String> names) {
		if (!this.line.rights().may("Getvar")) {
			return names.stream().map((name) -> "").toList();
		}
		return client().pipeline(names.stream().map(AmiAction::callerId).toList())
			.stream()
			.map((reply) -> reply.succeeded() ? reply.response().get("Value") : "")
			.toList();
	}

	/**
	 * The name of a caller ID; empty when it has none or says no more than the number.
	 */
	static String displayName(String endpoint, String caller) {
		var matcher = CALLER.matcher(caller);
		var name = matcher.matches() ? matcher.group(1).replace("\\\"", "\"").strip() : "";
		if (name.equals(endpoint) || !AmiAction.isPlain(name)) {
			return "";
		}
		return name.codePoints()
			.limit(LONGEST_NAME)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	/** {@code Asterisk 22.10.1}, without what a distribution adds. */
	static String software(String version) {
		var matcher = VERSION.matcher(version);
		return "Asterisk " + (matcher.lookingAt() ? matcher.group() : "(unknown version)");
	}

	/** {@code 22}; 0 when the PBX does not say. */
	static int majorVersion(String version) {
		var matcher = VERSION.matcher(version);
		return matcher.lookingAt() ? Integer.parseInt(matcher.group(1)) : 0;
	}

	@Override
	public Running running() {
		try (var _ = client().budget(client().deadlines().verb())) {
			return PbxState.read(client()).running();
		}
	}

	@Override
	public Observation observe(DesiredConfig applied) {
		try (var _ = client().budget(client().deadlines().verb())) {
			return new Observer(client(), this.line.rights(), applied).observe();
		}
	}

	@Override
	public Inspection inspect() {
		try (var _ = client().budget(client().deadlines().verb())) {
			return new Inspector(this.line.client(), this.line.rights()).inspect();
		}
	}

	@Override
	public Candidate load(DesiredConfig desired) {
		AsteriskDialect.validate(desired);
		try (var _ = client().budget(client().deadlines().verb())) {
			var state = PbxState.read(client());
			checkRights();
			var active = state.active();
			// a time that no portal asks for is nobody's commit, and nobody would confirm
			// it
			if (active.epoch() != null && active.isPending(state.clock())
					&& active.epoch() - state.clock() <= LONGEST_COMMIT) {
				throw refused("commit-pending", String.valueOf(active.generation()), active.epoch() - state.clock());
			}
			if (!this.line.rights().config()) {
				checkCopiedText(desired, state);
			}
			return new AsteriskCandidate(this.line, desired, state);
		}
	}

	private void checkRights() {
		if (!this.line.rights().system()) {
			throw refused("missing-rights", "system");
		}
	}

	/** Without the right to write files, somebody must have copied ours. */
	private void checkCopiedText(DesiredConfig desired, PbxState state) {
		if (state.guard() == GuardState.MISSING) {
			throw refused("guard-missing", GuardText.GUARD_FILE);
		}
		if (state.guard() == GuardState.CHANGED) {
			throw refused("guard-changed", GuardText.GUARD_FILE);
		}
		if (!state.slot('a').matches(AsteriskDialect.slot(desired, 'a'))) {
			throw refused("route-text-differs", GuardText.SLOT_A_FILE);
		}
	}

	static ConnectorException refused(String code, Object... arguments) {
		return new ConnectorException(Kind.REFUSED, Problem.of(code, arguments));
	}

	@Override
	public void close() {
		this.line.close();
	}

}
