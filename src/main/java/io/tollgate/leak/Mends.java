package io.tollgate.leak;

import java.util.List;
import java.util.Map;

import io.tollgate.apply.Snapshots;
import io.tollgate.decision.Snapshot;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange;
import io.tollgate.policy.RestrictionChange;
import io.tollgate.policy.RestrictionLists;
import io.tollgate.proof.Leak;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Routes;
import io.tollgate.route.StoredRoute;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Closes leaks by the same edits that a person could make: of the draft, audited, gone
 * with a discard.
 */
@Service
class Mends {

	private final Policies policies;

	private final RestrictionLists restrictions;

	private final Routes routes;

	private final Snapshots snapshots;

	private final PbxRegistry registry;

	Mends(Policies policies, RestrictionLists restrictions, Routes routes, Snapshots snapshots, PbxRegistry registry) {
		this.policies = policies;
		this.restrictions = restrictions;
		this.routes = routes;
		this.snapshots = snapshots;
		this.registry = registry;
	}

	/** Whether there is a mend as simple as one edit. */
	static boolean isThereOne(Leak leak, Snapshot draft) {
		if (leak.remedy().isEmpty()) {
			return false;
		}
		return switch (leak.cause()) {
			case UNKNOWN_PREFIX, OTHER_SPELLING -> true;
			case BLOCK_BELOW -> blocks(draft.routes(), leak.remedy()) && place(draft.routes(), leak.route()) >= 0;
			case NOTHING_JUDGES -> false;
		};
	}

	/** Whether the draft has it already. */
	static boolean isDone(Leak leak, Snapshot draft) {
		return switch (leak.cause()) {
			case UNKNOWN_PREFIX -> draft.policy().internationalPrefixes().contains(leak.remedy());
			case OTHER_SPELLING -> draft.restrictions().entries().contains(leak.remedy());
			case BLOCK_BELOW -> blocks(draft.routes(), leak.remedy())
					&& place(draft.routes(), leak.remedy()) < place(draft.routes(), leak.route());
			case NOTHING_JUDGES -> false;
		};
	}

	/** Whether there is such a route, and it is there to block, and on. */
	private static boolean blocks(List<OutboundRoute> routes, String name) {
		return routes.stream().anyMatch((route) -> route.name().equals(name) && route.blocks() && route.enabled());
	}

	private static int place(List<OutboundRoute> routes, String name) {
		return routes.stream().map(OutboundRoute::name).toList().indexOf(name);
	}

	/**
	 * Makes the edit, as it would be now.
	 * @param note for the restriction that it may become
	 */
	@Transactional
	public Mended mend(Pbx pbx, Leak leak, String note) {
		if (leak.cause() == Leak.Cause.BLOCK_BELOW) {
			this.registry.hold(pbx.id());
		}
		var draft = this.snapshots.draft(pbx);
		if (!isThereOne(leak, draft)) {
			return new Mended.Gone();
		}
		if (isDone(leak, draft)) {
			return new Mended.Done();
		}
		return switch (leak.cause()) {
			case UNKNOWN_PREFIX -> switch (this.policies.addPrefix(pbx.policyId(), leak.remedy())) {
				case PolicyChange.Refused refused -> new Mended.Refused(refused);
				case PolicyChange.Unchanged _ -> new Mended.Done();
				case PolicyChange.Changed _ -> new Mended.Made();
			};
			case OTHER_SPELLING -> switch (this.restrictions.add(pbx.policyId(), Map.of(leak.remedy(), note))) {
				case RestrictionChange.Refused refused -> new Mended.Refused(refused);
				case RestrictionChange.Unchanged _ -> new Mended.Done();
				case RestrictionChange.Changed _ -> new Mended.Made();
			};
			case BLOCK_BELOW -> moved(pbx, leak) ? new Mended.Made() : new Mended.Done();
			case NOTHING_JUDGES -> new Mended.Gone();
		};
	}

	private boolean moved(Pbx pbx, Leak leak) {
		var stored = this.routes.list(pbx.id());
		var routes = stored.stream().map(StoredRoute::route).toList();
		var block = stored.get(place(routes, leak.remedy()));
		return this.routes.move(pbx.id(), block.id(), place(routes, leak.route()));
	}

}
