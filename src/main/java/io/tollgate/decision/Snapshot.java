package io.tollgate.decision;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.extension.CallRestrictions;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.route.OutboundRoute;

/**
 * All that decides about the calls of one PBX, at one moment, immutable.
 *
 * @param policy the PBX's policy
 * @param hours the working week
 * @param extensions restrictions by endpoint; an endpoint that is missing has
 * {@link CallRestrictions#DEFAULT}
 * @param trunks endpoints that are lines to a carrier: they may call nobody but emergency
 * numbers
 * @param routes where allowed numbers go, in the order in which they are asked
 * @param restrictions what nobody may dial, and who may
 */
public record Snapshot(PolicyRules policy, BusinessHours hours, SortedMap<String, CallRestrictions> extensions,
		SortedSet<String> trunks, List<OutboundRoute> routes, NumberRestrictions restrictions) {

	public Snapshot {
		extensions = Collections.unmodifiableSortedMap(new TreeMap<>(extensions));
		routes = List.copyOf(routes);
		trunks = Collections.unmodifiableSortedSet(new TreeSet<>(trunks));
	}

}
