package io.tollgate.extension;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyRules;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The extensions with what the pages show of them. A search without accents, a comparison
 * with what the PBXs run and true counts beside each other are not work for one query
 * that both databases know; reading the few thousand rows of a fleet takes milliseconds.
 */
@Component
@Transactional(readOnly = true)
class ExtensionLists {

	private final Extensions extensions;

	private final PbxRegistry registry;

	private final Policies policies;

	private final ObjectProvider<AppliedRestrictions> applied;

	ExtensionLists(Extensions extensions, PbxRegistry registry, Policies policies,
			ObjectProvider<AppliedRestrictions> applied) {
		this.extensions = extensions;
		this.registry = registry;
		this.policies = policies;
		this.applied = applied;
	}

	/** Every extension of every PBX. */
	List<ExtensionListing> all() {
		var guarded = this.policies.all()
			.stream()
			.collect(Collectors.toMap(PolicyRules::id, PolicyRules::protectionEnabled));
		var pbxs = this.registry.all().stream().collect(Collectors.toMap(Pbx::id, (pbx) -> pbx));
		var running = new HashMap<Long, Optional<SortedMap<String, CallRestrictions>>>();
		var listings = new ArrayList<ExtensionListing>();
		for (Extension each : this.extensions.all()) {
			var pbx = pbxs.get(each.pbxId());
			if (pbx != null) {
				var runs = running.computeIfAbsent(pbx.id(), this::applied);
				listings.add(new ExtensionListing(each, pbx.name(), pbx.policyId(),
						guarded.getOrDefault(pbx.policyId(), false), isUnapplied(each, runs)));
			}
		}
		return listings;
	}

	/** The PBXs to choose from, by name. */
	List<Pbx> pbxs() {
		return this.registry.all();
	}

	/** The policies of those extensions. */
	List<PolicyRules> policies(List<ExtensionListing> listings) {
		var concerned = listings.stream().map(ExtensionListing::policyId).collect(Collectors.toSet());
		return this.policies.all().stream().filter((policy) -> concerned.contains(policy.id())).toList();
	}

	private Optional<SortedMap<String, CallRestrictions>> applied(long pbxId) {
		return this.applied.stream().findFirst().flatMap((source) -> source.applied(pbxId));
	}

	/** A PBX treats an extension that it was never told of by the default. */
	private static boolean isUnapplied(Extension extension, Optional<SortedMap<String, CallRestrictions>> running) {
		if (!extension.present()) {
			return false;
		}
		var map = running.<Map<String, CallRestrictions>>map((known) -> known).orElse(Map.of());
		return !map.getOrDefault(extension.number(), CallRestrictions.DEFAULT).equals(extension.restrictions());
	}

}
