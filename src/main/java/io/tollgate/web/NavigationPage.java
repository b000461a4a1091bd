package io.tollgate.web;

import org.jspecify.annotations.Nullable;

/**
 * A page that the sidebar and the jump list lead to. Its text is the message
 * {@code frame.nav.} + id.
 *
 * @param id part of the message key
 * @param path where it is; pages below it count as it
 * @param icon name in the sprite
 * @param key the letter that opens it after G, {@code null} for none
 */
public record NavigationPage(String id, String path, String icon, @Nullable String key) {

	boolean holds(String requestPath) {
		return this.path.equals("/") ? requestPath.equals("/")
				: requestPath.equals(this.path) || requestPath.startsWith(this.path + "/");
	}

}
