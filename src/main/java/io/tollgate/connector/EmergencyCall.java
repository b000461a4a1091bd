package io.tollgate.connector;

import java.util.List;

/**
 * How an emergency number leaves.
 *
 * @param number what is sent, digits
 * @param trunks PJSIP endpoints, tried in this order; at least one
 */
public record EmergencyCall(String number, List<String> trunks) {

	public EmergencyCall {
		trunks = List.copyOf(trunks);
	}

}
