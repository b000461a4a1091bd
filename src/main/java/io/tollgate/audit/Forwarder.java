package io.tollgate.audit;

import java.io.IOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLSocketFactory;

import io.tollgate.keys.Keys;
import io.tollgate.keys.Seal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forwards the trail to a syslog receiver: each row at least once and in order. It reads
 * the table behind the row that arrived last, so no change waits for it, and after an
 * outage it goes on where it was. Of several portals one does it at a time.
 */
@Component
class Forwarder implements DisposableBean {

	private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);

	private static final int BATCH = 500;

	private final ForwardProperties to;

	private final AuditRows rows;

	private final Keys keys;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final Clock clock;

	private final SyslogLine line;

	private final SyslogLink link;

	@Autowired
	Forwarder(ForwardProperties to, AuditRows rows, Keys keys, JdbcClient jdbc, PlatformTransactionManager transactions,
			Clock clock, SslBundles bundles) {
		this(to, rows, keys, jdbc, transactions, clock,
				to.sslBundle().isEmpty() ? (SSLSocketFactory) SSLSocketFactory.getDefault()
						: bundles.getBundle(to.sslBundle()).createSslContext().getSocketFactory());
	}

	Forwarder(ForwardProperties to, AuditRows rows, Keys keys, JdbcClient jdbc, PlatformTransactionManager transactions,
			Clock clock, SSLSocketFactory tls) {
		this.to = to;
		this.rows = rows;
		this.keys = keys;
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(transactions);
		this.clock = clock;
		this.line = new SyslogLine(to.facility());
		this.link = new SyslogLink(to, tls);
	}

	@Scheduled(initialDelayString = "${tollgate.audit.look:2s}", fixedDelayString = "${tollgate.audit.look:2s}")
	void work() {
		if (!this.to.wanted() || this.keys.seal() != Seal.OPEN) {
			return;
		}
		boolean more;
		do {
			more = Boolean.TRUE.equals(this.transaction.execute((status) -> batch()));
		}
		while (more);
	}

	/**
	 * Forwards what comes next, and holds the position meanwhile: nobody but another
	 * portal's forwarder asks for it, and that one looks elsewhere.
	 * @return whether there may be more
	 */
	private boolean batch() {
		var position = this.jdbc.sql("select last_id from audit_forward where id = 1 for update skip locked")
			.query(Long.class)
			.optional();
		if (position.isEmpty()) {
			return false;
		}
		var next = this.rows.after(position.get(), BATCH);
		if (next.isEmpty()) {
			return false;
		}
		try {
			this.link.send(messages(next));
		}
		catch (IOException ex) {
			failed(ex);
			return false;
		}
		this.jdbc.sql("update audit_forward set last_id = ?, failing_since = null, failure = null where id = 1")
			.param(next.getLast().id())
			.update();
		return next.size() == BATCH;
	}

	private List<byte[]> messages(List<AuditRow> next) {
		boolean cut = this.to.protocol() == ForwardProperties.Protocol.UDP;
		var messages = new ArrayList<byte[]>();
		next.forEach((row) -> messages.add(cut ? this.line.shortRow(row) : this.line.row(row)));
		var last = next.getLast();
		messages.add(this.line.checkpoint(Checkpoint.of(Instant.now(this.clock),
				new AuditRows.Head(last.id(), last.hash()), last.keyVersion(), new Chain(this.keys))));
		return messages;
	}

	private void failed(IOException ex) {
		var first = this.jdbc
			.sql("update audit_forward set failing_since = ?, failure = ? where id = 1 and failing_since is null")
			.params(Timestamp.from(Instant.now(this.clock)), OneLine.of(ex.toString(), 255))
			.update();
		if (first == 1) {
			LOG.warn("The audit log cannot be forwarded to {}:{}; it is tried again: {}", this.to.host(),
					this.to.port(), ex.toString());
		}
	}

	/** How far it is; empty when nothing is forwarded. */
	Optional<State> state() {
		if (!this.to.wanted()) {
			return Optional.empty();
		}
		long head = this.rows.head().id();
		return this.jdbc.sql("select last_id, failing_since from audit_forward where id = 1").query((row, number) -> {
			var since = row.getObject("failing_since", OffsetDateTime.class);
			return new State(this.to.host() + ":" + this.to.port(), Math.max(0, head - row.getLong("last_id")),
					(since != null) ? since.toInstant() : null);
		}).optional();
	}

	@Override
	public void destroy() {
		this.link.close();
	}

	/**
	 * How far forwarding is.
	 *
	 * @param lag how many rows have not arrived
	 * @param failingSince since when none arrives, {@code null} when the last ones did
	 */
	record State(String receiver, long lag, @Nullable Instant failingSince) {

	}

}
