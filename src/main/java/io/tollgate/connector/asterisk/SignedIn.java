package io.tollgate.connector.asterisk;

import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.ConnectorException.Kind;
import io.tollgate.connector.Target;

/** The signed-in line of one session, which can be replaced by a fresh one. */
final class SignedIn implements AutoCloseable {

	private AmiClient client;

	private Rights rights;

	private final HostPolicy policy;

	private final AmiMeters meters;

	private SignedIn(AmiClient client, Rights rights, HostPolicy policy, AmiMeters meters) {
		this.client = client;
		this.rights = rights;
		this.policy = policy;
		this.meters = meters;
	}

	static SignedIn at(Target target, AmiClient.Deadlines deadlines, HostPolicy policy, AmiMeters meters) {
		return meters.signIn(() -> line(target, deadlines, policy, meters));
	}

	private static SignedIn line(Target target, AmiClient.Deadlines deadlines, HostPolicy policy, AmiMeters meters) {
		var line = AmiLine.connect(target, deadlines.connect(), policy);
		try {
			line.secure();
			var client = AmiClient.greet(target, line, deadlines);
			try (var _ = client.budget(deadlines.verb())) {
				client.signIn();
				return new SignedIn(client, Rights.read(client), policy, meters);
			}
		}
		catch (RuntimeException ex) {
			line.close();
			throw ex;
		}
	}

	AmiClient client() {
		return this.client;
	}

	Rights rights() {
		return this.rights;
	}

	/**
	 * Goes on on a new line to the same PBX, known by the same certificate. Without one
	 * the old line stays.
	 * @throws ConnectorException {@code UNREACHABLE}, whatever the PBX said
	 */
	void renew() {
		var old = this.client;
		var target = old.target();
		var fingerprint = (target.fingerprint() != null) ? target.fingerprint() : old.fingerprint();
		try {
			var same = new Target(target.host(), target.port(), target.tls(), fingerprint, target.user(),
					target.secret());
			var fresh = this.meters.reconnect(() -> line(same, old.deadlines(), this.policy, this.meters));
			this.client = fresh.client;
			this.rights = fresh.rights;
		}
		catch (ConnectorException ex) {
			throw new ConnectorException(Kind.UNREACHABLE, ex.problem(), ex);
		}
		old.close();
	}

	@Override
	public void close() {
		this.client.close();
	}

}
