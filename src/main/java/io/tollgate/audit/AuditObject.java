package io.tollgate.audit;

import org.jspecify.annotations.Nullable;

/**
 * What an audit event is about.
 *
 * @param type the kind of thing, lower case: {@code policy}, {@code extension},
 * {@code pbx}, {@code account}
 * @param id its identity in the portal, {@code null} where one event covers many
 * @param name its name as people know it
 */
public record AuditObject(String type, @Nullable String id, @Nullable String name) {

	public static AuditObject of(String type, @Nullable Object id, @Nullable String name) {
		return new AuditObject(type, (id != null) ? id.toString() : null, name);
	}

}
