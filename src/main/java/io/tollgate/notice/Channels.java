package io.tollgate.notice;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.keys.LockedColumn;
import io.tollgate.keys.Lockbox;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who is told. Changes are audited; the secret of a webhook is shown once. */
@Service
@Transactional
class Channels {

	private static final LockedColumn COLUMN = LockedColumn.WEBHOOK_SECRET;

	private static final int SECRET_BYTES = 32;

	private final JdbcClient jdbc;

	private final Lockbox lockbox;

	private final AuditTrail audit;

	private final SecureRandom random = new SecureRandom();

	Channels(JdbcClient jdbc, Lockbox lockbox, AuditTrail audit) {
		this.jdbc = jdbc;
		this.lockbox = lockbox;
		this.audit = audit;
	}

	@Transactional(readOnly = true)
	public List<Channel> all() {
		return this.jdbc.sql("select * from notice_channel order by name, id").query(Channels::channel).list();
	}

	@Transactional(readOnly = true)
	public Optional<Channel> find(long id) {
		return this.jdbc.sql("select * from notice_channel where id = ?").param(id).query(Channels::channel).optional();
	}

	/** Whether another one has that name. */
	@Transactional(readOnly = true)
	public boolean isTaken(String name, long id) {
		return all().stream().anyMatch((other) -> other.id() != id && other.name().equalsIgnoreCase(name));
	}

	/** A channel that was just added, and its secret, which is nowhere else. */
	record Added(Channel channel, @Nullable String secret) {

		@Override
		public String toString() {
			return this.channel.toString();
		}

	}

	/** Adds one. A webhook gets a secret. */
	public Added add(Channel wanted) {
		var keys = new GeneratedKeyHolder();
		with(this.jdbc.sql("""
				insert into notice_channel (name, kind, address, told, least, pbx_groups, quiet_from, quiet_to,
				    time_zone, enabled)
				values (:name, :kind, :address, :told, :least, :groups, :from, :to, :zone, :enabled)"""), wanted)
			.update(keys, "id");
		long id = Objects.requireNonNull(keys.getKey(), "no id").longValue();
		var added = find(id).orElseThrow();
		this.audit.record("notice.channel.added", object(added), null, added.words());
		return new Added(added, (added.kind() == ChannelKind.WEBHOOK) ? secret(id) : null);
	}

	private String secret(long id) {
		var bytes = new byte[SECRET_BYTES];
		this.random.nextBytes(bytes);
		var secret = WebhookSignature.PREFIX + Base64.getEncoder().encodeToString(bytes);
		this.jdbc.sql("insert into notice_secret (id, locked) values (?, ?)")
			.params(id, this.lockbox.lockText(COLUMN.place(id), secret))
			.update();
		return secret;
	}

	/**
	 * What its webhook is signed with, to sign and for nothing else.
	 * @throws io.tollgate.keys.SealedException when it cannot be unlocked
	 */
	@Transactional(readOnly = true)
	public String unlock(long id) {
		var locked = this.jdbc.sql("select locked from notice_secret where id = ?")
			.param(id)
			.query(String.class)
			.single();
		return this.lockbox.unlockText(COLUMN.place(id), locked);
	}

	/** Changes one; what kind it is stays. */
	public void change(Channel wanted) {
		var before = find(wanted.id()).orElseThrow();
		with(this.jdbc.sql("""
				update notice_channel
				set name = :name, kind = :kind, address = :address, told = :told, least = :least, pbx_groups = :groups,
				    quiet_from = :from, quiet_to = :to, time_zone = :zone, enabled = :enabled
				where id = :id"""), wanted).param("id", wanted.id()).update();
		if (!before.equals(wanted)) {
			this.audit.record("notice.channel.changed", object(wanted), before.name() + ": " + before.words(),
					wanted.name() + ": " + wanted.words());
		}
	}

	/** Removes one, with what it was told and was to be told. */
	public void remove(Channel channel) {
		this.jdbc.sql("delete from notice_channel where id = ?").param(channel.id()).update();
		this.audit.record("notice.channel.removed", object(channel), channel.words(), null);
	}

	private static StatementSpec with(StatementSpec sql, Channel channel) {
		var quiet = channel.quiet();
		return sql.param("name", channel.name())
			.param("kind", channel.kind().name())
			.param("address", channel.address())
			.param("told", lines(channel.told().stream().map(NoticeKind::name).sorted().toList()))
			.param("least", channel.least().name())
			.param("groups", lines(channel.groups().stream().sorted().toList()))
			.param("from", (quiet != null) ? quiet.from() : null)
			.param("to", (quiet != null) ? quiet.to() : null)
			.param("zone", channel.zone().getId())
			.param("enabled", channel.enabled());
	}

	private static String lines(Collection<String> values) {
		return String.join("\n", values);
	}

	private static Set<String> values(String lines) {
		return lines.lines().collect(Collectors.toSet());
	}

	private static Channel channel(ResultSet row, int number) throws SQLException {
		var zone = ZoneId.of(row.getString("time_zone"));
		int from = row.getInt("quiet_from");
		boolean never = row.wasNull();
		return new Channel(row.getLong("id"), row.getString("name"), ChannelKind.valueOf(row.getString("kind")),
				row.getString("address"),
				values(row.getString("told")).stream().map(NoticeKind::valueOf).collect(Collectors.toSet()),
				Severity.valueOf(row.getString("least")), values(row.getString("pbx_groups")),
				never ? null : new QuietHours(from, row.getInt("quiet_to"), zone), zone, row.getBoolean("enabled"));
	}

	private static AuditObject object(Channel channel) {
		return AuditObject.of("notice-channel", channel.id(), channel.name());
	}

}
