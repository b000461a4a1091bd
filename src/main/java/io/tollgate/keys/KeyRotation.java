package io.tollgate.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives the portal a new key while it runs. First the key file has it beside the older
 * ones, then the database knows of it, then every data key is wrapped with it, some at a
 * time. Whoever is killed between any two of these steps leaves a portal that reads
 * everything, and the next rotation ends what that one began.
 */
@Component
class KeyRotation {

	/** No transaction that began with the older key lasts so long. */
	static final Duration SETTLED = Duration.ofMinutes(10);

	private final KeyFile file;

	private final KeyVersions versions;

	private final LockedRows rows;

	private final TransactionTemplate transaction;

	private final Clock clock;

	private final Runnable step;

	@Autowired
	KeyRotation(KeyFile file, KeyVersions versions, LockedRows rows, PlatformTransactionManager transactions,
			Clock clock) {
		this(file, versions, rows, transactions, clock, () -> {
		});
	}

	/**
	 * For tests.
	 * @param step run between any two steps
	 */
	KeyRotation(KeyFile file, KeyVersions versions, LockedRows rows, PlatformTransactionManager transactions,
			Clock clock, Runnable step) {
		this.file = file;
		this.versions = versions;
		this.rows = rows;
		this.transaction = new TransactionTemplate(transactions);
		this.clock = clock;
		this.step = step;
	}

	/**
	 * Makes a new key, unless the last one has not reached all rows yet, and wraps every
	 * data key with the newest.
	 */
	Rotated rotate() throws IOException, GeneralSecurityException {
		try (var _ = this.file.lock()) {
			var ring = this.file.read();
			boolean resumed = uses(ring).keySet().stream().anyMatch((version) -> version < ring.currentVersion());
			var newest = resumed ? ring : ring.withAnother();
			if (!resumed) {
				this.step.run();
				this.file.replace(newest);
			}
			this.step.run();
			this.versions.add(newest);
			int changed = 0;
			for (int more = sweep(newest); more > 0; more = sweep(newest)) {
				changed += more;
			}
			return new Rotated(newest.currentVersion(), changed, resumed);
		}
	}

	/** How many rows were locked with an older key; somebody may add one meanwhile. */
	private int sweep(KeyRing ring) throws GeneralSecurityException {
		int changed = 0;
		for (var column : LockedColumn.values()) {
			var part = this.rows.after(column, null);
			while (!part.isEmpty()) {
				this.step.run();
				changed += rewrap(ring, column, part);
				part = this.rows.after(column, part.getLast());
			}
		}
		return changed;
	}

	private int rewrap(KeyRing ring, LockedColumn column, List<LockedRows.Row> part) throws GeneralSecurityException {
		var old = new ArrayList<LockedRows.Row>();
		var fresh = new ArrayList<byte[]>();
		for (var row : part) {
			if (CredentialCipher.version(row.locked()) != ring.currentVersion()) {
				old.add(row);
				fresh.add(CredentialCipher.rewrap(ring, column.place(row.id()), row.locked()));
			}
		}
		this.transaction.executeWithoutResult((_) -> {
			for (int i = 0; i < old.size(); i++) {
				this.rows.replace(column, old.get(i), fresh.get(i));
			}
		});
		return old.size();
	}

	/**
	 * Takes the keys out of the file that nothing needs any more. A row of the audit
	 * trail needs the key it is signed with as long as it is kept.
	 */
	Retired retire() throws IOException, GeneralSecurityException {
		try (var _ = this.file.lock()) {
			var ring = this.file.read();
			if (this.versions.newestSince().plus(SETTLED).isAfter(Instant.now(this.clock))) {
				return new Retired(Set.of(), Set.of(), true);
			}
			var older = new HashSet<>(ring.versions().headSet(ring.currentVersion()));
			var needed = new HashSet<>(this.rows.signed());
			needed.addAll(uses(ring).keySet());
			needed.retainAll(older);
			older.removeAll(needed);
			if (!older.isEmpty()) {
				this.versions.remove(older);
				this.step.run();
				this.file.replace(ring.without(older));
			}
			return new Retired(older, needed, false);
		}
	}

	/**
	 * How many rows each version locks. Each is opened to see that it can be.
	 * @throws GeneralSecurityException when one does not open
	 */
	SortedMap<Integer, Integer> uses(KeyRing ring) throws GeneralSecurityException {
		var uses = new TreeMap<Integer, Integer>();
		for (var column : LockedColumn.values()) {
			var part = this.rows.after(column, null);
			while (!part.isEmpty()) {
				for (var row : part) {
					open(ring, column, row);
					uses.merge(CredentialCipher.version(row.locked()), 1, Integer::sum);
				}
				part = this.rows.after(column, Objects.requireNonNull(part.getLast()));
			}
		}
		return uses;
	}

	private static void open(KeyRing ring, LockedColumn column, LockedRows.Row row) throws GeneralSecurityException {
		try {
			CredentialCipher.unlock(ring, column.place(row.id()), row.locked());
		}
		catch (GeneralSecurityException ex) {
			throw new GeneralSecurityException(column + ", " + row + " does not open", ex);
		}
	}

	/**
	 * What came of it.
	 *
	 * @param version of the newest key
	 * @param rows how many were wrapped with it just now
	 * @param resumed whether an earlier rotation had been cut off
	 */
	record Rotated(int version, int rows, boolean resumed) {
	}

	/**
	 * What came of it.
	 *
	 * @param gone versions that are no longer in the file
	 * @param needed older versions that have to stay
	 * @param early whether it is too early to tell
	 */
	record Retired(Set<Integer> gone, Set<Integer> needed, boolean early) {
	}

}
