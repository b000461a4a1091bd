package io.tollgate.account;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.management.JdbcUserCredentialRepository;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps passkeys: a new one is written to the trail in the same transaction, and one
 * whose counter does not rise has been copied and is refused.
 */
@Component
@Transactional
class PasskeyCredentials implements UserCredentialRepository {

	private final JdbcUserCredentialRepository stored;

	private final JdbcOperations jdbc;

	private final AuditTrail audit;

	private final Passkeys passkeys;

	private final Clock clock;

	PasskeyCredentials(JdbcOperations jdbc, AuditTrail audit, Passkeys passkeys, Clock clock) {
		this.passkeys = passkeys;
		this.stored = new JdbcUserCredentialRepository(jdbc);
		this.jdbc = jdbc;
		this.audit = audit;
		this.clock = clock;
	}

	@Override
	public void save(CredentialRecord record) {
		var now = Instant.now(this.clock).truncatedTo(ChronoUnit.MILLIS);
		var known = locked(record.getCredentialId());
		if (known != null) {
			checkCounter(known.getSignatureCount(), record.getSignatureCount());
			this.stored.save(ImmutableCredentialRecord.fromCredentialRecord(record).lastUsed(now).build());
			return;
		}
		var label = label(record.getLabel());
		this.stored.save(
				ImmutableCredentialRecord.fromCredentialRecord(record).label(label).created(now).lastUsed(now).build());
		var username = this.jdbc.queryForObject("select name from user_entities where id = ?", String.class,
				record.getUserEntityUserId().toBase64UrlString());
		this.audit.record("account.passkey.added", AuditObject.of("account", null, username), null, label);
		this.passkeys.endOtherSessions(Objects.requireNonNull(username));
	}

	/** So that of two uses of one signature count the second sees the first. */
	private @Nullable CredentialRecord locked(Bytes id) {
		this.jdbc.queryForList("select credential_id from user_credentials where credential_id = ? for update",
				id.toBase64UrlString());
		return this.stored.findByCredentialId(id);
	}

	private static void checkCounter(long before, long now) {
		if ((before != 0 || now != 0) && now <= before) {
			throw new AccessDeniedException("The passkey's counter did not rise: it may have been copied");
		}
	}

	/** The page asks for a name; what comes without one is not worth refusing. */
	private static String label(@Nullable String typed) {
		var label = (typed != null) ? typed.strip() : "";
		if (label.isEmpty()) {
			return "Passkey";
		}
		return (label.length() > Passkeys.LONGEST_LABEL) ? label.substring(0, Passkeys.LONGEST_LABEL) : label;
	}

	@Override
	@Transactional(readOnly = true)
	public @Nullable CredentialRecord findByCredentialId(Bytes id) {
		return this.stored.findByCredentialId(id);
	}

	@Override
	@Transactional(readOnly = true)
	public List<CredentialRecord> findByUserId(Bytes userId) {
		return this.stored.findByUserId(userId);
	}

	/** Passkeys are removed by {@link Passkeys}, which asks whose they are. */
	@Override
	public void delete(Bytes id) {
		throw new AccessDeniedException("A passkey is removed on its owner's page");
	}

}
