package io.tollgate.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.regex.Pattern;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The token with which a script makes the first administrator of an installation that
 * nobody sits at. It works only while there is no account. An account that somebody has
 * ever signed in with is never deleted, so it is dead for good once it was used, and so
 * it is where anybody was faster. Nothing but its SHA-256 is kept, in memory.
 */
@Component
class BootstrapToken {

	/** What it may, and nothing else may that. */
	static final String AUTHORITY = "BOOTSTRAP";

	/** How the audit log names whoever acts with it. */
	static final String ACTOR = "bootstrap token";

	static final int SHORTEST = 32;

	/** What may stand behind {@code Bearer}, after RFC 6750. */
	private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

	private final Accounts accounts;

	private final PasswordRules rules;

	private final String text;

	private final String file;

	/** Fits nothing that can be sent. */
	private volatile byte[] hash = new byte[0];

	BootstrapToken(Accounts accounts, PasswordRules rules, @Value("${tollgate.bootstrap-token:}") String text,
			@Value("${tollgate.bootstrap-token-file:}") String file) {
		this.accounts = accounts;
		this.rules = rules;
		this.text = text;
		this.file = file;
	}

	/**
	 * Has it work from now on, if there is one. To be asked only while there is no
	 * account.
	 * @return whether there is one
	 * @throws IllegalStateException for one that is weak: better no portal than one that
	 * is open to whoever comes first
	 */
	boolean load() {
		var token = this.file.isBlank() ? this.text.strip() : read(Path.of(this.file));
		if (token.isEmpty() && this.file.isBlank()) {
			return false;
		}
		if (token.length() < SHORTEST || !FORM.matcher(token).matches()
				|| this.rules.refusal(token, List.of("tollgate", "bootstrap", "token")) != null) {
			throw new IllegalStateException(
					"The bootstrap token is not good enough: use %d to %d letters, digits and . _ ~ + / - of chance, such as those of \"openssl rand -hex 32\""
						.formatted(SHORTEST, PasswordRules.MAX));
		}
		this.hash = hash(token);
		return true;
	}

	private static String read(Path file) {
		try {
			return Files.readString(file).strip();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The file of the bootstrap token cannot be read", ex);
		}
	}

	/** Whether this is it, and it works now. Takes as long whatever is wrong with it. */
	boolean opens(String sent) {
		boolean right = MessageDigest.isEqual(this.hash, hash(sent));
		return right && this.accounts.none();
	}

	private static byte[] hash(String token) {
		return OneTimeToken.hash(token).getBytes(StandardCharsets.US_ASCII);
	}

}
