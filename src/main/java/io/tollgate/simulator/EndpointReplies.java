package io.tollgate.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.tollgate.simulator.ConfigFile.Entry;

/** What an Asterisk tells of its PJSIP endpoints. */
final class EndpointReplies {

	/** The objects behind one endpoint as a real 22 lists them, one event each. */
	private static final List<List<String>> OBJECTS = objects();

	private EndpointReplies() {
	}

	static void list(Reply reply, List<PjsipEndpoint> endpoints) {
		reply.list("A listing of Endpoints follows, presented as EndpointList events");
		for (var endpoint : endpoints) {
			reply.event("EndpointList").actionId().header("ObjectType", "endpoint").header("ObjectName", endpoint.name);
			reply.header("Transport", "transport-udp").header("Aor", endpoint.name).header("Auths", endpoint.auth());
			reply.header("OutboundAuths", "").header("Contacts", endpoint.name + "/" + endpoint.uri() + ",");
			reply.header("DeviceState", "Not in use").header("ActiveChannels", 0).end();
		}
		reply.complete("EndpointListComplete", endpoints.size()).end();
	}

	static void detail(Reply reply, PjsipEndpoint endpoint) {
		reply.list("Following are Events for each object associated with the Endpoint");
		var values = Map.of("%NAME%", endpoint.name, "%CALLERID%", endpoint.callerId(), "%AUTH%", endpoint.auth(),
				"%CONTEXT%", endpoint.context(), "%REDIRECT%", endpoint.redirectMethod(), "%IDENTIFY%",
				endpoint.trunk ? "ip" : "username,ip", "%URI%", endpoint.uri(), "%HASH%",
				"%032x".formatted(endpoint.name.hashCode() & 0xffffffffL));
		int items = 0;
		for (var object : OBJECTS) {
			if (object.getFirst().equals(endpoint.trunk ? "Event: AuthDetail" : "Event: IdentifyDetail")) {
				continue;
			}
			reply.line(object.getFirst()).actionId();
			object.subList(1, object.size()).forEach((line) -> reply.line(fill(line, values)));
			reply.end();
			items++;
		}
		reply.complete("EndpointDetailComplete", items).end();
	}

	private static String fill(String line, Map<String, String> values) {
		if (line.indexOf('%') < 0) {
			return line;
		}
		var filled = line;
		for (var value : values.entrySet()) {
			filled = filled.replace(value.getKey(), value.getValue());
		}
		return filled;
	}

	private static List<List<String>> objects() {
		try (var in = Objects.requireNonNull(EndpointReplies.class.getResourceAsStream("endpoint.txt"))) {
			var objects = new ArrayList<List<String>>();
			for (var block : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n\n")) {
				// an empty value is still a value
				objects.add(block.lines().map((line) -> line.endsWith(":") ? line + " " : line).toList());
			}
			return List.copyOf(objects);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A phone or a trunk. */
	record PjsipEndpoint(String name, String displayName, boolean trunk, Map<String, String> options) {

		private String uri() {
			return "sip:" + this.name + "@192.0.2.1:5060";
		}

		private String auth() {
			return this.trunk ? "" : this.name;
		}

		String context() {
			return this.options.getOrDefault("context", this.trunk ? "from-trunk" : "from-internal");
		}

		String redirectMethod() {
			return this.options.getOrDefault("redirect_method", "user");
		}

		/** Its section of {@code pjsip.conf}. */
		void write(ConfigFile file) {
			var entries = file.add(this.name).entries;
			entries.add(new Entry("type", "endpoint", false));
			entries.add(new Entry("context", context(), false));
			entries.add(new Entry("redirect_method", redirectMethod(), false));
			if (this.options.containsKey("set_var")) {
				entries.add(new Entry("set_var", this.options.getOrDefault("set_var", ""), false));
			}
		}

		String callerId() {
			return this.displayName.isEmpty() ? "<unknown>" : "\"" + this.displayName + "\" <" + this.name + ">";
		}

	}

}
