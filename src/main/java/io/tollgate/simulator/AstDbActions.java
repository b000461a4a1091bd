package io.tollgate.simulator;

import org.jspecify.annotations.Nullable;

/** The actions on Asterisk's key-value store. */
final class AstDbActions {

	private AstDbActions() {
	}

	static void put(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		var problem = missing(request, "");
		if (problem != null) {
			reply.error(problem);
			return;
		}
		if (!machine.faults().forgetsWrites()) {
			machine.put(request.header("Family"), request.header("Key"), request.header("Val"));
		}
		reply.success("Updated database successfully");
	}

	static void get(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		var problem = missing(request, ".");
		if (problem != null) {
			reply.error(problem);
			return;
		}
		var family = request.header("Family");
		var key = request.header("Key");
		var value = machine.astDb().get(family, key);
		if (value == null) {
			reply.error("Database entry not found");
			return;
		}
		reply.list("Result will follow");
		reply.event("DBGetResponse").header("Family", family).header("Key", key).header("Val", value);
		reply.actionId().end().complete("DBGetComplete", 1).end();
	}

	static void getTree(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		var tree = machine.astDb().tree(request.header("Family"), request.header("Key"));
		reply.list("Result will follow");
		tree.forEach((key,
				value) -> reply.event("DBGetTreeResponse").header("Key", key).header("Val", value).actionId().end());
		reply.complete("DBGetTreeComplete", machine.is16() ? 1 : tree.size()).end();
	}

	static void delete(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		var problem = missing(request, ".");
		if (problem != null) {
			reply.error(problem);
			return;
		}
		var family = request.header("Family");
		var key = request.header("Key");
		boolean deleted = machine.faults().forgetsWrites() ? machine.astDb().get(family, key) != null
				: machine.remove(family, key);
		if (deleted) {
			reply.success("Key deleted successfully");
		}
		else {
			reply.error("Database entry could not be deleted");
		}
	}

	static void deleteTree(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		var family = request.header("Family");
		var key = request.header("Key");
		if (family.isEmpty()) {
			reply.error("No family specified.");
			return;
		}
		int deleted = machine.faults().forgetsWrites() ? machine.astDb().tree(family, key).size()
				: machine.removeTree(family, key);
		if (deleted > 0) {
			reply.success("Key tree deleted successfully");
		}
		else {
			reply.error("Database entry not found");
		}
	}

	private static @Nullable String missing(AmiRequest request, String ending) {
		if (request.header("Family").isEmpty()) {
			return "No family specified" + ending;
		}
		return request.header("Key").isEmpty() ? "No key specified" + ending : null;
	}

}
