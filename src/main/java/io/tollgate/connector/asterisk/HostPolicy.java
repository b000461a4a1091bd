package io.tollgate.connector.asterisk;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.Problem;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * Where the portal lets itself be sent. A name is resolved once and that very address is
 * connected to, so that a second, different answer of the DNS changes nothing. Loopback
 * is allowed, as a PBX may share the host, but for the portal's own ports; what else is
 * allowed may be narrowed to networks and ports.
 */
final class HostPolicy {

	/** Addresses of cloud metadata services that are not link-local. */
	private static final Set<String> METADATA = Set.of("100.100.100.200", "192.0.0.192", "168.63.129.16",
			"fd00:ec2:0:0:0:0:0:254");

	/** What some resolver takes for a number, however it is written. */
	private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");

	/** The one way to write it that all take for the same. */
	private static final Pattern PLAIN_IPV4 = Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");

	/** No narrower than it has to be. */
	static final HostPolicy DEFAULT = new HostPolicy(List.of(), List.of(), (port) -> false, InetAddress::getByName);

	private final List<IpAddressMatcher> networks;

	private final List<Ports> ports;

	private final IntPredicate own;

	private final Resolver resolver;

	/**
	 * A policy.
	 * @param networks CIDR; empty for all
	 * @param ports such as 5038 or 5000-5100; empty for all
	 * @param own whether the portal listens on a port itself
	 * @throws IllegalArgumentException when a network or port is none
	 */
	HostPolicy(List<String> networks, List<String> ports, IntPredicate own, Resolver resolver) {
		this.networks = networks.stream().map(IpAddressMatcher::new).toList();
		this.ports = ports.stream().map(Ports::of).toList();
		this.own = own;
		this.resolver = resolver;
	}

	/**
	 * The address to connect to. Asks the resolver once.
	 * @throws ConnectorException {@code unknown-host}, {@code forbidden-host},
	 * {@code network-not-allowed}, {@code port-not-allowed} or {@code own-port}
	 */
	InetAddress resolve(String host, int port) {
		if (!this.ports.isEmpty() && this.ports.stream().noneMatch((range) -> range.holds(port))) {
			throw refused("port-not-allowed", host, port);
		}
		var address = address(host);
		if (!allowed(address)) {
			throw refused("forbidden-host", host, address.getHostAddress());
		}
		if (!this.networks.isEmpty()
				&& this.networks.stream().noneMatch((network) -> network.matches(plain(address)))) {
			throw refused("network-not-allowed", host, address.getHostAddress());
		}
		if (this.own.test(port) && isHere(address)) {
			throw refused("own-port", host, port);
		}
		return address;
	}

	private InetAddress address(String host) {
		boolean spelled = NUMERIC.matcher(host).matches() && !host.contains(":") && !PLAIN_IPV4.matcher(host).matches();
		if (host.isBlank() || host.length() > 255 || host.contains("%") || spelled || !AmiAction.isPlain(host)) {
			throw new ConnectorException(ConnectorException.Kind.UNREACHABLE, Problem.of("unknown-host", host));
		}
		try {
			return this.resolver.resolve(host.strip());
		}
		catch (UnknownHostException ex) {
			throw new ConnectorException(ConnectorException.Kind.UNREACHABLE, Problem.of("unknown-host", host), ex);
		}
	}

	private static ConnectorException refused(String code, Object... values) {
		return new ConnectorException(ConnectorException.Kind.REFUSED, Problem.of(code, values));
	}

	/** Without the zone of a scoped address. */
	private static String plain(InetAddress address) {
		return address.getHostAddress().split("%", 2)[0];
	}

	/** Whether this host has the address; what cannot be asked is taken for it. */
	private static boolean isHere(InetAddress address) {
		try {
			return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
		}
		catch (SocketException ex) {
			return true;
		}
	}

	static boolean allowed(InetAddress address) {
		if (address.isAnyLocalAddress() || address.isLinkLocalAddress() || address.isMulticastAddress()) {
			return false;
		}
		if (METADATA.contains(address.getHostAddress())) {
			return false;
		}
		byte[] bytes = address.getAddress();
		if (bytes.length == 4) {
			return (bytes[0] & 0xff) != 0 && !(Arrays.equals(bytes, new byte[] { -1, -1, -1, -1 }));
		}
		return embedsNothingForbidden(bytes);
	}

	/** An IPv4 address inside an IPv6 one: NAT64, 6to4 and the old compatible form. */
	private static boolean embedsNothingForbidden(byte[] bytes) {
		int at = -1;
		if (startsWith(bytes, 0x20, 0x01, 0x00, 0x00)) {
			// Teredo: an IPv4 address that is written upside down, through somebody's
			// relay
			return false;
		}
		if (isIsatap(bytes) || startsWith(bytes, 0x00, 0x64, 0xff, 0x9b)
				|| (allZero(bytes, 12) && !allZero(bytes, 15))) {
			at = 12;
		}
		else if (startsWith(bytes, 0x20, 0x02)) {
			at = 2;
		}
		if (at < 0 || (at == 12 && allZero(bytes, 15) && bytes[15] == 1)) {
			return true;
		}
		try {
			return allowed(InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4)));
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean isIsatap(byte[] bytes) {
		return (bytes[8] & 0xfd) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && (bytes[11] & 0xff) == 0xfe;
	}

	private static boolean startsWith(byte[] bytes, int... start) {
		for (int i = 0; i < start.length; i++) {
			if ((bytes[i] & 0xff) != start[i]) {
				return false;
			}
		}
		return true;
	}

	private static boolean allZero(byte[] bytes, int length) {
		for (int i = 0; i < length; i++) {
			if (bytes[i] != 0) {
				return false;
			}
		}
		return true;
	}

	/** What turns a name into an address. */
	@FunctionalInterface
	interface Resolver {

		InetAddress resolve(String host) throws UnknownHostException;

	}

	/** From one port to another, both included. */
	private record Ports(int from, int to) {

		static Ports of(String text) {
			if (!text.matches("[0-9]{1,5}(?:-[0-9]{1,5})?")) {
				throw new IllegalArgumentException("neither a port nor a range of ports: " + text);
			}
			var parts = text.split("-", 2);
			return new Ports(Integer.parseInt(parts[0]), Integer.parseInt(parts[parts.length - 1]));
		}

		boolean holds(int port) {
			return port >= this.from && port <= this.to;
		}

	}

}
