package io.tollgate.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tollgate.notice.Outlet.Answer;
import io.tollgate.notice.Outlet.Message;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings messages to where they go, again and again until they arrive or a day is over.
 * The row of a message is held while it is sent, so of several portals one sends it; when
 * that one dies in between another tries again, and the receiver knows it by its id.
 */
@Component
class Deliveries {

	enum State {

		WAITING, SENT, GIVEN_UP

	}

	private static final int BATCH = 20;

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);

	private static final Duration LONGEST_PAUSE = Duration.ofHours(2);

	private static final Duration KEPT = Duration.ofDays(30);

	private final Channels channels;

	private final Digests digests;

	private final MessageTexts texts;

	private final Map<ChannelKind, Outlet> outlets;

	private final JdbcClient jdbc;

	private final NoticeProperties properties;

	private final TransactionTemplate transaction;

	private final Clock clock;

	Deliveries(Channels channels, Digests digests, MessageTexts texts, List<Outlet> outlets, JdbcClient jdbc,
			NoticeProperties properties, PlatformTransactionManager transactions, Clock clock) {
		this.channels = channels;
		this.digests = digests;
		this.texts = texts;
		this.outlets = outlets.stream().collect(Collectors.toMap(Outlet::kind, Function.identity()));
		this.jdbc = jdbc;
		this.properties = properties;
		this.transaction = new TransactionTemplate(transactions);
		this.clock = clock;
	}

	/** A message as the page shows it. */
	record Delivery(long channelId, String channel, String subject, Instant madeAt, State state, int attempts,
			Instant nextAt, String answer) {

	}

	@Scheduled(initialDelayString = "${tollgate.notice.look:2s}", fixedDelayString = "${tollgate.notice.look:2s}")
	void work() {
		this.digests.gather();
		giveUp();
		due().forEach(this::attempt);
	}

	/** The newest. */
	List<Delivery> recent(int count) {
		return this.jdbc.sql("""
				select m.*, c.name as channel_name from notice_message m
				join notice_channel c on c.id = m.channel_id order by m.made_at desc, m.id limit ?""")
			.param(count)
			.query(Deliveries::delivery)
			.list();
	}

	/** Sends one that tells nothing, now and once. */
	Answer test(Channel channel) {
		var id = UUID.randomUUID();
		var now = Instant.now(this.clock);
		this.jdbc.sql("""
				insert into notice_message (id, channel_id, made_at, subject, body, state, next_at)
				values (:id, :channel, :now, :subject, :body, 'WAITING', :never)""")
			.param("id", id)
			.param("channel", channel.id())
			.param("now", now.atOffset(ZoneOffset.UTC))
			.param("subject", this.texts.testSubject())
			.param("body", this.texts.testBody(channel, now))
			.param("never", now.plus(this.properties.giveUp()).atOffset(ZoneOffset.UTC))
			.update();
		return Objects.requireNonNull(this.transaction.execute((status) -> {
			var answer = send(channel, message(id).getFirst());
			note(id, answer, answer.arrived() ? State.SENT : State.GIVEN_UP, now);
			return answer;
		}));
	}

	private List<UUID> due() {
		return this.jdbc.sql("""
				select m.id from notice_message m join notice_channel c on c.id = m.channel_id
				where m.state = 'WAITING' and m.next_at <= ? and c.enabled order by m.next_at limit ?""")
			.params(Instant.now(this.clock).atOffset(ZoneOffset.UTC), BATCH)
			.query(UUID.class)
			.list();
	}

	private void attempt(UUID id) {
		this.transaction.executeWithoutResult((status) -> message(id).forEach((message) -> {
			var channel = this.channels.find(message.channelId()).orElseThrow();
			var answer = send(channel, message);
			var now = Instant.now(this.clock);
			note(id, answer, answer.arrived() ? State.SENT : State.WAITING, now.plus(pause(message.attempts())));
		}));
	}

	/** Held to the end of the transaction; nothing when somebody else has it. */
	private List<Message> message(UUID id) {
		return this.jdbc.sql("select * from notice_message where id = ? and state = 'WAITING' for update skip locked")
			.param(id)
			.query((row, number) -> new Message(row.getObject("id", UUID.class), row.getLong("channel_id"),
					row.getString("subject"), row.getString("body"), row.getInt("attempts")))
			.list();
	}

	private Answer send(Channel channel, Message message) {
		return Objects.requireNonNull(this.outlets.get(channel.kind())).send(channel, message);
	}

	private void note(UUID id, Answer answer, State state, Instant next) {
		this.jdbc.sql("""
				update notice_message set state = ?, answer = ?, next_at = ?, attempts = attempts + 1
				where id = ?""").params(state.name(), answer.said(), next.atOffset(ZoneOffset.UTC), id).update();
	}

	/** Doubles with each attempt. */
	static Duration pause(int attempts) {
		var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 16));
		return (pause.compareTo(LONGEST_PAUSE) > 0) ? LONGEST_PAUSE : pause;
	}

	private void giveUp() {
		var now = Instant.now(this.clock).atOffset(ZoneOffset.UTC);
		this.jdbc.sql("update notice_message set state = 'GIVEN_UP' where state = 'WAITING' and made_at < ?")
			.param(now.minus(this.properties.giveUp()))
			.update();
		this.jdbc.sql("delete from notice_message where state <> 'WAITING' and made_at < ?")
			.param(now.minus(KEPT))
			.update();
	}

	private static Delivery delivery(ResultSet row, int number) throws SQLException {
		return new Delivery(row.getLong("channel_id"), row.getString("channel_name"), row.getString("subject"),
				row.getObject("made_at", OffsetDateTime.class).toInstant(), State.valueOf(row.getString("state")),
				row.getInt("attempts"), row.getObject("next_at", OffsetDateTime.class).toInstant(),
				row.getString("answer"));
	}

}
