package io.tollgate.connector.asterisk;

import io.tollgate.lab.RealAsterisk;

/** On Asterisk 16, all of it over TLS with a pinned certificate. */
class Asterisk16ConnectorIT extends RealAsteriskConnectorTests {

	Asterisk16ConnectorIT() {
		super(RealAsterisk.Version.V16, true);
	}

}
