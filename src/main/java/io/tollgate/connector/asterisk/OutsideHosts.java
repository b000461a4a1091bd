package io.tollgate.connector.asterisk;

import java.net.InetAddress;
import java.util.List;

import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.Problem;
import org.springframework.modulith.NamedInterface;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

/**
 * Where the portal lets itself be sent with what is not for a PBX: the same rules, and
 * nothing inside either, unless its network is named.
 */
@Component
@NamedInterface("asterisk")
public class OutsideHosts {

	/** Loopback, private, shared, reserved, and what holds an IPv4 address. */
	private static final List<IpAddressMatcher> INSIDE = networks(
			List.of("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "192.0.0.0/24",
					"198.18.0.0/15", "240.0.0.0/4", "::/96", "fc00::/7", "fec0::/10", "64:ff9b::/32", "2002::/16"));

	private final HostPolicy policy;

	OutsideHosts(OwnPorts own) {
		this.policy = new HostPolicy(List.of(), List.of(), own, InetAddress::getByName);
	}

	/**
	 * The address to connect to, and no other: a second answer of the DNS may be another.
	 * @param allowed networks that may be connected to although they are inside, CIDR
	 * @throws ConnectorException that of the PBXs, or {@code inside-host}
	 */
	public InetAddress resolve(String host, int port, List<String> allowed) {
		var address = this.policy.resolve(host, port);
		var plain = address.getHostAddress().split("%", 2)[0];
		if (matches(INSIDE, plain) && !matches(networks(allowed), plain)) {
			throw new ConnectorException(ConnectorException.Kind.REFUSED, Problem.of("inside-host", host, plain));
		}
		return address;
	}

	private static List<IpAddressMatcher> networks(List<String> networks) {
		return networks.stream().map(IpAddressMatcher::new).toList();
	}

	private static boolean matches(List<IpAddressMatcher> networks, String address) {
		return networks.stream().anyMatch((network) -> network.matches(address));
	}

}
