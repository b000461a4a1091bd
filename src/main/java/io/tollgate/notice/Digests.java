package io.tollgate.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes messages of events: the first goes at once, what follows soon after goes together
 * with the next. Of several portals one makes those of a channel at a time.
 */
@Component
class Digests {

	private final Channels channels;

	private final MessageTexts texts;

	private final JdbcClient jdbc;

	private final NoticeProperties properties;

	private final TransactionTemplate transaction;

	private final Clock clock;

	Digests(Channels channels, MessageTexts texts, JdbcClient jdbc, NoticeProperties properties,
			PlatformTransactionManager transactions, Clock clock) {
		this.channels = channels;
		this.texts = texts;
		this.jdbc = jdbc;
		this.properties = properties;
		this.transaction = new TransactionTemplate(transactions);
		this.clock = clock;
	}

	/** One thing that happened, as a message tells it. */
	record Event(long row, UUID id, NoticeKind kind, long pbxId, String pbxName, String words, Instant at) {

	}

	void gather() {
		this.channels.all()
			.stream()
			.filter(Channel::enabled)
			.forEach((channel) -> this.transaction.executeWithoutResult((status) -> gather(channel)));
	}

	private void gather(Channel channel) {
		var now = Instant.now(this.clock);
		// its row is held to the end, so that another portal looks elsewhere
		var free = this.jdbc.sql("""
				select id from notice_channel
				where id = ? and (gathers_until is null or gathers_until <= ?) for update skip locked""")
			.params(channel.id(), now.atOffset(ZoneOffset.UTC))
			.query(Long.class)
			.optional();
		if (free.isEmpty()) {
			return;
		}
		var events = waiting(channel, now).stream().filter((event) -> channel.hears(event.kind(), now)).toList();
		if (!events.isEmpty()) {
			var message = write(channel, events, now);
			events.forEach((event) -> this.jdbc.sql("update notice_event set message_id = ? where id = ?")
				.params(message, event.row())
				.update());
			this.jdbc.sql("update notice_channel set gathers_until = ? where id = ?")
				.params(now.plus(this.properties.gather()).atOffset(ZoneOffset.UTC), channel.id())
				.update();
		}
	}

	private List<Event> waiting(Channel channel, Instant now) {
		return this.jdbc.sql("""
				select * from notice_event where channel_id = ? and message_id is null and due_at <= ?
				order by id for update""")
			.params(channel.id(), now.atOffset(ZoneOffset.UTC))
			.query(Digests::event)
			.list();
	}

	private UUID write(Channel channel, List<Event> events, Instant now) {
		var id = UUID.randomUUID();
		this.jdbc.sql("""
				insert into notice_message (id, channel_id, made_at, subject, body, state, next_at)
				values (:id, :channel, :now, :subject, :body, 'WAITING', :now)""")
			.param("id", id)
			.param("channel", channel.id())
			.param("now", now.atOffset(ZoneOffset.UTC))
			.param("subject", this.texts.subject(events))
			.param("body", this.texts.body(channel, events, now))
			.update();
		return id;
	}

	private static Event event(ResultSet row, int number) throws SQLException {
		return new Event(row.getLong("id"), row.getObject("event_id", UUID.class),
				NoticeKind.valueOf(row.getString("kind")), row.getLong("pbx_id"), row.getString("pbx_name"),
				row.getString("words"), row.getObject("at", OffsetDateTime.class).toInstant());
	}

}
