package io.tollgate.account;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.audit.CurrentActor;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The accounts of people whom the identity provider vouches for: found by issuer and
 * subject, never by name or e-mail; made at the first sign-in; and what they may do
 * follows from the claims at each.
 */
@Service
class ProviderAccounts {

	/** The actor of what follows from the provider's claims. */
	static final String ACTOR = "identity provider";

	private static final int LONGEST_NAME = 80;

	private final OidcProperties provider;

	private final Accounts accounts;

	private final Sessions sessions;

	private final AuditTrail audit;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	ProviderAccounts(OidcProperties provider, Accounts accounts, Sessions sessions, AuditTrail audit, JdbcClient jdbc,
			TransactionTemplate transaction) {
		this.provider = provider;
		this.accounts = accounts;
		this.sessions = sessions;
		this.audit = audit;
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	/** Who somebody is, as far as this portal is concerned. */
	private record Identity(String issuer, String subject) {

		static Identity of(OidcIdToken token) {
			return new Identity(Objects.requireNonNull(token.getClaimAsString("iss")),
					Objects.requireNonNull(token.getSubject()));
		}

	}

	private record Known(long id, String username, Role role, boolean enabled) {

	}

	/** Whether this account belongs to somebody who signs in with the provider only. */
	@Transactional(readOnly = true)
	public boolean owns(String username) {
		return this.jdbc
			.sql("select count(*) from account_provider p join account a on a.id = p.account_id where a.username = ?")
			.param(username)
			.query(Integer.class)
			.single() > 0;
	}

	/**
	 * Makes or renews the account.
	 * @return its username, or why there is none for this person
	 */
	Settled settle(OidcIdToken token) {
		var role = this.provider.role(token.getClaims());
		var scope = role.flatMap((found) -> this.provider.scope(found, token.getClaims()));
		// slow, so before the transaction; needed once in an account's life
		var hash = known(Identity.of(token), false).isPresent() ? ""
				: this.accounts.hash(HexFormat.of().formatHex(random()));
		var settled = this.transaction.execute((status) -> {
			var known = known(Identity.of(token), true).orElse(null);
			if (role.isEmpty() || scope.isEmpty()) {
				return withoutRole(known);
			}
			return (known != null) ? renewed(known, role.get(), scope.get())
					: new Settled(created(token, role.get(), scope.get(), hash), null);
		});
		return (settled != null) ? settled : new Settled(null, ProviderRefusal.NO_ROLE);
	}

	/**
	 * What became of it.
	 *
	 * @param username of the account, {@code null} when refused
	 */
	record Settled(@Nullable String username, @Nullable ProviderRefusal refusal) {

	}

	private Optional<Known> known(Identity identity, boolean lock) {
		return this.jdbc
			.sql("select id, username, role, enabled from account where id = "
					+ "(select account_id from account_provider where issuer = ? and subject = ?)"
					+ (lock ? " for update" : ""))
			.params(identity.issuer(), identity.subject())
			.query((row, index) -> new Known(row.getLong("id"), row.getString("username"),
					Role.valueOf(row.getString("role")), row.getBoolean("enabled")))
			.optional();
	}

	/** What the provider took away ends everywhere, not only in this browser. */
	private Settled withoutRole(@Nullable Known known) {
		if (known != null) {
			this.sessions.endAll(known.username());
			this.jdbc.sql("update account set revision = revision + 1 where id = ?").param(known.id()).update();
			refused(known, ProviderRefusal.NO_ROLE);
		}
		return new Settled(null, ProviderRefusal.NO_ROLE);
	}

	private void refused(Known known, ProviderRefusal why) {
		this.audit.recordAs(ACTOR, "account.provider-refused", object(known), null, why.code());
	}

	private Settled renewed(Known known, Role role, SortedSet<String> scope) {
		if (!known.enabled()) {
			refused(known, ProviderRefusal.DISABLED);
			return new Settled(null, ProviderRefusal.DISABLED);
		}
		var before = scope(known.id());
		if (known.role() != role || !before.equals(scope)) {
			this.jdbc.sql("update account set role = ?, revision = revision + 1 where id = ?")
				.params(role.name(), known.id())
				.update();
			this.jdbc.sql("delete from account_group where account_id = ?").param(known.id()).update();
			limit(known.id(), scope);
			this.sessions.endAll(known.username());
			this.audit.recordAs(ACTOR, "account.rights-changed", object(known), words(known.role(), before),
					words(role, scope));
		}
		return new Settled(known.username(), null);
	}

	private String created(OidcIdToken token, Role role, SortedSet<String> scope, String hash) {
		var username = username(token);
		var name = token.getClaimAsString("name");
		var displayName = (name == null || name.isBlank()) ? username : name.strip();
		var identity = Identity.of(token);
		var account = this.accounts.add(username,
				displayName.substring(0, Math.min(displayName.length(), LONGEST_NAME)), hash, role, ACTOR);
		this.jdbc.sql("insert into account_provider (account_id, issuer, subject) values (?, ?, ?)")
			.params(account.id(), identity.issuer(), identity.subject())
			.update();
		limit(account.id(), scope);
		return account.username();
	}

	/**
	 * What the provider calls somebody is a name to show, no more: where it is taken, or
	 * cannot be a username, something is put behind it.
	 */
	private String username(OidcIdToken token) {
		var preferred = token.getClaimAsString("preferred_username");
		var wanted = ((preferred != null) ? preferred : "").strip().toLowerCase(Locale.ROOT);
		var usable = wanted.matches("[\\p{L}\\p{N}][\\p{L}\\p{N}._@-]{1,50}") && !wanted.equals(CurrentActor.SYSTEM);
		if (usable && taken(wanted) == 0) {
			return wanted;
		}
		return (usable ? wanted : "person") + "-" + fingerprint(token);
	}

	private int taken(String username) {
		return this.jdbc.sql("select count(*) from account where username = ?")
			.param(username)
			.query(Integer.class)
			.single();
	}

	private static String fingerprint(OidcIdToken token) {
		try {
			var identity = Identity.of(token).toString();
			var digest = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest, 0, 5);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	private SortedSet<String> scope(long id) {
		List<String> groups = this.jdbc.sql("select group_name from account_group where account_id = ?")
			.param(id)
			.query(String.class)
			.list();
		return new TreeSet<>(groups);
	}

	private void limit(long id, Set<String> scope) {
		scope.forEach((group) -> this.jdbc.sql("insert into account_group (account_id, group_name) values (?, ?)")
			.params(id, group)
			.update());
	}

	private static String words(Role role, Set<String> scope) {
		return scope.isEmpty() ? role.toString() : role + ", " + String.join(", ", scope);
	}

	private static AuditObject object(Known account) {
		return AuditObject.of("account", account.id(), account.username());
	}

	private static byte[] random() {
		var bytes = new byte[32];
		new SecureRandom().nextBytes(bytes);
		return bytes;
	}

}
