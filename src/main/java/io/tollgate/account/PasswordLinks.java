package io.tollgate.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The links with which people make a password of their own: one at most is open for each
 * account.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class PasswordLinks {

	static final Duration LIFETIME = Duration.ofHours(72);

	private final JdbcClient jdbc;

	private final Clock clock;

	PasswordLinks(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** Makes a fresh token; an older one of the account is worth nothing from now on. */
	String renew(long accountId) {
		close(accountId);
		var token = OneTimeToken.make();
		this.jdbc.sql("insert into account_link (account_id, token_hash, expires_at) values (?, ?, ?)")
			.params(accountId, OneTimeToken.hash(token), now().plus(LIFETIME))
			.update();
		return token;
	}

	/** Takes the account's link back. */
	boolean close(long accountId) {
		return this.jdbc.sql("delete from account_link where account_id = ?").param(accountId).update() > 0;
	}

	/** Whose token this is, while it is open. */
	Optional<Long> owner(String token) {
		return this.jdbc.sql("select account_id from account_link where token_hash = ? and expires_at > ?")
			.params(OneTimeToken.hash(token), now())
			.query(Long.class)
			.optional();
	}

	/**
	 * Uses the token up. Of many who try at once one gets {@code true}: the others wait
	 * for the row and find it gone. Rolls back with the transaction around it.
	 */
	boolean redeem(String token) {
		return this.jdbc.sql("delete from account_link where token_hash = ? and expires_at > ?")
			.params(OneTimeToken.hash(token), now())
			.update() == 1;
	}

	/** Until when the open links work, by account. */
	Map<Long, Instant> open() {
		var open = new LinkedHashMap<Long, Instant>();
		this.jdbc.sql("select account_id, expires_at from account_link where expires_at > ?")
			.param(now())
			.query((row, number) -> Map.entry(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant()))
			.list()
			.forEach((entry) -> open.put(entry.getKey(), entry.getValue()));
		return open;
	}

	private OffsetDateTime now() {
		return Instant.now(this.clock).atOffset(ZoneOffset.UTC);
	}

}
