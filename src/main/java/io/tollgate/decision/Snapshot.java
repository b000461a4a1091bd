package io.tollgate.decision;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tollgate.announcement.Announcement;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.extension.ExtensionGroup;
import io.tollgate.pin.PinList;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Trunk;

/**
 * All that decides about the calls of one PBX, at one moment, immutable.
 *
 * @param policy the PBX's policy
 * @param hours the working week
 * @param extensions restrictions by endpoint; an endpoint that is missing has
 * {@link CallRestrictions#DEFAULT}
 * @param groups groups of extensions by key
 * @param trunks lines to a carrier by name. Those that are endpoints may call nobody but
 * emergency numbers
 * @param routes where allowed numbers go, in the order in which they are asked
 * @param restrictions what nobody may dial, and who may
 * @param pins PIN lists by key, those that routes ask for
 * @param announcements announcements by key
 */
public record Snapshot(PolicyRules policy, BusinessHours hours, SortedMap<String, CallRestrictions> extensions,
		SortedMap<String, ExtensionGroup> groups, SortedMap<String, Trunk> trunks, List<OutboundRoute> routes,
		NumberRestrictions restrictions, SortedMap<String, PinList> pins,
		SortedMap<String, Announcement> announcements) {

	public Snapshot {
		extensions = copy(extensions);
		groups = copy(groups);
		trunks = copy(trunks);
		routes = List.copyOf(routes);
		pins = copy(pins);
		announcements = copy(announcements);
	}

	private static <V> SortedMap<String, V> copy(SortedMap<String, V> map) {
		return Collections.unmodifiableSortedMap(new TreeMap<>(map));
	}

	/**
	 * Without groups, PIN lists and announcements.
	 * @param trunks PJSIP endpoints that take what is dialled
	 */
	public static Snapshot of(PolicyRules policy, BusinessHours hours, SortedMap<String, CallRestrictions> extensions,
			Collection<String> trunks, List<OutboundRoute> routes, NumberRestrictions restrictions) {
		var lines = new TreeMap<String, Trunk>();
		trunks.forEach((trunk) -> lines.put(trunk, Trunk.PLAIN));
		return new Snapshot(policy, hours, extensions, new TreeMap<>(), lines, routes, restrictions, new TreeMap<>(),
				new TreeMap<>());
	}

	/** The same with another policy. */
	public Snapshot withPolicy(PolicyRules other) {
		return new Snapshot(other, this.hours, this.extensions, this.groups, this.trunks, this.routes,
				this.restrictions, this.pins, this.announcements);
	}

	/**
	 * The same without any way abroad: what a fleet stop leaves. Emergency numbers and
	 * calls inside the home country pass as before, and nothing passes that did not.
	 */
	public Snapshot withoutInternational() {
		return withPolicy(this.policy.withoutInternational());
	}

	/** The same with other routes. */
	public Snapshot withRoutes(List<OutboundRoute> others) {
		return new Snapshot(this.policy, this.hours, this.extensions, this.groups, this.trunks, others,
				this.restrictions, this.pins, this.announcements);
	}

	/** The same with other extensions. */
	public Snapshot withExtensions(SortedMap<String, CallRestrictions> others) {
		return new Snapshot(this.policy, this.hours, others, this.groups, this.trunks, this.routes, this.restrictions,
				this.pins, this.announcements);
	}

	/** The same with other number restrictions. */
	public Snapshot withRestrictions(NumberRestrictions others) {
		return new Snapshot(this.policy, this.hours, this.extensions, this.groups, this.trunks, this.routes, others,
				this.pins, this.announcements);
	}

	/** The same with other announcements. */
	public Snapshot withAnnouncements(SortedMap<String, Announcement> others) {
		return new Snapshot(this.policy, this.hours, this.extensions, this.groups, this.trunks, this.routes,
				this.restrictions, this.pins, others);
	}

	/** Whether an endpoint is a line to a carrier. */
	boolean isTrunk(String endpoint) {
		var trunk = this.trunks.get(endpoint);
		return trunk != null && trunk.isEndpoint();
	}

	/** A trunk; one that is not known any more is taken as the plain endpoint it was. */
	public Trunk trunk(String name) {
		return this.trunks.getOrDefault(name, Trunk.PLAIN);
	}

	/**
	 * Whether an endpoint is among those.
	 * @param parties endpoints, and groups as {@code group:} and key
	 */
	boolean names(Set<String> parties, String endpoint) {
		return parties.contains(endpoint) || members(parties).anyMatch(endpoint::equals);
	}

	/** Those, each group by its members. */
	public SortedSet<String> endpoints(Set<String> parties) {
		var endpoints = members(parties).collect(Collectors.toCollection(TreeSet::new));
		parties.stream().filter((party) -> !party.startsWith(ExtensionGroup.PREFIX)).forEach(endpoints::add);
		return endpoints;
	}

	private Stream<String> members(Set<String> parties) {
		return parties.stream()
			.filter((party) -> party.startsWith(ExtensionGroup.PREFIX))
			.map((party) -> this.groups.get(party.substring(ExtensionGroup.PREFIX.length())))
			.filter(Objects::nonNull)
			.flatMap((group) -> group.members().stream());
	}

}
