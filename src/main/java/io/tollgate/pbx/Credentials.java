package io.tollgate.pbx;

import io.tollgate.keys.LockedColumn;
import io.tollgate.keys.Lockbox;
import org.springframework.stereotype.Component;

/** The secrets of the manager accounts, each locked to the row that it stands in. */
@Component
class Credentials {

	private static final LockedColumn COLUMN = LockedColumn.PBX_SECRET;

	private final Lockbox lockbox;

	Credentials(Lockbox lockbox) {
		this.lockbox = lockbox;
	}

	byte[] lock(long pbxId, String secret) {
		return this.lockbox.lock(COLUMN.place(pbxId), secret);
	}

	String unlock(long pbxId, byte[] locked) {
		return this.lockbox.unlock(COLUMN.place(pbxId), locked);
	}

}
