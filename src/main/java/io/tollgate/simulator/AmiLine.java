package io.tollgate.simulator;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

import io.tollgate.simulator.Faults.Fault;
import org.jspecify.annotations.Nullable;

/** One client's line to the manager. Its own thread reads and answers. */
final class AmiLine {

	private static final Set<String> UNCOUNTED = Set.of("login", "challenge", "logoff");

	private static final SecureRandom RANDOM = new SecureRandom();

	private final Machine machine;

	private final Socket socket;

	private final Consumer<String> broadcaster;

	private final Runnable crash;

	private final List<String> news = new ArrayList<>();

	private final AmiReader reader;

	private final OutputStream out;

	private String challenge = "";

	private volatile boolean leaving;

	private volatile boolean gone;

	private volatile boolean authenticated;

	private volatile boolean wantsEvents = true;

	/**
	 * @param machine the PBX
	 * @param socket the client
	 * @param broadcaster brings an event to everybody who listens
	 * @param crash lets the PBX die and start again
	 * @throws IOException when the client is gone already
	 */
	AmiLine(Machine machine, Socket socket, Consumer<String> broadcaster, Runnable crash) throws IOException {
		this.machine = machine;
		this.socket = socket;
		this.broadcaster = broadcaster;
		this.crash = crash;
		this.reader = new AmiReader(new BufferedInputStream(socket.getInputStream(), 4096));
		this.out = new BufferedOutputStream(socket.getOutputStream(), 4096);
	}

	/** Serves the client until it leaves, or either side hangs up. */
	void serve() throws IOException, InterruptedException {
		write("Asterisk Call Manager/" + (this.machine.is16() ? "5.0.4" : "11.0.0") + "\r\n", true);
		while (!this.leaving) {
			var request = this.reader.read();
			if (request == null) {
				return;
			}
			this.machine.faults().awaitReading();
			answer(request);
		}
	}

	/** Nothing that it was asked for and has not done yet is done any more. */
	void close() throws IOException {
		synchronized (this.machine) {
			this.gone = true;
		}
		this.socket.close();
	}

	boolean hears() {
		return this.authenticated && this.wantsEvents;
	}

	/** Sends an event, if the client wants any. */
	void tell(String event) throws IOException {
		if (hears()) {
			write(event, true);
		}
	}

	/** When the action is done that brings it. */
	void broadcast(String event) {
		this.news.add(event);
	}

	void leave() {
		this.leaving = true;
	}

	boolean wantsEvents() {
		return this.wantsEvents;
	}

	void wantsEvents(boolean wantsEvents) {
		this.wantsEvents = wantsEvents;
	}

	String newChallenge() {
		this.challenge = Integer.toString(RANDOM.nextInt(100_000_000, 1_000_000_000));
		return this.challenge;
	}

	private void answer(AmiRequest request) throws IOException, InterruptedException {
		var reply = new Reply(request);
		switch (request.flaw()) {
			case LINE_TOO_LONG -> reply.error("Failed to parse message: line too long");
			case TOO_MANY_LINES -> reply.error("Too many lines in message or allocation failure");
			case NONE -> act(request, reply);
		}
		this.news.forEach(this.broadcaster);
		this.news.clear();
		var delay = this.machine.faults().delay();
		if (delay.isPositive()) {
			Thread.sleep(delay);
		}
		write(reply.toString(), !this.reader.ready() || this.leaving);
	}

	private void act(AmiRequest request, Reply reply) throws IOException, InterruptedException {
		var action = request.action();
		if (action.isEmpty()) {
			reply.error("Missing action in request");
			return;
		}
		var fault = (this.authenticated && !UNCOUNTED.contains(action)) ? this.machine.faults().next(action) : null;
		if (fault != null) {
			misbehave(fault, request, reply);
		}
		else if (action.equals("login") && !this.authenticated) {
			login(request, reply);
		}
		else {
			handle(request, reply);
		}
	}

	/** One action at a time, of all lines, and none of a line that is gone. */
	private void handle(AmiRequest request, Reply reply) {
		synchronized (this.machine) {
			if (!this.gone) {
				perform(request, reply);
			}
		}
	}

	private void perform(AmiRequest request, Reply reply) {
		var action = AmiActions.find(request.header("Action"));
		if (!this.authenticated && !UNCOUNTED.contains(request.action())) {
			reply.error("Permission denied");
		}
		else if (action == null) {
			reply.error("Invalid/unknown command: " + request.header("Action")
					+ ". Use Action: ListCommands to show available commands.");
		}
		else if (!action.isAllowed(this.machine.spec().rights())) {
			reply.error("Permission denied");
		}
		else {
			action.handler().handle(this.machine, this, request, reply);
		}
	}

	private void login(AmiRequest request, Reply reply) throws InterruptedException {
		if (isRightUser(request) && isRightSecret(request)) {
			this.wantsEvents = !request.header("Events").equalsIgnoreCase("off");
			this.authenticated = true;
			reply.success("Authentication accepted");
			return;
		}
		Thread.sleep(this.machine.spec().refusalDelay());
		reply.error("Authentication failed");
		leave();
	}

	private boolean isRightUser(AmiRequest request) {
		return request.header("Username").equalsIgnoreCase(this.machine.spec().amiUser());
	}

	private boolean isRightSecret(AmiRequest request) {
		var secret = this.machine.spec().secret();
		if (request.header("AuthType").equalsIgnoreCase("MD5")) {
			return !this.challenge.isEmpty()
					&& isSame(request.header("Key").toLowerCase(Locale.ROOT), md5(this.challenge + secret));
		}
		return isSame(request.header("Secret"), secret);
	}

	private void misbehave(Fault fault, AmiRequest request, Reply reply) throws IOException {
		switch (fault) {
			case REJECT -> reply.error("Rejected by the test");
			case CLOSE_BEFORE -> hangUp(reply);
			case CLOSE_AFTER -> {
				handle(request, reply);
				hangUp(reply);
			}
			case SILENCE -> {
				handle(request, reply);
				reply.clear();
			}
			case GARBAGE -> reply.line("HTTP/1.1 400 Bad Request").line("\0\1\2\u00ff: \ufffd").end().line("").end();
			case HALF_WRITE -> {
				synchronized (this.machine) {
					ConfigActions.updateConfig(this.machine, request, reply, ConfigChange.steps(request) / 2);
				}
				hangUp(reply);
			}
			case CRASH -> {
				reply.clear();
				leave();
				this.crash.run();
			}
		}
	}

	private void hangUp(Reply reply) throws IOException {
		synchronized (this.out) {
			this.out.flush();
		}
		reply.clear();
		leave();
	}

	private void write(String text, boolean flush) throws IOException {
		synchronized (this.out) {
			this.out.write(text.getBytes(StandardCharsets.UTF_8));
			if (flush) {
				this.out.flush();
			}
		}
	}

	private static boolean isSame(@Nullable String given, String expected) {
		return given != null && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8),
				expected.getBytes(StandardCharsets.UTF_8));
	}

	/** What the protocol prescribes; it protects nothing here. */
	private static String md5(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
