package io.tollgate.bench;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.tollgate.TollgateApplication;
import io.tollgate.account.Accounts;
import io.tollgate.account.Role;
import io.tollgate.extension.Discovered;
import io.tollgate.extension.Extensions;
import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Routes;
import io.tollgate.route.Trunks;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcOperations;

/** Fills an empty portal with a fleet, by its own services. */
final class FleetFiller {

	static final String ACCOUNT = "bench";

	static final String PASSWORD = "correct horse battery staple";

	static final String POLICY = "Plants";

	/** Not allowed at first: what is edited. */
	static final List<String> CLOSED = List.of("54", "62", "63", "65", "66");

	private FleetFiller() {
	}

	/**
	 * Fills it, and is gone before the portal starts.
	 * @param portal the portal's own arguments: where its database is
	 * @return the policy of all PBXs
	 */
	static long fill(List<Integer> ports, int extensions, List<String> portal) {
		var arguments = portal.stream().collect(Collectors.toList());
		arguments.addAll(List.of("--server.port=0", "--tollgate.leak-check.pause=24h", "--logging.level.root=warn"));
		try (var context = SpringApplication.run(TollgateApplication.class, arguments.toArray(String[]::new))) {
			context.getBean(Accounts.class).create(ACCOUNT, "Bench Mark", PASSWORD, Role.ADMINISTRATOR);
			long policy = policy(context.getBean(Policies.class));
			for (int i = 0; i < ports.size(); i++) {
				add(context, i, ports.get(i), extensions, policy);
			}
			// no two PBXs are alike
			context.getBean(JdbcOperations.class).update("""
					update extension set disallow_international = mod(id * 7919, 1009) > 400,
					    disallow_outside_business_hours = mod(id * 104729, 1013) > 900,
					    max_duration_seconds = case when mod(id * 1299709, 1019) > 800 then 3600 end""");
			return policy;
		}
	}

	private static long policy(Policies policies) {
		long id = ((Changed) policies.create(POLICY, "MX", null)).rules().id();
		policies.setProtection(id, true);
		var codes = CallingCodes.all().stream().map(CallingCodeEntry::code).collect(Collectors.toSet());
		CLOSED.forEach(codes::remove);
		policies.allow(id, codes);
		return id;
	}

	private static void add(ConfigurableApplicationContext context, int place, int port, int extensions, long policy) {
		var connection = new PbxConnection("Plant %05d".formatted(place), "127.0.0.1", port, false, null,
				SimulatedFleet.USER);
		long pbx = context.getBean(PbxRegistry.class)
			.add(new NewPbx(connection, true, policy), SimulatedFleet.SECRET)
			.id();
		context.getBean(Extensions.class)
			.discovered(pbx,
					SimulatedFleet.phones(place, extensions)
						.stream()
						.map((phone) -> new Discovered(phone.number(), phone.name()))
						.toList());
		context.getBean(Trunks.class).discovered(pbx, Set.of("carrier"));
		context.getBean(Routes.class)
			.add(pbx, OutboundRoute.through("Out", List.of("carrier"), NumberingPlan.of("MX").defaultPatterns("00")));
	}

}
