package io.tollgate.apply;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tollgate.decision.Snapshot;
import io.tollgate.extension.ExtensionGroup;
import io.tollgate.policy.Exemption;

/**
 * The groups of extensions that decide about calls: those that a route or an exemption
 * names. Whatever else groups are made for is no business of the PBX.
 */
final class UsedGroups {

	private UsedGroups() {
	}

	/** By key. */
	static SortedMap<String, ExtensionGroup> of(Snapshot snapshot) {
		var named = Stream
			.concat(snapshot.routes().stream().flatMap((route) -> route.users().stream()),
					snapshot.restrictions().exemptions().stream().map(Exemption::endpoint))
			.filter((party) -> party.startsWith(ExtensionGroup.PREFIX))
			.map((party) -> party.substring(ExtensionGroup.PREFIX.length()))
			.collect(Collectors.toSet());
		var used = new TreeMap<>(snapshot.groups());
		used.keySet().retainAll(named);
		return used;
	}

	/** An extension, or a group by its name. */
	static String name(Snapshot snapshot, String party) {
		if (!party.startsWith(ExtensionGroup.PREFIX)) {
			return party;
		}
		var group = snapshot.groups().get(party.substring(ExtensionGroup.PREFIX.length()));
		return (group != null) ? group.name() : "?";
	}

}
