package io.tollgate.simulator;

import java.util.List;

/** The bytes that answer one request, in the making: a response, or a list of events. */
final class Reply {

	private final StringBuilder text = new StringBuilder(160);

	private final String actionId;

	Reply(AmiRequest request) {
		this.actionId = request.header("ActionID");
	}

	/** Begins a response message. */
	Reply response(String word) {
		return header("Response", word).actionId();
	}

	Reply success(String message) {
		return response("Success").header("Message", message).end();
	}

	Reply error(String message) {
		return response("Error").header("Message", message).end();
	}

	/** Begins a list of events. */
	Reply list(String message) {
		return response("Success").header("EventList", "start").header("Message", message).end();
	}

	/** Begins an event. */
	Reply event(String name) {
		return header("Event", name);
	}

	/** Begins the event that ends a list. */
	Reply complete(String event, int items) {
		return event(event).actionId().header("EventList", "Complete").header("ListItems", items);
	}

	Reply header(String name, Object value) {
		this.text.append(name).append(": ").append(value).append("\r\n");
		return this;
	}

	Reply lines(List<String> lines) {
		lines.forEach(this::line);
		return this;
	}

	Reply line(String line) {
		this.text.append(line).append("\r\n");
		return this;
	}

	Reply actionId() {
		return this.actionId.isEmpty() ? this : header("ActionID", this.actionId);
	}

	/** Forgets what was said so far. */
	Reply clear() {
		this.text.setLength(0);
		return this;
	}

	/** Ends one message. */
	Reply end() {
		this.text.append("\r\n");
		return this;
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
