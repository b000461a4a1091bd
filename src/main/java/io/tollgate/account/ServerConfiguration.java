package io.tollgate.account;

import org.apache.catalina.valves.RemoteIpValve;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the server does before the application: who asks, and what every answer carries.
 */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

	/**
	 * Takes the address, the scheme and the port from {@code X-Forwarded-For},
	 * {@code X-Forwarded-Proto} and {@code X-Forwarded-Port} only of a peer that is
	 * named: from anybody else they are a claim.
	 */
	@Bean
	static WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> valves(
			@Value("${tollgate.trusted-proxies:}") String trustedProxies, OidcProperties provider) {
		return (server) -> {
			if (!trustedProxies.isBlank()) {
				var addresses = new RemoteIpValve();
				addresses.setInternalProxies(trustedProxies.replaceAll("\\s", ""));
				addresses.setRemoteIpHeader("X-Forwarded-For");
				addresses.setProtocolHeader("X-Forwarded-Proto");
				addresses.setPortHeader("X-Forwarded-Port");
				server.addEngineValves(addresses);
			}
			server.addEngineValves(new ResponseHeaders(SecurityConfiguration.policy(provider)));
		};
	}

}
