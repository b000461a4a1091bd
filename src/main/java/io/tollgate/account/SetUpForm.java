package io.tollgate.account;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What the set-up page asks for.
 *
 * @param token the token of the set-up link
 */
record SetUpForm(String token,
		@NotBlank(message = "{account.username.needed}") @Pattern(regexp = SetUpForm.USERNAME,
				message = "{account.username.invalid}") String username,
		@NotBlank(message = "{account.displayName.needed}") @Size(max = 80,
				message = "{account.displayName.long}") String displayName,
		String password, String confirmation) {

	/**
	 * What a username is made of, with blanks around it, or nothing. The portal's own
	 * name is nobody's: the audit log would take them for it.
	 */
	static final String USERNAME = "\\s*(?!(?i:tollgate)\\s*$)(|[A-Za-z0-9][A-Za-z0-9._@-]{1,63})\\s*";

	SetUpForm {
		token = orEmpty(token);
		username = orEmpty(username);
		displayName = orEmpty(displayName);
		password = orEmpty(password);
		confirmation = orEmpty(confirmation);
	}

	private static String orEmpty(@Nullable String value) {
		return (value != null) ? value : "";
	}

	@Override
	public String toString() {
		return "SetUpForm[username=" + this.username + "]";
	}

}
