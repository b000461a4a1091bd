package io.tollgate.account;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is called.
 *
 * @param displayName the name people know them by
 */
record NameForm(@NotBlank(message = "{account.displayName.needed}") @Size(max = 80,
		message = "{account.displayName.long}") String displayName) {

	NameForm(@Nullable String displayName) {
		this.displayName = (displayName != null) ? displayName : "";
	}

}
