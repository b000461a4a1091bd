package io.tollgate.notice;

import java.time.Duration;
import java.util.UUID;

/** Takes messages out of the house, one kind of channels. */
interface Outlet {

	ChannelKind kind();

	/** Longer than that an attempt does not take; it is interrupted then. */
	Duration patience();

	/** Tries once, and says what came back. */
	Answer send(Channel channel, Message message);

	/**
	 * What goes out, the same in every attempt.
	 *
	 * @param id the receiver knows a repetition by it
	 */
	record Message(UUID id, long channelId, String subject, String body, int attempts) {

	}

	/** What one attempt came to. */
	record Answer(boolean arrived, String said) {

		private static final int LONGEST = 500;

		public Answer {
			said = PlainText.of(said, LONGEST);
		}

	}

}
