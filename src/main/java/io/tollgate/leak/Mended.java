package io.tollgate.leak;

import org.springframework.context.MessageSourceResolvable;

/** What became of a wish to close a leak by an edit. */
sealed interface Mended {

	/** The edit is made. */
	record Made() implements Mended {
	}

	/** The draft had it already. */
	record Done() implements Mended {
	}

	/** The leak, or what the edit would be made to, is not there any more. */
	record Gone() implements Mended {
	}

	/** The edit may not be made. */
	record Refused(MessageSourceResolvable why) implements Mended {
	}

}
