package io.tollgate.keys;

import java.security.GeneralSecurityException;
import java.util.Base64;

import org.springframework.stereotype.Component;

/**
 * Locks what modules keep secret with the key file of the portal: nobody reads it in a
 * copy of the database. Whoever keeps something locked says where in a
 * {@link LockedColumn}.
 */
@Component
public class Lockbox {

	private final Keys keys;

	Lockbox(Keys keys) {
		this.keys = keys;
	}

	/**
	 * Locks a secret.
	 * @param place table|row|field: it opens nowhere else
	 * @throws SealedException without the key
	 */
	public byte[] lock(String place, String secret) {
		return CredentialCipher.lock(this.keys.ring(), place, secret);
	}

	/** The same as Base64, for a column of text. */
	public String lockText(String place, String secret) {
		return Base64.getEncoder().encodeToString(lock(place, secret));
	}

	/**
	 * Unlocks a secret.
	 * @param place the one that it was locked for
	 * @throws SealedException without the key that it was locked with
	 */
	public String unlock(String place, byte[] locked) {
		try {
			return CredentialCipher.unlock(this.keys.ring(), place, locked);
		}
		catch (GeneralSecurityException ex) {
			throw new SealedException(Seal.KEY_WRONG);
		}
	}

	/** The same of Base64. */
	public String unlockText(String place, String locked) {
		return unlock(place, Base64.getDecoder().decode(locked));
	}

}
