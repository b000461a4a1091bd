package io.tollgate.route;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import io.tollgate.announcement.Announcements;
import io.tollgate.api.IfMatch;
import io.tollgate.api.RefusedException;
import io.tollgate.api.Wrong;
import io.tollgate.extension.ExtensionGroup;
import io.tollgate.extension.Groups;
import io.tollgate.pbx.Pbx;
import io.tollgate.pin.PinLists;
import io.tollgate.route.RouteApi.Asks;
import io.tollgate.route.RouteApi.Ending;
import io.tollgate.route.RouteApi.Hours;
import io.tollgate.route.RouteApi.Item;
import io.tollgate.route.RouteApi.Note;
import io.tollgate.route.RouteApi.Rule;
import io.tollgate.route.RouteApi.Wanted;
import io.tollgate.route.SeenRoutes.Seen;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says routes to scripts, and reads what they wish. */
@Component
class RouteAnswers {

	private final RouteLists lists;

	private final RouteEditor editor;

	private final Routes routes;

	private final Groups groups;

	private final Announcements announcements;

	private final PinLists pins;

	private final MessageSource messages;

	RouteAnswers(RouteLists lists, RouteEditor editor, Routes routes, Groups groups, Announcements announcements,
			PinLists pins, MessageSource messages) {
		this.lists = lists;
		this.editor = editor;
		this.routes = routes;
		this.groups = groups;
		this.announcements = announcements;
		this.pins = pins;
		this.messages = messages;
	}

	String say(String code, Object... arguments) {
		return this.messages.getMessage(code, arguments, Locale.ENGLISH);
	}

	private String say(RouteProblem problem) {
		return say("route.problem." + problem.code(), problem.arguments().toArray());
	}

	/** With all that the page of the route says about it. */
	Item item(Pbx pbx, Seen seen) {
		var route = seen.stored().route();
		var names = new ArrayList<String>();
		var extensions = new ArrayList<String>();
		var groups = this.groups.of(pbx.id());
		for (var user : route.users()) {
			if (user.startsWith(ExtensionGroup.PREFIX)) {
				var key = user.substring(ExtensionGroup.PREFIX.length());
				names.add(groups.containsKey(key) ? groups.get(key).name() : key);
			}
			else {
				extensions.add(user);
			}
		}
		return new Item(seen.stored().id(), pbx.id(), route.name(), word(route.type()), route.enabled(),
				route.rules().stream().map(Rule::of).toList(), route.trunks(), ending(route.block()), extensions,
				names.stream().sorted().toList(), (route.time() != null) ? Hours.of(route.time()) : null,
				route.callerId(), asks(route), notes(pbx, seen.stored().id(), route));
	}

	static String word(RouteType type) {
		return type.name().toLowerCase(Locale.ROOT);
	}

	private @Nullable Ending ending(@Nullable Block block) {
		if (block == null) {
			return null;
		}
		var played = this.announcements.all().get(block.announcement());
		return new Ending(block.cause(),
				block.announces() ? ((played != null) ? played.name() : block.announcement()) : null);
	}

	/** Never the digits: nobody has them. */
	private @Nullable Asks asks(OutboundRoute route) {
		if (route.pins().isEmpty()) {
			return null;
		}
		var list = this.pins.all().get(route.pins());
		return (list != null && list.name().isEmpty()) ? new Asks(null, "") : new Asks(route.pins(), null);
	}

	/** What there is to say about a route, saved or not. */
	List<Note> notes(Pbx pbx, @Nullable Long id, OutboundRoute route) {
		var notes = new ArrayList<Note>();
		for (var problem : this.routes.problems(pbx.id(), id, route)) {
			notes.add(new Note(path(problem), problem.code(), say(problem), null));
		}
		var earlier = this.routes.list(pbx.id())
			.stream()
			.takeWhile((stored) -> id == null || stored.id() != id)
			.map(StoredRoute::route)
			.toList();
		var insights = RuleInsights.of(route, earlier, this.lists.home(pbx), this.lists.restricted(pbx));
		for (int i = 0; i < insights.size(); i++) {
			var path = "/patterns/" + i;
			var shadow = insights.get(i).shadow();
			if (shadow != null) {
				notes.add(new Note(path, "shadowed",
						say("route.insight.shadow." + shadow.code(), shadow.line(), shadow.pattern(), shadow.route()),
						null));
			}
			insights.get(i)
				.warnings()
				.forEach((warning) -> notes.add(new Note(path, warning.code(),
						say("route.insight." + warning.code(), warning.arguments().toArray()), warning.offered())));
		}
		return notes;
	}

	/** What it was refused for, by the field that has to be changed. */
	RefusedException refused(List<RouteProblem> problems, int given) {
		return new RefusedException(problems.stream()
			.filter(RouteProblem::refusal)
			.map((problem) -> new Wrong((problem.line() > given) ? "/presets" : path(problem), say(problem)))
			.toList());
	}

	private static String path(RouteProblem problem) {
		if (problem.line() > 0) {
			return "/patterns/" + (problem.line() - 1);
		}
		return switch (problem.code()) {
			case "no-trunk" -> "/trunks";
			case "emergency-block" -> "/block";
			default -> switch (RouteEditor.field(problem.code())) {
				case "trunk" -> "/trunks";
				case "cause" -> "/block/cause";
				case "announcement" -> "/block/announcement";
				case "users" -> "/extensions";
				case "shown" -> "/callerId";
				case "ask" -> "/asks";
				case "pins" -> "/asks/pinList";
				case "digits" -> "/asks/password";
				case "zone" -> "/hours/zone";
				case "rules" -> "/patterns";
				default -> "/" + RouteEditor.field(problem.code());
			};
		};
	}

	/**
	 * What is wished, to be checked as what is typed on the page.
	 * @throws RefusedException when it names presets, groups or announcements that are
	 * not there
	 */
	OutboundRoute route(Pbx pbx, Wanted wanted) {
		var block = wanted.block();
		var rules = new ArrayList<>(wanted.given().stream().map(Rule::toRule).toList());
		rules.addAll(presets(pbx, Objects.requireNonNullElse(wanted.presets(), List.of())));
		var users = new TreeSet<>(Objects.requireNonNullElse(wanted.extensions(), List.<String>of()));
		users.addAll(groups(pbx, Objects.requireNonNullElse(wanted.groups(), List.of())));
		var type = RouteType.valueOf(Objects.requireNonNullElse(wanted.type(), "normal").toUpperCase(Locale.ROOT));
		var trunks = Objects.requireNonNullElse(wanted.trunks(), List.<String>of());
		if (block != null && !trunks.isEmpty()) {
			throw new RefusedException("/trunks", say("route.api.block"));
		}
		return new OutboundRoute(Objects.requireNonNullElse(wanted.name(), ""), type,
				!Boolean.FALSE.equals(wanted.enabled()), rules, trunks,
				(block != null) ? new Block(block.cause(), announcement(block.announcement())) : null, users,
				time(wanted.hours()), Objects.requireNonNullElse(wanted.callerId(), ""), asked(wanted.asks()));
	}

	private static @Nullable RouteTime time(@Nullable Hours hours) {
		if (hours == null) {
			return null;
		}
		var days = new TreeSet<String>();
		hours.days().forEach((day) -> days.add(day.toUpperCase(Locale.ROOT)));
		return new RouteForm.Hours(true, days, hours.from(), hours.to(), hours.zone()).toTime();
	}

	private List<DialRule> presets(Pbx pbx, List<String> wanted) {
		var known = wanted.isEmpty() ? Map.<String, List<DialRule>>of() : this.editor.presetRules(pbx);
		var rules = new ArrayList<DialRule>();
		for (int i = 0; i < wanted.size(); i++) {
			var preset = known.get(wanted.get(i));
			if (preset == null) {
				throw new RefusedException("/presets/" + i, say("route.api.preset", wanted.get(i)));
			}
			rules.addAll(preset);
		}
		return rules;
	}

	private List<String> groups(Pbx pbx, List<String> wanted) {
		var keys = new LinkedHashMap<String, String>();
		this.groups.of(pbx.id()).forEach((key, group) -> keys.put(group.name().toLowerCase(Locale.ROOT), key));
		var found = new ArrayList<String>();
		for (int i = 0; i < wanted.size(); i++) {
			var key = keys.get(wanted.get(i).strip().toLowerCase(Locale.ROOT));
			if (key == null) {
				throw new RefusedException("/groups/" + i, say("route.api.group", wanted.get(i)));
			}
			found.add(ExtensionGroup.PREFIX + key);
		}
		return found;
	}

	private String announcement(@Nullable String name) {
		if (name == null) {
			return "";
		}
		return this.announcements.seen()
			.entrySet()
			.stream()
			.filter((each) -> each.getValue().name().equalsIgnoreCase(name.strip()))
			.findFirst()
			.map(Map.Entry::getKey)
			.orElseThrow(
					() -> new RefusedException("/block/announcement", say("route.problem.no-such-announcement", name)));
	}

	private String asked(@Nullable Asks asks) {
		if (asks == null) {
			return "";
		}
		var list = asks.pinList();
		if ((list == null) == (asks.password() == null)) {
			throw new RefusedException("/asks", say("route.api.asks"));
		}
		// the empty key would be that of a route that asks for nothing
		return (list == null) ? OutboundRoute.PASSWORD : list.isEmpty() ? ":none" : list;
	}

	/** A route in a list. */
	static RouteApi.Head head(long pbx, Seen seen) {
		var route = seen.stored().route();
		return new RouteApi.Head(seen.stored().id(), pbx, route.name(), word(route.type()), route.enabled(),
				route.blocks(), route.trunks(), route.rules().size(), IfMatch.tag(seen.revision()));
	}

	static List<String> words(TreeSet<DayOfWeek> days) {
		return days.stream().map((day) -> day.name().toLowerCase(Locale.ROOT)).toList();
	}

}
