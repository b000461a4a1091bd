package io.tollgate.connector.asterisk;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;

import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.Problem;

/**
 * Where the portal lets itself be sent. A name is resolved once and that very address is
 * connected to, so that a second, different answer of the DNS changes nothing. Loopback
 * is allowed: a PBX may share the host.
 */
final class HostPolicy {

	/** Addresses of cloud metadata services that are not link-local. */
	private static final Set<String> METADATA = Set.of("100.100.100.200", "192.0.0.192", "168.63.129.16",
			"fd00:ec2:0:0:0:0:0:254");

	private HostPolicy() {
	}

	/**
	 * The address to connect to.
	 * @throws ConnectorException {@code unknown-host} or {@code forbidden-host}
	 */
	static InetAddress resolve(String host) {
		if (host.isBlank() || host.length() > 255 || !AmiAction.isPlain(host)) {
			throw new ConnectorException(ConnectorException.Kind.UNREACHABLE, Problem.of("unknown-host", host));
		}
		InetAddress address;
		try {
			address = InetAddress.getByName(host.strip());
		}
		catch (UnknownHostException ex) {
			throw new ConnectorException(ConnectorException.Kind.UNREACHABLE, Problem.of("unknown-host", host), ex);
		}
		if (!allowed(address)) {
			throw new ConnectorException(ConnectorException.Kind.REFUSED,
					Problem.of("forbidden-host", host, address.getHostAddress()));
		}
		return address;
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
		if (startsWith(bytes, 0x00, 0x64, 0xff, 0x9b) || (allZero(bytes, 12) && !allZero(bytes, 15))) {
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

}
