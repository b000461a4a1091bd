package io.tollgate.account;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A new password, by a link or from somebody who is signed in.
 *
 * @param token of the link, empty for somebody who is signed in
 * @param displayName what an invited person is called
 * @param current the password so far, from somebody who is signed in
 */
record PasswordForm(String token, @Size(max = 80, message = "{account.displayName.long}") String displayName,
		String current, String password, String confirmation) {

	PasswordForm(@Nullable String token, @Nullable String displayName, @Nullable String current,
			@Nullable String password, @Nullable String confirmation) {
		this.token = orEmpty(token);
		this.displayName = orEmpty(displayName);
		this.current = orEmpty(current);
		this.password = orEmpty(password);
		this.confirmation = orEmpty(confirmation);
	}

	private static String orEmpty(@Nullable String value) {
		return (value != null) ? value : "";
	}

	@Override
	public String toString() {
		return "PasswordForm[displayName=" + this.displayName + "]";
	}

}
