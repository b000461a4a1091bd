package io.tollgate.pbx;

import java.util.Base64;

import org.springframework.stereotype.Component;

/**
 * Locks texts with the key file of the portal for modules that keep secrets of their own:
 * nobody reads them in a copy of the database.
 */
@Component
public class Lockbox {

	private final Credentials credentials;

	Lockbox(Credentials credentials) {
		this.credentials = credentials;
	}

	/**
	 * Locks a text.
	 * @param place table|row|field: it opens nowhere else
	 * @return Base64
	 * @throws SealedException without the key
	 */
	public String lock(String place, String text) {
		return Base64.getEncoder().encodeToString(this.credentials.lock(place, text));
	}

	/**
	 * Unlocks a text.
	 * @param place the one that it was locked for
	 * @throws SealedException without the key that it was locked with
	 */
	public String unlock(String place, String locked) {
		return this.credentials.unlock(place, Base64.getDecoder().decode(locked));
	}

}
