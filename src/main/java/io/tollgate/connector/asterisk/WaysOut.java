package io.tollgate.connector.asterisk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.tollgate.connector.asterisk.Applications.Effect;
import io.tollgate.connector.asterisk.LoadedDialplan.Step;
import io.tollgate.numbering.DialPattern;

/**
 * Follows a call from the context that it comes into, wherever it can go, and stops at
 * the guard. Asterisk asks a context and then what it includes, depth first, and asks
 * again for each priority; so whatever can match counts, at any priority, except what
 * stands behind the guard and begins like a number: the guard takes it. It does not where
 * it is asked at certain times only, nor calls that begin at another priority than 1.
 */
final class WaysOut {

	/** More places than this are not followed. */
	private static final int MOST_PLACES = 5_000;

	/** Asterisk itself follows no more includes than this. */
	private static final int MOST_INCLUDES = 512;

	/** More ways than this from one context help nobody. */
	private static final int MOST_WAYS = 10;

	/** The guard, by both of its doors. */
	private static final Set<String> GUARD = Set.of("tollgate-outbound", "tollgate-guard");

	/** Only emergency numbers and announcements, which pass by intention. */
	private static final Set<String> PASSED = Set.of(SlotText.emergencyContext('a'), SlotText.emergencyContext('b'),
			SlotText.announcementsContext('a'), SlotText.announcementsContext('b'));

	/** Technologies whose devices are phones unless a number is dialled on them. */
	private static final Set<String> PHONES = Set.of("pjsip", "sip", "iax2", "sccp", "skinny", "console");

	/** Extensions that a call comes to by itself: its end, errors, time limits, a fax. */
	private static final Set<String> ANYWHERE = Set.of("h", "i", "t", "T", "e", "fax");

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.+-]+");

	private final LoadedDialplan dialplan;

	private final List<Way> found = new ArrayList<>();

	private final Set<Place> known = new HashSet<>();

	private final Deque<Visit> open = new ArrayDeque<>();

	private boolean guarded;

	private WaysOut(LoadedDialplan dialplan) {
		this.dialplan = dialplan;
	}

	/**
	 * Where calls that come into that context can go.
	 * @param variables what is set on each of these calls, {@code TRANSFER_CONTEXT=open}
	 */
	static Result from(String context, List<String> variables, LoadedDialplan dialplan) {
		var ways = new WaysOut(dialplan);
		var start = new Visit(new Place(context, Effect.ANY, true), List.of());
		for (var variable : variables) {
			ways.steps(variable, List.of(new Step("1", "", "Set", variable)), start, List.of(context, variable));
		}
		ways.follow(start);
		return new Result(ways.guarded, ways.found);
	}

	private void follow(Visit start) {
		this.known.add(start.place());
		this.open.add(start);
		while (!this.open.isEmpty() && this.found.size() < MOST_WAYS) {
			var visit = this.open.remove();
			walk(visit.place().context(), visit, visit.way(), new HashSet<>(), false);
		}
	}

	/**
	 * A context and what it includes.
	 * @param behindGuard whether the guard was asked before
	 * @return whether the guard has been asked by now
	 */
	private boolean walk(String name, Visit visit, List<String> way, Set<String> seen, boolean behindGuard) {
		if (GUARD.contains(name)) {
			// it has few priorities: a call that begins at another one passes it
			this.guarded |= visit.place().first();
			return visit.place().first() || behindGuard;
		}
		var context = this.dialplan.context(name);
		if (context == null || PASSED.contains(name) || !seen.add(name)) {
			return behindGuard;
		}
		var here = append(way, name);
		if (seen.size() > MOST_INCLUDES) {
			found(Way.Kind.UNKNOWN, here, "include => " + name);
			return behindGuard;
		}
		context.switches().forEach((other) -> found(Way.Kind.UNKNOWN, here, "switch => " + other));
		context.extensions().forEach((extension, steps) -> {
			if (visit.takes(extension) && !(behindGuard && beginsLikeANumber(extension))) {
				steps(extension, steps, visit, append(here, extension));
			}
		});
		boolean behind = behindGuard;
		for (var include : context.includes()) {
			boolean asked = this.guarded;
			boolean after = walk(include.context(), visit, here, seen, behind);
			if (include.timed()) {
				// at other times nobody asks the guard there
				this.guarded = asked;
			}
			else {
				behind = after;
			}
		}
		return behind;
	}

	private void steps(String extension, List<Step> steps, Visit visit, List<String> way) {
		boolean plain = isPlain(extension);
		for (var step : steps) {
			for (var effect : Applications.effects(step, plain)) {
				switch (effect) {
					case Effect.Jump jump -> {
						if (!stays(jump, extension, steps, visit)) {
							go(jump, visit, way);
						}
					}
					case Effect.Dial dial -> dial(dial.device(), plain, visit, way);
					case Effect.Unknown unknown -> found(Way.Kind.UNKNOWN, way, unknown.step());
				}
			}
		}
	}

	/** Whether a jump leads to another step of its own extension; those are all seen. */
	private static boolean stays(Effect.Jump jump, String extension, List<Step> steps, Visit visit) {
		return (jump.context().isEmpty() || jump.context().equals(visit.place().context()))
				&& (jump.extension().equals(Effect.SAME) || jump.extension().equals(extension))
				&& steps.stream().anyMatch((step) -> step.isAt(jump.priority()));
	}

	private void go(Effect.Jump jump, Visit visit, List<String> way) {
		var context = jump.context().isEmpty() ? visit.place().context() : jump.context();
		if (GUARD.contains(context) && !jump.priority().equals("1")) {
			found(Way.Kind.UNKNOWN, way, "Goto(" + context + ",…," + jump.priority() + ")");
			return;
		}
		var extension = jump.extension().equals(Effect.SAME) ? Effect.ANY : jump.extension();
		var place = new Place(context, extension, jump.priority().equals("1"));
		if (this.known.size() >= MOST_PLACES) {
			found(Way.Kind.UNKNOWN, way, "Goto(" + context + ",…)");
		}
		else if (this.known.add(place)) {
			this.open.add(new Visit(place, way));
		}
	}

	private void dial(String device, boolean plain, Visit visit, List<String> way) {
		int slash = device.indexOf('/');
		var technology = (slash > 0) ? device.substring(0, slash) : "";
		if (!NAME.matcher(technology).matches()) {
			contacts(device, plain, way);
			return;
		}
		var rest = device.substring(slash + 1);
		if (technology.equalsIgnoreCase("Local")) {
			local(rest, plain, visit, way);
		}
		else if (!PHONES.contains(technology.toLowerCase(Locale.ROOT))) {
			found(Way.Kind.OUT, way, device);
		}
		else {
			phone(device, rest, plain, way);
		}
	}

	/** What a phone has registered, or something that only the call itself knows. */
	private void contacts(String device, boolean plain, List<String> way) {
		var start = "${PJSIP_DIAL_CONTACTS(";
		boolean known = device.startsWith(start) && device.endsWith(")}")
				&& Applications.isPlain(device.substring(start.length(), device.length() - 2), plain);
		if (!known) {
			found(Way.Kind.UNKNOWN, way, "Dial(" + device + ")");
		}
	}

	/** What is dialled may also end the name of the context, or add a device. */
	private void local(String rest, boolean plain, Visit visit, List<String> way) {
		var parts = Applications.split(rest, '@');
		var context = (parts.size() > 1) ? parts.getLast().split("/", 2)[0] : "default";
		if (parts.size() > 2 || !NAME.matcher(context).matches()) {
			found(Way.Kind.UNKNOWN, way, "Local/" + rest);
			return;
		}
		var extension = parts.getFirst();
		go(new Effect.Jump(context, extension.contains("${") ? Effect.ANY : extension, "1"), visit, way);
		if (!Applications.isPlain(extension, plain)) {
			unsure("Local/" + rest, way);
		}
	}

	/** A phone, unless a number is dialled on it and it is no phone. */
	private void phone(String device, String rest, boolean plain, List<String> way) {
		var parts = Applications.split(rest, '@');
		var name = parts.getLast().split("/", 2)[0];
		boolean number = parts.size() > 1 || Applications.split(rest, '/').size() > 1;
		if (number && AsteriskSession.isExtension(name)) {
			// no phone is given a number to dial, so this may be a trunk named by digits
			found(Way.Kind.UNKNOWN, way, "Dial(" + device + ")");
		}
		if (number && NAME.matcher(name).matches() && !AsteriskSession.isExtension(name)) {
			found(Way.Kind.OUT, way, device.startsWith("PJSIP/") ? name : device);
		}
		else if (!Applications.isPlain(rest, plain)) {
			unsure(device, way);
		}
		else if (number && name.contains("${")) {
			found(Way.Kind.UNKNOWN, way, device);
		}
	}

	private void unsure(String device, List<String> way) {
		found(device.contains("${EXTEN") ? Way.Kind.ANY_DEVICE : Way.Kind.UNKNOWN, way, device);
	}

	/** Many ways may lead to one line of the dialplan: the first one is the shortest. */
	private void found(Way.Kind kind, List<String> way, String target) {
		var news = new Way(kind, way, target);
		if (this.found.size() < MOST_WAYS && this.found.stream().noneMatch(news::endsLike)) {
			this.found.add(news);
		}
	}

	private static List<String> append(List<String> way, String next) {
		var longer = new ArrayList<>(way);
		longer.add(next);
		return longer;
	}

	/** Whether all that it takes begins with a digit or a plus sign. */
	static boolean beginsLikeANumber(String extension) {
		boolean pattern = extension.startsWith("_");
		var text = extension.substring(pattern ? 1 : 0).replaceFirst("^[- ]+", "");
		if (text.isEmpty()) {
			return false;
		}
		char first = text.charAt(0);
		if (pattern && first == '[') {
			int end = text.indexOf(']');
			return end > 0 && text.substring(1, end).matches("(?:[0-9]-[0-9]|[0-9+])+");
		}
		return (pattern ? "0123456789+XxZzNn" : "0123456789+").indexOf(first) >= 0;
	}

	/** Whether it takes nothing but a fixed number of digits, stars and the like. */
	static boolean isPlain(String extension) {
		if (!extension.startsWith("_")) {
			return !extension.matches(".*[,&@/$].*");
		}
		return extension.substring(1).matches("(?:[0-9XxZzNn*#+-]|\\[[0-9*#+-]+])*");
	}

	/**
	 * What was found.
	 *
	 * @param guarded whether the guard is asked at all
	 * @param ways how the guard can be passed, or could be; no more than 10
	 */
	record Result(boolean guarded, List<Way> ways) {

		List<Way> ways(Way.Kind kind) {
			return this.ways.stream().filter((way) -> way.kind() == kind).toList();
		}

	}

	/**
	 * One way.
	 *
	 * @param steps contexts, and the extension in the last one
	 * @param target what is dialled, or what cannot be followed
	 */
	record Way(Kind kind, List<String> steps, String target) {

		private boolean endsLike(Way other) {
			return this.kind == other.kind && this.target.equals(other.target) && end().equals(other.end());
		}

		/** The context and the extension in it. */
		private List<String> end() {
			return this.steps.subList(Math.max(0, this.steps.size() - 2), this.steps.size());
		}

		enum Kind {

			/** A trunk is dialled. */
			OUT,
			/**
			 * What the caller dials says which device is called, any trunk among them.
			 */
			ANY_DEVICE,
			/** Nobody can say. */
			UNKNOWN

		}

	}

	/**
	 * Where a call begins.
	 *
	 * @param extension what it asks for there
	 * @param first whether it begins at priority 1, which the guard has
	 */
	private record Place(String context, String extension, boolean first) {
	}

	private record Visit(Place place, List<String> way) {

		/** The caller hangs up, waits or dials something else anywhere. */
		private boolean takes(String extension) {
			var wanted = this.place.extension();
			if (wanted.equals(Effect.ANY) || extension.equals(wanted) || ANYWHERE.contains(extension)) {
				return true;
			}
			return extension.startsWith("_")
					&& !(DialPattern.parse(extension) instanceof DialPattern.Ok ok && !ok.pattern().matches(wanted));
		}

	}

}
