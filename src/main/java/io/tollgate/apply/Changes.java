package io.tollgate.apply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tollgate.announcement.Announcement;
import io.tollgate.apply.Change.Effect;
import io.tollgate.apply.Change.Kind;
import io.tollgate.decision.Snapshot;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.extension.ExtensionGroup;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.route.DialRule;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Trunk;
import org.jspecify.annotations.Nullable;

/** The difference of two snapshots in terms that people use. Pure. */
final class Changes {

	/** More codes than this in one go are told as one change. */
	private static final int SINGLE_CODES = 5;

	private final List<Change> changes = new ArrayList<>();

	private final @Nullable Snapshot before;

	private final Snapshot after;

	private Changes(@Nullable Snapshot before, Snapshot after) {
		this.before = before;
		this.after = after;
	}

	/**
	 * What becomes different.
	 * @param before what the PBX runs, {@code null} when nothing was ever applied: then
	 * nothing is dialable
	 */
	static List<Change> between(@Nullable Snapshot before, Snapshot after) {
		return new Changes(before, after).list();
	}

	private List<Change> list() {
		if (this.before == null) {
			add(Effect.NEUTRAL, Kind.FIRST, "", this.after.extensions().size(), List.of());
		}
		protection();
		policy();
		extensions();
		routes();
		this.changes.addAll(PinChanges.between(this.before, this.after));
		announcements();
		groups();
		restrictions();
		hours();
		return this.changes;
	}

	private void protection() {
		var now = this.after.policy();
		boolean was = this.before == null || this.before.policy().protectionEnabled();
		int callers = callers(this.after);
		if (!now.protectionEnabled()) {
			if (was) {
				add(Effect.OPENS, Kind.PROTECTION_OFF, "", callers, List.of());
			}
		}
		else if (!was) {
			add(Effect.CLOSES, Kind.PROTECTION_ON, "", callers, now.allowedCodes());
		}
		else {
			Set<String> then = (this.before != null) ? this.before.policy().allowedCodes() : Set.of();
			codes(Effect.OPENS, Kind.CODE_OPENED, Kind.CODES_OPENED, minus(now.allowedCodes(), then), callers);
			codes(Effect.CLOSES, Kind.CODE_CLOSED, Kind.CODES_CLOSED, minus(then, now.allowedCodes()),
					(this.before != null) ? callers(this.before) : 0);
		}
	}

	private void codes(Effect effect, Kind one, Kind many, SortedSet<String> codes, int callers) {
		// a country that nobody may call yet opens nothing
		var real = (callers > 0) ? effect : Effect.NEUTRAL;
		if (codes.size() > SINGLE_CODES) {
			add(real, many, String.valueOf(codes.size()), callers, codes);
			return;
		}
		codes.forEach((code) -> add(real, one, code, callers, List.of()));
	}

	private void policy() {
		if (this.before == null) {
			return;
		}
		var then = this.before.policy();
		var now = this.after.policy();
		if (!then.dialingCode().equals(now.dialingCode())) {
			add(Effect.NEUTRAL, Kind.DIALING_CODE, now.dialingCode(), 0, List.of(then.dialingCode()));
		}
		if (!then.internationalPrefixes().equals(now.internationalPrefixes())) {
			boolean fewer = !now.internationalPrefixes().containsAll(then.internationalPrefixes());
			add(fewer ? Effect.OPENS : Effect.CLOSES, Kind.PREFIXES, "", 0, now.internationalPrefixes());
		}
		if (!then.emergencyNumbers().equals(now.emergencyNumbers())) {
			add(Effect.NEUTRAL, Kind.EMERGENCY, "", 0, now.emergencyNumbers());
		}
		if (!then.homeCountry().equals(now.homeCountry())) {
			add(Effect.NEUTRAL, Kind.HOME_COUNTRY, now.homeCountry(), 0, List.of());
		}
	}

	private void extensions() {
		gained(Effect.OPENS, Kind.INTERNATIONAL_ALLOWED, (restrictions) -> !restrictions.disallowInternational());
		gained(Effect.CLOSES, Kind.INTERNATIONAL_DISALLOWED, CallRestrictions::disallowInternational);
		gained(Effect.OPENS, Kind.OUTBOUND_ALLOWED, (restrictions) -> !restrictions.disallowOutbound());
		gained(Effect.CLOSES, Kind.OUTBOUND_DISALLOWED, CallRestrictions::disallowOutbound);
		gained(Effect.CLOSES, Kind.HOURS_ONLY, CallRestrictions::disallowOutsideBusinessHours);
		gained(Effect.OPENS, Kind.ANY_HOUR, (restrictions) -> !restrictions.disallowOutsideBusinessHours());
		var durations = endpoints().stream()
			.filter((endpoint) -> !Objects.equals(restrictions(this.before, endpoint).maxDurationSeconds(),
					restrictions(this.after, endpoint).maxDurationSeconds()))
			.toList();
		if (!durations.isEmpty()) {
			add(Effect.NEUTRAL, Kind.DURATION, "", durations.size(), durations);
		}
	}

	/** Extensions that have now what they did not have before. */
	private void gained(Effect effect, Kind kind, Predicate<CallRestrictions> property) {
		var who = endpoints().stream()
			.filter((endpoint) -> property.test(restrictions(this.after, endpoint))
					&& !property.test(restrictions(this.before, endpoint)))
			.toList();
		if (!who.isEmpty()) {
			add(effect, kind, "", who.size(), who);
		}
	}

	private SortedSet<String> endpoints() {
		var endpoints = new TreeSet<String>(Comparator.comparingInt(String::length).thenComparing((s) -> s));
		endpoints.addAll(this.after.extensions().keySet());
		if (this.before != null) {
			endpoints.addAll(this.before.extensions().keySet());
		}
		return endpoints;
	}

	private static CallRestrictions restrictions(@Nullable Snapshot snapshot, String endpoint) {
		return (snapshot != null) ? snapshot.extensions().getOrDefault(endpoint, CallRestrictions.DEFAULT)
				: CallRestrictions.DEFAULT;
	}

	private void routes() {
		List<OutboundRoute> then = (this.before != null) ? this.before.routes() : List.of();
		var now = this.after.routes();
		var names = names(now);
		for (var route : now) {
			var was = then.stream().filter((other) -> other.name().equals(route.name())).findFirst().orElse(null);
			if (was == null) {
				add(added(route), Kind.ROUTE_ADDED, route.name(), 0, patterns(route.rules(), List.of()));
			}
			else if (!was.withPins(route.pins()).equals(route)) {
				add(effect(was.withPins(route.pins()), route), Kind.ROUTE_CHANGED, route.name(), 0,
						patterns(route.rules(), was.rules()));
			}
		}
		then.stream()
			.filter((route) -> !names.contains(route.name()))
			.forEach((route) -> add(route.blocks() ? Effect.OPENS : Effect.CLOSES, Kind.ROUTE_REMOVED, route.name(), 0,
					patterns(route.rules(), List.of())));
		var kept = names(then);
		kept.retainAll(names);
		var order = new ArrayList<>(names);
		order.retainAll(kept);
		if (!order.equals(kept)) {
			add(Effect.NEUTRAL, Kind.ROUTES_MOVED, "", 0, names);
		}
		trunks();
	}

	private void trunks() {
		var endpoints = endpoints(this.after);
		if (!endpoints.equals((this.before != null) ? endpoints(this.before) : Set.of())) {
			add(Effect.NEUTRAL, Kind.TRUNKS, "", 0, endpoints);
		}
		if (this.before != null) {
			trunks(this.before);
		}
	}

	private void trunks(Snapshot before) {
		this.after.trunks().forEach((name, trunk) -> {
			var was = before.trunks().get(name);
			if (was != null && !was.equals(trunk) && (uses(before, name) || uses(this.after, name))) {
				add(Effect.NEUTRAL, Kind.TRUNK_CHANGED, name, 0, List.of(dialled(name, trunk)));
			}
		});
	}

	/** By those calls can come in. */
	private static SortedSet<String> endpoints(Snapshot snapshot) {
		var endpoints = new TreeSet<String>();
		snapshot.trunks().forEach((name, trunk) -> {
			if (trunk.isEndpoint()) {
				endpoints.add(name);
			}
		});
		return endpoints;
	}

	private static boolean uses(Snapshot snapshot, String trunk) {
		return snapshot.routes().stream().anyMatch((route) -> route.enabled() && route.trunks().contains(trunk));
	}

	/** As a PBX does: {@code PJSIP/9+$OUTNUM$@carrier}. */
	private static String dialled(String name, Trunk trunk) {
		var number = trunk.accessCode() + ((trunk.reading() == Trunk.Reading.E164) ? "+" : "") + Trunk.NUMBER;
		return trunk.isEndpoint() ? "PJSIP/" + number + "@" + name : trunk.dial().replace(Trunk.NUMBER, number);
	}

	private static Effect added(OutboundRoute route) {
		return !route.enabled() ? Effect.NEUTRAL : route.blocks() ? Effect.CLOSES : Effect.OPENS;
	}

	/** Those that were used and still are; else the route or the exemption says it. */
	private void groups() {
		if (this.before == null) {
			return;
		}
		var then = UsedGroups.of(this.before);
		UsedGroups.of(this.after).forEach((key, group) -> {
			var was = then.getOrDefault(key, group);
			var came = minus(group.members(), was.members());
			var went = minus(was.members(), group.members());
			if (!came.isEmpty() || !went.isEmpty()) {
				add(effect(key, came, went), Kind.GROUP_CHANGED, group.name(), came.size() + went.size(),
						Stream
							.concat(came.stream().map((number) -> "+" + number),
									went.stream().map((number) -> "\u2212" + number))
							.toList());
			}
		});
	}

	/**
	 * Told only where it is certain: all that names the group opens, or all of it closes.
	 */
	private Effect effect(String key, Set<String> came, Set<String> went) {
		var party = ExtensionGroup.PREFIX + key;
		var closing = this.after.routes()
			.stream()
			.filter((route) -> route.enabled() && route.users().contains(party))
			.map(OutboundRoute::blocks)
			.collect(Collectors.toCollection(HashSet::new));
		if (this.after.restrictions().exemptions().stream().anyMatch((each) -> each.endpoint().equals(party))) {
			closing.add(false);
		}
		if (closing.size() != 1 || (!came.isEmpty() && !went.isEmpty())) {
			return Effect.NEUTRAL;
		}
		return (closing.contains(true) == came.isEmpty()) ? Effect.OPENS : Effect.CLOSES;
	}

	/** Told only where it is certain: rules that only come, or only go. */
	private static Effect effect(OutboundRoute was, OutboundRoute now) {
		var same = was.withRules(now.rules());
		if (!same.equals(now) || !was.enabled()) {
			return Effect.NEUTRAL;
		}
		if (now.rules().containsAll(was.rules())) {
			return was.blocks() ? Effect.CLOSES : Effect.OPENS;
		}
		return was.rules().containsAll(now.rules()) ? (was.blocks() ? Effect.OPENS : Effect.CLOSES) : Effect.NEUTRAL;
	}

	private static List<String> names(List<OutboundRoute> routes) {
		return new ArrayList<>(routes.stream().map(OutboundRoute::name).toList());
	}

	/** Rules that are only in one of both. */
	private static List<String> patterns(List<DialRule> rules, List<DialRule> others) {
		return Stream
			.concat(rules.stream().filter((rule) -> !others.contains(rule)),
					others.stream().filter((rule) -> !rules.contains(rule)))
			.map(DialRule::dialled)
			.toList();
	}

	private void announcements() {
		if (this.before == null) {
			return;
		}
		var keys = new TreeSet<>(heard(this.before));
		keys.addAll(heard(this.after));
		for (var key : keys) {
			var was = this.before.announcements().get(key);
			var is = this.after.announcements().get(key);
			if (was == null && is != null) {
				add(Effect.NEUTRAL, Kind.ANNOUNCEMENT_ADDED, is.name(), 0, is.sounds());
			}
			else if (was != null && is == null) {
				add(Effect.NEUTRAL, Kind.ANNOUNCEMENT_REMOVED, was.name(), 0, List.of());
			}
			else if (was != null && is != null && !sameToHear(was, is)) {
				add(Effect.NEUTRAL, Kind.ANNOUNCEMENT_CHANGED, is.name(), 0, is.sounds());
			}
		}
	}

	/** Keys of those that somebody can come to hear: the others are not on the PBX. */
	private static SortedSet<String> heard(Snapshot snapshot) {
		var heard = new TreeSet<String>();
		snapshot.announcements().forEach((key, announcement) -> {
			if (!announcement.code().isEmpty()) {
				heard.add(key);
			}
		});
		snapshot.routes()
			.stream()
			.filter(OutboundRoute::enabled)
			.map(OutboundRoute::block)
			.filter(Objects::nonNull)
			.forEach((block) -> heard.add(block.announcement()));
		return heard;
	}

	private static boolean sameToHear(Announcement one, Announcement other) {
		return one.sounds().equals(other.sounds()) && one.answer() == other.answer() && one.code().equals(other.code());
	}

	private void restrictions() {
		var now = this.after.restrictions();
		var then = (this.before != null) ? this.before.restrictions() : NumberRestrictions.none();
		var more = minus(now.entries(), then.entries());
		if (!more.isEmpty()) {
			add(Effect.CLOSES, Kind.RESTRICTED, "", more.size(), more);
		}
		var fewer = minus(then.entries(), now.entries());
		if (!fewer.isEmpty()) {
			add(Effect.OPENS, Kind.UNRESTRICTED, "", fewer.size(), fewer);
		}
		exemptions(Effect.OPENS, Kind.EXEMPTED, this.after, now, then);
		exemptions(Effect.CLOSES, Kind.EXEMPTIONS_ENDED, (this.before != null) ? this.before : this.after, then, now);
	}

	private void exemptions(Effect effect, Kind kind, Snapshot names, NumberRestrictions some,
			NumberRestrictions others) {
		var who = some.exemptions()
			.stream()
			.filter((exemption) -> !others.exemptions().contains(exemption))
			.map((exemption) -> UsedGroups.name(names, exemption.endpoint()) + " (" + exemption.entry() + ")")
			.toList();
		if (!who.isEmpty()) {
			add(effect, kind, "", who.size(), who);
		}
	}

	private void hours() {
		if (this.before == null) {
			return;
		}
		boolean used = this.after.extensions()
			.values()
			.stream()
			.anyMatch(CallRestrictions::disallowOutsideBusinessHours);
		if (used && !this.before.hours().equals(this.after.hours())) {
			add(Effect.NEUTRAL, Kind.BUSINESS_HOURS, "", 0, List.of());
		}
	}

	/** How many extensions may call abroad. */
	static int callers(Snapshot snapshot) {
		boolean open = !snapshot.policy().protectionEnabled();
		return (int) snapshot.extensions()
			.values()
			.stream()
			.filter((restrictions) -> !restrictions.disallowOutbound()
					&& (open || !restrictions.disallowInternational()))
			.count();
	}

	private static SortedSet<String> minus(Collection<String> from, Collection<String> what) {
		var rest = new TreeSet<>(from);
		rest.removeAll(what);
		return rest;
	}

	private void add(Effect effect, Kind kind, String subject, int count, Collection<String> items) {
		this.changes.add(new Change(effect, kind, subject, count, List.copyOf(items)));
	}

}
