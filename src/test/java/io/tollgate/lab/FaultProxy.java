package io.tollgate.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * The network between a portal and one PBX, as bad as a test wants it: passes bytes on,
 * until at one byte something goes wrong. It knows nothing of AMI but where a message
 * ends, so that it stands before a simulated PBX and before a real one, with TLS and
 * without.
 * <p>
 * Bytes are counted over all lines, each way for itself, from {@link #arm} on.
 */
public final class FaultProxy implements AutoCloseable {

	private static final byte[] END_OF_MESSAGE = { '\r', '\n', '\r', '\n' };

	private final int target;

	private final ServerSocket server;

	private final Set<Line> lines = ConcurrentHashMap.newKeySet();

	private final List<Line> late = new CopyOnWriteArrayList<>();

	private final Map<Way, AtomicLong> passed = new EnumMap<>(
			Map.of(Way.TO_PBX, new AtomicLong(), Way.TO_PORTAL, new AtomicLong()));

	private final AtomicLong accepted = new AtomicLong();

	private volatile @Nullable Fault armed;

	private volatile boolean fired;

	private long markedAt = -1;

	private volatile @Nullable ByteArrayOutputStream record;

	private FaultProxy(int target) throws IOException {
		this.target = target;
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		Thread.ofVirtual().name("fault-proxy-" + target).start(this::accept);
	}

	/**
	 * Stands before that port of 127.0.0.1.
	 */
	public static FaultProxy before(int port) {
		try {
			return new FaultProxy(port);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Where the portal shall connect to, on 127.0.0.1. */
	public int port() {
		return this.server.getLocalPort();
	}

	/** Lets that go wrong, once, and counts bytes from 0. */
	public synchronized void arm(Fault fault) {
		this.passed.values().forEach((count) -> count.set(0));
		this.fired = false;
		this.markedAt = -1;
		this.armed = fault;
	}

	/**
	 * The network is good again: what stood still goes on, a line that lost bytes breaks.
	 * What is held back to come late stays held back.
	 */
	public void clear() {
		synchronized (this) {
			this.armed = null;
			this.fired = false;
			notifyAll();
		}
		this.lines.forEach(Line::mend);
	}

	/**
	 * Waits until the PBX has dealt with all that was on its way when the portal gave its
	 * lines up. What is held back to come late stays held back.
	 */
	public void drain() {
		for (var line : this.lines) {
			if (!this.late.contains(line) && line.ended()) {
				this.lines.remove(line);
			}
		}
	}

	/** How many lines stand only for what is held back on them. */
	public int heldBack() {
		return this.late.size();
	}

	/** Whether the fault has happened since it was armed. */
	public boolean fired() {
		return this.fired;
	}

	/** Bytes that have come that way since {@link #arm}. */
	public long passed(Way way) {
		return counter(way).get();
	}

	/** Lines that were accepted since the start. */
	public long accepted() {
		return this.accepted.get();
	}

	/** From now on keeps what the portal sends. */
	public void record() {
		this.record = new ByteArrayOutputStream();
	}

	/** What the portal has sent since {@link #record}. */
	public byte[] recorded() {
		var kept = this.record;
		if (kept == null) {
			return new byte[0];
		}
		synchronized (kept) {
			return kept.toByteArray();
		}
	}

	/**
	 * Now the bytes arrive at the PBX that {@link Kind#LATE} held back; the PBX has dealt
	 * with them when this returns.
	 * @return how many
	 */
	public long deliverLate() {
		long bytes = 0;
		for (var line : this.late) {
			this.late.remove(line);
			bytes += line.toPbx.deliver();
		}
		return bytes;
	}

	/** Breaks every line that stands, with RST. */
	public void breakAll() {
		this.lines.forEach(Line::reset);
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		clear();
		breakAll();
		this.late.forEach((line) -> line.reset(line.pbx));
	}

	private AtomicLong counter(Way way) {
		return (way == Way.TO_PBX) ? this.passed.get(Way.TO_PBX) : this.passed.get(Way.TO_PORTAL);
	}

	private void accept() {
		try {
			while (true) {
				var portal = this.server.accept();
				this.accepted.incrementAndGet();
				Thread.ofVirtual().start(() -> open(portal));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	/** While a lasting fault lasts, new lines have it from their first byte. */
	private void open(Socket portal) {
		var fault = this.armed;
		boolean bad = fault != null && this.fired && fault.lasting;
		var line = new Line(portal);
		try {
			portal.setTcpNoDelay(true);
			if (bad && (fault.kind == Kind.CUT || fault.kind == Kind.RESET)) {
				line.reset();
				return;
			}
			line.pbx.setTcpNoDelay(true);
			line.pbx.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.target), 5000);
		}
		catch (IOException ex) {
			line.reset();
			return;
		}
		if (bad && (fault.kind == Kind.SILENCE || fault.kind == Kind.TRICKLE)) {
			line.pump(fault.way).mode = fault.kind;
		}
		this.lines.add(line);
		Thread.ofVirtual().start(line.toPbx::run);
		Thread.ofVirtual().start(line.toPortal::run);
	}

	/** Counts bytes; tells at which of them the fault happens, -1 when it does not. */
	private synchronized int due(Pump pump, byte[] buffer, int bytes) {
		long before = counter(pump.way).getAndAdd(bytes);
		var fault = this.armed;
		if (fault == null || this.fired || fault.way != pump.way) {
			return -1;
		}
		long at = fault.after;
		if (!fault.mark.isEmpty()) {
			if (this.markedAt < 0) {
				this.markedAt = pump.markedAt(fault.mark, buffer, bytes, before);
			}
			if (this.markedAt < 0) {
				return -1;
			}
			at += this.markedAt;
		}
		if (at < before || at >= before + bytes) {
			return -1;
		}
		this.fired = true;
		return (int) (at - before);
	}

	/** Waits, unless the network becomes good again. */
	private synchronized void pause(Duration time) {
		long end = System.nanoTime() + time.toNanos();
		try {
			for (long left = time.toNanos(); left > 0 && this.armed != null; left = end - System.nanoTime()) {
				wait(left / 1_000_000, (int) (left % 1_000_000));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** The way of a byte. */
	public enum Way {

		TO_PBX, TO_PORTAL

	}

	/** What can go wrong at a byte. */
	public enum Kind {

		/** Both ends are told in good order that the other one has hung up. */
		CUT,
		/** Both ends are told that the line is broken. */
		RESET,
		/** From here on bytes of that way are swallowed, and nobody is told. */
		SILENCE,
		/** From here on one byte a second. */
		TRICKLE,
		/** What comes from here on comes a quarter of a second later. */
		DELAY,
		/** The next whole message comes twice. */
		DUPLICATE,
		/** One bit is another. */
		FLIP,
		/** Bytes come in between. */
		INSERT,
		/** From here on in pieces of one to three bytes. */
		SPLIT,
		/** From here on in pieces as large as they become within 15 ms. */
		MERGE,
		/**
		 * Bytes to the PBX are held back, the portal is told that the line is broken, and
		 * they arrive when {@link FaultProxy#deliverLate()} says so.
		 */
		LATE,
		/** Nothing happens to the bytes; something else is done at that moment. */
		CALL

	}

	/**
	 * One thing that goes wrong.
	 *
	 * @param kind what
	 * @param way of which bytes
	 * @param after after how many of them
	 * @param mark count only from the end of that text on; empty to count from the start.
	 * One line's bytes must have it whole
	 * @param lasting whether lines that are opened later have it, too, until
	 * {@link FaultProxy#clear()}
	 * @param seed of what is random in it
	 * @param call what is done, of {@link Kind#CALL}
	 */
	public record Fault(Kind kind, Way way, long after, String mark, boolean lasting, long seed, Runnable call) {

		/** One that comes once. */
		public static Fault of(Kind kind, Way way, long after) {
			return new Fault(kind, way, after, "", false, after, () -> {
			});
		}

		/** Does that at a byte. */
		public static Fault call(Way way, long after, Runnable call) {
			return new Fault(Kind.CALL, way, after, "", false, after, call);
		}

		/** The same, also of the lines that are opened after it. */
		public Fault forNewLines() {
			return new Fault(this.kind, this.way, this.after, this.mark, true, this.seed, this.call);
		}

		/** The same, so many bytes after that text. */
		public Fault after(String mark) {
			return new Fault(this.kind, this.way, this.after, mark, this.lasting, this.seed, this.call);
		}

		/** Whether bytes can reach the PBX after the portal has given its line up. */
		public boolean isLate() {
			return this.way == Way.TO_PBX && switch (this.kind) {
				case TRICKLE, DELAY, MERGE, SPLIT, LATE -> true;
				default -> false;
			};
		}

		@Override
		public String toString() {
			return this.kind + " " + this.way + " after " + this.after
					+ (this.mark.isEmpty() ? "" : " from '" + this.mark.strip() + "'")
					+ (this.lasting ? ", lasting" : "");
		}

	}

	private final class Line {

		private final Socket portal;

		private final Socket pbx = new Socket();

		private final Pump toPbx;

		private final Pump toPortal;

		Line(Socket portal) {
			this.portal = portal;
			this.toPbx = new Pump(this, Way.TO_PBX, portal, this.pbx);
			this.toPortal = new Pump(this, Way.TO_PORTAL, this.pbx, portal);
		}

		private Pump pump(Way way) {
			return (way == Way.TO_PBX) ? this.toPbx : this.toPortal;
		}

		private void mend() {
			if (this.toPbx.mode == Kind.SILENCE || this.toPortal.mode == Kind.SILENCE) {
				reset();
			}
			for (var pump : List.of(this.toPbx, this.toPortal)) {
				if (pump.mode != Kind.LATE) {
					pump.mode = Kind.CALL;
				}
			}
		}

		private boolean ended() {
			try {
				return this.toPbx.ended.await(5, TimeUnit.SECONDS) && this.toPortal.ended.await(5, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}

		private void reset() {
			FaultProxy.this.lines.remove(this);
			reset(this.portal);
			if (!FaultProxy.this.late.contains(this)) {
				reset(this.pbx);
			}
		}

		private void reset(Socket socket) {
			try (socket) {
				if (!socket.isClosed()) {
					socket.setSoLinger(true, 0);
				}
			}
			catch (IOException ex) {
				// it is gone already
			}
		}

	}

	/** The bytes of one line that go one way. */
	private final class Pump {

		private final Line line;

		private final Way way;

		private final Socket from;

		private final Socket to;

		/** What it does with bytes; {@link Kind#CALL} is to pass them on. */
		private volatile Kind mode = Kind.CALL;

		private final ByteArrayOutputStream held = new ByteArrayOutputStream();

		private final CountDownLatch ended = new CountDownLatch(1);

		private String tail = "";

		private int matched;

		private boolean begun;

		Pump(Line line, Way way, Socket from, Socket to) {
			this.line = line;
			this.way = way;
			this.from = from;
			this.to = to;
		}

		private void run() {
			try {
				InputStream in = this.from.getInputStream();
				var buffer = new byte[65_536];
				int length;
				while ((length = in.read(buffer)) >= 0) {
					pass(buffer, length);
				}
				if (this.mode != Kind.SILENCE && this.mode != Kind.LATE) {
					this.to.shutdownOutput();
				}
				else if (this.way == Way.TO_PORTAL) {
					this.line.reset();
				}
			}
			catch (IOException ex) {
				if (!FaultProxy.this.late.contains(this.line)) {
					this.line.reset();
				}
			}
			finally {
				this.ended.countDown();
			}
		}

		private void pass(byte[] buffer, int length) throws IOException {
			keep(buffer, length);
			int due = due(this, buffer, length);
			var fault = FaultProxy.this.armed;
			if (due < 0 || fault == null) {
				emit(buffer, 0, length);
				return;
			}
			emit(buffer, 0, due);
			fire(fault, buffer, due);
			emit(buffer, due, length - due);
		}

		/** Where the mark ends, counted from the start; -1 when it is not there. */
		private long markedAt(String mark, byte[] buffer, int length, long before) {
			var text = this.tail + new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
			int found = text.indexOf(mark);
			int kept = this.tail.length();
			this.tail = text.substring(Math.max(0, text.length() - mark.length() + 1));
			return (found < 0) ? -1 : before + found + mark.length() - kept;
		}

		private void keep(byte[] buffer, int length) {
			var kept = FaultProxy.this.record;
			if (kept != null && this.way == Way.TO_PBX) {
				synchronized (kept) {
					kept.write(buffer, 0, length);
				}
			}
		}

		private void fire(Fault fault, byte[] buffer, int at) throws IOException {
			var random = new Random(fault.seed);
			switch (fault.kind) {
				case CUT -> {
					this.mode = Kind.SILENCE;
					this.line.pump((this.way == Way.TO_PBX) ? Way.TO_PORTAL : Way.TO_PBX).mode = Kind.SILENCE;
					this.line.portal.shutdownOutput();
					this.line.pbx.shutdownOutput();
				}
				case RESET -> {
					this.line.reset();
					throw new IOException("reset");
				}
				case FLIP -> buffer[at] ^= (byte) (1 << random.nextInt(8));
				case INSERT -> {
					var bytes = new byte[1 + random.nextInt(40)];
					random.nextBytes(bytes);
					this.to.getOutputStream().write(bytes);
				}
				case DELAY -> pause(Duration.ofMillis(250));
				case CALL -> fault.call.run();
				case LATE -> {
					this.mode = Kind.LATE;
					this.line.toPortal.mode = Kind.SILENCE;
					FaultProxy.this.late.add(this.line);
					Thread.ofVirtual().start(this::abandon);
				}
				case SILENCE, TRICKLE, DUPLICATE, SPLIT, MERGE -> this.mode = fault.kind;
			}
		}

		/** A moment later, so that there is something to be held back. */
		private void abandon() {
			pause(Duration.ofMillis(30));
			this.line.reset();
		}

		private void emit(byte[] buffer, int offset, int length) throws IOException {
			if (length == 0) {
				return;
			}
			OutputStream out = this.to.getOutputStream();
			switch (this.mode) {
				case SILENCE -> {
				}
				case LATE -> {
					synchronized (this.held) {
						this.held.write(buffer, offset, length);
					}
				}
				case TRICKLE -> slowly(out, buffer, offset, length);
				case SPLIT -> {
					for (int at = offset; at < offset + length; at += 3) {
						out.write(buffer, at, Math.min(3, offset + length - at));
					}
				}
				case MERGE -> {
					pause(Duration.ofMillis(15));
					out.write(buffer, offset, length);
				}
				case DUPLICATE -> twice(out, buffer, offset, length);
				default -> out.write(buffer, offset, length);
			}
		}

		private void slowly(OutputStream out, byte[] buffer, int offset, int length) throws IOException {
			for (int at = offset; at < offset + length; at++) {
				if (this.mode != Kind.TRICKLE) {
					out.write(buffer, at, offset + length - at);
					return;
				}
				out.write(buffer, at, 1);
				pause(Duration.ofSeconds(1));
			}
		}

		/** The rest of the message that the fault came into does not count. */
		private void twice(OutputStream out, byte[] buffer, int offset, int length) throws IOException {
			out.write(buffer, offset, length);
			for (int at = offset; at < offset + length && this.mode == Kind.DUPLICATE; at++) {
				this.held.write(buffer[at]);
				this.matched = (buffer[at] == END_OF_MESSAGE[this.matched]) ? this.matched + 1
						: (buffer[at] == END_OF_MESSAGE[0]) ? 1 : 0;
				if (this.matched == END_OF_MESSAGE.length) {
					if (this.begun) {
						out.write(this.held.toByteArray());
						this.mode = Kind.CALL;
					}
					this.begun = true;
					this.matched = 0;
					this.held.reset();
				}
			}
		}

		private long deliver() {
			synchronized (this.held) {
				try {
					this.to.getOutputStream().write(this.held.toByteArray());
					this.to.shutdownOutput();
				}
				catch (IOException ex) {
					return 0; // the PBX has died meanwhile: they never arrive
				}
			}
			try {
				this.line.toPortal.ended.await(5, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			synchronized (this.held) {
				return this.held.size();
			}
		}

	}

}
