package io.tollgate.pin;

import java.util.Optional;

import io.tollgate.pbx.LockedTexts;
import org.springframework.stereotype.Component;

/**
 * Shows what is locked here, for a look at the key file. Passwords of routes do not
 * count: a PBX that is there says as much, and without it nobody could delete them.
 */
@Component
class PinSalts implements LockedTexts {

	private final StoredPinLists lists;

	PinSalts(StoredPinLists lists) {
		this.lists = lists;
	}

	/** Where the salt of a list stands. */
	static String place(String key) {
		return "pin_list|" + key + "|salt";
	}

	@Override
	public Optional<LockedText> oldest() {
		return this.lists.findFirstByNameIsNotNullOrderById()
			.map((row) -> new LockedText(place(row.key()), row.salt()));
	}

}
