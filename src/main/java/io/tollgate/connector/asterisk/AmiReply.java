package io.tollgate.connector.asterisk;

import java.util.List;

import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.Problem;

/**
 * The whole answer to one action.
 *
 * @param action what was asked
 * @param response the response
 * @param events the listed events, without the closing one
 */
record AmiReply(AmiAction action, AmiMessage response, List<AmiMessage> events) {

	boolean succeeded() {
		return "Success".equalsIgnoreCase(this.response.get("Response"))
				|| "Pong".equalsIgnoreCase(this.response.get("Response"));
	}

	boolean denied() {
		return !succeeded() && this.response.get("Message").startsWith("Permission denied");
	}

	/**
	 * This reply if the PBX did what was asked.
	 * @throws ConnectorException of kind {@code REFUSED} if it said no
	 */
	AmiReply required() {
		if (denied()) {
			throw new ConnectorException(ConnectorException.Kind.REFUSED,
					Problem.of("missing-right", this.action.name()));
		}
		if (!succeeded()) {
			throw new ConnectorException(ConnectorException.Kind.REFUSED,
					Problem.of("action-refused", this.action.name(), this.response.get("Message")));
		}
		return this;
	}

}
