package io.tollgate.lab;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * Just enough AMI to prepare and watch a lab PBX; the product has its own client, which
 * this one must not share code with.
 */
final class LabAmi implements AutoCloseable {

	private final Socket socket;

	private final InputStream in;

	private final Deque<Message> events = new ArrayDeque<>();

	private int actions;

	LabAmi(int port, String user, boolean withEvents) throws IOException {
		this.socket = new Socket("127.0.0.1", port);
		try {
			this.socket.setTcpNoDelay(true);
			this.socket.setSoTimeout(30_000);
			this.in = new BufferedInputStream(this.socket.getInputStream());
			line();
			var login = action("Login", "Username", user, "Secret", RealAsterisk.SECRET, "Events",
					withEvents ? "on" : "off");
			if (!login.has("Response", "Success")) {
				throw new IOException("login: " + login);
			}
		}
		catch (IOException | RuntimeException ex) {
			this.socket.close();
			throw ex;
		}
	}

	/**
	 * Sends an action and waits for its response.
	 * @param headers names and values in turn
	 */
	Message action(String name, String... headers) {
		var id = "lab" + ++this.actions;
		var text = new StringBuilder("Action: " + name + "\r\nActionID: " + id + "\r\n");
		for (int n = 0; n < headers.length; n += 2) {
			text.append(headers[n]).append(": ").append(headers[n + 1]).append("\r\n");
		}
		try {
			this.socket.getOutputStream().write(text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
			while (true) {
				var message = read();
				if (message.has("ActionID", id) && message.value("Response") != null) {
					return message;
				}
				this.events.add(message);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(name, ex);
		}
	}

	void put(String key, String value) {
		succeed(action("DBPut", "Family", "tollgate", "Key", key, "Val", value));
	}

	void delete(String key) {
		succeed(action("DBDel", "Family", "tollgate", "Key", key));
	}

	/** Empties the guard's part of AstDB. */
	void clear() {
		action("DBDelTree", "Family", "tollgate");
	}

	List<String> command(String command) {
		return action("Command", "Command", command).values("Output");
	}

	/** Forgets the events that have come so far. */
	void forget() {
		action("Ping");
		this.events.clear();
	}

	/** The first event, not handed out yet, that is so. */
	Message await(Predicate<Message> so, Duration patience) {
		var seen = new ArrayList<Message>();
		long end = System.nanoTime() + patience.toNanos();
		try {
			while (true) {
				var message = this.events.poll();
				if (message == null) {
					long left = (end - System.nanoTime()) / 1_000_000;
					if (left <= 0) {
						throw new AssertionError("no such event within " + patience + ", but " + names(seen));
					}
					this.socket.setSoTimeout((int) left);
					message = read();
				}
				if (so.test(message)) {
					return message;
				}
				seen.add(message);
			}
		}
		catch (SocketTimeoutException ex) {
			throw new AssertionError("no such event within " + patience + ", but " + names(seen), ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			patient();
		}
	}

	/** Why the guard blocked the next call that it blocks. */
	Message awaitBlock() {
		return await((message) -> message.has("UserEvent", "TollgateBlock"), Duration.ofSeconds(30));
	}

	/** What has come so far, handed out once. */
	List<Message> events() {
		action("Ping");
		var all = List.copyOf(this.events);
		this.events.clear();
		return all;
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> names(List<Message> events) {
		return events.stream().map((event) -> event.value("Event")).distinct().toList();
	}

	private void patient() {
		try {
			this.socket.setSoTimeout(30_000);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void succeed(Message message) {
		if (!message.has("Response", "Success")) {
			throw new IllegalStateException(message.toString());
		}
	}

	private Message read() throws IOException {
		var lines = new ArrayList<String>();
		for (var line = line(); !line.isEmpty(); line = line()) {
			lines.add(line);
		}
		return new Message(lines);
	}

	private String line() throws IOException {
		var bytes = new ByteArrayOutputStream();
		while (true) {
			int b = this.in.read();
			if (b < 0) {
				throw new EOFException("AMI closed");
			}
			if (b == '\n') {
				return bytes.toString(StandardCharsets.UTF_8).replace("\r", "");
			}
			bytes.write(b);
		}
	}

	/**
	 * A response or event.
	 *
	 * @param lines as received
	 */
	record Message(List<String> lines) {

		Message {
			lines = List.copyOf(lines);
		}

		String value(String header) {
			return values(header).stream().findFirst().orElse(null);
		}

		List<String> values(String header) {
			return this.lines.stream()
				.filter((line) -> line.startsWith(header + ":"))
				.map((line) -> line.substring(header.length() + 1).strip())
				.toList();
		}

		boolean has(String header, String value) {
			return values(header).contains(value);
		}

	}

}
