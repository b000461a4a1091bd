package io.tollgate.keys;

import java.io.IOException;

import javax.crypto.SecretKey;

import org.springframework.stereotype.Component;

/**
 * The keys of the key file as they are, also while they do not fit the database: for what
 * puts another database in its place.
 */
@Component
public class FileKeys {

	private final KeyFile file;

	FileKeys(KeyFile file) {
		this.file = file;
	}

	/**
	 * As {@link Keys#mac}.
	 * @throws SealedException when the file cannot be used, or has no such key
	 */
	public SecretKey mac(String label, int version) {
		try {
			var stamp = this.file.stamp();
			if (stamp == null) {
				throw new SealedException(Seal.KEY_MISSING);
			}
			if (stamp.exposed()) {
				throw new SealedException(Seal.KEY_EXPOSED);
			}
			return Keys.mac(this.file.read(), label, version);
		}
		catch (IOException ex) {
			throw new SealedException(Seal.KEY_UNREADABLE);
		}
	}

}
