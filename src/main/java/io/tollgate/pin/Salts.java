package io.tollgate.pin;

import io.tollgate.keys.LockedColumn;
import io.tollgate.keys.Lockbox;
import io.tollgate.pbx.StableKey;
import org.springframework.stereotype.Component;

/**
 * What the PINs of the lists are hashed with, locked. Lists and the generations that were
 * made of them know a salt by its name, so it can be locked with another key without a
 * change to either. None is ever deleted: an older generation may ask for it.
 */
@Component
class Salts {

	private static final LockedColumn COLUMN = LockedColumn.PIN_SALT;

	private final StoredSalts salts;

	private final Lockbox lockbox;

	Salts(StoredSalts salts, Lockbox lockbox) {
		this.salts = salts;
		this.lockbox = lockbox;
	}

	/**
	 * Makes one.
	 * @return its name
	 */
	String make() {
		var name = StableKey.make();
		if (this.salts.existsById(name)) {
			return make();
		}
		this.salts.saveAndFlush(new StoredSalt(name, this.lockbox.lockText(COLUMN.place(name), Pins.salt())));
		return name;
	}

	/**
	 * The salt itself.
	 * @throws io.tollgate.keys.SealedException without the key file it was locked with
	 */
	String unlock(String name) {
		var salt = this.salts.findById(name).orElseThrow(() -> new IllegalArgumentException("no salt " + name));
		return this.lockbox.unlockText(COLUMN.place(name), salt.locked());
	}

}
