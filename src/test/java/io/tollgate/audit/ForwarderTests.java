package io.tollgate.audit;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.SSLSocketFactory;

import io.tollgate.audit.ForwardProperties.Protocol;
import io.tollgate.keys.Keys;
import io.tollgate.lab.LabCertificate;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Forwarding to a receiver on a real socket, which is cut, stalls and comes back. */
@TollgateTest
class ForwarderTests {

	private static final String HEADER = "<109>1 \\S+Z \\S+ tollgate [0-9]+ (audit|checkpoint) - ";

	@Autowired
	AuditTrail trail;

	@Autowired
	AuditRows rows;

	@Autowired
	Keys keys;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	PlatformTransactionManager transactions;

	@TempDir
	Path folder;

	private final List<AutoCloseable> open = new ArrayList<>();

	private long start;

	@BeforeEach
	void fromNowOn() {
		this.start = this.rows.head().id();
		this.jdbc.sql("update audit_forward set last_id = ?, failing_since = null").param(this.start).update();
	}

	@AfterEach
	void close() throws Exception {
		for (var each : this.open) {
			each.close();
		}
		this.jdbc.sql("update audit_forward set last_id = 0, failing_since = null").update();
	}

	private Forwarder forwarder(Protocol protocol, int port, Duration timeout, SSLSocketFactory tls) {
		var forwarder = new Forwarder(new ForwardProperties("localhost", port, protocol, "", 13, timeout), this.rows,
				this.keys, this.jdbc, this.transactions, Clock.systemUTC(), tls);
		this.open.add(forwarder::destroy);
		return forwarder;
	}

	private Forwarder forwarder(Receiver receiver) {
		return forwarder(Protocol.TCP, receiver.port(), Duration.ofSeconds(20), null);
	}

	private Receiver receiver(ServerSocket socket) {
		var receiver = new Receiver(socket);
		this.open.add(receiver);
		return receiver;
	}

	private static ServerSocket listening() throws IOException {
		return new ServerSocket(0, 5, InetAddress.getByName("localhost"));
	}

	private void record(int count) {
		for (int i = 0; i < count; i++) {
			new TransactionTemplate(this.transactions).executeWithoutResult((status) -> this.trail.recordAs("ana",
					"policy.renamed", AuditObject.of("policy", 1, "two\r\nlines\u2028\u202e"), "a\nb", null));
		}
	}

	private void assertComplete(Receiver receiver) {
		var first = receiver.ids().stream().distinct().toList();
		assertThat(first).isSorted().contains(this.start + 1).endsWith(this.rows.head().id());
		assertThat(first).hasSize((int) (this.rows.head().id() - this.start));
	}

	@Test
	void bringsEveryRowAsOneMessage() throws Exception {
		var receiver = receiver(listening());
		var forwarder = forwarder(receiver);
		record(5);
		assertThat(forwarder.state().orElseThrow().lag()).isGreaterThanOrEqualTo(5);
		forwarder.work();
		assertComplete(receiver);
		assertThat(receiver.messages).allMatch((message) -> message.matches(HEADER + "\\{[ -~]*}"));
		assertThat(receiver.messages.getLast()).contains(" checkpoint - ");
		var json = JsonMapper.shared().readTree(receiver.messages.getLast().replaceFirst(HEADER, ""));
		var checkpoint = Checkpoint.parse(json.get("checkpoint").asString()).orElseThrow();
		assertThat(checkpoint.isGenuine(new Chain(this.keys))).isTrue();
		assertThat(forwarder.state().orElseThrow().failingSince()).isNull();
	}

	@Test
	void sendsAgainWhatWasCutAndCatchesUp() throws Exception {
		var receiver = receiver(listening());
		var forwarder = forwarder(receiver);
		record(3);
		forwarder.work();
		// the line goes dead while a batch is under way, some of which has been read
		receiver.cutAfter = 2;
		record(700);
		forwarder.work();
		var state = forwarder.state().orElseThrow();
		assertThat(state.lag()).isGreaterThanOrEqualTo(700);
		assertThat(state.failingSince()).isNotNull();
		receiver.cutAfter = 0;
		forwarder.work();
		assertThat(forwarder.state().orElseThrow().lag()).isGreaterThanOrEqualTo(700);
		receiver.cutAfter = Integer.MAX_VALUE;
		record(2);
		forwarder.work();
		assertComplete(receiver);
		assertThat(forwarder.state().orElseThrow()).returns(null, Forwarder.State::failingSince)
			.extracting(Forwarder.State::lag)
			.isEqualTo(0L);
	}

	@Test
	void doesNotTakeSilenceForAnAnswerNorHoldChangesUp() throws Exception {
		try (var silent = listening()) {
			var forwarder = forwarder(Protocol.TCP, silent.getLocalPort(), Duration.ofMillis(300), null);
			record(2);
			var work = Thread.ofVirtual().start(forwarder::work);
			record(2);
			work.join();
			assertThat(forwarder.state().orElseThrow().lag()).isGreaterThanOrEqualTo(4);
			assertThat(forwarder.state().orElseThrow().failingSince()).isNotNull();
		}
	}

	@Test
	void leavesTheWorkToOneOfSeveralPortals() throws Exception {
		var receiver = receiver(listening());
		var portals = List.of(forwarder(receiver), forwarder(receiver), forwarder(receiver));
		record(40);
		var threads = portals.stream().map((portal) -> Thread.ofVirtual().start(portal::work)).toList();
		for (var thread : threads) {
			thread.join();
		}
		portals.getFirst().work();
		assertThat(receiver.ids()).doesNotHaveDuplicates();
		assertComplete(receiver);
	}

	@Test
	void encryptsAndChecksWhoReceives() throws Exception {
		var pem = this.folder.resolve("receiver.pem");
		LabCertificate.write(pem);
		var store = PemSslStoreDetails.forCertificate(pem.toUri().toString());
		var context = SslBundle.of(new PemSslStoreBundle(store.withPrivateKey(pem.toUri().toString()), store))
			.createSslContext();
		var receiver = receiver(
				context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getByName("localhost")));
		record(2);
		var trusting = forwarder(Protocol.TLS, receiver.port(), Duration.ofSeconds(20), context.getSocketFactory());
		var distrusting = forwarder(Protocol.TLS, receiver.port(), Duration.ofSeconds(20),
				(SSLSocketFactory) SSLSocketFactory.getDefault());
		distrusting.work();
		assertThat(receiver.messages).isEmpty();
		assertThat(distrusting.state().orElseThrow().failingSince()).isNotNull();
		trusting.work();
		assertComplete(receiver);
	}

	@Test
	void fitsIntoDatagrams() throws Exception {
		try (var socket = new DatagramSocket(0, InetAddress.getByName("localhost"))) {
			socket.setSoTimeout(20_000);
			new TransactionTemplate(this.transactions).executeWithoutResult((status) -> this.trail.recordAs("ana",
					"policy.renamed", AuditObject.of("policy", 1, "x"), "☎".repeat(50_000), null));
			forwarder(Protocol.UDP, socket.getLocalPort(), Duration.ofSeconds(20), null).work();
			var packet = new DatagramPacket(new byte[65_507], 65_507);
			socket.receive(packet);
			var message = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
			assertThat(message).matches(HEADER + "\\{[ -~]*}").hasSizeLessThan(8_000);
		}
	}

	/** Takes what comes, in frames of counted octets, and may cut the line. */
	private static final class Receiver implements AutoCloseable {

		final List<String> messages = new CopyOnWriteArrayList<>();

		/** Of a connection, so many messages are taken. */
		volatile int cutAfter = Integer.MAX_VALUE;

		private final ServerSocket server;

		Receiver(ServerSocket server) {
			this.server = server;
			Thread.ofPlatform().daemon().start(this::listen);
		}

		int port() {
			return this.server.getLocalPort();
		}

		List<Long> ids() {
			return this.messages.stream()
				.filter((message) -> message.contains(" audit - "))
				.map((message) -> JsonMapper.shared().readTree(message.replaceFirst(HEADER, "")).get("id").asLong())
				.toList();
		}

		private void listen() {
			while (!this.server.isClosed()) {
				try (var socket = this.server.accept()) {
					take(socket);
				}
				catch (IOException ex) {
					// cut, or closed at the end of the test
				}
			}
		}

		private void take(Socket socket) throws IOException {
			var in = new DataInputStream(socket.getInputStream());
			for (int taken = 0; taken < this.cutAfter; taken++) {
				var length = new StringBuilder();
				int next = in.read();
				while (next != -1 && next != ' ') {
					length.append((char) next);
					next = in.read();
				}
				if (length.isEmpty()) {
					return;
				}
				var bytes = new byte[Integer.parseInt(length.toString())];
				in.readFully(bytes);
				this.messages.add(new String(bytes, StandardCharsets.US_ASCII));
			}
			socket.setSoLinger(true, 0);
		}

		@Override
		public void close() throws IOException {
			this.server.close();
		}

	}

}
