package io.tollgate.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.tollgate.lab.FaultProxy.Fault;
import io.tollgate.lab.FaultProxy.Kind;
import io.tollgate.lab.FaultProxy.Way;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A fault is what it says, at the byte that it says. */
@Timeout(30)
class FaultProxyTests {

	private final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();

	private ServerSocket server;

	private FaultProxy proxy;

	@BeforeEach
	void start() throws IOException {
		this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
		Thread.ofVirtual().start(() -> {
			try {
				while (true) {
					this.accepted.add(this.server.accept());
				}
			}
			catch (IOException ex) {
				// closed
			}
		});
		this.proxy = FaultProxy.before(this.server.getLocalPort());
	}

	@AfterEach
	void stop() throws IOException {
		this.proxy.close();
		this.server.close();
	}

	private Socket portal() throws IOException {
		var socket = new Socket(InetAddress.getLoopbackAddress(), this.proxy.port());
		socket.setSoTimeout(300);
		return socket;
	}

	private Socket pbx() throws IOException, InterruptedException {
		var socket = this.accepted.poll(5, TimeUnit.SECONDS);
		assertThat(socket).isNotNull();
		socket.setSoTimeout(300);
		return socket;
	}

	private static void send(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	/** What comes until the line ends or is silent for a while, and how it ended. */
	private static String heard(Socket socket) {
		var bytes = new ByteArrayOutputStream();
		try {
			for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
				bytes.write(c);
			}
			return bytes.toString(StandardCharsets.ISO_8859_1) + "|end";
		}
		catch (SocketTimeoutException ex) {
			return bytes.toString(StandardCharsets.ISO_8859_1) + "|silence";
		}
		catch (IOException ex) {
			return bytes.toString(StandardCharsets.ISO_8859_1) + "|broken";
		}
	}

	@Test
	void passesAllOnWithoutAFault() throws Exception {
		try (var portal = portal(); var pbx = pbx()) {
			this.proxy.record();
			send(portal, "hello");
			send(pbx, "hi");
			portal.shutdownOutput();
			assertThat(heard(pbx)).isEqualTo("hello|end");
			assertThat(heard(portal)).isEqualTo("hi|silence");
			assertThat(this.proxy.recorded()).asString(StandardCharsets.ISO_8859_1).isEqualTo("hello");
		}
	}

	@Test
	void cutsAtAByte() throws Exception {
		this.proxy.arm(Fault.of(Kind.CUT, Way.TO_PBX, 3));
		try (var portal = portal(); var pbx = pbx()) {
			send(portal, "hello");
			assertThat(heard(pbx)).isEqualTo("hel|end");
			assertThat(heard(portal)).isEqualTo("|end");
		}
	}

	@Test
	void breaksTheLineAndThoseThatFollow() throws Exception {
		this.proxy.arm(Fault.of(Kind.RESET, Way.TO_PORTAL, 2).forNewLines());
		try (var portal = portal(); var pbx = pbx()) {
			send(pbx, "hello");
			assertThat(heard(portal)).endsWith("|broken");
			assertThat(heard(pbx)).endsWith("|broken");
		}
		try (var portal = portal()) {
			assertThat(heard(portal)).isEqualTo("|broken");
		}
		this.proxy.clear();
		try (var portal = portal(); var pbx = pbx()) {
			send(pbx, "hello");
			assertThat(heard(portal)).isEqualTo("hello|silence");
		}
	}

	@Test
	void swallowsUntilItIsCleared() throws Exception {
		this.proxy.arm(Fault.of(Kind.SILENCE, Way.TO_PORTAL, 1));
		try (var portal = portal(); var pbx = pbx()) {
			send(pbx, "hello");
			send(portal, "still here");
			assertThat(heard(portal)).isEqualTo("h|silence");
			assertThat(heard(pbx)).isEqualTo("still here|silence");
			// what is lost is lost
			this.proxy.clear();
			assertThat(heard(portal)).isEqualTo("|broken");
		}
	}

	@Test
	void tricklesUntilItIsCleared() throws Exception {
		this.proxy.arm(Fault.of(Kind.TRICKLE, Way.TO_PBX, 2));
		try (var portal = portal(); var pbx = pbx()) {
			send(portal, "hello");
			assertThat(heard(pbx)).isEqualTo("hel|silence");
			this.proxy.clear();
			assertThat(heard(pbx)).isEqualTo("lo|silence");
		}
	}

	@Test
	void repeatsAWholeMessage() throws Exception {
		this.proxy.arm(Fault.of(Kind.DUPLICATE, Way.TO_PORTAL, 2));
		try (var portal = portal(); var pbx = pbx()) {
			send(pbx, "one\r\n\r\ntwo\r\n\r\nthree\r\n\r\n");
			assertThat(heard(portal)).contains("two\r\n\r\ntwo\r\n\r\n".substring(0, 7)).satisfies((text) -> {
				assertThat(text.split("two", -1)).hasSize(3);
				assertThat(text.split("one|three", -1)).hasSize(3);
			});
		}
	}

	@Test
	void changesBytes() throws Exception {
		this.proxy.arm(Fault.of(Kind.FLIP, Way.TO_PBX, 1));
		try (var portal = portal(); var pbx = pbx()) {
			send(portal, "hello");
			assertThat(heard(pbx)).matches("h[^e]llo\\|silence");
		}
		this.proxy.arm(Fault.of(Kind.INSERT, Way.TO_PORTAL, 1));
		try (var portal = portal(); var pbx = pbx()) {
			send(pbx, "hello");
			assertThat(heard(portal)).matches("(?s)h.+ello\\|silence");
		}
	}

	@Test
	void changesTheSizeOfPiecesOnly() throws Exception {
		for (var kind : new Kind[] { Kind.SPLIT, Kind.MERGE, Kind.DELAY }) {
			this.proxy.arm(Fault.of(kind, Way.TO_PBX, 1));
			try (var portal = portal(); var pbx = pbx()) {
				pbx.setSoTimeout(600);
				send(portal, "hel");
				send(portal, "lo");
				assertThat(heard(pbx)).isEqualTo("hello|silence");
			}
		}
	}

	@Test
	void deliversLate() throws Exception {
		this.proxy.arm(Fault.of(Kind.LATE, Way.TO_PBX, 2));
		try (var portal = portal(); var pbx = pbx()) {
			send(portal, "hello");
			assertThat(heard(portal)).isEqualTo("|broken");
			assertThat(heard(pbx)).isEqualTo("he|silence");
			this.proxy.clear();
			assertThat(this.proxy.deliverLate()).isEqualTo(3);
			assertThat(heard(pbx)).isEqualTo("llo|end");
			assertThat(this.proxy.deliverLate()).isZero();
		}
	}

	@Test
	void findsItsPlaceByAMark() throws Exception {
		this.proxy.arm(Fault.of(Kind.CUT, Way.TO_PBX, 2).after("needle"));
		try (var portal = portal(); var pbx = pbx()) {
			send(portal, "hay hay nee");
			assertThat(heard(pbx)).isEqualTo("hay hay nee|silence");
			send(portal, "dle hay");
			assertThat(heard(pbx)).isEqualTo("dle h|end");
		}
	}

	@Test
	void callsAtAByte() throws Exception {
		var called = new AtomicInteger();
		this.proxy.arm(Fault.call(Way.TO_PBX, 4, called::incrementAndGet));
		try (var portal = portal(); var pbx = pbx()) {
			send(portal, "hell");
			assertThat(heard(pbx)).isEqualTo("hell|silence");
			assertThat(called).hasValue(0);
			send(portal, "o");
			assertThat(heard(pbx)).isEqualTo("o|silence");
			assertThat(called).hasValue(1);
			assertThat(this.proxy.fired()).isTrue();
		}
	}

	@Test
	void refusesWhenNobodyListensBehindIt() throws Exception {
		this.server.close();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
			try (var portal = portal()) {
				if (portal.getInputStream().read() < 0) {
					throw new IOException("end");
				}
			}
		});
	}

}
