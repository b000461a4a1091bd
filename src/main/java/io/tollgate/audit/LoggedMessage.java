package io.tollgate.audit;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** The message of a line of the log, as a piece of one line. */
public final class LoggedMessage extends MessageConverter {

	@Override
	public String convert(ILoggingEvent event) {
		return OneLine.keepingTabs(super.convert(event));
	}

}
