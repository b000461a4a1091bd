package io.tollgate.connector.asterisk;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where PBXs of this installation can be.
 *
 * @param allowedNetworks CIDR, such as 10.20.0.0/16; empty for any but those that are no
 * PBX's: link-local, multicast, cloud metadata
 * @param allowedPorts such as 5038 or 5000-5100; empty for any but the portal's own
 */
@ConfigurationProperties("tollgate.pbx")
record AddressProperties(@DefaultValue List<String> allowedNetworks, @DefaultValue List<String> allowedPorts) {

	AddressProperties {
		allowedNetworks = List.copyOf(allowedNetworks);
		allowedPorts = List.copyOf(allowedPorts);
	}

}
