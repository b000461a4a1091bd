package io.tollgate.pin;

import java.util.Optional;

import io.tollgate.pbx.LockedTexts;
import org.springframework.stereotype.Component;

/** Shows what is locked here, for a look at the key file. */
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
		return this.lists.findFirstByOrderById().map((row) -> new LockedText(place(row.key()), row.salt()));
	}

}
