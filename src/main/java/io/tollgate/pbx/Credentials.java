package io.tollgate.pbx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Locks and unlocks the PBX secrets, and by way of {@link Lockbox} what other modules
 * keep locked. Sealed without the key that the stored ones were locked with; while sealed
 * it looks again at each call, so that putting the key file back is enough.
 */
@Component
class Credentials {

	private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);

	private final Path file;

	private final PbxRows rows;

	private final ObjectProvider<LockedTexts> others;

	private volatile @Nullable KeyRing ring;

	Credentials(@Value("${tollgate.key-file}") Path file, PbxRows rows, ObjectProvider<LockedTexts> others) {
		this.file = file;
		this.rows = rows;
		this.others = others;
	}

	synchronized Seal seal() {
		if (this.ring != null) {
			return Seal.OPEN;
		}
		var stored = this.rows.findFirstByOrderById();
		var texts = this.others.stream().flatMap((other) -> other.oldest().stream()).toList();
		try {
			if (!Files.exists(this.file)) {
				if (stored.isPresent() || !texts.isEmpty()) {
					return Seal.KEY_MISSING;
				}
				KeyRing.create(this.file);
				LOG.info("New key file for the PBX secrets: {}. Back it up apart from the database.", this.file);
			}
			var found = KeyRing.read(this.file);
			if (stored.isPresent()) {
				CredentialCipher.unlock(found, place(stored.get().getId()), stored.get().getSecret());
			}
			unlock(found, texts);
			this.ring = found;
			return Seal.OPEN;
		}
		catch (IOException ex) {
			LOG.warn("Sealed: the key file {} cannot be used: {}", this.file, ex.toString());
			return Seal.KEY_UNREADABLE;
		}
		catch (GeneralSecurityException ex) {
			LOG.warn("Sealed: the key file {} holds another key than the stored PBX secrets need", this.file);
			return Seal.KEY_WRONG;
		}
	}

	private static void unlock(KeyRing ring, List<LockedTexts.LockedText> texts) throws GeneralSecurityException {
		for (var text : texts) {
			CredentialCipher.unlock(ring, text.place(), text.bytes());
		}
	}

	byte[] lock(long pbxId, String secret) {
		return lock(place(pbxId), secret);
	}

	byte[] lock(String place, String secret) {
		return CredentialCipher.lock(open(), place, secret);
	}

	String unlock(long pbxId, byte[] locked) {
		return unlock(place(pbxId), locked);
	}

	String unlock(String place, byte[] locked) {
		try {
			return CredentialCipher.unlock(open(), place, locked);
		}
		catch (GeneralSecurityException ex) {
			throw new SealedException(Seal.KEY_WRONG);
		}
	}

	private KeyRing open() {
		var seal = seal();
		var open = this.ring;
		if (open == null) {
			throw new SealedException(seal);
		}
		return open;
	}

	private static String place(long pbxId) {
		return "pbx|" + pbxId + "|secret";
	}

}
