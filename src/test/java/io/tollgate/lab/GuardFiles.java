package io.tollgate.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The dialplan files of the guard, as a connector would write them. */
final class GuardFiles {

	private GuardFiles() {
	}

	/** The guard as it is shipped. */
	static String guard() {
		try (var in = GuardFiles.class.getResourceAsStream("/asterisk/tollgate_guard.conf")) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * One of the two slots of routes.
	 * @param slot {@code a} or {@code b}
	 */
	static String slot(String slot, List<String> emergencyNumbers, List<String> patterns) {
		var text = new StringBuilder("[tollgate-emergency-" + slot + "]\n");
		for (var number : emergencyNumbers) {
			text.append("exten => %1$s,1,Dial(PJSIP/%1$s@trunk,120)\nsame => n,Hangup()\n".formatted(number));
		}
		text.append("[tollgate-routes-" + slot + "]\n");
		for (var pattern : patterns) {
			text.append("exten => _" + pattern
					+ ",1,Dial(PJSIP/${EXTEN}@trunk,120,${IF($[\"${TG_X:2}\"!=\"\"]?S(${TG_X:2}))})\nsame => n,Hangup()\n");
		}
		return text + "include => tollgate-noroute\n";
	}

}
