package io.tollgate.notice;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tollgate.notice.Outlet.Answer;
import io.tollgate.notice.Outlet.Message;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Brings messages to where they go, again and again until they arrive or a day is over.
 * Of several portals one takes a message for the time of an attempt; when that one dies
 * in between another tries again afterwards, and the receiver knows it by its id. No
 * connection to the database is held meanwhile, and who is slow holds up nobody else.
 */
@Component
class Deliveries implements DisposableBean {

	enum State {

		WAITING, SENT, GIVEN_UP

	}

	private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

	private static final int BATCH = 20;

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);

	private static final Duration LONGEST_PAUSE = Duration.ofHours(2);

	/** For an attempt that ended at its limit to be noted. */
	private static final Duration SPARE = Duration.ofMinutes(1);

	private static final Duration KEPT = Duration.ofDays(30);

	private final Channels channels;

	private final Digests digests;

	private final MessageTexts texts;

	private final Map<ChannelKind, Outlet> outlets;

	private final JdbcClient jdbc;

	private final NoticeProperties properties;

	private final MessageSource messages;

	private final Clock clock;

	private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

	/** Channels that something is being sent to. */
	private final Map<Long, Future<?>> busy = new ConcurrentHashMap<>();

	Deliveries(Channels channels, Digests digests, MessageTexts texts, List<Outlet> outlets, JdbcClient jdbc,
			NoticeProperties properties, MessageSource messages, Clock clock) {
		this.channels = channels;
		this.digests = digests;
		this.texts = texts;
		this.outlets = outlets.stream().collect(Collectors.toMap(Outlet::kind, Function.identity()));
		this.jdbc = jdbc;
		this.properties = properties;
		this.messages = messages;
		this.clock = clock;
	}

	@Scheduled(initialDelayString = "${tollgate.notice.look:2s}", fixedDelayString = "${tollgate.notice.look:2s}")
	void work() {
		this.digests.gather();
		giveUp();
		this.channels.all()
			.stream()
			.filter(Channel::enabled)
			.forEach((channel) -> this.busy.computeIfAbsent(channel.id(), (id) -> this.senders.submit(() -> {
				try {
					for (var message : due(channel)) {
						attempt(channel, message);
					}
				}
				catch (InterruptedException ex) {
					// the portal ends; another one tries again when its time is over
					Thread.currentThread().interrupt();
				}
				catch (RuntimeException ex) {
					LOG.error("{} is told nothing for now", channel.name(), ex);
				}
				finally {
					this.busy.remove(id);
				}
			})));
	}

	/** Until nothing is being sent. */
	void await() throws ExecutionException, InterruptedException {
		for (var sending : List.copyOf(this.busy.values())) {
			sending.get();
		}
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
		try {
			var answer = send(channel, message(id));
			note(id, answer, answer.arrived() ? State.SENT : State.GIVEN_UP, now);
			return answer;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return failed("notice.stopped");
		}
	}

	/** The oldest first. */
	private List<UUID> due(Channel channel) {
		return this.jdbc.sql("""
				select id from notice_message where channel_id = ? and state = 'WAITING' and next_at <= ?
				order by next_at limit ?""")
			.params(channel.id(), Instant.now(this.clock).atOffset(ZoneOffset.UTC), BATCH)
			.query(UUID.class)
			.list();
	}

	private void attempt(Channel channel, UUID id) throws InterruptedException {
		if (take(channel, id)) {
			var message = message(id);
			var answer = send(channel, message);
			var now = Instant.now(this.clock);
			note(id, answer, answer.arrived() ? State.SENT : State.WAITING, now.plus(pause(message.attempts())));
		}
	}

	/**
	 * Has every other portal leave it alone for as long as an attempt may take.
	 * @return whether no other one has it
	 */
	private boolean take(Channel channel, UUID id) {
		var now = Instant.now(this.clock);
		return this.jdbc
			.sql("update notice_message set next_at = ? where id = ? and state = 'WAITING' and next_at <= ?")
			.params(now.plus(outlet(channel).patience()).plus(SPARE).atOffset(ZoneOffset.UTC), id,
					now.atOffset(ZoneOffset.UTC))
			.update() == 1;
	}

	private Message message(UUID id) {
		return this.jdbc.sql("select * from notice_message where id = ?")
			.param(id)
			.query((row, number) -> new Message(row.getObject("id", UUID.class), row.getLong("channel_id"),
					row.getString("subject"), row.getString("body"), row.getInt("attempts")))
			.single();
	}

	private Outlet outlet(Channel channel) {
		return Objects.requireNonNull(this.outlets.get(channel.kind()));
	}

	private Answer send(Channel channel, Message message) throws InterruptedException {
		var outlet = outlet(channel);
		var sending = this.senders.submit(() -> outlet.send(channel, message));
		try {
			return sending.get(outlet.patience().toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			// who answers drop by drop would hold it as long as they like; on a virtual
			// thread an interrupt closes the socket
			sending.cancel(true);
			return failed("notice.timeout", outlet.patience().toSeconds());
		}
		catch (InterruptedException ex) {
			sending.cancel(true);
			throw ex;
		}
		catch (ExecutionException ex) {
			// one that no outlet foresaw is tried again after a pause as any other: else
			// it would be tried at once again, and the next ones never
			LOG.error("{} cannot be told", channel.name(), ex.getCause());
			return failed("notice.broken");
		}
	}

	private Answer failed(String key, Object... arguments) {
		return new Answer(false, this.messages.getMessage(key, arguments, Locale.ENGLISH));
	}

	@Override
	public void destroy() {
		this.senders.shutdownNow();
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

}
