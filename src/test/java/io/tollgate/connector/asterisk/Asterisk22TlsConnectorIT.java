package io.tollgate.connector.asterisk;

import io.tollgate.lab.RealAsterisk;

/** On Asterisk 22, all of it over TLS with a pinned certificate. */
class Asterisk22TlsConnectorIT extends RealAsteriskConnectorTests {

	Asterisk22TlsConnectorIT() {
		super(RealAsterisk.Version.V22, true);
	}

}
