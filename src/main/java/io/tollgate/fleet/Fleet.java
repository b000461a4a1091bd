package io.tollgate.fleet;

import java.util.ArrayList;
import java.util.TreeSet;
import java.util.function.Consumer;

import io.tollgate.connector.ConnectionReport;
import io.tollgate.connector.Connector;
import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.Inventory;
import io.tollgate.connector.Session;
import io.tollgate.connector.Target;
import io.tollgate.extension.Discovered;
import io.tollgate.extension.Extensions;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.pbx.GuardStatus;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.NotThereException;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.route.FirstRoute;
import io.tollgate.route.Routes;
import io.tollgate.route.SaveResult;
import io.tollgate.route.Trunks;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Connects PBXs and reads them. A PBX is talked to outside any transaction; what it said
 * is stored in one.
 */
@Service
public class Fleet {

	private final PbxRegistry registry;

	private final Connector connector;

	private final Extensions extensions;

	private final Routes routes;

	private final Trunks trunks;

	private final Policies policies;

	private final TransactionTemplate transaction;

	Fleet(PbxRegistry registry, Connector connector, Extensions extensions, Routes routes, Trunks trunks,
			Policies policies, PlatformTransactionManager transactions) {
		this.registry = registry;
		this.connector = connector;
		this.extensions = extensions;
		this.routes = routes;
		this.trunks = trunks;
		this.policies = policies;
		this.transaction = new TransactionTemplate(transactions);
	}

	/**
	 * Connects a PBX, reads its extensions and trunks, and adds it to the fleet with the
	 * route that is to be expected there.
	 * @throws ConnectorException when it cannot be read; then it is not added
	 * @throws io.tollgate.pbx.PbxConflictException when its name or address is taken
	 * @throws io.tollgate.keys.SealedException when its secret cannot be locked
	 */
	public Reading connect(NewPbx pbx, String secret) {
		var seen = look(target(pbx.connection(), secret));
		return committed(() -> {
			var reading = take(this.registry.add(pbx, secret), seen);
			expectRoute(reading.pbx());
			return reading;
		});
	}

	/**
	 * Changes how a PBX is reached and reads it that way.
	 * @param secret a new secret, {@code null} to keep the stored one
	 * @throws ConnectorException when it cannot be read; then nothing is changed
	 * @throws io.tollgate.pbx.PbxConflictException when the name or address is taken, or
	 * the connection leads elsewhere and no secret is given
	 * @throws io.tollgate.keys.SealedException when a secret cannot be locked or unlocked
	 */
	public Reading change(Pbx pbx, PbxConnection connection, @Nullable String secret) {
		return change(pbx, connection, secret, (now) -> {
		});
	}

	/**
	 * The same for somebody who saw how it was reached.
	 * @param seen looks at it as it is now, while nobody else can change it
	 */
	Reading change(Pbx pbx, PbxConnection connection, @Nullable String secret, Consumer<Pbx> seen) {
		var found = look(target(pbx, connection, secret));
		return committed(() -> {
			this.registry.hold(pbx.id());
			seen.accept(this.registry.find(pbx.id()).orElseThrow(NotThereException::new));
			return take(this.registry.change(pbx.id(), connection, secret), found);
		});
	}

	/**
	 * Reads the extensions and trunks of a PBX again.
	 * @throws ConnectorException when it cannot be read
	 * @throws io.tollgate.keys.SealedException when its secret cannot be unlocked
	 */
	public Reading read(Pbx pbx) {
		var seen = look(target(pbx, pbx.connection(), null));
		return committed(() -> take(pbx, seen));
	}

	/** Tries a connection that nobody saved yet. Changes nothing. */
	ConnectionReport test(PbxConnection connection, String secret) {
		return this.connector.test(target(connection, secret));
	}

	/** Tries another connection to a PBX of the fleet. Changes nothing. */
	ConnectionReport test(Pbx pbx, PbxConnection connection, @Nullable String secret) {
		return this.connector.test(target(pbx, connection, secret));
	}

	/** The stored secret goes only where it was meant for. */
	private Target target(Pbx pbx, PbxConnection connection, @Nullable String secret) {
		if (secret == null && !pbx.connection().sameMachine(connection)) {
			throw new IllegalArgumentException("the stored secret would go to another machine");
		}
		return target(connection, (secret != null) ? secret : this.registry.secret(pbx.id()));
	}

	private static Target target(PbxConnection connection, String secret) {
		return new Target(connection.host(), connection.port(), connection.tls(), connection.fingerprint(),
				connection.amiUser(), secret);
	}

	private Seen look(Target target) {
		try (var session = this.connector.open(target)) {
			return new Seen(session.inventory(), guard(session));
		}
	}

	/** An account that may not look at the dialplan can still be read. */
	private static GuardStatus guard(Session session) {
		try {
			return GuardStatus.valueOf(session.running().guard().name());
		}
		catch (ConnectorException ex) {
			if (ex.kind() != ConnectorException.Kind.REFUSED) {
				throw ex;
			}
			return GuardStatus.UNKNOWN;
		}
	}

	private Reading take(Pbx pbx, Seen seen) {
		var numbers = new ArrayList<Discovered>();
		var trunks = new TreeSet<String>();
		for (var endpoint : seen.inventory().endpoints()) {
			switch (endpoint.kind()) {
				case EXTENSION -> numbers.add(new Discovered(endpoint.name(), endpoint.displayName()));
				case TRUNK -> trunks.add(endpoint.name());
			}
		}
		var extensionChanges = this.extensions.discovered(pbx.id(), numbers);
		var trunkChanges = this.trunks.discovered(pbx.id(), trunks);
		this.registry.contacted(pbx.id(), seen.inventory().software(), seen.guard());
		return new Reading(pbx, seen.inventory().software(), seen.guard(), numbers.size(),
				trunks.size() - trunkChanges.unusable().size(), extensionChanges, trunkChanges);
	}

	/**
	 * The usual patterns of the policy's home country, and the trunk where there is no
	 * choice. Of several trunks a person has to choose: one may be a line to a branch.
	 */
	private void expectRoute(Pbx pbx) {
		var policy = this.policies.rules(pbx.policyId());
		var patterns = NumberingPlan.of(policy.homeCountry()).defaultPatterns(policy.dialingCode());
		var trunks = this.trunks.names(pbx.id());
		var route = new FirstRoute((trunks.size() == 1) ? trunks.first() : null, patterns);
		if (this.routes.saveFirst(pbx.id(), route) instanceof SaveResult.Refused refused) {
			throw new IllegalStateException("the usual route is refused: " + refused);
		}
	}

	private Reading committed(java.util.function.Supplier<Reading> work) {
		return java.util.Objects.requireNonNull(this.transaction.execute((status) -> work.get()));
	}

	private record Seen(Inventory inventory, GuardStatus guard) {
	}

}
