package io.tollgate.account;

import java.util.Optional;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What people do with their own account. */
@Service
@Transactional
class OwnAccount {

	private final StoredAccounts accounts;

	private final PasswordLinks links;

	private final Sessions sessions;

	private final PasswordEncoder passwords;

	private final AuditTrail audit;

	OwnAccount(StoredAccounts accounts, PasswordLinks links, Sessions sessions, PasswordEncoder passwords,
			AuditTrail audit) {
		this.accounts = accounts;
		this.links = links;
		this.sessions = sessions;
		this.passwords = passwords;
		this.audit = audit;
	}

	@Transactional(readOnly = true)
	public Account of(String username) {
		return stored(username).toAccount();
	}

	/** Whether this is their password; slow on purpose, and outside a transaction. */
	@Transactional(propagation = Propagation.NOT_SUPPORTED)
	public boolean knows(String username, String password) {
		return stored(username).hasPassword((hash) -> this.passwords.matches(password, hash));
	}

	public void rename(String username, String name) {
		var account = stored(username);
		var before = account.words();
		if (account.call(name)) {
			this.audit.record("account.renamed", object(account), before, account.words());
		}
	}

	/** The pages speak this language from now on, wherever they sign in. */
	public void speak(String username, Language language) {
		stored(username).speak(language);
	}

	/** Their other sessions end. */
	public void changePassword(String username, String passwordHash, String sessionId) {
		var account = stored(username);
		account.setPasswordHash(passwordHash);
		this.sessions.endOthers(username, sessionId);
		this.audit.record("account.password-changed", object(account), null, null);
	}

	/** Ends their sessions but this one. */
	public int endOthers(String username, String sessionId) {
		int ended = this.sessions.endOthers(username, sessionId);
		if (ended > 0) {
			this.audit.record("account.sessions-ended", object(stored(username)), String.valueOf(ended + 1), "1");
		}
		return ended;
	}

	/** Whose link this is, while it is open. */
	@Transactional(readOnly = true)
	public Optional<Account> behind(String token) {
		return this.links.owner(token).flatMap(this.accounts::findById).map(StoredAccount::toAccount);
	}

	/**
	 * Makes a password with a link.
	 * @param name what an invited person is called; others keep their name
	 * @return whether the link was still open
	 */
	public boolean useLink(String token, String name, String passwordHash) {
		var account = this.links.owner(token).flatMap(this.accounts::findById).orElse(null);
		if (account == null || !this.links.redeem(token)) {
			return false;
		}
		if (account.isInvited()) {
			account.call(name);
			account.acceptInvitation();
		}
		account.setPasswordHash(passwordHash);
		this.sessions.endAll(account.username());
		this.audit.recordAs(account.username(), "account.password-made", object(account), null, account.words());
		return true;
	}

	/** What a session began with is replaced by what the account is now. */
	@Transactional(readOnly = true)
	public void refresh(HttpServletRequest request, HttpServletResponse response) {
		var authentication = SecurityContextHolder.getContext().getAuthentication();
		if (authentication == null) {
			return;
		}
		var person = stored(authentication.getName()).toSignedIn();
		person.eraseCredentials();
		var context = SecurityContextHolder.createEmptyContext();
		context.setAuthentication(authentication.toBuilder().principal(person).build());
		SecurityContextHolder.setContext(context);
		new HttpSessionSecurityContextRepository().saveContext(context, request, response);
	}

	private StoredAccount stored(String username) {
		return this.accounts.findByUsername(username).orElseThrow();
	}

	private static AuditObject object(StoredAccount account) {
		return AuditObject.of("account", account.id(), account.username());
	}

}
