package io.tollgate.connector.asterisk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** A dialplan as a PBX has it loaded, whoever wrote it. */
final class LoadedDialplan {

	private final Map<String, Context> contexts = new LinkedHashMap<>();

	/** From the events of a {@code ShowDialPlan}. */
	static LoadedDialplan of(List<AmiMessage> events) {
		var dialplan = new LoadedDialplan();
		for (var event : events) {
			dialplan.contexts.computeIfAbsent(event.get("Context"), (name) -> new Context()).add(event);
		}
		return dialplan;
	}

	@Nullable Context context(String name) {
		return this.contexts.get(name);
	}

	List<String> names() {
		return List.copyOf(this.contexts.keySet());
	}

	/** One context. */
	static final class Context {

		private final Map<String, List<Step>> extensions = new LinkedHashMap<>();

		private final List<Include> includes = new ArrayList<>();

		private final List<String> switches = new ArrayList<>();

		private final List<AmiMessage> events = new ArrayList<>();

		private void add(AmiMessage event) {
			this.events.add(event);
			var include = event.find("IncludeContext");
			if (include != null) {
				// what stands behind the comma is when it counts
				var parts = include.split(",", 2);
				this.includes.add(new Include(parts[0].strip(), (parts.length > 1) ? parts[1].strip() : ""));
			}
			else if (event.has("Switch")) {
				this.switches.add(event.get("Switch"));
			}
			else if (event.has("Extension") && !"hint".equals(event.get("Priority"))) {
				this.extensions.computeIfAbsent(event.get("Extension"), (name) -> new ArrayList<>())
					.add(new Step(event.get("Priority"), event.get("ExtensionLabel"), event.get("Application"),
							event.get("AppData")));
			}
		}

		Map<String, List<Step>> extensions() {
			return this.extensions;
		}

		/** The contexts that are asked after it, in their order. */
		List<Include> includes() {
			return this.includes;
		}

		/** Other places that are asked for extensions: {@code Realtime/@extensions}. */
		List<String> switches() {
			return this.switches;
		}

		/** In the form of {@link DialplanText#steps}. */
		List<String> text() {
			return DialplanText.steps(this.events);
		}

	}

	/**
	 * A context that is asked after another one.
	 *
	 * @param times when it is asked, {@code 08:00-17:00,mon-fri,*,*}; empty for always
	 */
	record Include(String context, String times) {

		boolean timed() {
			return !this.times.isEmpty();
		}

		@Override
		public String toString() {
			return timed() ? this.context + "," + this.times : this.context;
		}

	}

	/** One priority of an extension. */
	record Step(String priority, String label, String application, String data) {

		/** Whether a call that jumps to that number or label comes here. */
		boolean isAt(String place) {
			return place.equals(this.priority) || place.equals(this.label);
		}

		@Override
		public String toString() {
			return this.application + "(" + this.data + ")";
		}

	}

}
