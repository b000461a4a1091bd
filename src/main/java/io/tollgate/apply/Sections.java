package io.tollgate.apply;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

import io.tollgate.connector.DialSection;
import io.tollgate.connector.DialSection.Ending;
import io.tollgate.connector.DialSection.Rule;
import io.tollgate.connector.DialSection.Window;
import io.tollgate.decision.Snapshot;
import io.tollgate.connector.Line;
import io.tollgate.route.Block;
import io.tollgate.route.DialRule;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Trunk;

/**
 * The routes as a PBX asks them: a route is one section, and one more before it for each
 * caller that has rules of its own.
 */
final class Sections {

	private final Snapshot snapshot;

	private Sections(Snapshot snapshot) {
		this.snapshot = snapshot;
	}

	static List<DialSection> of(Snapshot snapshot) {
		var all = new Sections(snapshot);
		var sections = new ArrayList<DialSection>();
		snapshot.routes()
			.stream()
			.filter((route) -> route.enabled() && !route.emergency())
			// a route that leads nowhere takes nothing, nor does one for groups without
			// members: to a PBX, no users are all
			.filter((route) -> route.blocks() || !route.trunks().isEmpty())
			.filter((route) -> route.users().isEmpty() || !snapshot.endpoints(route.users()).isEmpty())
			.forEach((route) -> callers(route).forEach((caller) -> sections.add(all.section(route, caller))));
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

	private DialSection section(OutboundRoute route, String caller) {
		var rules = route.rules()
			.stream()
			.filter((rule) -> rule.callerId().equals(caller))
			.map((rule) -> new Rule(rule.prepend(), rule.prefix().length(), rule.dialled()))
			.toList();
		var time = route.time();
		var block = route.block();
		return new DialSection(plain(route.name()), rules, caller, this.snapshot.endpoints(route.users()),
				(time != null) ? new Window(time.zone(), time.days(), time.from(), time.to()) : null,
				(block != null) ? List.of() : lines(this.snapshot, route.trunks()), route.callerId(),
				(block != null) ? "" : route.pins(), (block != null) ? ending(block) : null);
	}

	/** An announcement that is gone by now is not heard; the call ends all the same. */
	private Ending ending(Block block) {
		var played = this.snapshot.announcements().get(block.announcement());
		return (played != null) ? new Ending(block.cause(), played.sounds(), played.answer())
				: new Ending(block.cause(), List.of(), false);
	}

	static List<Line> lines(Snapshot snapshot, List<String> trunks) {
		return trunks.stream().map((name) -> {
			var trunk = snapshot.trunk(name);
			return new Line(name, trunk.dial(), trunk.accessCode(), trunk.reading() == Trunk.Reading.E164);
		}).toList();
	}

	/** A name that can stand in a dialplan. */
	private static String plain(String name) {
		return Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("[^A-Za-z0-9 _.-]", "");
	}

}
