package io.tollgate.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The one link with which the first account is made. Only the SHA-256 of its token is
 * kept: whoever reads the database cannot use it.
 */
@Component
class SetUpLink {

	static final Duration LIFETIME = Duration.ofMinutes(30);

	private final JdbcClient jdbc;

	private final Clock clock;

	SetUpLink(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** Makes a fresh token; an older one is worth nothing from now on. */
	@Transactional
	String renew() {
		var token = OneTimeToken.make();
		var expiresAt = Instant.now(this.clock).plus(LIFETIME).atOffset(ZoneOffset.UTC);
		this.jdbc.sql("delete from setup_link").update();
		this.jdbc.sql("insert into setup_link (id, token_hash, expires_at) values (1, :hash, :expires)")
			.param("hash", OneTimeToken.hash(token))
			.param("expires", expiresAt)
			.update();
		return token;
	}

	/** Whether the token could be redeemed now. */
	@Transactional(readOnly = true)
	boolean isOpen(String token) {
		return this.jdbc.sql("select count(*) from setup_link where token_hash = :hash and expires_at > :now")
			.param("hash", OneTimeToken.hash(token))
			.param("now", Instant.now(this.clock).atOffset(ZoneOffset.UTC))
			.query(Long.class)
			.single() > 0;
	}

	/**
	 * Uses the token up. Of many who try at once one gets {@code true}: the others wait
	 * for the row and find it gone. Rolls back with the transaction around it.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	boolean redeem(String token) {
		return this.jdbc.sql("delete from setup_link where token_hash = :hash and expires_at > :now")
			.param("hash", OneTimeToken.hash(token))
			.param("now", Instant.now(this.clock).atOffset(ZoneOffset.UTC))
			.update() == 1;
	}

}
