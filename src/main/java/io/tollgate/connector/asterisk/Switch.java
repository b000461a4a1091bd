package io.tollgate.connector.asterisk;

import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.ConnectorException.Kind;
import io.tollgate.connector.Problem;

/** The one row that says which generation is in force. */
final class Switch {

	private Switch() {
	}

	/** The row; empty when it is not there. */
	static String read(AmiClient client) {
		return read(client, PbxState.ACTIVE);
	}

	/** The row of a generation that names its slot; empty when it is not there. */
	static String settings(AmiClient client, int generation) {
		return read(client, generation + "/cfg");
	}

	private static String read(AmiClient client, String key) {
		var reply = client.call(AmiAction.dbGet(key));
		if (!reply.succeeded() && !reply.denied()) {
			return "";
		}
		return reply.required().events().stream().findFirst().map((event) -> event.get("Val")).orElse("");
	}

	/**
	 * Writes the row and reads it back.
	 * @param active its new value; empty takes it away
	 * @throws ConnectorException {@code IN_DOUBT} when the line broke after the first
	 * byte was given to it; {@code REFUSED} when the PBX said no, so that nothing changed
	 */
	static void to(AmiClient client, String active) {
		var action = active.isEmpty() ? AmiAction.dbDel(PbxState.ACTIVE) : AmiAction.dbPut(PbxState.ACTIVE, active);
		String found;
		try {
			var reply = client.call(action);
			if (!active.isEmpty()) {
				reply.required();
			}
			found = read(client);
		}
		catch (ConnectorException ex) {
			if (ex.kind() == Kind.UNREACHABLE) {
				throw new ConnectorException(Kind.IN_DOUBT, ex.problem(), ex);
			}
			throw ex;
		}
		if (!found.equals(active)) {
			throw new ConnectorException(Kind.IN_DOUBT, Problem.of("switch-not-seen", active, found));
		}
	}

}
