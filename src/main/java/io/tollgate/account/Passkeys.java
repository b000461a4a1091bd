package io.tollgate.account;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.setting.Settings;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The passkeys of all accounts, and who must have one. They are stored by
 * {@link PasskeyCredentials}.
 */
@Service
@Transactional
public class Passkeys {

	/** How long a passkey's name may be. */
	static final int LONGEST_LABEL = 80;

	private static final String REQUIREMENT = "account.passkey-required";

	private static final String OF_ACCOUNT = " from user_credentials c join user_entities e "
			+ "on e.id = c.user_entity_user_id where e.name = ?";

	private final JdbcClient jdbc;

	private final Settings settings;

	private final AuditTrail audit;

	private final Sessions sessions;

	Passkeys(JdbcClient jdbc, Settings settings, AuditTrail audit, Sessions sessions) {
		this.sessions = sessions;
		this.jdbc = jdbc;
		this.settings = settings;
		this.audit = audit;
	}

	/** Those of an account, oldest first. */
	@Transactional(readOnly = true)
	public List<Passkey> of(String username) {
		return this.jdbc
			.sql("select c.credential_id, c.label, c.created, c.last_used" + OF_ACCOUNT
					+ " order by c.created, c.credential_id")
			.param(username)
			.query((row, index) -> {
				var created = row.getTimestamp("created").toInstant();
				var used = row.getTimestamp("last_used").toInstant();
				return new Passkey(row.getString("credential_id"), row.getString("label"), created,
						used.isAfter(created) ? used : null);
			})
			.list();
	}

	/** How many each account has; those without any are not in it. */
	@Transactional(readOnly = true)
	public Map<String, Integer> counts() {
		return this.jdbc
			.sql("select e.name, count(*) as n from user_credentials c join user_entities e "
					+ "on e.id = c.user_entity_user_id group by e.name")
			.query((row, index) -> Map.entry(row.getString("name"), row.getInt("n")))
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	/** Whether an account has a passkey, so that its password alone is not enough. */
	@Transactional(readOnly = true)
	public boolean has(String username) {
		return this.jdbc.sql("select count(*)" + OF_ACCOUNT).param(username).query(Integer.class).single() > 0;
	}

	/** The same at a moment that has passed. */
	@Transactional(readOnly = true)
	public boolean had(String username, Instant then) {
		return this.jdbc.sql("select count(*)" + OF_ACCOUNT + " and c.created < ?")
			.params(username, then.atOffset(ZoneOffset.UTC))
			.query(Integer.class)
			.single() > 0;
	}

	/** Whether anybody has one. */
	@Transactional(readOnly = true)
	public boolean any() {
		return this.jdbc.sql("select exists (select 1 from user_credentials)").query(Boolean.class).single();
	}

	/** Whose password alone is not enough. */
	@Transactional(readOnly = true)
	public PasskeyRequirement requirement() {
		return this.settings.of(REQUIREMENT).map(PasskeyRequirement::valueOf).orElse(PasskeyRequirement.NOBODY);
	}

	/**
	 * Chooses who must have a passkey. Holds from the next sign-in on.
	 * @return whether that changed anything
	 */
	public boolean require(PasskeyRequirement requirement) {
		return this.settings.choose(REQUIREMENT, "Passkey required", PasskeyRequirement.NOBODY.name(),
				requirement.name());
	}

	/**
	 * Gives a passkey of this account another name.
	 * @return whether the account has this passkey
	 */
	public boolean rename(String username, String id, String label) {
		var before = label(username, id);
		if (before == null) {
			return false;
		}
		if (!before.equals(label)) {
			this.jdbc.sql("update user_credentials set label = ? where credential_id = ?").params(label, id).update();
			this.audit.record("account.passkey.renamed", AuditObject.of("account", null, username), before, label);
		}
		return true;
	}

	/** What became of a passkey that was to go. */
	enum Removal {

		/** It is gone. */
		REMOVED,
		/** It stays: the role needs one, and it is the only one. */
		LAST_ONE,
		/** The account has no such passkey. */
		NOT_THERE

	}

	/** Removes a passkey of this account. */
	Removal remove(SignedIn account, String id) {
		var username = account.getUsername();
		// so that of the last two not both are removed at once
		this.jdbc.sql("select id from user_entities where name = ? for update").param(username).query().listOfRows();
		var label = label(username, id);
		if (label == null) {
			return Removal.NOT_THERE;
		}
		if (requirement().covers(account.getRole()) && of(username).size() == 1) {
			return Removal.LAST_ONE;
		}
		this.jdbc.sql("delete from user_credentials where credential_id = ?").param(id).update();
		this.audit.record("account.passkey.removed", AuditObject.of("account", null, username), label, null);
		endOtherSessions(username);
		return Removal.REMOVED;
	}

	/** What somebody proved elsewhere was proved to an account with other passkeys. */
	void endOtherSessions(String username) {
		if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request) {
			this.sessions.endOthers(username, request.getSessionId());
		}
	}

	/**
	 * Takes all passkeys from an account whose holder lost them; the password is enough
	 * again until there is a new one.
	 * @return how many there were
	 */
	public int reset(String username) {
		var labels = of(username).stream().map(Passkey::label).toList();
		if (!labels.isEmpty()) {
			this.jdbc.sql("delete from user_entities where name = ?").param(username).update();
			this.audit.record("account.passkey.reset", AuditObject.of("account", null, username),
					String.join(", ", labels), null);
		}
		return labels.size();
	}

	private @Nullable String label(String username, String id) {
		return this.jdbc.sql("select c.label" + OF_ACCOUNT + " and c.credential_id = ?")
			.params(username, id)
			.query(String.class)
			.optional()
			.orElse(null);
	}

}
