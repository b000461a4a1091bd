package io.tollgate.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A line to a manager, simulated or real, that hides nothing of what is said. */
class RawAmiLine implements AutoCloseable {

	private final Socket socket;

	private final InputStream in;

	final String banner;

	RawAmiLine(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setSoTimeout(30_000);
		this.in = this.socket.getInputStream();
		this.banner = readUntil("\r\n").strip();
	}

	RawAmiLine signIn(String user, String secret) throws IOException {
		var answer = ask("Action: Login", "Username: " + user, "Secret: " + secret, "Events: off");
		if (!answer.contains("Message: Authentication accepted")) {
			throw new IOException(answer.toString());
		}
		return this;
	}

	void send(String... lines) throws IOException {
		send((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
	}

	void send(byte[] bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
		this.socket.getOutputStream().flush();
	}

	/** The lines of the next message. */
	List<String> read() throws IOException {
		var message = readUntil("\r\n\r\n");
		// one real error ends with one line end too many
		return message.strip().lines().toList();
	}

	List<String> ask(String... lines) throws IOException {
		send(lines);
		var answer = read();
		return answer.isEmpty() ? read() : answer;
	}

	/** A response and, where it announces a list, all events up to the last. */
	List<List<String>> askAll(String... lines) throws IOException {
		var messages = new ArrayList<List<String>>();
		messages.add(ask(lines));
		if (messages.getFirst().contains("EventList: start")) {
			do {
				messages.add(read());
			}
			while (!messages.getLast().contains("EventList: Complete"));
		}
		return messages;
	}

	/** Whether the other side hangs up without another word. */
	boolean isHungUp() throws IOException {
		return this.in.read() < 0;
	}

	void timeout(int milliseconds) throws IOException {
		this.socket.setSoTimeout(milliseconds);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	private String readUntil(String end) throws IOException {
		var bytes = new ByteArrayOutputStream();
		while (true) {
			int read = this.in.read();
			if (read < 0) {
				throw new IOException("hung up after: " + bytes);
			}
			bytes.write(read);
			if (read == '\n' && isEnded(bytes.toString(StandardCharsets.UTF_8), end)) {
				return bytes.toString(StandardCharsets.UTF_8);
			}
		}
	}

	/** A lone line end is a message without lines. */
	private static boolean isEnded(String text, String end) {
		return text.endsWith(end) || text.equals("\r\n");
	}

}
