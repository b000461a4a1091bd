package io.tollgate.support;

import java.util.List;

import io.tollgate.fleet.Fleet;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.route.FirstRoute;
import io.tollgate.route.Routes;
import io.tollgate.simulator.SimulatedPbx;

import org.springframework.boot.test.context.TestComponent;

/**
 * A PBX in Mexico, ready for its first apply: connected, with a policy of its own that
 * protects it, and a route for national and international numbers.
 */
@TestComponent
public class GuardedPlants {

	private final Fleet fleet;

	private final PbxRegistry registry;

	private final Policies policies;

	private final Routes routes;

	GuardedPlants(Fleet fleet, PbxRegistry registry, Policies policies, Routes routes) {
		this.fleet = fleet;
		this.registry = registry;
		this.policies = policies;
		this.routes = routes;
	}

	/** Monterrey plant, under Mexico plants. */
	public Plant connect() {
		return connect(GuardedPbx.start(), "Mexico plants", "Monterrey plant");
	}

	/** That PBX, under those names. */
	public Plant connect(SimulatedPbx simulated, String policyName, String pbxName) {
		long policy = ((Changed) this.policies.create(policyName, "MX", null)).rules().id();
		var connection = new PbxConnection(pbxName, "127.0.0.1", simulated.port(), false, null, "tollgate");
		long pbx = this.fleet.connect(new NewPbx(connection, true, policy), GuardedPbx.SECRET).pbx().id();
		this.routes.saveFirst(pbx, new FirstRoute("carrier", List.of("NXXXXXXXX", "00ZXXXX!")));
		this.policies.setProtection(policy, true);
		return new Plant(simulated, policy, pbx);
	}

	/** Leaves nothing behind. */
	public void remove(Plant plant) {
		this.registry.remove(plant.pbx());
		this.policies.delete(plant.policy());
		plant.simulated().close();
	}

	/**
	 * One of them.
	 *
	 * @param policy its policy's id
	 * @param pbx its id
	 */
	public record Plant(SimulatedPbx simulated, long policy, long pbx) {
	}

}
