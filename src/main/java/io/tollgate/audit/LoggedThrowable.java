package io.tollgate.audit;

import java.util.Arrays;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;

/**
 * A stack trace in the log: its messages are pieces of one line, as they quote others.
 */
public final class LoggedThrowable extends ExtendedWhitespaceThrowableProxyConverter {

	@Override
	protected String throwableProxyToString(IThrowableProxy proxy) {
		return super.throwableProxyToString(new Plain(proxy));
	}

	/** The same with plain messages, down to the first cause. */
	private record Plain(IThrowableProxy of) implements IThrowableProxy {

		@Override
		public @Nullable String getMessage() {
			var message = this.of.getMessage();
			return (message != null) ? OneLine.keepingTabs(message) : null;
		}

		@Override
		public @Nullable String getOverridingMessage() {
			var message = this.of.getOverridingMessage();
			return (message != null) ? OneLine.keepingTabs(message) : null;
		}

		@Override
		public String getClassName() {
			return this.of.getClassName();
		}

		@Override
		public StackTraceElementProxy[] getStackTraceElementProxyArray() {
			return this.of.getStackTraceElementProxyArray();
		}

		@Override
		public int getCommonFrames() {
			return this.of.getCommonFrames();
		}

		@Override
		public @Nullable IThrowableProxy getCause() {
			var cause = this.of.getCause();
			return (cause != null) ? new Plain(cause) : null;
		}

		@Override
		public IThrowableProxy @Nullable [] getSuppressed() {
			var suppressed = this.of.getSuppressed();
			return (suppressed != null) ? Arrays.stream(suppressed).map(Plain::new).toArray(IThrowableProxy[]::new)
					: null;
		}

		@Override
		public boolean isCyclic() {
			return this.of.isCyclic();
		}

	}

}
