package io.tollgate.apply;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who hears server-sent events, as the WHATWG describes it. */
final class Listener implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final HttpClient client = HttpClient.newHttpClient();

	private final HttpResponse<InputStream> answer;

	private final BufferedReader lines;

	private int comments;

	/**
	 * Asks.
	 * @param after the id of the last event that was heard, empty for none
	 */
	Listener(int port, String path, String token, String after) {
		var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
			.header("Authorization", "Bearer " + token)
			.header("Accept", "text/event-stream");
		if (!after.isEmpty()) {
			request.header("Last-Event-ID", after);
		}
		try {
			this.answer = this.client.send(request.build(), BodyHandlers.ofInputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		this.lines = new BufferedReader(new InputStreamReader(this.answer.body(), StandardCharsets.UTF_8));
	}

	HttpResponse<InputStream> answer() {
		return this.answer;
	}

	/** How often it was told nothing but that the line holds. */
	int comments() {
		return this.comments;
	}

	/** The next event; {@code null} when the portal has ended the stream. */
	@Nullable Event next() {
		var event = new Event("", "", JSON.nullNode());
		try {
			for (var line = this.lines.readLine(); line != null; line = this.lines.readLine()) {
				if (line.isEmpty() && !event.name().isEmpty()) {
					return event;
				}
				event = event.with(line);
				this.comments += line.startsWith(":") ? 1 : 0;
			}
			return null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** All up to the end of the stream. */
	List<Event> rest() {
		var events = new ArrayList<Event>();
		for (var event = next(); event != null; event = next()) {
			events.add(event);
		}
		return events;
	}

	/** Hangs up. */
	void leave() {
		this.client.shutdownNow();
	}

	@Override
	public void close() {
		leave();
	}

	/** One of them. */
	record Event(String id, String name, JsonNode data) {

		Event with(String line) {
			var value = line.substring(line.indexOf(':') + 1);
			return switch (line.substring(0, Math.max(0, line.indexOf(':')))) {
				case "id" -> new Event(value, this.name, this.data);
				case "event" -> new Event(this.id, value, this.data);
				case "data" -> new Event(this.id, this.name, JSON.readTree(value));
				default -> this;
			};
		}

	}

}
