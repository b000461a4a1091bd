package io.tollgate.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;

import io.tollgate.listing.ListAddress;
import io.tollgate.listing.ListOrder;
import io.tollgate.listing.ListPage;
import io.tollgate.listing.ListQuery;
import io.tollgate.listing.ListShape;
import io.tollgate.listing.SearchText;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was sent, or waits to be, in the last thirty days. */
@Component
class DeliveryLog {

	private static final ListShape<Delivery> LIST = ListShape.<Delivery>empty()
		.sorted("subject", "notice.delivery", false)
		.sorted("channel", "notice.channel", false)
		.sorted("at", "notice.delivery.at", true)
		.plain("notice.delivery.outcome")
		.plain("notice.delivery.answer")
		.usually("at");

	/**
	 * All that is looked for; {@code state} and the words are each left out when empty.
	 */
	private static final String FOUND = """
			from notice_message m join notice_channel c on c.id = m.channel_id
			where (:state = '' or m.state = :state)
			  and (lower(m.subject) like :text escape '!' or lower(c.name) like :text escape '!'
			       or lower(m.answer) like :text escape '!')""";

	private final JdbcClient jdbc;

	DeliveryLog(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** A message as the pages show it. */
	record Delivery(long channelId, String channel, String subject, Instant madeAt, Deliveries.State state,
			int attempts, Instant nextAt, String answer) {

	}

	/** The newest. */
	List<Delivery> recent(int count) {
		return this.jdbc.sql("""
				select m.*, c.name as channel_name from notice_message m
				join notice_channel c on c.id = m.channel_id order by m.made_at desc, m.id limit ?""")
			.param(count)
			.query(DeliveryLog::delivery)
			.list();
	}

	/**
	 * Those that are asked for.
	 * @param path of the page
	 * @param show {@code waiting}, {@code given-up}, {@code sent} or empty for all
	 */
	ListPage<Delivery> page(String path, ListQuery query, String show) {
		var order = LIST.order(query);
		var state = show.toUpperCase(Locale.ROOT).replace('-', '_');
		var text = SearchText.like(query.text());
		long found = this.jdbc.sql("select count(*) " + FOUND)
			.param("state", state)
			.param("text", text)
			.query(Long.class)
			.single();
		return LIST.page(ListAddress.of(path).with("show", show), query, rows(state, text, order, found), found,
				(found > 0) ? found : all());
	}

	private List<Delivery> rows(String state, String text, ListOrder order, long found) {
		var column = switch (order.column()) {
			case "subject" -> "lower(m.subject)";
			case "channel" -> "lower(c.name)";
			default -> "m.made_at";
		};
		var direction = order.descending() ? " desc" : "";
		return this.jdbc
			.sql("select m.*, c.name as channel_name " + FOUND + " order by " + column + direction
					+ ", m.made_at desc, m.id limit :size offset :from")
			.param("state", state)
			.param("text", text)
			.param("size", order.size())
			.param("from", (long) order.within(found) * order.size())
			.query(DeliveryLog::delivery)
			.list();
	}

	private long all() {
		return this.jdbc.sql("select count(*) from notice_message").query(Long.class).single();
	}

	private static Delivery delivery(ResultSet row, int number) throws SQLException {
		return new Delivery(row.getLong("channel_id"), row.getString("channel_name"), row.getString("subject"),
				row.getObject("made_at", OffsetDateTime.class).toInstant(),
				Deliveries.State.valueOf(row.getString("state")), row.getInt("attempts"),
				row.getObject("next_at", OffsetDateTime.class).toInstant(), row.getString("answer"));
	}

}
