package io.tollgate.connector;

import java.util.List;

/**
 * What a PBX says of itself.
 *
 * @param software for people: {@code Asterisk 22.10.1}
 * @param endpoints all PJSIP endpoints, by name, each once
 */
public record Inventory(String software, List<Endpoint> endpoints) {

	public Inventory {
		endpoints = List.copyOf(endpoints);
	}

	/**
	 * One endpoint.
	 *
	 * @param name its name on the PBX
	 * @param displayName caller name, empty when the PBX has none
	 * @param kind what it most likely is: all digits is an extension, else a trunk
	 */
	public record Endpoint(String name, String displayName, Kind kind) {

		public enum Kind {

			EXTENSION, TRUNK

		}

	}

}
