package io.tollgate.demo;

import java.security.SecureRandom;
import java.util.Base64;

import io.tollgate.fleet.Fleet;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.route.FirstRoute;
import io.tollgate.route.Routes;
import io.tollgate.route.SaveResult;
import io.tollgate.simulator.SimulatedPbx;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Fills an empty portal: a policy for Mexico with its protection still off, and the
 * plants' PBXs, read but without a first generation, so that whoever comes next can walk
 * the whole way.
 */
@Component
class DemoSeed {

	private static final String HOME = "MX";

	private final Policies policies;

	private final PbxRegistry registry;

	private final Fleet fleet;

	private final Routes routes;

	DemoSeed(Policies policies, PbxRegistry registry, Fleet fleet, Routes routes) {
		this.policies = policies;
		this.registry = registry;
		this.fleet = fleet;
		this.routes = routes;
	}

	/** Whether nobody has used the portal yet. */
	boolean isWanted() {
		return this.registry.all().isEmpty() && this.policies.all().size() == 1;
	}

	@Transactional
	void fill(Simulators simulators) {
		if (!(this.policies.create("Mexico plants", HOME, null) instanceof Changed changed)) {
			throw new IllegalStateException("no policy for the demonstration fleet");
		}
		for (var plant : Plant.ALL) {
			var secret = newSecret();
			connect(plant, changed.rules().id(), secret, simulators.launch(plant, secret), simulators);
		}
	}

	/** Brings a simulated PBX back and tells the registry where it is now. */
	void resume(Pbx pbx, Simulators simulators) {
		var secret = this.registry.secret(pbx.id());
		var simulated = simulators.resume(pbx.id(), Plant.named(pbx.name()), pbx.amiUser(), secret, pbx.port());
		if (simulated.port() != pbx.port()) {
			this.fleet.change(pbx, connection(pbx.name(), simulated, pbx.amiUser()), secret);
		}
	}

	private void connect(Plant plant, long policyId, String secret, SimulatedPbx simulated, Simulators simulators) {
		var connection = connection(plant.name(), simulated, Simulators.USER);
		var pbx = this.fleet.connect(new NewPbx(connection, true, policyId), secret).pbx();
		simulators.adopt(pbx.id(), simulated);
		var route = new FirstRoute(plant.trunks().getFirst(), NumberingPlan.of(HOME).defaultPatterns());
		if (this.routes.saveFirst(pbx.id(), route) instanceof SaveResult.Refused refused) {
			throw new IllegalStateException("no route for the demonstration fleet: " + refused);
		}
	}

	private static PbxConnection connection(String name, SimulatedPbx simulated, String user) {
		return new PbxConnection(name, "127.0.0.1", simulated.port(), false, null, user);
	}

	private static String newSecret() {
		var bytes = new byte[18];
		new SecureRandom().nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
