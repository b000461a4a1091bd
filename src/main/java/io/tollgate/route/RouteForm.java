package io.tollgate.route;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.tollgate.announcement.Announcements;
import io.tollgate.extension.ExtensionGroup;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * A route as it was typed, so that nothing is lost while it cannot be saved.
 *
 * @param rules rows of the table, also empty ones
 * @param blocks whether the route ends the call
 * @param trunks what the lists of trunks say, in their order; empty for none
 * @param ending how the call ends when it blocks
 * @param users extension numbers, divided by blanks or commas
 * @param groups keys of groups of extensions
 * @param hours when it is there
 * @param callerId what the called sees
 * @param asking what it asks for before it lets a call out
 */
record RouteForm(String name, RouteType type, boolean enabled, List<DialRule> rules, boolean blocks,
		List<String> trunks, Ending ending, String users, Set<String> groups, Hours hours, String callerId,
		Asking asking) {

	/** What a person may divide names by. */
	private static final String DIVIDERS = "[\\s,;&]+";

	RouteForm {
		rules = List.copyOf(rules);
		trunks = List.copyOf(trunks);
		groups = Set.copyOf(groups);
	}

	/** The form of a new route. */
	static RouteForm empty(String zone, Ending usual) {
		return new RouteForm("", RouteType.NORMAL, true, List.of(), false, List.of(), usual, "", Set.of(),
				Hours.always(zone), "", Asking.NOTHING);
	}

	/**
	 * The form of a route.
	 * @param zone the time zone to begin with when it has none
	 * @param usual how a call ends to begin with when it does not block
	 * @param password whether what it asks for is a password of its own
	 */
	static RouteForm of(OutboundRoute route, String zone, Ending usual, boolean password) {
		var block = route.block();
		var time = route.time();
		return new RouteForm(route.name(), route.type(), route.enabled(), route.rules(), block != null, route.trunks(),
				(block != null) ? Ending.of(block) : usual, numbers(route.users()), groups(route.users()),
				(time != null) ? Hours.of(time) : Hours.always(zone), route.callerId(),
				Asking.of(route.pins(), password));
	}

	/** Reads the fields of the page. */
	static RouteForm read(MultiValueMap<String, String> fields) {
		return new RouteForm(text(fields, "name"), type(text(fields, "type")), fields.containsKey("enabled"),
				rules(fields), "block".equals(fields.getFirst("goal")), all(fields, "trunk"), Ending.read(fields),
				text(fields, "users"), Set.copyOf(all(fields, "group")), Hours.read(fields), text(fields, "shown"),
				Asking.read(fields));
	}

	private static String numbers(Set<String> users) {
		return users.stream()
			.filter((user) -> !user.startsWith(ExtensionGroup.PREFIX))
			.collect(Collectors.joining(", "));
	}

	private static Set<String> groups(Set<String> users) {
		return users.stream()
			.filter((user) -> user.startsWith(ExtensionGroup.PREFIX))
			.map((user) -> user.substring(ExtensionGroup.PREFIX.length()))
			.collect(Collectors.toSet());
	}

	private static RouteType type(String word) {
		return Arrays.stream(RouteType.values())
			.filter((type) -> type.name().equals(word))
			.findFirst()
			.orElse(RouteType.NORMAL);
	}

	private static List<DialRule> rules(MultiValueMap<String, String> fields) {
		var prepends = all(fields, "prepend");
		var prefixes = all(fields, "prefix");
		var matches = all(fields, "match");
		var callers = all(fields, "caller");
		var rules = new ArrayList<DialRule>();
		for (int i = 0; i < matches.size(); i++) {
			rules.add(new DialRule(at(prepends, i), at(prefixes, i), at(matches, i), at(callers, i)));
		}
		return rules;
	}

	private static String at(List<String> texts, int index) {
		return (index < texts.size()) ? texts.get(index).strip() : "";
	}

	private static List<String> all(MultiValueMap<String, String> fields, String name) {
		return fields.getOrDefault(name, List.of());
	}

	private static String text(MultiValueMap<String, String> fields, String name) {
		var value = fields.getFirst(name);
		return (value != null) ? value.strip() : "";
	}

	/** What was typed, as far as it can be a route. */
	OutboundRoute toRoute() {
		var used = this.rules.stream().filter((rule) -> !isBlank(rule)).toList();
		var chosen = this.trunks.stream().filter((trunk) -> !trunk.isEmpty()).toList();
		return new OutboundRoute(this.name, this.type, this.enabled, used, this.blocks ? List.of() : chosen,
				this.blocks ? this.ending.toBlock() : null, parties(), this.hours.toTime(), this.callerId,
				this.asking.pins());
	}

	private TreeSet<String> parties() {
		var parties = new TreeSet<>(words(this.users));
		this.groups.forEach((key) -> parties.add(ExtensionGroup.PREFIX + key));
		return parties;
	}

	/** Which row each rule of {@link #toRoute()} stands in, from 0. */
	List<Integer> usedRows() {
		var used = new ArrayList<Integer>();
		for (int i = 0; i < this.rules.size(); i++) {
			if (!isBlank(this.rules.get(i))) {
				used.add(i);
			}
		}
		return used;
	}

	private static boolean isBlank(DialRule rule) {
		return rule.equals(DialRule.of(""));
	}

	/** With other rows. */
	RouteForm with(List<DialRule> others) {
		return new RouteForm(this.name, this.type, this.enabled, others, this.blocks, this.trunks, this.ending,
				this.users, this.groups, this.hours, this.callerId, this.asking);
	}

	/** With another match pattern in a row. */
	RouteForm matching(int row, String match) {
		var rows = new ArrayList<>(this.rules);
		var rule = rows.get(row);
		rows.set(row, new DialRule(rule.prepend(), rule.prefix(), match, rule.callerId()));
		return with(rows);
	}

	/** With these after what is there, before which empty rows are taken out. */
	RouteForm plus(List<DialRule> more) {
		var rows = new ArrayList<>(toRoute().rules());
		rows.addAll(more);
		return with(rows);
	}

	/** Without a row. */
	RouteForm without(int row) {
		var rows = new ArrayList<>(this.rules);
		if (row >= 0 && row < rows.size()) {
			rows.remove(row);
		}
		return with(rows);
	}

	private static List<String> words(String text) {
		return Arrays.stream(text.split(DIVIDERS)).filter((word) -> !word.isEmpty()).toList();
	}

	/**
	 * What a route asks for.
	 *
	 * @param list key of a PIN list, when it asks for a PIN
	 * @param digits a new password, empty to keep what it has; never shown again
	 */
	record Asking(Ask ask, String list, String digits) {

		static final Asking NOTHING = new Asking(Ask.NOTHING, "", "");

		/** Nothing that a list could have as its key: it has to be chosen. */
		private static final String NOT_CHOSEN = ":none";

		static Asking of(String pins, boolean password) {
			if (pins.isEmpty()) {
				return NOTHING;
			}
			return password ? new Asking(Ask.PASSWORD, "", "") : new Asking(Ask.PIN, pins, "");
		}

		static Asking read(MultiValueMap<String, String> fields) {
			var word = text(fields, "ask");
			var ask = Arrays.stream(Ask.values()).filter((each) -> each.name().equals(word)).findFirst();
			return new Asking(ask.orElse(Ask.NOTHING), text(fields, "pins"), text(fields, "digits"));
		}

		String pins() {
			return switch (this.ask) {
				case NOTHING -> "";
				case PIN -> this.list.isEmpty() ? NOT_CHOSEN : this.list;
				case PASSWORD -> OutboundRoute.PASSWORD;
			};
		}

		/** Without the digits: this may stand in a log. */
		@Override
		public String toString() {
			return "Asking[ask=" + this.ask + ", list=" + this.list + "]";
		}

	}

	/** What a route can ask for. */
	enum Ask {

		NOTHING, PIN, PASSWORD

	}

	/**
	 * How a blocked call ends.
	 *
	 * @param cause Q.850
	 * @param announcement key of what the caller hears first; empty for nothing
	 */
	record Ending(String cause, String announcement) {

		/**
		 * The causes to choose from, with what a SIP phone is told: 403, 404, 486, 503.
		 */
		static final List<String> CAUSES = List.of("21", "1", "17", "34");

		/**
		 * What to begin with.
		 * @param announcements keys of those there are
		 */
		static Ending usual(Set<String> announcements) {
			return new Ending(String.valueOf(Block.REJECTED),
					announcements.contains(Announcements.UNAVAILABLE) ? Announcements.UNAVAILABLE : "");
		}

		static Ending of(Block block) {
			return new Ending(String.valueOf(block.cause()), block.announcement());
		}

		static Ending read(MultiValueMap<String, String> fields) {
			return new Ending(text(fields, "cause"), text(fields, "announcement"));
		}

		Block toBlock() {
			return new Block(this.cause.matches("[0-9]{1,3}") ? Integer.parseInt(this.cause) : 0, this.announcement);
		}

		/** What it can be, and what it is now. */
		List<String> causes() {
			var causes = new ArrayList<>(CAUSES);
			if (!causes.contains(this.cause)) {
				causes.add(this.cause);
			}
			return causes;
		}

	}

	/**
	 * When a route is there.
	 *
	 * @param limited whether not always
	 * @param days names of {@link DayOfWeek}
	 * @param from {@code 08:00}
	 * @param to {@code 18:00}; midnight is the end of the day
	 * @param zone IANA time zone
	 */
	record Hours(boolean limited, Set<String> days, String from, String to, String zone) {

		private static final int MIDNIGHT = 1440;

		static Hours always(String zone) {
			var week = Arrays.stream(DayOfWeek.values())
				.limit(5)
				.map(DayOfWeek::name)
				.collect(Collectors.toCollection(TreeSet::new));
			return new Hours(false, week, "08:00", "18:00", zone);
		}

		static Hours of(RouteTime time) {
			return new Hours(true, time.days().stream().map(DayOfWeek::name).collect(Collectors.toSet()),
					clock(time.from()), clock(time.to()), time.zone());
		}

		static Hours read(MultiValueMap<String, String> fields) {
			return new Hours("limited".equals(fields.getFirst("when")), Set.copyOf(all(fields, "day")),
					text(fields, "from"), text(fields, "to"), text(fields, "zone"));
		}

		/** What is no time becomes one that is refused. */
		@Nullable RouteTime toTime() {
			if (!this.limited) {
				return null;
			}
			var open = Arrays.stream(DayOfWeek.values())
				.filter((day) -> this.days.contains(day.name()))
				.collect(Collectors.toCollection(TreeSet::new));
			int end = minutes(this.to);
			return new RouteTime(this.zone, open, minutes(this.from), (end == 0) ? MIDNIGHT : end);
		}

		private static int minutes(String time) {
			var parts = time.split(":", -1);
			if (!time.matches("[0-9]{1,2}(:[0-5][0-9])?")) {
				return -1;
			}
			return Integer.parseInt(parts[0]) * 60 + ((parts.length > 1) ? Integer.parseInt(parts[1]) : 0);
		}

		static String clock(int minutes) {
			return "%02d:%02d".formatted(minutes / 60, minutes % 60);
		}

	}

}
