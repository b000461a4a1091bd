package io.tollgate.leak;

import java.util.List;
import java.util.Map;

import io.tollgate.decision.Snapshot;
import io.tollgate.pbx.Pbx;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange;
import io.tollgate.policy.RestrictionChange;
import io.tollgate.policy.RestrictionLists;
import io.tollgate.proof.Leak;
import io.tollgate.proof.Leak.Cause;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Routes;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
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

	Mends(Policies policies, RestrictionLists restrictions, Routes routes) {
		this.policies = policies;
		this.restrictions = restrictions;
		this.routes = routes;
	}

	/** Whether there is a mend as simple as one edit. */
	static boolean isThereOne(Leak leak, Snapshot draft) {
		if (leak.remedy().isEmpty()) {
			return false;
		}
		return switch (leak.cause()) {
			case UNKNOWN_PREFIX, OTHER_SPELLING -> true;
			case BLOCK_BELOW -> place(draft.routes(), leak.remedy()) >= 0 && place(draft.routes(), leak.route()) >= 0;
			case NOTHING_JUDGES -> false;
		};
	}

	/** Whether the draft has it already. */
	static boolean isDone(Leak leak, Snapshot draft) {
		return switch (leak.cause()) {
			case UNKNOWN_PREFIX -> draft.policy().internationalPrefixes().contains(leak.remedy());
			case OTHER_SPELLING -> draft.restrictions().entries().contains(leak.remedy());
			case BLOCK_BELOW -> place(draft.routes(), leak.remedy()) < place(draft.routes(), leak.route());
			case NOTHING_JUDGES -> false;
		};
	}

	private static int place(List<OutboundRoute> routes, String name) {
		return routes.stream().map(OutboundRoute::name).toList().indexOf(name);
	}

	/**
	 * Makes the edit.
	 * @param note for the restriction that it may become
	 * @return why it was refused, {@code null} when it was made
	 */
	@Transactional
	public @Nullable MessageSourceResolvable mend(Pbx pbx, Leak leak, String note) {
		if (leak.cause() == Cause.UNKNOWN_PREFIX) {
			return (this.policies.addPrefix(pbx.policyId(), leak.remedy()) instanceof PolicyChange.Refused refused)
					? refused : null;
		}
		if (leak.cause() == Cause.OTHER_SPELLING) {
			return (this.restrictions.add(pbx.policyId(),
					Map.of(leak.remedy(), note)) instanceof RestrictionChange.Refused refused) ? refused : null;
		}
		var routes = this.routes.list(pbx.id());
		int above = place(routes.stream().map((stored) -> stored.route()).toList(), leak.route());
		routes.stream()
			.filter((stored) -> stored.route().name().equals(leak.remedy()))
			.findFirst()
			.filter((block) -> routes.indexOf(block) > above)
			.ifPresent((block) -> this.routes.move(pbx.id(), block.id(), above));
		return null;
	}

}
