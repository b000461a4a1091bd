package io.tollgate.account;

import java.time.Clock;
import java.time.Instant;
import java.util.Locale;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.audit.CurrentActor;

import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The accounts of this portal. Usernames are kept in lower case. */
@Service
public class Accounts implements UserDetailsService {

	/** The actor of an account made with the set-up link: nobody is signed in yet. */
	static final String SETUP_ACTOR = "set-up link";

	private final StoredAccounts accounts;

	private final PasswordEncoder passwords;

	private final AuditTrail audit;

	private final CurrentActor actor;

	private final Clock clock;

	Accounts(StoredAccounts accounts, PasswordEncoder passwords, AuditTrail audit, CurrentActor actor, Clock clock) {
		this.accounts = accounts;
		this.passwords = passwords;
		this.audit = audit;
		this.actor = actor;
		this.clock = clock;
	}

	/** Whether nobody can sign in yet, because there is no account at all. */
	@Transactional(readOnly = true)
	public boolean none() {
		return this.accounts.count() == 0;
	}

	/**
	 * Creates an account.
	 * @param password 15 to 128 characters, checked by the caller; stored as Argon2id
	 * only
	 * @throws org.springframework.dao.DataIntegrityViolationException if the username is
	 * taken
	 */
	@Transactional
	public Account create(String username, String displayName, String password, Role role) {
		return add(username, displayName, hash(password), role, this.actor.name());
	}

	/** Slow on purpose; call it outside a transaction where many may wait for it. */
	String hash(String password) {
		var hash = this.passwords.encode(password);
		if (hash == null) {
			throw new IllegalArgumentException("A password is needed");
		}
		return hash;
	}

	/** Must be called inside the transaction that decided it. */
	Account add(String username, String displayName, String passwordHash, Role role, String actor) {
		var account = this.accounts
			.saveAndFlush(
					new StoredAccount(canonical(username), displayName, passwordHash, role, Instant.now(this.clock)))
			.toAccount();
		this.audit.recordAs(actor, "account.created", AuditObject.of("account", account.id(), account.username()), null,
				account.displayName() + ", " + role);
		return account;
	}

	@Override
	@Transactional(readOnly = true)
	public SignedIn loadUserByUsername(String username) {
		return this.accounts.findByUsername(canonical(username))
			.map(StoredAccount::toSignedIn)
			.orElseThrow(() -> new UsernameNotFoundException("No such account"));
	}

	static String canonical(String username) {
		return username.strip().toLowerCase(Locale.ROOT);
	}

}
