package io.tollgate.notice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.tollgate.connector.asterisk.OutsideHosts;
import io.tollgate.support.TollgateTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.server.SMTPServer;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.MessageSource;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events become messages, and these go to a mail server and to a web server on real
 * sockets, which refuse, stall and lead elsewhere.
 */
@TollgateTest
class NoticeTests {

	private static final Set<NoticeKind> ALL = Set.of(NoticeKind.values());

	private static final NoticeProperties PROPERTIES = new NoticeProperties("tollgate@example.com",
			Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofHours(24), Duration.ofSeconds(10), List.of());

	@Autowired
	Channels channels;

	@Autowired
	MessageTexts texts;

	@Autowired
	OutsideHosts outside;

	@Autowired
	MessageSource messages;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	DeliveryLog log;

	@Autowired
	PlatformTransactionManager transactions;

	@Autowired
	ApplicationEventPublisher events;

	@Autowired
	Environment environment;

	private final MovingClock clock = new MovingClock(Instant.parse("2027-03-27T12:00:00Z"));

	private final ConcurrentLinkedQueue<Integer> answers = new ConcurrentLinkedQueue<>();

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private final CountDownLatch end = new CountDownLatch(1);

	private HttpServer receiver;

	private GreenMail mail;

	private WebhookOutlet webhook;

	private Notices notices;

	private Deliveries deliveries;

	/** A request as the receiver got it. */
	private record Received(String path, String id, String timestamp, String signature, String body) {

	}

	@BeforeEach
	void start() throws Exception {
		this.receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.receiver.createContext("/", (exchange) -> {
			var headers = exchange.getRequestHeaders();
			this.received.add(new Received(exchange.getRequestURI().getPath(), headers.getFirst("webhook-id"),
					headers.getFirst("webhook-timestamp"), headers.getFirst("webhook-signature"),
					new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
			if (exchange.getRequestURI().getPath().equals("/stall")) {
				await(this.end);
			}
			exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + port() + "/elsewhere");
			var next = this.answers.poll();
			exchange.sendResponseHeaders((next != null) ? next : 200, -1);
			exchange.close();
		});
		this.receiver.start();
		this.mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
		this.mail.setUser("tollgate@example.com", "tollgate", "s3cret-of-mails");
		this.mail.start();
		use(List.of("127.0.0.0/8"), Duration.ofSeconds(10));
	}

	@AfterEach
	void stop() throws Exception {
		this.end.countDown();
		this.deliveries.destroy();
		this.receiver.stop(0);
		this.mail.stop();
		this.webhook.destroy();
		this.jdbc.sql("delete from notice_channel").update();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private int port() {
		return this.receiver.getAddress().getPort();
	}

	private void use(List<String> allowed, Duration timeout) {
		var properties = new NoticeProperties("tollgate@example.com", Duration.ofMinutes(5), Duration.ofMinutes(2),
				Duration.ofHours(24), timeout, allowed);
		use(properties, "s3cret-of-mails");
	}

	private void use(NoticeProperties properties, String password) {
		use(properties, sender(password));
	}

	private void use(NoticeProperties properties, JavaMailSender sender) {
		var beans = new StaticListableBeanFactory(Map.of("sender", sender));
		this.webhook = new WebhookOutlet(this.channels, this.outside, properties, this.messages, this.clock);
		var mails = new MailOutlet(beans.getBeanProvider(JavaMailSender.class), properties, this.messages);
		this.notices = new Notices(this.channels, this.jdbc, properties, this.clock);
		if (this.deliveries != null) {
			this.deliveries.destroy();
		}
		this.deliveries = new Deliveries(this.channels,
				new Digests(this.channels, this.texts, this.jdbc, properties, this.transactions, this.clock),
				this.texts, List.of(this.webhook, mails), this.jdbc, properties, this.messages, this.clock);
	}

	private void work() throws Exception {
		this.deliveries.work();
		this.deliveries.await();
	}

	private JavaMailSenderImpl sender(String password) {
		var sender = new JavaMailSenderImpl();
		sender.setProtocol("smtps");
		sender.setHost("127.0.0.1");
		sender.setPort(this.mail.getSmtps().getPort());
		sender.setUsername("tollgate");
		sender.setPassword(password);
		var wanted = new Properties();
		wanted.put("mail.smtps.auth", "true");
		wanted.put("mail.smtps.timeout", "5000");
		wanted.put("mail.smtps.ssl.trust", "127.0.0.1");
		wanted.put("mail.smtps.ssl.checkserveridentity", "false");
		sender.setJavaMailProperties(wanted);
		return sender;
	}

	private Channels.Added add(ChannelKind kind, String address, Severity least, QuietHours quiet) {
		var zone = (quiet != null) ? quiet.zone() : ZoneId.of("UTC");
		return this.channels
			.add(new Channel(0, kind + address, kind, address, ALL, least, Set.of(), quiet, zone, true));
	}

	private Channels.Added hook(String path) {
		return add(ChannelKind.WEBHOOK, "http://127.0.0.1:" + port() + path, Severity.NOTICE, null);
	}

	private void tell(NoticeKind kind, String name) {
		new TransactionTemplate(this.transactions)
			.executeWithoutResult((status) -> this.notices.tell(kind, 4711L, name, name + " said something"));
	}

	private long count(String table) {
		return this.jdbc.sql("select count(*) from " + table).query(Long.class).single();
	}

	@Test
	void aWebhookIsSignedAndTriedAgain() throws Exception {
		var secret = hook("/hook").secret();
		this.answers.addAll(List.of(500, 200));
		tell(NoticeKind.DRIFT, "Monterrey");
		work();
		var waiting = this.log.recent(1).getFirst();
		assertThat(waiting.state()).isEqualTo(Deliveries.State.WAITING);
		assertThat(waiting.answer()).isEqualTo("HTTP 500");
		assertThat(waiting.nextAt()).isEqualTo(this.clock.instant().plusSeconds(30));
		work();
		assertThat(this.received).hasSize(1);

		this.clock.advance(Duration.ofSeconds(30));
		work();
		work();
		assertThat(this.received).hasSize(2);
		assertThat(this.received.get(1).id()).isEqualTo(this.received.get(0).id());
		assertThat(this.received.get(1).body()).isEqualTo(this.received.get(0).body())
			.contains("\"kind\":\"drift\"", "\"severity\":\"warning\"", "Monterrey");
		for (var request : this.received) {
			var mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
			var signed = request.id() + "." + request.timestamp() + "." + request.body();
			assertThat(request.signature()).isEqualTo(
					"v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
		}
		assertThat(this.log.recent(1).getFirst().state()).isEqualTo(Deliveries.State.SENT);
		assertThat(this.jdbc.sql("select locked from notice_secret").query(String.class).single())
			.doesNotContain(secret);
	}

	@Test
	void pausesGrowAndADayLaterItIsGivenUp() throws Exception {
		assertThat(IntStream.of(0, 1, 2, 40).mapToObj(Deliveries::pause)).containsExactly(Duration.ofSeconds(30),
				Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofHours(2));
		hook("/hook");
		this.answers.add(503);
		tell(NoticeKind.LEAK, "Monterrey");
		work();
		this.clock.advance(Duration.ofHours(24).plusSeconds(1));
		work();
		assertThat(this.received).hasSize(1);
		assertThat(this.log.recent(1).getFirst().state()).isEqualTo(Deliveries.State.GIVEN_UP);
	}

	@Test
	void whatBreaksIsAFailedAttemptAndHasToWait() throws Exception {
		var asked = new AtomicInteger();
		var broken = new Outlet() {

			@Override
			public ChannelKind kind() {
				return ChannelKind.WEBHOOK;
			}

			@Override
			public Duration patience() {
				return Duration.ofSeconds(10);
			}

			@Override
			public Answer send(Channel channel, Message message) {
				asked.incrementAndGet();
				throw new IllegalStateException("nobody foresaw this");
			}

		};
		this.deliveries.destroy();
		this.deliveries = new Deliveries(this.channels,
				new Digests(this.channels, this.texts, this.jdbc, PROPERTIES, this.transactions, this.clock),
				this.texts, List.of(broken), this.jdbc, PROPERTIES, this.messages, this.clock);
		var channel = hook("/hook").channel();
		tell(NoticeKind.LEAK, "Monterrey");
		work();
		work();
		assertThat(asked).hasValue(1);
		var waiting = this.log.recent(1).getFirst();
		assertThat(waiting.state()).isEqualTo(Deliveries.State.WAITING);
		assertThat(waiting.attempts()).isEqualTo(1);
		assertThat(waiting.answer()).isEqualTo("the portal could not send it; its log says why");
		this.clock.advance(Duration.ofSeconds(31));
		work();
		assertThat(asked).hasValue(2);
		assertThat(this.deliveries.test(channel).arrived()).isFalse();
	}

	@Test
	void nobodyIsFollowedElsewhereOrInside() throws Exception {
		this.answers.add(302);
		var channel = hook("/hook").channel();
		assertThat(this.deliveries.test(channel).said()).isEqualTo("HTTP 302");
		assertThat(this.received).extracting(Received::path).containsExactly("/hook");

		this.webhook.destroy();
		use(List.of(), Duration.ofSeconds(10));
		for (var host : List.of("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1", "192.168.1.1",
				"169.254.169.254", "[fd00::1]", "100.64.0.1", "0.0.0.0")) {
			var inside = add(ChannelKind.WEBHOOK, "http://" + host + ":" + port() + "/inside", Severity.NOTICE, null);
			var answer = this.deliveries.test(inside.channel());
			assertThat(answer.arrived()).as(host).isFalse();
			assertThat(answer.said()).as(host).containsPattern("loopback|link-local");
		}
		assertThat(this.received).hasSize(1);
	}

	@Test
	void aReceiverThatStallsIsLeft() throws Exception {
		this.webhook.destroy();
		use(List.of("127.0.0.0/8"), Duration.ofMillis(300));
		var answer = this.deliveries.test(hook("/stall").channel());
		assertThat(answer.arrived()).isFalse();
	}

	@Test
	void whoIsSlowHoldsUpNobodyAndIsTriedAgainWhenThePortalEnds() throws Exception {
		hook("/stall");
		tell(NoticeKind.LEAK, "Monterrey");
		this.deliveries.work();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.received.size() == 1);
		hook("/hook");
		tell(NoticeKind.LEAK, "Puebla");
		this.deliveries.work();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.received.size() == 2);
		assertThat(this.received.get(1).path()).isEqualTo("/hook");

		use(List.of("127.0.0.0/8"), Duration.ofSeconds(10));
		this.end.countDown();
		work();
		assertThat(this.received).hasSize(2);
		this.clock.advance(Duration.ofSeconds(71));
		work();
		assertThat(this.received.stream().filter((request) -> request.path().equals("/stall"))).extracting(Received::id)
			.hasSize(2)
			.containsOnly(this.received.getFirst().id());
	}

	@Test
	void aMailGoesEncryptedOrNotAtAll() throws Exception {
		add(ChannelKind.EMAIL, "noc@example.com", Severity.NOTICE, null);
		tell(NoticeKind.LEAK, "Monterrey");
		var passwords = new CopyOnWriteArrayList<String>();
		var mails = new CopyOnWriteArrayList<String>();
		var bare = server(passwords, mails).build();
		bare.start();
		try {
			use(PROPERTIES, asSet(bare.getPortAllocated()));
			work();
		}
		finally {
			bare.stop();
		}
		assertThat(this.log.recent(1).getFirst().answer()).contains("STARTTLS");
		assertThat(passwords).isEmpty();

		var encrypted = server(passwords, mails).enableTLS().requireTLS().startTlsSocketFactory(certificate()).build();
		encrypted.start();
		try {
			use(PROPERTIES, asSet(encrypted.getPortAllocated()));
			this.clock.advance(Duration.ofSeconds(30));
			work();
		}
		finally {
			encrypted.stop();
		}
		assertThat(this.log.recent(1).getFirst().state()).isEqualTo(Deliveries.State.SENT);
		assertThat(passwords).containsExactly("s3cret-of-mails");
		assertThat(mails).singleElement().asString().contains("Leak found: Monterrey");
	}

	private static SMTPServer.Builder server(List<String> passwords, List<String> mails) {
		return SMTPServer.port(0)
			.bindAddress(InetAddress.getLoopbackAddress())
			.authenticationHandlerFactory(
					new EasyAuthenticationHandlerFactory((name, password, context) -> passwords.add(password)))
			.messageHandler((context, from, to, data) -> mails.add(new String(data, StandardCharsets.UTF_8)));
	}

	/** The certificate that GreenMail brings along. */
	private static SSLContext certificate() throws Exception {
		var store = KeyStore.getInstance("PKCS12");
		try (var file = GreenMail.class.getResourceAsStream("/greenmail.p12")) {
			store.load(file, "changeit".toCharArray());
		}
		var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, "changeit".toCharArray());
		var context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), null, null);
		return context;
	}

	/** As the portal has it by itself, but for whom it trusts. */
	private JavaMailSenderImpl asSet(int port) {
		var sender = new JavaMailSenderImpl();
		sender.setHost("127.0.0.1");
		sender.setPort(port);
		sender.setUsername("tollgate");
		sender.setPassword("s3cret-of-mails");
		var wanted = new Properties();
		wanted.putAll(Binder.get(this.environment)
			.bind("spring.mail.properties", Bindable.mapOf(String.class, String.class))
			.get());
		wanted.put("mail.smtp.auth", "true");
		wanted.put("mail.smtp.ssl.trust", "127.0.0.1");
		wanted.put("mail.smtp.ssl.checkserveridentity", "false");
		sender.setJavaMailProperties(wanted);
		return sender;
	}

	@Test
	void aMailGoesByTheServer() throws Exception {
		add(ChannelKind.EMAIL, "noc@example.com", Severity.NOTICE, null);
		tell(NoticeKind.LEAK, "Monterrey\r\nBcc: all@example.com");
		work();
		assertThat(this.log.recent(1).getFirst().state()).isEqualTo(Deliveries.State.SENT);
		var mails = this.mail.getReceivedMessages();
		assertThat(mails).hasSize(1);
		assertThat(mails[0].getSubject()).startsWith("[Tollgate] Leak found: Monterrey");
		assertThat(mails[0].getAllRecipients()).hasSize(1);
		assertThat(GreenMailUtil.getBody(mails[0])).contains("said something");
	}

	@Test
	void aServerThatKnowsNobodyIsTriedAgain() throws Exception {
		this.webhook.destroy();
		use(PROPERTIES, "another");
		add(ChannelKind.EMAIL, "noc@example.com", Severity.NOTICE, null);
		tell(NoticeKind.LEAK, "Monterrey");
		work();
		var waiting = this.log.recent(1).getFirst();
		assertThat(waiting.state()).isEqualTo(Deliveries.State.WAITING);
		assertThat(waiting.answer()).containsIgnoringCase("authentication").doesNotContain("another");
		assertThat(this.mail.getReceivedMessages()).isEmpty();
	}

	@Test
	void aStormIsTwoMessages() throws Exception {
		hook("/hook");
		tell(NoticeKind.DRIFT, "PBX 0");
		work();
		new TransactionTemplate(this.transactions).executeWithoutResult((status) -> IntStream.range(1, 1000)
			.forEach((i) -> this.notices.tell(NoticeKind.DRIFT, (long) i, "PBX " + i, "differs")));
		work();
		assertThat(this.received).hasSize(1);
		this.clock.advance(Duration.ofMinutes(5));
		work();
		work();
		assertThat(this.received).hasSize(2);
		assertThat(this.received.get(1).body()).contains("\"count\":999");
		assertThat(count("notice_event")).isEqualTo(1000);
		assertThat(count("notice_message")).isEqualTo(2);
	}

	@Test
	void aShortSilenceIsNotTold() throws Exception {
		hook("/hook");
		tell(NoticeKind.UNREACHABLE, "Monterrey");
		work();
		this.clock.advance(Duration.ofSeconds(119));
		new TransactionTemplate(this.transactions)
			.executeWithoutResult((status) -> this.notices.back(4711, "Monterrey", "It answers again."));
		this.clock.advance(Duration.ofMinutes(10));
		work();
		assertThat(this.received).isEmpty();

		tell(NoticeKind.UNREACHABLE, "Monterrey");
		this.clock.advance(Duration.ofMinutes(2));
		work();
		assertThat(this.received).hasSize(1);
		this.clock.advance(Duration.ofMinutes(6));
		new TransactionTemplate(this.transactions)
			.executeWithoutResult((status) -> this.notices.back(4711, "Monterrey", "It answers again."));
		work();
		assertThat(this.received).hasSize(2);
		assertThat(this.received.get(1).body()).contains("\"kind\":\"back\"");
	}

	@Test
	void atNightOnlyWhatIsSevereIsTold() throws Exception {
		add(ChannelKind.WEBHOOK, "http://127.0.0.1:" + port() + "/night", Severity.NOTICE,
				new QuietHours(22 * 60, 7 * 60, ZoneId.of("Europe/Berlin")));
		this.clock.set("2027-03-27T23:00:00Z");
		tell(NoticeKind.DRIFT, "Monterrey");
		tell(NoticeKind.LEAK, "Puebla");
		tell(NoticeKind.APPLY_FAILED, "Toluca");
		work();
		assertThat(this.received).hasSize(1);
		assertThat(this.received.getFirst().body()).contains("Puebla").doesNotContain("Monterrey", "Toluca");
		// seven o'clock there is an hour earlier than the day before
		this.clock.set("2027-03-28T04:59:59Z");
		work();
		assertThat(this.received).hasSize(1);
		this.clock.set("2027-03-28T05:00:00Z");
		work();
		assertThat(this.received).hasSize(2);
		assertThat(this.received.get(1).body()).contains("Monterrey", "Toluca", "\"count\":2");
	}

	@Test
	void whatIsRolledBackIsToldToNobody() throws Exception {
		hook("/hook");
		new TransactionTemplate(this.transactions).executeWithoutResult((status) -> {
			this.events.publishEvent(new io.tollgate.apply.ApplyFailed(4711, "Monterrey", "no line"));
			assertThat(count("notice_event")).isEqualTo(1);
			status.setRollbackOnly();
		});
		assertThat(count("notice_event")).isZero();
		this.events.publishEvent(new io.tollgate.leak.LeaksFound(4711, 2));
		assertThat(this.jdbc.sql("select words from notice_event").query(String.class).single()).contains("2 new ways");
	}

	@Test
	void twoPortalsSendItOnce() throws Exception {
		hook("/hook");
		tell(NoticeKind.LEAK, "Monterrey");
		try (var portals = Executors.newVirtualThreadPerTaskExecutor()) {
			IntStream.range(0, 4).forEach((portal) -> portals.submit(() -> {
				work();
				return null;
			}));
		}
		assertThat(this.received).hasSize(1);
		assertThat(count("notice_message")).isEqualTo(1);
	}

	@Test
	void leastAndGroupsDecideWhoIsTold() throws Exception {
		var channel = new Channel(1, "a", ChannelKind.EMAIL, "a@example.com", ALL, Severity.WARNING, Set.of("North"),
				null, ZoneId.of("UTC"), true);
		assertThat(channel.wants(NoticeKind.BACK, "North")).isFalse();
		assertThat(channel.wants(NoticeKind.DRIFT, "North")).isTrue();
		assertThat(channel.wants(NoticeKind.DRIFT, "South")).isFalse();
		assertThat(channel.wants(NoticeKind.TRAIL_BROKEN, "")).isFalse();
	}

}
