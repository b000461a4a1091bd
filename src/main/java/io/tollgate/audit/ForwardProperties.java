package io.tollgate.audit;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the trail is forwarded to.
 *
 * @param host the receiver; empty to forward nothing
 * @param port of the receiver
 * @param protocol how it is reached
 * @param sslBundle the certificates of TLS, one of {@code spring.ssl.bundle.*}; empty for
 * those that this Java trusts
 * @param facility of syslog, 13 for "log audit"
 * @param timeout how long the receiver may take to take a batch
 */
@ConfigurationProperties("tollgate.audit.forward")
record ForwardProperties(@DefaultValue("") String host, @DefaultValue("6514") int port,
		@DefaultValue("TLS") Protocol protocol, @DefaultValue("") String sslBundle, @DefaultValue("13") int facility,
		@DefaultValue("10s") Duration timeout) {

	boolean wanted() {
		return !this.host.isBlank();
	}

	/** How messages travel. */
	enum Protocol {

		/** RFC 5425; the receiver has to show a certificate for its name. */
		TLS,
		/** RFC 6587 with counted octets. */
		TCP,
		/** RFC 5426: nobody knows what arrived. */
		UDP

	}

}
