package io.tollgate.apply;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.tollgate.fleet.Fleet;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.route.FirstRoute;
import io.tollgate.route.Routes;

import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The portal of this process. */
final class PortalDesk implements Desk {

	private static final List<String> CODES = List.of("34", "49", "54", "55", "61", "62", "351");

	private static final List<String> PATTERNS = List.of("NXXXXXXXX", "00ZXXXX!", "01ZXXXXXXXX", "044XXXXXXXX");

	private final Fleet fleet;

	private final PbxRegistry registry;

	private final Policies policies;

	private final Routes routes;

	private final Snapshots snapshots;

	private final RunStarter starter;

	private final FleetStatus status;

	private final TransactionTemplate transaction;

	private final JdbcClient jdbc;

	PortalDesk(ApplicationContext portal) {
		this.fleet = portal.getBean(Fleet.class);
		this.registry = portal.getBean(PbxRegistry.class);
		this.policies = portal.getBean(Policies.class);
		this.routes = portal.getBean(Routes.class);
		this.snapshots = portal.getBean(Snapshots.class);
		this.starter = portal.getBean(RunStarter.class);
		this.status = portal.getBean(FleetStatus.class);
		this.transaction = portal.getBean(TransactionTemplate.class);
		this.jdbc = portal.getBean(JdbcClient.class);
	}

	@Override
	public List<Long> connect(List<Integer> ports) {
		var policyIds = new ArrayList<Long>();
		for (int i = 0; i < 1 + ports.size() / 10; i++) {
			long policy = ((Changed) this.policies.create("Policy " + i, "MX", null)).rules().id();
			this.policies.setProtection(policy, true);
			policyIds.add(policy);
		}
		var ids = new ArrayList<Long>();
		for (int i = 0; i < ports.size(); i++) {
			var connection = new PbxConnection("Plant %03d".formatted(i), "127.0.0.1", ports.get(i), false, null,
					"tollgate");
			long policy = policyIds.get(i % policyIds.size());
			long id = this.fleet.connect(new NewPbx(connection, true, policy), SECRET).pbx().id();
			this.routes.saveFirst(id, new FirstRoute("carrier", PATTERNS.subList(0, 2)));
			ids.add(id);
		}
		return ids;
	}

	@Override
	public void edit(long seed) {
		var random = new Random(seed);
		for (long policy : this.jdbc.sql("select distinct policy_id from pbx order by 1").query(Long.class).list()) {
			var codes = new HashSet<>(CODES);
			codes.removeIf((code) -> random.nextBoolean());
			this.policies.block(policy, new HashSet<>(CODES));
			this.policies.allow(policy, codes);
		}
		for (long pbx : this.registry.ids()) {
			if (random.nextInt(3) == 0) {
				this.routes.saveFirst(pbx,
						new FirstRoute("carrier", PATTERNS.subList(0, 1 + random.nextInt(PATTERNS.size()))));
			}
		}
	}

	@Override
	public Draft draft(long pbxId) {
		var snapshot = this.snapshots.draft(this.registry.find(pbxId).orElseThrow());
		var config = ((Compiled.Ready) this.snapshots.compile(snapshot)).config();
		return new Draft(pbxId, Checksum.of(config), config);
	}

	@Override
	public long start(Draft draft, String driftSeen) {
		long pbxId = draft.pbxId();
		if (!idle(pbxId)) {
			return 0;
		}
		var pbx = this.registry.find(pbxId).orElseThrow();
		var wanted = new Wanted(pbxId, pbx.name(), null, "words", draft.checksum(), driftSeen,
				this.snapshots.draft(pbx));
		var result = this.transaction.execute((status) -> {
			var answer = this.starter.start(RunKind.APPLY, "somebody", null, List.of(wanted));
			if (!(answer instanceof StartResult.Started)) {
				status.setRollbackOnly();
			}
			return answer;
		});
		return (result instanceof StartResult.Started started)
				? this.jdbc.sql("select id from apply_target where run_id = ?")
					.param(started.runId())
					.query(Long.class)
					.single()
				: 0;
	}

	private boolean idle(long pbxId) {
		return this.jdbc.sql("select count(*) from apply_target where pbx_id = ? and outcome is null")
			.param(pbxId)
			.query(Integer.class)
			.single() == 0;
	}

	@Override
	public List<Ended> ended() {
		return this.jdbc.sql("""
				select id, pbx_id, checksum, outcome from apply_target
				where outcome is not null and pbx_id is not null order by id""")
			.query((row, number) -> new Ended(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4)))
			.list();
	}

	@Override
	public List<Claim> claims() {
		return this.jdbc.sql("""
				select o.pbx_id, o.seen_at, o.drift_checksum, g.checksum from pbx_observation o
				join generation g on g.id = (select max(h.id) from generation h where h.pbx_id = o.pbx_id)
				where o.seen_at >= g.applied_at
				  and not exists (select 1 from apply_target t where t.pbx_id = o.pbx_id and t.outcome is null)""")
			.query((row, number) -> {
				var seen = row.getObject(2, OffsetDateTime.class);
				Instant at = (seen != null) ? seen.toInstant() : null;
				return new Claim(row.getLong(1), at, row.getString(3), row.getString(4));
			})
			.list();
	}

	@Override
	public Map<Long, String> states() {
		var states = new LinkedHashMap<Long, String>();
		this.status.all().forEach((id, status) -> states.put(id, status.state().name()));
		return states;
	}

	@Override
	public List<String> open() {
		return this.jdbc.sql("""
				select pbx_name, stage, cause, switches from apply_target
				where outcome is null and pbx_id is not null""")
			.query((row, number) -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3) + " "
					+ row.getInt(4) + " switches")
			.list();
	}

	@Override
	public List<Long> targets() {
		return this.jdbc.sql("select id from apply_target").query(Long.class).list();
	}

	/** Takes the PBXs and their policies out of it again. */
	void clear() {
		var policyIds = this.jdbc.sql("select distinct policy_id from pbx").query(Long.class).list();
		this.registry.ids().forEach(this.registry::remove);
		policyIds.forEach(this.policies::delete);
	}

}
