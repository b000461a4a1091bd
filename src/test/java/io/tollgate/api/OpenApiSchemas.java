package io.tollgate.api;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Says of the schemas what records say and springdoc does not see: what is always there,
 * what may be null, and a name that no other module has.
 */
final class OpenApiSchemas {

	private static final String REF = "#/components/schemas/";

	private OpenApiSchemas() {
	}

	static void finish(ObjectNode api) {
		var schemas = (ObjectNode) api.at("/components/schemas");
		var asked = asked(api, schemas);
		var names = new TreeMap<String, String>();
		for (var name : List.copyOf(schemas.propertyNames())) {
			var type = type(name);
			if (type != null && type.isRecord()) {
				for (var component : type.getRecordComponents()) {
					field((ObjectNode) schemas.path(name), component, asked.contains(name));
				}
			}
			names.put(name, (type != null) ? shortened(type) : name);
		}
		assertThat(names.values()).as("names of records in the API").doesNotHaveDuplicates();
		names.forEach((old, name) -> schemas.set(name, schemas.remove(old)));
		rename(api, names);
		sort(api);
	}

	private static @Nullable Class<?> type(String name) {
		try {
			return ClassUtils.forName(name, null);
		}
		catch (ClassNotFoundException ex) {
			// one that is of no class, as that of the problems
			return null;
		}
	}

	/** {@code PolicyApi.Item} is a {@code PolicyItem}. */
	private static String shortened(Class<?> type) {
		var outer = type.getDeclaringClass();
		return ((outer != null) ? shortened(outer).replaceAll("Api$", "") : "") + type.getSimpleName();
	}

	/** What is answered is always there; what is asked need not be. */
	private static void field(ObjectNode schema, RecordComponent component, boolean asked) {
		boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
		var fields = (ObjectNode) schema.path("properties");
		if (nullable && fields.path(component.getName()) instanceof ObjectNode field) {
			if (field.has("type")) {
				var type = field.path("type");
				field.set("type", schema.arrayNode().add(type).add("null"));
			}
			else {
				var both = schema.objectNode();
				both.putArray("anyOf").add(field).add(schema.objectNode().put("type", "null"));
				fields.set(component.getName(), both);
			}
		}
		if (!asked || !nullable) {
			var required = schema.withArray("required");
			if (required.valueStream().noneMatch((each) -> each.asString().equals(component.getName()))) {
				required.add(component.getName());
			}
		}
	}

	/** The schemas of requests, and of what is in them. */
	private static Set<String> asked(ObjectNode api, ObjectNode schemas) {
		var found = new HashSet<String>();
		var open = new ArrayList<JsonNode>();
		api.path("paths").forEach((path) -> path.forEach((operation) -> open.add(operation.path("requestBody"))));
		while (!open.isEmpty()) {
			for (var ref : open.removeLast().findValues("$ref")) {
				var name = ref.asString().replace(REF, "");
				if (found.add(name)) {
					open.add(schemas.path(name));
				}
			}
		}
		return found;
	}

	private static void rename(JsonNode node, TreeMap<String, String> names) {
		if (node instanceof ObjectNode object && object.path("$ref") instanceof StringNode ref
				&& ref.asString().startsWith(REF)) {
			object.put("$ref", REF + names.get(ref.asString().substring(REF.length())));
		}
		node.forEach((each) -> rename(each, names));
	}

	/** Lists stay as they are, but for the names of what is required. */
	private static void sort(JsonNode node) {
		if (node instanceof ObjectNode object) {
			var fields = new TreeMap<String, JsonNode>();
			object.properties().forEach((field) -> fields.put(field.getKey(), field.getValue()));
			object.removeAll();
			fields.forEach(object::set);
			if (object.path("required") instanceof ArrayNode required) {
				var names = required.valueStream().map(JsonNode::asString).sorted().toList();
				required.removeAll();
				names.forEach(required::add);
			}
		}
		node.forEach(OpenApiSchemas::sort);
	}

}
