package io.tollgate.connector.asterisk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.springframework.core.io.ClassPathResource;
import org.springframework.modulith.NamedInterface;

import io.tollgate.connector.DesiredConfig;

/**
 * What an administrator copies onto a PBX by hand: once, or, where the portal's account
 * lacks the {@code config} right, whenever route or emergency numbers change.
 */
@NamedInterface("asterisk")
public final class GuardText {

	/** Name of the file with the guard, in Asterisk's configuration directory. */
	public static final String GUARD_FILE = "tollgate_guard.conf";

	/** Name of the first route file. */
	public static final String SLOT_A_FILE = "tollgate_slot_a.conf";

	/** Name of the second route file, which only the portal itself uses. */
	public static final String SLOT_B_FILE = "tollgate_slot_b.conf";

	private static final String GUARD = read();

	private static final DialplanText PARSED = DialplanText.parse(GUARD);

	private GuardText() {
	}

	/** The lines for the end of the {@code [globals]} section of extensions.conf. */
	public static String includeLines() {
		return """
				#tryinclude "tollgate_guard.conf"
				#tryinclude "tollgate_slot_a*.conf"
				#tryinclude "tollgate_slot_b*.conf"
				""";
	}

	/**
	 * The line for the end of the phones' context, in place of what dialled the trunk.
	 */
	public static String contextLine() {
		return "include => tollgate-outbound\n";
	}

	/**
	 * The manager account for manager.conf.
	 * @param user name of the account
	 * @param portalAddress the address that the portal connects from
	 * @param withConfig whether the portal may write its own files
	 */
	public static String account(String user, String portalAddress, boolean withConfig) {
		return """
				[%s]
				secret = (a long random secret)
				deny = 0.0.0.0/0.0.0.0
				permit = %s/255.255.255.255
				read = user
				; optional: with "originate" added, the portal tries numbers out on the PBX before it confirms an apply; nobody
				; is called, but whoever knows the secret could then place calls, too
				write = system,reporting%s
				eventfilter(name(UserEvent),header(UserEvent),method(exact)) = TollgateBlock
				"""
			.formatted(user, portalAddress, withConfig ? ",config" : "");
	}

	/** The whole text of {@link #GUARD_FILE}; the same for every PBX. */
	public static String guard() {
		return GUARD;
	}

	/**
	 * The whole text of {@link #SLOT_A_FILE} for that configuration.
	 * @throws io.tollgate.connector.ConnectorException of kind {@code REFUSED} when the
	 * configuration holds something that may not reach a PBX
	 */
	public static String slot(DesiredConfig desired) {
		AsteriskDialect.validate(desired);
		return AsteriskDialect.slot(desired, 'a').text();
	}

	static DialplanText parsed() {
		return PARSED;
	}

	/**
	 * The files of a slot: one, and more for long routes.
	 * @param piece from 0
	 */
	static String slotFile(char slot, int piece) {
		return "tollgate_slot_" + slot + ((piece == 0) ? "" : String.format(Locale.ROOT, "_%02d", piece)) + ".conf";
	}

	static String slotFile(char slot) {
		return slotFile(slot, 0);
	}

	/** Whether the portal may write that file. */
	static boolean isOwn(String file) {
		return file.equals(GUARD_FILE) || file.matches("tollgate_slot_[ab](_[0-9]{2})?\\.conf");
	}

	private static String read() {
		try {
			return new ClassPathResource("asterisk/" + GUARD_FILE).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
