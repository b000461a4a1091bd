package io.tollgate.leak;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tollgate.apply.InForce;
import io.tollgate.apply.Snapshots;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.WorkingWeek;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the rules of each PBX are made from now, in short texts to compare a stored check
 * with: a generation never changes, and a draft changes only when a revision does.
 */
@Component
class Bases {

	private final PbxRegistry registry;

	private final Policies policies;

	private final WorkingWeek week;

	private final Snapshots snapshots;

	private final String version;

	Bases(PbxRegistry registry, Policies policies, WorkingWeek week, Snapshots snapshots,
			@Value("${tollgate.version:}") String version) {
		this.registry = registry;
		this.policies = policies;
		this.week = week;
		this.snapshots = snapshots;
		this.version = version;
	}

	/** The version of the portal: another one may find more. */
	String version() {
		return this.version;
	}

	/** Of all PBXs, in the registry's order. Four queries. */
	@Transactional(readOnly = true)
	public Map<Long, Basis> now() {
		var inForce = this.snapshots.inForce().stream().collect(Collectors.toMap(InForce::pbxId, Function.identity()));
		var revisions = this.policies.revisions();
		long hours = this.week.revision();
		var bases = new LinkedHashMap<Long, Basis>();
		for (var pbx : this.registry.all()) {
			bases.put(pbx.id(),
					new Basis(pbx, Optional.ofNullable(inForce.get(pbx.id())), "policy %d at %d, pbx at %d, hours at %d"
						.formatted(pbx.policyId(), revisions.getOrDefault(pbx.policyId(), 0L), pbx.revision(), hours)));
		}
		return bases;
	}

	/** Whether a stored check is of these rules, by this version. */
	boolean isOf(String basis, String version, Basis now, Rules rules) {
		return version.equals(this.version) && basis.equals(now.of(rules));
	}

	/**
	 * One PBX.
	 *
	 * @param inForce what it runs, empty when nothing was ever applied
	 * @param draft what its draft is made from
	 */
	record Basis(Pbx pbx, Optional<InForce> inForce, String draft) {

		/** In short; empty where there is nothing to check. */
		String of(Rules rules) {
			return (rules == Rules.DRAFT) ? this.draft : this.inForce.map((head) -> live(head.id())).orElse("");
		}

		/** The counting in {@link LeakFigures} puts it together in the same way. */
		private static String live(long generation) {
			return "generation " + generation;
		}

	}

}
