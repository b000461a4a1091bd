package io.tollgate.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows for other programs: everything that was signed and the signature, under names that
 * stay. Only ASCII, so that nothing on the way makes two lines of one.
 */
final class AuditJson {

	/** In this order. */
	static final List<String> COLUMNS = List.of("id", "at", "actor", "address", "request", "action", "objectType",
			"objectId", "objectName", "pbx", "before", "after", "keyVersion", "previous", "hash");

	private static final JsonMapper JSON = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	private AuditJson() {
	}

	static Map<String, @Nullable Object> columns(AuditRow row) {
		var content = row.content();
		var columns = new LinkedHashMap<String, @Nullable Object>();
		var values = new @Nullable Object[] { row.id(), content.at().toString(), content.actor(), content.address(),
				content.requestId(), content.action(), content.objectType(), content.objectId(), content.objectName(),
				content.pbxId(), content.before(), content.after(), row.keyVersion(), row.previous(), row.hash() };
		for (int i = 0; i < values.length; i++) {
			columns.put(COLUMNS.get(i), values[i]);
		}
		return columns;
	}

	static String line(Map<String, @Nullable Object> columns) {
		return JSON.writeValueAsString(columns);
	}

}
