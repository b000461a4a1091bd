package io.tollgate.connector.asterisk;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.ConnectorException.Kind;
import io.tollgate.connector.Problem;
import io.tollgate.connector.Target;

/**
 * Asks a PBX over one AMI line. One thread asks; a virtual thread reads all the while, so
 * that thousands of actions can be on their way: an Asterisk whose answers nobody reads
 * hangs up. Answers are told apart by ActionID; what belongs to no open call is dropped,
 * but for events that somebody wants to {@link #hear}.
 * <p>
 * Every wait ends: at the deadline of the call, and for a whole verb at the end of its
 * {@link #budget}, which closes the socket under whatever still waits. After a timeout
 * the line is closed, since it is not known what the PBX has done.
 */
final class AmiClient implements AutoCloseable {

	/** Actions on their way at once. */
	static final int WINDOW = 1000;

	private static final int MOST_EVENTS = 500_000;

	private static final ScheduledExecutorService WATCH = Executors
		.newSingleThreadScheduledExecutor((task) -> Thread.ofPlatform().daemon().name("ami-deadlines").unstarted(task));

	private final Target target;

	private final AmiLine line;

	private final Deadlines deadlines;

	private final Map<String, Call> open = new ConcurrentHashMap<>();

	private final Semaphore window = new Semaphore(WINDOW);

	private long lastId;

	private final CountDownLatch ended = new CountDownLatch(1);

	private volatile Consumer<AmiMessage> unasked = (event) -> {
	};

	private volatile @Nullable Problem broken;

	private AmiClient(Target target, AmiLine line, Deadlines deadlines) {
		this.target = target;
		this.line = line;
		this.deadlines = deadlines;
	}

	/**
	 * Takes over a connected line: reads the greeting and starts to listen.
	 * @throws ConnectorException {@code not-ami}, {@code no-greeting}
	 */
	static AmiClient greet(Target target, AmiLine line, Deadlines deadlines) {
		var client = new AmiClient(target, line, deadlines);
		try {
			var in = new AmiReader(line.input());
			var greeting = in.line(200);
			if (greeting == null || !greeting.startsWith("Asterisk Call Manager/")) {
				throw new ConnectorException(Kind.UNREACHABLE, Problem.of("not-ami", target.host(), target.port()));
			}
			line.waitForever();
			Thread.ofVirtual().name("ami-reader").start(() -> client.listen(in));
			return client;
		}
		catch (SocketTimeoutException ex) {
			throw new ConnectorException(Kind.UNREACHABLE, Problem.of("no-greeting", target.host(), target.port()), ex);
		}
		catch (IOException ex) {
			throw new ConnectorException(Kind.UNREACHABLE, Problem.of("not-ami", target.host(), target.port()), ex);
		}
	}

	/**
	 * Signs in by challenge, so that the secret does not cross the line; only under TLS
	 * is the secret itself sent to a PBX that knows no challenge.
	 * @throws ConnectorException {@code wrong-secret}
	 */
	void signIn() {
		var challenge = call(AmiAction.challenge());
		AmiReply reply;
		if (challenge.succeeded()) {
			reply = call(AmiAction.login(this.target.user(),
					md5(challenge.response().get("Challenge") + this.target.secret())));
		}
		else if (this.target.tls()) {
			reply = call(AmiAction.loginPlain(this.target.user(), this.target.secret()));
		}
		else {
			throw new ConnectorException(Kind.REFUSED, Problem.of("no-challenge", challenge.response().get("Message")));
		}
		if (!reply.succeeded()) {
			throw new ConnectorException(Kind.REFUSED,
					Problem.of("wrong-secret", this.target.user(), reply.response().get("Message")));
		}
	}

	private static String md5(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Asks and waits for the whole answer. */
	AmiReply call(AmiAction action) {
		return pipeline(List.of(action)).getFirst();
	}

	/**
	 * Asks many things without waiting in between.
	 * @return the answers, in the order of the actions
	 */
	List<AmiReply> pipeline(List<AmiAction> actions) {
		// all are encoded first: a value that cannot be sent stops everything before a
		// byte is out
		var calls = new ArrayList<Call>(actions.size());
		for (var action : actions) {
			var id = Long.toString(++this.lastId);
			calls.add(new Call(id, action, action.encode(id)));
		}
		try {
			for (var call : calls) {
				send(call);
			}
			this.line.flush();
		}
		catch (IOException ex) {
			throw lost(Problem.of("line-broken", this.target.host(), String.valueOf(ex.getMessage())), ex);
		}
		return calls.stream().map(this::await).toList();
	}

	private void send(Call call) throws IOException {
		if (!this.window.tryAcquire()) {
			this.line.flush();
			acquire();
		}
		this.open.put(call.id, call);
		if (this.broken != null) {
			throw new EOFException();
		}
		this.line.write(call.bytes);
	}

	private void acquire() {
		try {
			if (!this.window.tryAcquire(this.deadlines.call().toMillis(), TimeUnit.MILLISECONDS)) {
				throw lost(timeout("window"), null);
			}
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	private AmiReply await(Call call) {
		try {
			if (call.done.tryAcquire(this.deadlines.call().toMillis(), TimeUnit.MILLISECONDS)) {
				var response = call.response;
				if (call.finished && response != null) {
					return new AmiReply(call.action, response, call.events);
				}
			}
			var problem = this.broken;
			throw lost((problem != null) ? problem : timeout(call.action.name()), null);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	private Problem timeout(String what) {
		return Problem.of("timeout", this.target.host(), what, this.deadlines.call().toSeconds());
	}

	private ConnectorException interrupted(InterruptedException ex) {
		Thread.currentThread().interrupt();
		return lost(Problem.of("interrupted"), ex);
	}

	/** The line is of no more use: nobody knows what is still on its way. */
	private ConnectorException lost(Problem problem, @Nullable Exception cause) {
		var first = this.broken;
		fail((first != null) ? first : problem);
		return new ConnectorException(Kind.UNREACHABLE, (first != null) ? first : problem, cause);
	}

	/**
	 * Bounds everything that is asked until the returned handle is closed.
	 * @param limit after it the socket is closed
	 */
	Budget budget(Duration limit) {
		var problem = Problem.of("timeout", this.target.host(), "", limit.toSeconds());
		var alarm = WATCH.schedule(() -> fail(problem), limit.toMillis(), TimeUnit.MILLISECONDS);
		return () -> alarm.cancel(false);
	}

	private void fail(Problem problem) {
		if (this.broken == null) {
			this.broken = problem;
		}
		this.line.abort();
		this.open.values().forEach((call) -> call.done.release());
		this.window.release(WINDOW);
		this.ended.countDown();
	}

	/**
	 * Has events that belong to no call be heard; without it they are dropped.
	 * @param heard called by the thread that reads
	 */
	void hear(Consumer<AmiMessage> heard) {
		this.unasked = heard;
	}

	/** Whether the line broke within that time, or before. */
	boolean awaitEnd(Duration limit) throws InterruptedException {
		return this.ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void listen(AmiReader in) {
		try {
			AmiMessage message;
			while ((message = in.message()) != null) {
				dispatch(message);
			}
			fail(Problem.of("line-broken", this.target.host(), "end of stream"));
		}
		catch (IOException | RuntimeException ex) {
			fail(Problem.of("line-broken", this.target.host(), String.valueOf(ex.getMessage())));
		}
	}

	private void dispatch(AmiMessage message) throws IOException {
		var call = this.open.get(message.get("ActionID"));
		if (call == null) {
			if (message.has("Event")) {
				this.unasked.accept(message);
			}
			return;
		}
		if (message.has("Response")) {
			call.response = message;
			call.finished = !"start".equalsIgnoreCase(message.get("EventList"));
		}
		else if ("Complete".equalsIgnoreCase(message.get("EventList"))
				|| "cancelled".equalsIgnoreCase(message.get("EventList"))) {
			call.finished = true;
		}
		else if (call.events.size() < MOST_EVENTS) {
			call.events.add(message);
		}
		else {
			throw new IOException("too many events");
		}
		if (call.finished && this.open.remove(call.id) != null) {
			call.done.release();
			this.window.release();
		}
	}

	@Nullable String fingerprint() {
		return this.line.fingerprint();
	}

	Target target() {
		return this.target;
	}

	Deadlines deadlines() {
		return this.deadlines;
	}

	/** Says goodbye if the line still stands, and closes it. */
	@Override
	public void close() {
		if (this.broken == null) {
			try {
				this.line.write(AmiAction.logoff().encode("bye"));
				this.line.flush();
			}
			catch (IOException ex) {
				// it is closed either way
			}
			this.line.close();
		}
		fail(Problem.of("closed"));
	}

	/** A running limit; closing it ends the limit, not the line. */
	interface Budget extends AutoCloseable {

		@Override
		void close();

	}

	/**
	 * How long things may take.
	 *
	 * @param connect to reach the PBX, shake hands and be greeted, each
	 * @param call one answer
	 * @param verb one verb of the connector, whatever it asks
	 * @param flush until what Asterisk has written to AstDB is on disk: it does that
	 * about once a second, in order
	 */
	record Deadlines(Duration connect, Duration call, Duration verb, Duration flush) {

		static final Deadlines DEFAULT = new Deadlines(Duration.ofSeconds(5), Duration.ofSeconds(10),
				Duration.ofSeconds(30), Duration.ofMillis(1100));

	}

	private static final class Call {

		private final String id;

		private final AmiAction action;

		private final byte[] bytes;

		private final Semaphore done = new Semaphore(0);

		private final List<AmiMessage> events = new ArrayList<>(0);

		private volatile @Nullable AmiMessage response;

		private volatile boolean finished;

		Call(String id, AmiAction action, byte[] bytes) {
			this.id = id;
			this.action = action;
			this.bytes = bytes;
		}

	}

}
