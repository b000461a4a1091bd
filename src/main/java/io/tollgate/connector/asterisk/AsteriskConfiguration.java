package io.tollgate.connector.asterisk;

import java.net.InetAddress;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets the times be set, and where a PBX can be. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ AsteriskProperties.class, AddressProperties.class })
class AsteriskConfiguration {

	@Bean
	HostPolicy hostPolicy(AddressProperties addresses, OwnPorts own) {
		return new HostPolicy(addresses.allowedNetworks(), addresses.allowedPorts(), own, InetAddress::getByName);
	}

}
