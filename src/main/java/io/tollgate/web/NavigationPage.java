package io.tollgate.web;

import io.tollgate.account.Role;
import org.jspecify.annotations.Nullable;

/**
 * A page that the sidebar and the jump list lead to. Its text is the message
 * {@code frame.nav.} + id.
 *
 * @param id part of the message key
 * @param path where it is; pages below it count as it
 * @param icon name in the sprite
 * @param key the letter that opens it after G, {@code null} for none
 * @param least the role that may open it, with those above
 */
public record NavigationPage(String id, String path, String icon, @Nullable String key, Role least) {

	NavigationPage(String id, String path, String icon, @Nullable String key) {
		this(id, path, icon, key, Role.VIEWER);
	}

	/**
	 * Whether somebody of this role may open it; {@code null} for nobody in particular.
	 */
	boolean isFor(@Nullable Role role) {
		return this.least.compareTo((role != null) ? role : Role.VIEWER) <= 0;
	}

	boolean holds(String requestPath) {
		return this.path.equals("/") ? requestPath.equals("/")
				: requestPath.equals(this.path) || requestPath.startsWith(this.path + "/");
	}

}
