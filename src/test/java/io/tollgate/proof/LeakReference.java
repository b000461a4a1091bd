package io.tollgate.proof;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.tollgate.decision.Emergency;
import io.tollgate.decision.Snapshot;
import io.tollgate.decision.Verdict.Leg;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.numbering.DialPattern;
import io.tollgate.policy.Exemption;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.proof.CarrierReference.Reading;
import io.tollgate.route.DialRule;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Trunk;
import org.jspecify.annotations.Nullable;

/**
 * Whether one dialled string of one caller at one moment is a leak: the definition, word
 * by word, without any cleverness, for the engine to be measured by.
 */
final class LeakReference {

	private static final int LONGEST = 32;

	private final Snapshot snapshot;

	private final boolean guarded;

	private final PolicyReference policy;

	private final CarrierReference carrier;

	private final Set<String> emergency;

	/** In the order in which they are asked. */
	private final List<Route> routes;

	private LeakReference(Snapshot snapshot, Instant now, boolean guarded) {
		this.snapshot = frozen(snapshot, now);
		this.guarded = guarded;
		this.policy = new PolicyReference(snapshot);
		this.carrier = new CarrierReference(snapshot);
		this.emergency = Set.copyOf(Emergency.numbers(snapshot).keySet());
		this.routes = snapshot.routes().stream().map((route) -> new Route(route, Way.of(route))).toList();
	}

	/** With the guard in force. */
	static LeakReference of(Snapshot snapshot, Instant now) {
		return new LeakReference(snapshot, now, true);
	}

	/** Routes alone. */
	static LeakReference ofRoutesAlone(Snapshot snapshot, Instant now) {
		return new LeakReference(snapshot, now, false);
	}

	/** The same, but exemptions are as they are at one moment, for ever. */
	static Snapshot frozen(Snapshot snapshot, Instant now) {
		var restrictions = snapshot.restrictions();
		return snapshot.withRestrictions(new NumberRestrictions(restrictions.entries(),
				restrictions.exemptions()
					.stream()
					.filter((exemption) -> exemption.until() == null || now.isBefore(exemption.until()))
					.map((exemption) -> new Exemption(exemption.endpoint(), exemption.entry(), null))
					.toList()));
	}

	/** What it is a reference for: {@code Decision.judge} is to be asked about this. */
	Snapshot snapshot() {
		return this.snapshot;
	}

	boolean isGuarded() {
		return this.guarded;
	}

	/** A caller at a moment. */
	Caller caller(String endpoint, Instant at) {
		return new Caller(endpoint, at);
	}

	/** Who calls, when, and what is there for them then. */
	final class Caller {

		private final CallRestrictions rights;

		private final boolean mayCallOut;

		private final Set<String> exempt = new HashSet<>();

		/**
		 * Those that are there for the caller, with the rules that are for the caller.
		 */
		private final List<Route> routes = new ArrayList<>();

		private Caller(String endpoint, Instant at) {
			var snapshot = LeakReference.this.snapshot;
			this.rights = snapshot.extensions().getOrDefault(endpoint, CallRestrictions.DEFAULT);
			boolean trunk = snapshot.trunks().containsKey(endpoint) && snapshot.trunk(endpoint).isEndpoint();
			this.mayCallOut = !LeakReference.this.guarded || !(trunk || this.rights.disallowOutbound()
					|| (this.rights.disallowOutsideBusinessHours() && !snapshot.hours().isOpen(at)));
			for (var exemption : snapshot.restrictions().exemptions()) {
				if (snapshot.endpoints(Set.of(exemption.endpoint())).contains(endpoint)) {
					this.exempt.add(exemption.entry());
				}
			}
			for (var route : LeakReference.this.routes) {
				if (isThere(route.route(), endpoint, at)) {
					this.routes.add(new Route(route.route(),
							route.ways().stream().filter((way) -> way.rule().isFor(endpoint)).toList()));
				}
			}
		}

		private boolean isThere(OutboundRoute route, String endpoint, Instant at) {
			var time = route.time();
			return route.enabled() && !route.emergency() && (route.blocks() || !route.trunks().isEmpty())
					&& (route.users().isEmpty()
							|| LeakReference.this.snapshot.endpoints(route.users()).contains(endpoint))
					&& (time == null || time.isOpen(at));
		}

		/** Equal for callers and moments that are treated alike. */
		Object kind() {
			var there = new ArrayList<>(List.of(this.mayCallOut, this.rights.disallowInternational(), this.exempt));
			for (var route : this.routes) {
				there.add(route.route().name());
				route.ways().forEach((way) -> there.add(way.rule()));
			}
			return there;
		}

		/** How a dialled string leaks; empty when it does not. */
		List<Out> leaks(String dialled) {
			var out = leaves(dialled);
			if (out == null) {
				return List.of();
			}
			var leaks = new ArrayList<Out>();
			for (var leg : legs(out)) {
				var reading = LeakReference.this.carrier.read(LeakReference.this.snapshot.trunk(leg.trunk()),
						leg.number());
				forbidden(reading).ifPresent((why) -> leaks.add(new Out(out.route(), out.way(), leg, reading, why)));
			}
			return leaks;
		}

		/**
		 * How a dialled string leaves by the trunks of its route; empty if it does not.
		 */
		List<Leg> legs(String dialled) {
			var out = leaves(dialled);
			return (out != null) ? legs(out) : List.of();
		}

		private List<Leg> legs(Leaving out) {
			var legs = new ArrayList<Leg>();
			for (var name : out.route().trunks()) {
				var trunk = LeakReference.this.snapshot.trunk(name);
				if (!LeakReference.this.guarded || trunk.reading() == Trunk.Reading.AS_DIALLED) {
					legs.add(new Leg(name, trunk.accessCode() + out.number()));
				}
				else if (!out.full().isEmpty()) {
					legs.add(new Leg(name, trunk.accessCode() + "+" + out.full()));
				}
			}
			return legs;
		}

		/** How a dialled string leaves, if it does. */
		@Nullable Leaving leaves(String dialled) {
			if (dialled.isEmpty() || dialled.length() > LONGEST
					|| LeakReference.this.emergency.contains(dialled.replace("-", ""))) {
				return null;
			}
			return LeakReference.this.guarded ? judged(dialled) : routed(dialled, "");
		}

		private @Nullable Leaving judged(String dialled) {
			if (!this.mayCallOut || !isPlain(dialled)) {
				return null;
			}
			var read = LeakReference.this.policy.read(dialled);
			var out = isStopped(dialled, read) ? null : routed(read.form(), read.full());
			if (out == null) {
				return null;
			}
			if (out.route().rules().stream().noneMatch((rule) -> changes(rule, out.way().rule()))) {
				return out;
			}
			if (!isPlain(out.number()) || out.number().length() > LONGEST) {
				return null;
			}
			var again = LeakReference.this.policy.read(out.number());
			return isStopped(out.number(), again) ? null
					: new Leaving(out.route(), out.way(), out.number(), again.full());
		}

		private boolean hasNoPin(OutboundRoute route) {
			var list = LeakReference.this.snapshot.pins().get(route.pins());
			return !route.pins().isEmpty() && (list == null || list.labels().isEmpty());
		}

		/** Rules of one route for the same callers are judged again together. */
		private static boolean changes(DialRule rule, DialRule chosen) {
			return rule.callerId().equals(chosen.callerId()) && !(rule.prepend().isEmpty() && rule.prefix().isEmpty());
		}

		private boolean isStopped(String number, PolicyReference.Read read) {
			var policy = LeakReference.this.policy;
			var entry = policy.entry(read.full()).or(() -> policy.localEntry(number));
			if (entry.isPresent() && !this.exempt.contains(entry.get())) {
				return true;
			}
			return read.abroad() && mayNotCall(read.full());
		}

		private boolean mayNotCall(String full) {
			return LeakReference.this.snapshot.policy().protectionEnabled() && (this.rights.disallowInternational()
					|| LeakReference.this.policy.forbiddenCode(full).isPresent());
		}

		/** The first route that takes the number, by the most specific of its rules. */
		private @Nullable Leaving routed(String number, String full) {
			for (var route : this.routes) {
				for (var way : route.ways()) {
					if (way.pattern().matches(number)) {
						return (route.route().blocks() || hasNoPin(route.route())) ? null
								: new Leaving(route.route(), way, way.rule().send(number), full);
					}
				}
			}
			return null;
		}

		/** What is forbidden about what the carrier takes the number for. */
		private Optional<Why> forbidden(Reading reading) {
			var number = reading.number();
			var policy = LeakReference.this.policy;
			var entry = (reading.full() ? policy.entry(number) : policy.localEntry(number))
				.filter((restricted) -> !this.exempt.contains(restricted));
			if (entry.isPresent()) {
				return Optional.of(new Why(Leak.Kind.RESTRICTED, Set.of(entry.get())));
			}
			if (reading.full() && policy.isAbroad(number) && mayNotCall(number)) {
				return Optional.of(new Why(Leak.Kind.COUNTRY, Set.of(policy.code(number))));
			}
			return Optional.of(new Why(Leak.Kind.BLOCKED, blocks(reading))).filter((why) -> !why.subjects().isEmpty());
		}

		private Set<String> blocks(Reading reading) {
			var blocks = new TreeSet<String>();
			var above = new ArrayList<Route>();
			for (var route : this.routes) {
				if (!route.route().blocks()) {
					if (!hasNoPin(route.route())) {
						above.add(route);
					}
				}
				else if (lists(route, reading)
						&& above.stream().noneMatch((other) -> isDeliberate(other, route, reading))) {
					blocks.add(route.route().name());
				}
			}
			return blocks;
		}

		private boolean lists(Route block, Reading reading) {
			var number = reading.number();
			for (int length = 1; reading.full() && length < number.length(); length++) {
				var beginning = number.substring(0, length);
				if (LeakReference.this.policy.isComplete(beginning)
						&& takes(block, new Reading(beginning, true)).findAny().isPresent()) {
					return true;
				}
			}
			return takes(block, reading).findAny().isPresent();
		}

		/** The rules of a route that take a string which the policy reads as that. */
		private Stream<Way> takes(Route route, Reading reading) {
			var spellings = spellings(reading);
			return route.ways()
				.stream()
				.filter((way) -> spellings.stream().anyMatch((spelling) -> way.pattern().matches(spelling)));
		}

		private boolean isDeliberate(Route live, Route block, Reading reading) {
			boolean some = !live.route().users().isEmpty() || live.route().time() != null;
			return Stream.concat(takes(live, reading), sends(live, reading))
				.anyMatch((way) -> some || !way.rule().callerId().isEmpty()
						|| block.ways().stream().anyMatch((blocked) -> blocked.pattern().covers(way.pattern())));
		}

		/** The rules of a route that change some string into one that is read as that. */
		private Stream<Way> sends(Route route, Reading reading) {
			var spellings = reading.full() ? LeakReference.this.policy.spellings(reading.number())
					: List.of(reading.number());
			return route.ways()
				.stream()
				.filter((way) -> !way.rule().prefix().isEmpty() || !way.rule().prepend().isEmpty())
				.filter((way) -> spellings.stream().anyMatch((spelling) -> changes(way, spelling)));
		}

		private static boolean changes(Way way, String spelling) {
			var prepend = way.rule().prepend();
			return spelling.startsWith(prepend)
					&& way.pattern().matches(way.rule().prefix() + spelling.substring(prepend.length()));
		}

	}

	/** All that routes can see which the policy reads as that. */
	private List<String> spellings(Reading reading) {
		if (reading.full()) {
			return this.policy.spellings(reading.number()).stream().filter(this::isSeenByRoutes).toList();
		}
		var read = this.policy.read(reading.number());
		// a prefix alone is no number
		boolean bare = !reading.number().isEmpty() && !read.abroad() && read.full().isEmpty();
		return (bare && isSeenByRoutes(reading.number())) ? List.of(reading.number()) : List.of();
	}

	/** The guard converts what is international before the routes see it. */
	private boolean isSeenByRoutes(String number) {
		return !this.guarded || this.policy.read(number).form().equals(number);
	}

	private static boolean isPlain(String number) {
		return number.equals("+") || CarrierReference.isDigits(number.startsWith("+") ? number.substring(1) : number);
	}

	/**
	 * A call that leaves.
	 *
	 * @param route the one that takes it
	 * @param way by which of its rules
	 * @param number what it sends, without access code
	 * @param full the same in full, empty when it is too short to tell
	 */
	record Leaving(OutboundRoute route, Way way, String number, String full) {
	}

	/**
	 * A route and some of its rules.
	 *
	 * @param route the route
	 * @param ways its rules in the order in which they are asked
	 */
	private record Route(OutboundRoute route, List<Way> ways) {
	}

	/**
	 * A rule and what it takes.
	 *
	 * @param rule the rule
	 * @param pattern the parsed pattern
	 */
	record Way(DialRule rule, DialPattern pattern) {

		/** The rules of a route in the order in which they are asked. */
		static List<Way> of(OutboundRoute route) {
			var callers = new ArrayList<String>();
			route.rules()
				.stream()
				.map(DialRule::callerId)
				.filter((caller) -> !caller.isEmpty())
				.distinct()
				.forEach(callers::add);
			callers.add("");
			var ways = new ArrayList<Way>();
			for (var caller : callers) {
				route.rules()
					.stream()
					.filter((rule) -> rule.callerId().equals(caller))
					.flatMap((rule) -> of(rule).stream())
					.sorted((one, other) -> DialPattern.ORDER.compare(one.pattern(), other.pattern()))
					.forEach(ways::add);
			}
			return ways;
		}

		private static Optional<Way> of(DialRule rule) {
			return (DialPattern.parse("_" + rule.dialled()) instanceof DialPattern.Ok ok)
					? Optional.of(new Way(rule, ok.pattern())) : Optional.empty();
		}

	}

	/**
	 * A leak by one trunk.
	 *
	 * @param route by which route
	 * @param way by which of its rules
	 * @param leg by which trunk, and what that is sent
	 * @param reading what its carrier takes it for
	 * @param why what is forbidden about it
	 */
	record Out(OutboundRoute route, Way way, Leg leg, Reading reading, Why why) {
	}

	/**
	 * What is forbidden; the first of several.
	 *
	 * @param kind of the prohibition
	 * @param subjects by which code, entry or routes
	 */
	record Why(Leak.Kind kind, Set<String> subjects) {
	}

}
