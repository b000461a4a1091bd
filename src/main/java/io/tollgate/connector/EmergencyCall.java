package io.tollgate.connector;

import java.util.List;

/**
 * How an emergency number leaves.
 *
 * @param number what is sent, digits
 * @param lines tried in this order; at least one
 */
public record EmergencyCall(String number, List<Line> lines) {

	public EmergencyCall {
		lines = List.copyOf(lines);
	}

}
