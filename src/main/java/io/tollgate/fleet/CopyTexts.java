package io.tollgate.fleet;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

import io.tollgate.apply.DesiredConfigs;
import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.asterisk.GuardText;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxConnection;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What an administrator copies onto a PBX by hand. */
@Component
class CopyTexts {

	private static final InetSocketAddress ANYWHERE = new InetSocketAddress("192.0.2.1", 9);

	private final DesiredConfigs configs;

	CopyTexts(DesiredConfigs configs) {
		this.configs = configs;
	}

	/**
	 * The texts for one PBX.
	 * @param user the manager account; anything unusable becomes {@code tollgate}
	 */
	Texts of(@Nullable String user) {
		var account = (user != null && user.matches(PbxConnection.USER)) ? user : "tollgate";
		var address = address();
		return new Texts(address, GuardText.account(account, address, true), GuardText.account(account, address, false),
				GuardText.includeLines(), GuardText.contextLine(), GuardText.GUARD_FILE, GuardText.guard(),
				GuardText.SLOT_A_FILE);
	}

	/**
	 * The route file of one PBX as its next apply wants it.
	 * @throws ConnectorException when the configuration holds something that may not
	 * reach a PBX
	 */
	Optional<String> slot(Pbx pbx) {
		return this.configs.of(pbx).map(GuardText::slot);
	}

	/**
	 * The address that most of the network sees the portal under. Connecting a datagram
	 * socket sends nothing, it only asks the routing table.
	 */
	private static String address() {
		try (var socket = new DatagramSocket()) {
			socket.connect(ANYWHERE);
			var local = socket.getLocalAddress();
			return local.isAnyLocalAddress() ? loopback() : local.getHostAddress();
		}
		catch (IOException ex) {
			return loopback();
		}
	}

	private static String loopback() {
		return InetAddress.getLoopbackAddress().getHostAddress();
	}

	/**
	 * Ready to copy.
	 *
	 * @param address the portal's address as it stands in the accounts
	 * @param account the manager account that lets the portal write its own files
	 * @param accountWithoutFiles the manager account with the least rights
	 * @param includes lines for extensions.conf
	 * @param context line for the phones' context
	 * @param guardFile name of the guard's file
	 * @param guard its whole text
	 * @param slotFile name of the route file that is written by hand
	 */
	record Texts(String address, String account, String accountWithoutFiles, String includes, String context,
			String guardFile, String guard, String slotFile) {
	}

}
