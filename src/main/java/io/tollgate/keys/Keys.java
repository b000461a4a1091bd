package io.tollgate.keys;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Objects;

import javax.crypto.SecretKey;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * The keys of the portal. It is sealed while the key file is not the one that the
 * database was written with; every call looks at the file, so taking it away seals, and
 * putting it back is all it takes to go on.
 */
@Component
public class Keys implements SmartInitializingSingleton {

	private static final Logger LOG = LoggerFactory.getLogger(Keys.class);

	/** What did not fit is looked at again only so often, as that asks the database. */
	private static final long AGAIN_NANOS = 1_000_000_000;

	private final KeyFile file;

	private final KeyVersions versions;

	private volatile @Nullable Looked last;

	Keys(KeyFile file, KeyVersions versions) {
		this.file = file;
		this.versions = versions;
	}

	/** Makes the key file of a new database before anybody needs it. */
	@Override
	public void afterSingletonsInstantiated() {
		seal();
	}

	/** Whether the portal has its keys, and if not, why. */
	public Seal seal() {
		return look().seal;
	}

	/** The version of the key that locks and signs now. */
	public int currentVersion() {
		return ring().currentVersion();
	}

	/**
	 * A key for HMAC-SHA256.
	 * @param label what it is for: another label is another key
	 * @param version of the key file's key
	 * @throws SealedException when there is no such key
	 */
	public SecretKey mac(String label, int version) {
		return mac(ring(), label, version);
	}

	static SecretKey mac(KeyRing ring, String label, int version) {
		var key = ring.derive(version, "mac " + label, "HmacSHA256");
		if (key == null) {
			throw new SealedException(Seal.KEY_WRONG);
		}
		return key;
	}

	/** The keys; not without all of them. */
	KeyRing ring() {
		var looked = look();
		if (looked.ring == null) {
			throw new SealedException(looked.seal);
		}
		return looked.ring;
	}

	private Looked look() {
		var before = this.last;
		var stamp = stamp();
		if (before != null && before.holds(stamp)) {
			return before;
		}
		synchronized (this) {
			var now = this.last;
			if (now == null || now == before || !now.holds(stamp)) {
				now = lookAgain(stamp);
				tell(this.last, now);
				this.last = now;
			}
			return now;
		}
	}

	private KeyFile.@Nullable Stamp stamp() {
		try {
			return this.file.stamp();
		}
		catch (IOException ex) {
			LOG.debug("The key file {} cannot be looked at", this.file, ex);
			return null;
		}
	}

	private Looked lookAgain(KeyFile.@Nullable Stamp stamp) {
		var known = this.versions.known();
		try {
			if (this.file.isAmongData()) {
				return Looked.sealed(Seal.KEY_AMONG_DATA, stamp);
			}
			if (stamp == null && !known.isEmpty()) {
				return Looked.sealed(Seal.KEY_MISSING, null);
			}
			var found = (stamp != null) ? stamp : create();
			if (found.exposed()) {
				return Looked.sealed(Seal.KEY_EXPOSED, found);
			}
			var ring = this.file.read();
			boolean fits = known.entrySet()
				.stream()
				.allMatch((key) -> ring.versions().contains(key.getKey())
						&& ring.fingerprint(key.getKey()).equals(key.getValue()));
			if (!fits) {
				return Looked.sealed(Seal.KEY_WRONG, found);
			}
			this.versions.add(ring);
			return new Looked(Seal.OPEN, ring, found, System.nanoTime());
		}
		catch (IOException ex) {
			LOG.debug("The key file {} cannot be used", this.file, ex);
			return Looked.sealed(Seal.KEY_UNREADABLE, stamp);
		}
	}

	private KeyFile.Stamp create() throws IOException {
		try {
			this.file.create(KeyRing.create());
			LOG.info("New key file: {}. Back it up apart from the database.", this.file);
		}
		catch (FileAlreadyExistsException ex) {
			LOG.debug("Somebody else made the key file {} at the same moment", this.file, ex);
		}
		return Objects.requireNonNull(this.file.stamp(), "the key file that was just made is gone");
	}

	private void tell(@Nullable Looked before, Looked now) {
		var was = (before != null) ? before.seal : Seal.OPEN;
		if (now.seal != Seal.OPEN && now.seal != was) {
			LOG.warn("Sealed: {}, key file {}", now.seal, this.file);
		}
		else if (now.seal == Seal.OPEN && was != Seal.OPEN) {
			LOG.info("No longer sealed: the key file {} is back", this.file);
		}
	}

	/** What was found at a look at the file. */
	private record Looked(Seal seal, @Nullable KeyRing ring, KeyFile.@Nullable Stamp stamp, long atNanos) {

		static Looked sealed(Seal seal, KeyFile.@Nullable Stamp stamp) {
			return new Looked(seal, null, stamp, System.nanoTime());
		}

		boolean holds(KeyFile.@Nullable Stamp now) {
			return Objects.equals(this.stamp, now)
					&& (this.seal == Seal.OPEN || System.nanoTime() - this.atNanos < AGAIN_NANOS);
		}

	}

}
