package io.tollgate.apply;

import java.util.Optional;

import io.tollgate.decision.Snapshot;
import io.tollgate.extension.Extensions;
import io.tollgate.pbx.Pbx;
import io.tollgate.policy.Policies;
import io.tollgate.policy.RestrictionLists;
import io.tollgate.policy.WorkingWeek;
import io.tollgate.route.Routes;
import io.tollgate.route.StoredRoute;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What decides about a PBX's calls: as it stands in the portal now, and as it was last
 * applied.
 */
@Service
@Transactional(readOnly = true)
public class Snapshots {

	private final Policies policies;

	private final WorkingWeek week;

	private final Extensions extensions;

	private final Routes routes;

	private final RestrictionLists restrictions;

	private final Generations generations;

	private final JsonMapper json = JsonMapper.builder().build();

	Snapshots(Policies policies, WorkingWeek week, Extensions extensions, Routes routes, RestrictionLists restrictions,
			Generations generations) {
		this.policies = policies;
		this.week = week;
		this.extensions = extensions;
		this.routes = routes;
		this.restrictions = restrictions;
		this.generations = generations;
	}

	/** With every edit in it, applied or not. */
	public Snapshot draft(Pbx pbx) {
		return new Snapshot(this.policies.rules(pbx.policyId()), this.week.hours(),
				this.extensions.restrictions(pbx.id()), this.routes.trunks(pbx.id()),
				this.routes.list(pbx.id()).stream().map(StoredRoute::route).toList(),
				this.restrictions.of(pbx.policyId(), pbx.id()));
	}

	/** What the PBX was last proved to run; empty when nothing was ever applied there. */
	public Optional<Snapshot> applied(long pbxId) {
		return this.generations.findFirstByPbxIdOrderByIdDesc(pbxId)
			.map((generation) -> read(generation.getSnapshot()));
	}

	String write(Snapshot snapshot) {
		return this.json.writeValueAsString(snapshot);
	}

	Snapshot read(String text) {
		return this.json.readValue(text, Snapshot.class);
	}

}
