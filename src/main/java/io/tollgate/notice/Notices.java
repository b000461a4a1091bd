package io.tollgate.notice;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what is to be told: one row for each event and channel. */
@Service
@Transactional
class Notices {

	private static final int LONGEST = 1000;

	private final Channels channels;

	private final JdbcClient jdbc;

	private final NoticeProperties properties;

	private final Clock clock;

	Notices(Channels channels, JdbcClient jdbc, NoticeProperties properties, Clock clock) {
		this.channels = channels;
		this.jdbc = jdbc;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * Has everybody be told who wants it.
	 * @param pbxId {@code null} for what is about all
	 */
	void tell(NoticeKind kind, @Nullable Long pbxId, String pbxName, String words) {
		tell(kind, pbxId, pbxName, words, (channel) -> true);
	}

	/**
	 * The same of a PBX that answers again. Who was not told yet that it does not is told
	 * neither.
	 */
	void back(long pbxId, String pbxName, String words) {
		tell(NoticeKind.BACK, pbxId, pbxName, words, (channel) -> !takeBack(channel, pbxId));
	}

	private boolean takeBack(Channel channel, long pbxId) {
		return this.jdbc.sql("""
				delete from notice_event
				where channel_id = ? and pbx_id = ? and kind = ? and message_id is null and due_at > ?""")
			.params(channel.id(), pbxId, NoticeKind.UNREACHABLE.name(), now().atOffset(ZoneOffset.UTC))
			.update() > 0;
	}

	private void tell(NoticeKind kind, @Nullable Long pbxId, String pbxName, String words, Predicate<Channel> also) {
		var group = (pbxId != null) ? group(pbxId) : "";
		var event = UUID.randomUUID();
		var now = now();
		var due = now.plus((kind == NoticeKind.UNREACHABLE) ? this.properties.settle() : Duration.ZERO);
		for (var channel : wanting(kind, group, pbxId, also)) {
			this.jdbc.sql("""
					insert into notice_event (event_id, channel_id, kind, pbx_id, pbx_name, words, at, due_at)
					values (:event, :channel, :kind, :pbx, :name, :words, :at, :due)""")
				.param("event", event)
				.param("channel", channel.id())
				.param("kind", kind.name())
				.param("pbx", pbxId)
				.param("name", pbxName)
				.param("words", PlainText.of(words, LONGEST))
				.param("at", now.atOffset(ZoneOffset.UTC))
				.param("due", due.atOffset(ZoneOffset.UTC))
				.update();
		}
	}

	private List<Channel> wanting(NoticeKind kind, String group, @Nullable Long pbxId, Predicate<Channel> also) {
		return this.channels.all().stream().filter((channel) -> {
			// a PBX that is back may have been known as gone before anybody stopped
			// asking
			boolean settled = kind != NoticeKind.BACK || also.test(channel);
			return settled && channel.wants(kind, group) && (pbxId != null || channel.groups().isEmpty());
		}).toList();
	}

	private String group(long pbxId) {
		return this.jdbc.sql("select group_name from pbx_upkeep where pbx_id = ?")
			.param(pbxId)
			.query(String.class)
			.optional()
			.orElse("");
	}

	private Instant now() {
		return Instant.now(this.clock);
	}

}
