package io.tollgate.account;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who is invited.
 *
 * @param username what they will sign in with
 * @param rights what they may do
 */
record InviteForm(@NotBlank(message = "{account.username.needed}") @Pattern(regexp = SetUpForm.USERNAME,
		message = "{account.username.invalid}") String username, RightsForm rights) {

	InviteForm(@Nullable String username, @Nullable RightsForm rights) {
		this.username = (username != null) ? username : "";
		this.rights = (rights != null) ? rights : RightsForm.NEW;
	}

}
