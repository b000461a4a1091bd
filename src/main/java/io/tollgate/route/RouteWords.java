package io.tollgate.route;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;

import io.tollgate.announcement.Announcement;
import io.tollgate.extension.ExtensionGroup;

import io.tollgate.pin.PinList;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Says what routes do, in the words of the message bundles and the reader's language. */
@Component
class RouteWords {

	private static final int NAMED_USERS = 4;

	private final MessageSource messages;

	RouteWords(MessageSource messages) {
		this.messages = messages;
	}

	String say(String code, Object... arguments) {
		return this.messages.getMessage(code, arguments, locale());
	}

	String of(RouteProblem problem) {
		return say("route.problem." + problem.code(), problem.arguments().toArray());
	}

	/** What a rule takes: {@code e.g. 15032345678, 8,000,000 numbers}. */
	String facts(RuleInsight insight) {
		if (insight.problem() != null) {
			return "";
		}
		var sent = insight.sent().isEmpty() || insight.sent().equals(insight.example()) ? insight.example()
				: say("routes.facts.sent", insight.example(), insight.sent());
		return insight.count().isPresent() ? say("routes.facts.count", sent, insight.count().getAsLong())
				: say("routes.facts.endless", sent, insight.shortest());
	}

	/** What probably nobody wants of a rule. */
	List<Warned> warnings(RuleInsight insight) {
		var warnings = new ArrayList<Warned>();
		var shadow = insight.shadow();
		if (shadow != null) {
			warnings.add(new Warned(
					say("route.insight.shadow." + shadow.code(), shadow.line(), shadow.pattern(), shadow.route()), ""));
		}
		insight.warnings()
			.forEach((warning) -> warnings
				.add(new Warned(say("route.insight." + warning.code(), warning.arguments().toArray()),
						(warning.offered() != null) ? warning.offered() : "")));
		return warnings;
	}

	/**
	 * A warning in words.
	 *
	 * @param offer the match pattern that does what was probably meant, empty for none
	 */
	record Warned(String text, String offer) {
	}

	/**
	 * Who may use it, and when.
	 * @param groups those of the PBX, by key
	 */
	String conditions(OutboundRoute route, Map<String, ExtensionGroup> groups) {
		var users = route.users().isEmpty() ? say("routes.users.all") : users(route.users(), groups);
		var time = route.time();
		if (route.emergency()) {
			return say("routes.users.emergency");
		}
		return (time == null) ? users : say("routes.users.at", users, hours(time));
	}

	private String users(SortedSet<String> users, Map<String, ExtensionGroup> groups) {
		var extensions = users.stream().filter((user) -> !user.startsWith(ExtensionGroup.PREFIX)).toList();
		var names = users.stream()
			.filter((user) -> user.startsWith(ExtensionGroup.PREFIX))
			.map((user) -> name(user.substring(ExtensionGroup.PREFIX.length()), groups))
			.sorted()
			.toList();
		if (names.isEmpty()) {
			return users(extensions);
		}
		var named = say("routes.users.groups", names.size(), String.join(", ", names));
		return extensions.isEmpty() ? named : say("routes.users.both", named, users(extensions));
	}

	/**
	 * What it asks for before it lets a call out; empty for nothing.
	 * @param pins PIN lists by key
	 */
	String asks(OutboundRoute route, Map<String, PinList> pins) {
		if (route.pins().isEmpty()) {
			return "";
		}
		var list = pins.get(route.pins());
		if (list == null) {
			return say("routes.asks.gone");
		}
		return list.name().isEmpty() ? say("routes.asks.password") : say("routes.asks.pin", list.name());
	}

	/** What a group is called. */
	String name(String key, Map<String, ExtensionGroup> groups) {
		var group = groups.get(key);
		return (group != null) ? group.name() : say("routes.group.gone");
	}

	private String users(List<String> users) {
		var named = String.join(", ", users.subList(0, Math.min(users.size(), NAMED_USERS)));
		return say("routes.users.some", users.size(), named, users.size() - NAMED_USERS);
	}

	/** {@code Mon-Fri 08:00-18:00, Europe/Madrid}. */
	String hours(RouteTime time) {
		return say("routes.hours", days(time.days()), RouteForm.Hours.clock(time.from()),
				RouteForm.Hours.clock(time.to()), time.zone());
	}

	private static String days(SortedSet<DayOfWeek> days) {
		var runs = new ArrayList<List<DayOfWeek>>();
		for (var day : days) {
			if (runs.isEmpty() || runs.getLast().getLast().plus(1) != day) {
				runs.add(new ArrayList<>());
			}
			runs.getLast().add(day);
		}
		return runs.stream()
			.map((run) -> (run.size() < 3) ? run.stream().map(RouteWords::name).collect(Collectors.joining(", "))
					: name(run.getFirst()) + "–" + name(run.getLast()))
			.collect(Collectors.joining(", "));
	}

	static String name(DayOfWeek day) {
		return day.getDisplayName(TextStyle.SHORT_STANDALONE, locale());
	}

	/** Where it sends what it takes. */
	String goal(OutboundRoute route) {
		if (route.blocks()) {
			return say("routes.goal.block");
		}
		return route.trunks().isEmpty() ? say("routes.goal.none") : route.trunks().getFirst();
	}

	/**
	 * What comes after that: the other trunks, or how the call ends.
	 * @param announcements those there are, by key
	 */
	String after(OutboundRoute route, Map<String, Announcement> announcements) {
		var block = route.block();
		if (block != null) {
			var played = announcements.get(block.announcement());
			var cause = cause(String.valueOf(block.cause()));
			return (played == null) ? say("routes.after.hang-up", cause)
					: say("routes.after.announce", cause, played.name());
		}
		var others = route.trunks().stream().skip(1).toList();
		return others.isEmpty() ? "" : say("routes.after.trunks", String.join(", ", others));
	}

	/** What a cause means to a phone. */
	String cause(String cause) {
		return RouteForm.Ending.CAUSES.contains(cause) ? say("routes.cause." + cause)
				: say("routes.cause.other", cause);
	}

	private static Locale locale() {
		return LocaleContextHolder.getLocale();
	}

}
