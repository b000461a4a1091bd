package io.tollgate.keys;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which keys the database was written with, by their fingerprints. So a key file that
 * does not fit is noticed before anything is written with it.
 */
@Component
class KeyVersions {

	private final JdbcTemplate jdbc;

	private final Clock clock;

	private final TransactionTemplate transaction;

	KeyVersions(JdbcTemplate jdbc, Clock clock, PlatformTransactionManager transactions) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.transaction = new TransactionTemplate(transactions);
		// whoever asks for a key may be about to roll back
		this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	/** Fingerprint by version. */
	Map<Integer, String> known() {
		var known = new TreeMap<Integer, String>();
		this.jdbc.query("select version, fingerprint from key_version", (row) -> {
			known.put(row.getInt("version"), row.getString("fingerprint"));
		});
		return known;
	}

	/** Since when the newest is known. */
	Instant newestSince() {
		var since = this.jdbc.queryForObject("select max(since) from key_version", Timestamp.class);
		return Objects.requireNonNull(since, "no key is known").toInstant();
	}

	void remove(Set<Integer> versions) {
		this.transaction.executeWithoutResult((_) -> versions
			.forEach((version) -> this.jdbc.update("delete from key_version where version = ?", version)));
	}

	/** Notes the versions that are not known yet. */
	void add(KeyRing ring) {
		var known = known();
		for (int version : ring.versions()) {
			if (!known.containsKey(version)) {
				add(version, ring.fingerprint(version));
			}
		}
	}

	private void add(int version, String fingerprint) {
		try {
			this.transaction.executeWithoutResult((status) -> this.jdbc.update(
					"insert into key_version (version, fingerprint, since) values (?, ?, ?)", version, fingerprint,
					Timestamp.from(Instant.now(this.clock))));
		}
		catch (DuplicateKeyException ex) {
			if (!fingerprint.equals(known().get(version))) {
				throw ex;
			}
			// another portal of the same database was faster with the same key
		}
	}

}
