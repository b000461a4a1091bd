package io.tollgate.lab;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Prints the end of every running PBX's log when a test fails. */
public final class AsteriskLog implements TestWatcher {

	@Override
	public void testFailed(ExtensionContext context, Throwable cause) {
		for (var pbx : RealAsterisk.running()) {
			System.err.println("Asterisk " + pbx.version().number() + " before " + context.getDisplayName()
					+ " failed:\n" + pbx.logTail(60));
		}
	}

}
