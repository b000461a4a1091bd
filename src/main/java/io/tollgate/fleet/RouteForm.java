package io.tollgate.fleet;

import java.util.ArrayList;
import java.util.List;

import io.tollgate.route.FirstRoute;
import org.jspecify.annotations.Nullable;

/**
 * An outbound route as it was typed.
 *
 * @param trunk the chosen trunk, empty for none
 * @param patterns dial patterns, one a line
 */
record RouteForm(@Nullable String trunk, @Nullable String patterns) {

	static RouteForm of(FirstRoute route) {
		return new RouteForm((route.trunk() != null) ? route.trunk() : "", String.join("\n", route.patterns()));
	}

	/** Blank lines are no patterns. */
	public FirstRoute toRoute() {
		var lines = (this.patterns != null) ? this.patterns.lines().filter((line) -> !line.isBlank()).toList()
				: List.<String>of();
		return new FirstRoute((this.trunk == null || this.trunk.isEmpty()) ? null : this.trunk, lines);
	}

	/** With these patterns after what is there, each once. */
	RouteForm with(List<String> suggested) {
		var lines = new ArrayList<>(toRoute().patterns());
		suggested.stream().filter((pattern) -> !lines.contains(pattern)).forEach(lines::add);
		return new RouteForm(this.trunk, String.join("\n", lines));
	}

}
