package io.tollgate.audit;

import org.jspecify.annotations.Nullable;

/**
 * What an audit event is about.
 *
 * @param type the kind of thing, lower case: {@code policy}, {@code extension},
 * {@code pbx}, {@code account}
 * @param id its identity in the portal, {@code null} where one event covers many
 * @param name its name as people know it
 * @param pbxId the PBX that it belongs to, {@code null} where it is not one PBX's. Who
 * may not see that PBX does not see the event
 */
public record AuditObject(String type, @Nullable String id, @Nullable String name, @Nullable Long pbxId) {

	/** The PBXs' own events. */
	private static final String PBX = "pbx";

	public static AuditObject of(String type, @Nullable Object id, @Nullable String name) {
		return new AuditObject(type, (id != null) ? id.toString() : null, name,
				(PBX.equals(type) && id instanceof Number pbxId) ? Long.valueOf(pbxId.longValue()) : null);
	}

	/** The same, of one PBX. */
	public AuditObject on(@Nullable Long pbx) {
		return new AuditObject(this.type, this.id, this.name, pbx);
	}

}
