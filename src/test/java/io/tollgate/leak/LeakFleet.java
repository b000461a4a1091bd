package io.tollgate.leak;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.tollgate.apply.ApplyRuns;
import io.tollgate.apply.Confirmation;
import io.tollgate.apply.PendingChanges;
import io.tollgate.apply.Snapshots;
import io.tollgate.apply.StartResult;
import io.tollgate.fleet.Fleet;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Routes;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.support.GuardedPbx;
import org.awaitility.Awaitility;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/** A simulated PBX in a fleet, with a policy of its own. */
@TestComponent
class LeakFleet {

	static final String NAME = "Monterrey plant";

	private final Policies policies;

	private final Fleet fleet;

	private final Routes routes;

	private final PbxRegistry registry;

	private final PendingChanges pending;

	private final ApplyRuns runs;

	private final Snapshots snapshots;

	private SimulatedPbx simulated;

	private long policy;

	private long pbx;

	LeakFleet(Policies policies, Fleet fleet, Routes routes, PbxRegistry registry, PendingChanges pending,
			ApplyRuns runs, Snapshots snapshots) {
		this.policies = policies;
		this.fleet = fleet;
		this.routes = routes;
		this.registry = registry;
		this.pending = pending;
		this.runs = runs;
		this.snapshots = snapshots;
	}

	/** Connects it, with national numbers and Argentina open. */
	void connect() {
		this.simulated = GuardedPbx.start();
		this.policy = ((Changed) this.policies.create("Mexico plants", "MX", null)).rules().id();
		var connection = new PbxConnection(NAME, "127.0.0.1", this.simulated.port(), false, null, "tollgate");
		this.pbx = this.fleet.connect(new NewPbx(connection, true, this.policy), GuardedPbx.SECRET).pbx().id();
		this.routes.list(this.pbx).forEach((route) -> this.routes.delete(this.pbx, route.id()));
		this.routes.add(this.pbx, OutboundRoute.through("Out", List.of("carrier"), List.of("NXXXXXXXXX", "00ZXXXX!")));
		this.policies.setProtection(this.policy, true);
		this.policies.allow(this.policy, Set.of("54"));
	}

	void clear() {
		SecurityContextHolder.clearContext();
		this.registry.remove(this.pbx);
		this.policies.delete(this.policy);
		this.simulated.close();
	}

	/** Has the carrier read + as international and the policy not. */
	void forgetPlus() {
		this.policies.setPrefixes(this.policy, Set.of("00", "011"));
		this.routes.add(this.pbx, OutboundRoute.through("Plus", List.of("carrier"), List.of("+X!")));
	}

	/** As an administrator who means it, whatever it opens. */
	void apply() {
		var waiting = this.pending.of(this.pbx).orElseThrow();
		int before = generation();
		SecurityContextHolder.getContext()
			.setAuthentication(new TestingAuthenticationToken("root", "", "ROLE_ADMINISTRATOR"));
		var started = this.runs.start(Map.of(this.pbx, waiting.checksum()), null,
				new Confirmation(NAME, Locale.ENGLISH));
		SecurityContextHolder.clearContext();
		assertThat(started).isInstanceOf(StartResult.Started.class);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> generation() > before);
	}

	private int generation() {
		return this.snapshots.inForce()
			.stream()
			.filter((head) -> head.pbxId() == this.pbx)
			.mapToInt((head) -> head.number())
			.findFirst()
			.orElse(0);
	}

	long policy() {
		return this.policy;
	}

	long id() {
		return this.pbx;
	}

	Pbx pbx() {
		return this.registry.find(this.pbx).orElseThrow();
	}

	SimulatedPbx simulated() {
		return this.simulated;
	}

}
