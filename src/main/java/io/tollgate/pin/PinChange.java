package io.tollgate.pin;

import org.springframework.context.MessageSourceResolvable;

/**
 * What became of a wished change to PIN lists. A change happened wholly or not at all.
 */
public sealed interface PinChange {

	/**
	 * It is done and audited.
	 *
	 * @param key of the list
	 */
	record Changed(String key) implements PinChange {
	}

	/** Everything was so already: no audit event. */
	record Unchanged() implements PinChange {
	}

	/**
	 * It may not be done, and nothing was. The message, {@code pin.refused.<Kind>} in the
	 * bundle, says why and what to do instead.
	 */
	sealed interface Refused extends PinChange, MessageSourceResolvable {

		@Override
		default String[] getCodes() {
			return new String[] { "pin.refused." + getClass().getSimpleName() };
		}

		@Override
		default Object[] getArguments() {
			return new Object[0];
		}

	}

	/** The list or the PIN was deleted meanwhile. */
	record Gone() implements Refused {
	}

	/** Neither 1-63 characters. */
	record NoName() implements Refused {
	}

	/** Another list is called so. */
	record NameTaken(String name) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { this.name };
		}

	}

	/** Not what can stand in a call record. */
	record NoLabel() implements Refused {
	}

	/** Another PIN of the list has that label. */
	record LabelTaken(String label) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { this.label };
		}

	}

	/** Neither 3-15 digits. */
	record NoPin() implements Refused {
	}

	/**
	 * Somebody in the list has that PIN; who is not said, so that nobody finds PINs out.
	 */
	record TakenPin() implements Refused {
	}

	/**
	 * Two of the new PINs are the same, so they would not say who called.
	 *
	 * @param label whose the other one is
	 */
	record SamePin(String label) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { this.label };
		}

	}

	/** More PINs than anybody gives out. */
	record TooMany(int most) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { this.most };
		}

	}

	/** Routes ask for it. */
	record InUse(String routes) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { this.routes };
		}

	}

}
