package io.tollgate.connector.asterisk;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the portal waits for an Asterisk.
 *
 * @param connect to reach it, shake hands and be greeted, each
 * @param call one answer
 * @param verb one step of an apply, whatever it asks
 * @param flush until what Asterisk has written to AstDB is on disk: it does that about
 * once a second, in order. Less would claim what a PBX that dies may lose
 */
@ConfigurationProperties("tollgate.asterisk")
record AsteriskProperties(@DefaultValue("5s") Duration connect, @DefaultValue("10s") Duration call,
		@DefaultValue("30s") Duration verb, @DefaultValue("1100ms") Duration flush) {

	AmiClient.Deadlines deadlines() {
		return new AmiClient.Deadlines(this.connect, this.call, this.verb, this.flush);
	}

}
