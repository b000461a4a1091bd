package io.tollgate.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;

import io.tollgate.simulator.Dialplan.Step;

/** Lists the loaded dialplan. */
final class DialplanActions {

	private DialplanActions() {
	}

	static void show(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		var context = request.header("Context");
		var extension = request.header("Extension");
		var found = new Listing(reply);
		// a real one walks its contexts from the last to the first
		var contexts = new ArrayList<>(machine.dialplan().contexts().entrySet());
		Collections.reverse(contexts);
		reply.list("DialPlan list will follow");
		for (var each : contexts) {
			if (context.isEmpty() || context.equals(each.getKey())) {
				found.add(machine.dialplan(), each.getKey(), extension, new HashSet<>());
			}
		}
		found.end(context, extension);
	}

	private static final class Listing {

		private final Reply reply;

		private int items;

		private int contexts;

		private int extensions;

		private int priorities;

		Listing(Reply reply) {
			this.reply = reply;
		}

		private void add(Dialplan dialplan, String name, String dialled, Set<String> seen) {
			var context = dialplan.contexts().get(name);
			if (context == null || !seen.add(name)) {
				return;
			}
			this.contexts++;
			context.matching(dialled).forEach((extension, steps) -> add(name, extension, steps));
			if (dialled.isEmpty()) {
				for (var include : context.includes()) {
					begin(name).header("IncludeContext", include).header("Registrar", "pbx_config").end();
				}
			}
			else {
				// one that counts at times only is not found by its name
				context.includes().forEach((include) -> add(dialplan, include, dialled, seen));
			}
			for (var other : context.switches()) {
				begin(name).header("Switch", other).header("Registrar", "pbx_config").end();
			}
		}

		private void add(String context, String extension, SortedMap<Integer, Step> steps) {
			this.extensions++;
			steps.forEach((priority, step) -> {
				this.priorities++;
				begin(context).header("Extension", extension);
				if (step.label() != null) {
					this.reply.header("ExtensionLabel", step.label());
				}
				this.reply.header("Priority", (priority == 0) ? "hint" : priority)
					.header("Application", step.application());
				if (priority > 0) {
					this.reply.header("AppData", step.data());
				}
				this.reply.header("Registrar", "pbx_config").end();
			});
		}

		private Reply begin(String context) {
			this.items++;
			return this.reply.event("ListDialplan").actionId().header("Context", context);
		}

		private void end(String context, String extension) {
			if (!context.isEmpty() && this.contexts == 0) {
				this.reply.clear().error("Did not find context " + context);
			}
			else if (!extension.isEmpty() && this.extensions == 0) {
				this.reply.clear()
					.error("Did not find extension " + extension
							+ (context.isEmpty() ? " in any context" : "@" + context));
			}
			else {
				this.reply.complete("ShowDialPlanComplete", this.items);
				this.reply.header("ListExtensions", this.extensions).header("ListPriorities", this.priorities);
				this.reply.header("ListContexts", this.contexts).end();
			}
		}

	}

}
