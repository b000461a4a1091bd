package io.tollgate.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The sessions of all accounts, in the database, and how long they last. */
@Service
class Sessions {

	/** How exactly the last use is known; saves a write for every picture of a page. */
	static final Duration PRECISION = Duration.ofSeconds(30);

	private final JdbcClient jdbc;

	private final FindByIndexNameSessionRepository<? extends Session> repository;

	private final Clock clock;

	private final Duration idle;

	private final Duration longest;

	Sessions(JdbcClient jdbc, FindByIndexNameSessionRepository<? extends Session> repository, Clock clock,
			@Value("${server.servlet.session.timeout:15m}") Duration idle,
			@Value("${tollgate.session.longest:8h}") Duration longest) {
		this.jdbc = jdbc;
		this.repository = repository;
		this.clock = clock;
		this.idle = idle;
		this.longest = longest;
	}

	/**
	 * Whether the session may go on: neither idle for too long nor too old, and what its
	 * account may do is still what it was at sign-in.
	 */
	@Transactional(readOnly = true)
	public boolean goesOn(SignedIn person, @Nullable SessionUse use) {
		var now = Instant.now(this.clock);
		return (use == null
				|| (now.isBefore(use.last().plus(this.idle)) && now.isBefore(use.since().plus(this.longest))))
				&& this.jdbc.sql("select count(*) from account where username = ? and enabled and revision = ?")
					.params(person.getUsername(), person.revision())
					.query(Long.class)
					.single() == 1;
	}

	/**
	 * Notes that somebody did something.
	 * @param before what the session remembers, {@code null} for a fresh one
	 * @return what it shall remember, {@code before} where nothing needs writing
	 */
	@Transactional
	public SessionUse used(SignedIn person, @Nullable SessionUse before, @Nullable String address,
			@Nullable String browser) {
		var now = Instant.now(this.clock);
		var same = (before != null && before.username().equals(person.getUsername())) ? before : null;
		if (same != null && same.last().plus(PRECISION).isAfter(now)) {
			return same;
		}
		this.jdbc.sql("update account set last_seen_at = ? where username = ?")
			.params(now.atOffset(ZoneOffset.UTC), person.getUsername())
			.update();
		return (same != null) ? same.usedAt(now) : new SessionUse(person.getUsername(), now, now, address, browser);
	}

	/** Who is signed in where with this username, the last used first. */
	List<SessionUse> of(String username) {
		return this.repository.findByPrincipalName(username)
			.values()
			.stream()
			.map((session) -> session.<SessionUse>getAttribute(SessionUse.ATTRIBUTE))
			.filter((use) -> use != null)
			.sorted(Comparator.comparing(SessionUse::last).reversed())
			.toList();
	}

	/**
	 * Ends all sessions of this person with the transaction under way: a change of what
	 * they may do and the end of what they could do are one.
	 * @return how many there were
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public int endAll(String username) {
		return this.jdbc.sql("delete from spring_session where principal_name = ?").param(username).update();
	}

	/** The same for all but one. */
	@Transactional(propagation = Propagation.MANDATORY)
	public int endOthers(String username, String keptId) {
		return this.jdbc.sql("delete from spring_session where principal_name = ? and session_id <> ?")
			.params(username, keptId)
			.update();
	}

}
