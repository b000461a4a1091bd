package io.tollgate.account;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import io.tollgate.account.UserAnswer.Done;
import io.tollgate.account.UserAnswer.Gone;
import io.tollgate.account.UserAnswer.Oneself;
import io.tollgate.account.UserAnswer.Taken;
import io.tollgate.account.UserAnswer.Unchanged;
import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.audit.CurrentActor;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What administrators do with other people's accounts. Whatever changes what somebody may
 * do ends their sessions in the same transaction.
 */
@Service
@Transactional
class Users {

	private final StoredAccounts accounts;

	private final PasswordLinks links;

	private final Sessions sessions;

	private final Passkeys passkeys;

	private final AuditTrail audit;

	private final CurrentActor actor;

	private final JdbcClient jdbc;

	private final Clock clock;

	Users(StoredAccounts accounts, PasswordLinks links, Sessions sessions, Passkeys passkeys, AuditTrail audit,
			CurrentActor actor, JdbcClient jdbc, Clock clock) {
		this.accounts = accounts;
		this.links = links;
		this.sessions = sessions;
		this.passkeys = passkeys;
		this.audit = audit;
		this.actor = actor;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** Everybody, by name. */
	@Transactional(readOnly = true)
	public List<Account> all() {
		return this.accounts.findAllByOrderByDisplayNameAscUsernameAsc()
			.stream()
			.map(StoredAccount::toAccount)
			.toList();
	}

	@Transactional(readOnly = true)
	public Optional<Account> find(long id) {
		return this.accounts.findById(id).map(StoredAccount::toAccount);
	}

	/** Until when the links work that were not used yet, by account. */
	@Transactional(readOnly = true)
	public Map<Long, Instant> openLinks() {
		return this.links.open();
	}

	/**
	 * Makes an account that nobody can sign in with before the link was used.
	 * @param passwordHash of a password that nobody knows, so that trying to sign in
	 * takes as long as with any other account
	 */
	public UserAnswer invite(String username, Role role, Set<String> groups, String passwordHash) {
		return invite(username, Accounts.canonical(username), role, groups, passwordHash);
	}

	/** The same of somebody whose name is known. */
	UserAnswer invite(String username, String displayName, Role role, Set<String> groups, String passwordHash) {
		var name = Accounts.canonical(username);
		if (this.accounts.findByUsername(name).isPresent()) {
			return new Taken();
		}
		var account = this.accounts.saveAndFlush(StoredAccount.invited(name, displayName, passwordHash, role,
				scope(role, groups), Instant.now(this.clock)));
		this.audit.record("account.invited", object(account), null, account.words());
		return new Done(account.toAccount(), this.links.renew(account.id()));
	}

	/** Takes an invitation back that was not used yet: the account goes. */
	public UserAnswer revoke(long id) {
		return this.accounts.findById(id).filter(StoredAccount::isInvited).<UserAnswer>map((account) -> {
			this.audit.record("account.invitation-revoked", object(account), account.words(), null);
			var gone = account.toAccount();
			this.links.close(id);
			this.accounts.delete(account);
			return new Done(gone, "");
		}).orElseGet(Gone::new);
	}

	public UserAnswer changeRights(long id, Role role, Set<String> groups) {
		return change(id, "account.rights-changed", true, (account) -> account.allow(role, scope(role, groups)));
	}

	public UserAnswer disable(long id) {
		return change(id, "account.disabled", true, (account) -> account.enable(false));
	}

	public UserAnswer enable(long id) {
		return change(id, "account.enabled", false, (account) -> account.enable(true));
	}

	/** Ends all sessions of somebody; they may sign in again. */
	public UserAnswer endSessions(long id) {
		return this.accounts.findById(id).<UserAnswer>map((account) -> {
			int ended = this.sessions.endAll(account.username());
			if (ended == 0) {
				return new Unchanged(account.toAccount());
			}
			account.renew();
			this.audit.record("account.sessions-ended", object(account), String.valueOf(ended), "0");
			return new Done(account.toAccount(), "");
		}).orElseGet(Gone::new);
	}

	/** Takes the passkeys from somebody who lost them. */
	public UserAnswer resetSecondFactor(long id) {
		return this.accounts.findById(id).<UserAnswer>map((account) -> {
			if (isMe(account)) {
				return new Oneself();
			}
			if (this.passkeys.reset(account.username()) == 0) {
				return new Unchanged(account.toAccount());
			}
			account.renew();
			this.sessions.endAll(account.username());
			return new Done(account.toAccount(), "");
		}).orElseGet(Gone::new);
	}

	/**
	 * Makes a link for a fresh password. The old one is worth nothing from now on.
	 * @param passwordHash of a password that nobody knows
	 */
	public UserAnswer resetPassword(long id, String passwordHash) {
		return this.accounts.findById(id).<UserAnswer>map((account) -> {
			if (isMe(account)) {
				return new Oneself();
			}
			account.setPasswordHash(passwordHash);
			this.sessions.endAll(account.username());
			this.audit.record("account.password-link", object(account), null, null);
			return new Done(account.toAccount(), this.links.renew(id));
		}).orElseGet(Gone::new);
	}

	private interface Change {

		/** Whether anything was different. */
		boolean apply(StoredAccount account);

	}

	/**
	 * Holds all administrators' rows meanwhile: of two who take each other's rights away
	 * at once one comes second, is no administrator any more, and is refused.
	 */
	private UserAnswer change(long id, String action, boolean takesAway, Change change) {
		var administrators = this.jdbc
			.sql("select username from account where role = 'ADMINISTRATOR' and enabled and not invited "
					+ "order by id for update")
			.query(String.class)
			.list();
		if (!administrators.contains(this.actor.name())) {
			throw new AccessDeniedException("Not an administrator any more");
		}
		var account = this.accounts.findById(id).orElse(null);
		if (account == null) {
			return new Gone();
		}
		if (takesAway && isMe(account)) {
			return new Oneself();
		}
		var before = account.words();
		if (!change.apply(account)) {
			return new Unchanged(account.toAccount());
		}
		this.accounts.flush();
		this.sessions.endAll(account.username());
		this.audit.record(action, object(account), before, account.words());
		return new Done(account.toAccount(), "");
	}

	private boolean isMe(StoredAccount account) {
		return account.username().equals(this.actor.name());
	}

	/** Administrators are never limited. */
	private static SortedSet<String> scope(Role role, Set<String> groups) {
		return (role == Role.ADMINISTRATOR) ? new TreeSet<>() : new TreeSet<>(groups);
	}

	private static AuditObject object(StoredAccount account) {
		return AuditObject.of("account", account.id(), account.username());
	}

}
