package io.tollgate.connector.asterisk;

import java.time.Duration;
import java.util.function.Consumer;

import io.tollgate.connector.BlockedCall;
import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.Listening;

/** The guard's {@code TollgateBlock} events on a line that asks for nothing else. */
final class AsteriskListening implements Listening {

	/** A line that a network has dropped without a word is noticed by then. */
	private static final Duration ALIVE = Duration.ofSeconds(30);

	private final SignedIn line;

	private AsteriskListening(SignedIn line) {
		this.line = line;
	}

	static AsteriskListening on(SignedIn line, Consumer<BlockedCall> heard) {
		var client = line.client();
		client.hear((message) -> {
			if ("TollgateBlock".equals(message.get("UserEvent"))) {
				heard.accept(new BlockedCall(message.get("Who"), message.get("Number"), message.get("Why")));
			}
		});
		client.call(AmiAction.userEvents()).required();
		return new AsteriskListening(line);
	}

	@Override
	public void await() throws InterruptedException {
		try {
			while (!this.line.client().awaitEnd(ALIVE)) {
				this.line.client().call(AmiAction.ping());
			}
		}
		catch (ConnectorException ex) {
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
		}
	}

	@Override
	public void close() {
		this.line.close();
	}

}
