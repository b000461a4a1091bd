package io.tollgate.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.audit.CurrentActor;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The API tokens. A token never does more than its maker may do now: their role, groups
 * and whether they may sign in are looked at with every request.
 */
@Service
class ApiTokens {

	static final int DEFAULT_DAYS = 90;

	static final int MOST_DAYS = 365;

	/** How exactly the last use is known. */
	static final Duration PRECISION = Duration.ofMinutes(1);

	/** For how long one that has expired is still listed. */
	private static final Duration LISTED = Duration.ofDays(90);

	private final StoredApiTokens tokens;

	private final StoredAccounts accounts;

	private final RefusedTokens refused;

	private final AuditTrail audit;

	private final CurrentActor actor;

	private final Clock clock;

	ApiTokens(StoredApiTokens tokens, StoredAccounts accounts, RefusedTokens refused, AuditTrail audit,
			CurrentActor actor, Clock clock) {
		this.tokens = tokens;
		this.accounts = accounts;
		this.refused = refused;
		this.audit = audit;
		this.actor = actor;
		this.clock = clock;
	}

	/** A token that was just made; its secret is nowhere else. */
	record Made(ApiToken token, ApiSecret secret) {

	}

	/**
	 * Makes one for whoever is signed in.
	 * @throws AccessDeniedException when it would see more than they do
	 */
	@Transactional
	public Made make(NewApiToken wanted) {
		var own = this.actor.groups();
		if (!own.isEmpty() && !own.containsAll(wanted.groups())) {
			throw new AccessDeniedException("a token never sees more than its maker");
		}
		return make(wanted, this.actor.name());
	}

	/** The one that the first administrator gets before they have signed in. */
	@Transactional(propagation = Propagation.MANDATORY)
	public Made makeFirst(NewApiToken wanted, Account administrator) {
		return make(wanted, administrator.username());
	}

	private Made make(NewApiToken wanted, String username) {
		if (wanted.scopes().isEmpty() || wanted.days() < 1 || wanted.days() > MOST_DAYS) {
			throw new IllegalArgumentException("a token needs a scope and an end within a year");
		}
		var maker = this.accounts.findByUsername(username)
			.orElseThrow(() -> new AccessDeniedException("only people make tokens"));
		var secret = ApiSecret.make();
		var now = Instant.now(this.clock).truncatedTo(ChronoUnit.MICROS);
		var token = this.tokens
			.saveAndFlush(new StoredApiToken(maker, secret, wanted, now, now.plus(Duration.ofDays(wanted.days()))))
			.toToken();
		this.audit.record("token.made", object(token), null, words(token));
		return new Made(token, secret);
	}

	/**
	 * Those that whoever is signed in may see: an administrator all, others their own.
	 */
	@Transactional(readOnly = true)
	public List<ApiToken> mine() {
		return this.tokens.findByExpiresAtAfterOrderByCreatedAtDescIdDesc(Instant.now(this.clock).minus(LISTED))
			.stream()
			.map(StoredApiToken::toToken)
			.filter(this::isMine)
			.toList();
	}

	/**
	 * Ends one for good.
	 * @return what was ended, nothing if there is none that they may see and that has not
	 * ended yet
	 */
	@Transactional
	public Optional<ApiToken> revoke(long id) {
		var found = this.tokens.findById(id).filter((stored) -> {
			var token = stored.toToken();
			return isMine(token) && token.revokedAt() == null;
		});
		found.ifPresent((stored) -> {
			var token = stored.toToken();
			stored.revoke(Instant.now(this.clock).truncatedTo(ChronoUnit.MICROS));
			this.audit.record("token.revoked", object(token), words(token), null);
		});
		return found.map(StoredApiToken::toToken);
	}

	private boolean isMine(ApiToken token) {
		return this.actor.is(Role.ADMINISTRATOR.name()) || token.maker().username().equals(this.actor.name());
	}

	/**
	 * Whose token that is. Malformed, unknown, wrong, expired, revoked: all of them go
	 * the same way, up to the one answer.
	 * @param address where it came from
	 * @return nothing for one that does not work, whatever the reason
	 */
	@Transactional
	public Optional<ApiToken> use(String text, String address) {
		var secret = ApiSecret.read(text).orElseGet(ApiSecret::make);
		var found = this.tokens.findByPublicId(secret.id());
		boolean right = secret.fits(found.map(StoredApiToken::getSecretHash).orElse(""));
		var now = Instant.now(this.clock);
		var token = found.map(StoredApiToken::toToken);
		if (!right || token.isEmpty() || !token.get().state(now).works()) {
			this.refused.count(token.orElse(null), right, address);
			return Optional.empty();
		}
		var before = now.minus(PRECISION);
		var last = token.get().lastUsedAt();
		if (last == null || last.isBefore(before)) {
			this.tokens.used(token.get().id(), now, before, address);
		}
		return token;
	}

	/** One whose secret was right a while ago, if it still works. */
	@Transactional(readOnly = true)
	public Optional<ApiToken> working(long id) {
		return this.tokens.findById(id)
			.map(StoredApiToken::toToken)
			.filter((token) -> token.state(Instant.now(this.clock)).works());
	}

	private static AuditObject object(ApiToken token) {
		return AuditObject.of("token", token.id(), token.name());
	}

	private static String words(ApiToken token) {
		var scopes = token.scopes().stream().map(ApiScope::word).collect(Collectors.joining(", "));
		return scopes + "; " + (token.groups().isEmpty() ? "all PBXs of its maker" : String.join(", ", token.groups()))
				+ "; until " + token.expiresAt().atOffset(ZoneOffset.UTC).toLocalDate();
	}

}
