package io.tollgate.apply;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

import io.tollgate.connector.DialSection;
import io.tollgate.connector.DialSection.Ending;
import io.tollgate.connector.DialSection.Rule;
import io.tollgate.connector.DialSection.Window;
import io.tollgate.route.DialRule;
import io.tollgate.route.OutboundRoute;

/**
 * The routes as a PBX asks them: a route is one section, and one more before it for each
 * caller that has rules of its own.
 */
final class Sections {

	private Sections() {
	}

	static List<DialSection> of(List<OutboundRoute> routes) {
		var sections = new ArrayList<DialSection>();
		routes.stream()
			.filter((route) -> route.enabled() && !route.emergency())
			// a route that leads nowhere takes nothing
			.filter((route) -> route.blocks() || !route.trunks().isEmpty())
			.forEach((route) -> callers(route).forEach((caller) -> sections.add(section(route, caller))));
		return sections;
	}

	private static LinkedHashSet<String> callers(OutboundRoute route) {
		var callers = new LinkedHashSet<String>();
		route.rules().stream().map(DialRule::callerId).filter((caller) -> !caller.isEmpty()).forEach(callers::add);
		if (route.rules().stream().anyMatch((rule) -> rule.callerId().isEmpty())) {
			callers.add("");
		}
		return callers;
	}

	private static DialSection section(OutboundRoute route, String caller) {
		var rules = route.rules()
			.stream()
			.filter((rule) -> rule.callerId().equals(caller))
			.map((rule) -> new Rule(rule.prepend(), rule.prefix().length(), rule.dialled()))
			.toList();
		var time = route.time();
		var block = route.block();
		return new DialSection(plain(route.name()), rules, caller, route.users(),
				(time != null) ? new Window(time.zone(), time.days(), time.from(), time.to()) : null,
				(block != null) ? List.of() : route.trunks(), route.callerId(),
				(block != null) ? new Ending(block.cause(), block.sounds(), block.answer()) : null);
	}

	/** A name that can stand in a dialplan. */
	private static String plain(String name) {
		return Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("[^A-Za-z0-9 _.-]", "");
	}

}
