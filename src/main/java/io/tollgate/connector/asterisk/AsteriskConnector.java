package io.tollgate.connector.asterisk;

import java.util.function.Consumer;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

import io.tollgate.connector.BlockedCall;
import io.tollgate.connector.Capabilities;
import io.tollgate.connector.Capabilities.RevertTimer;
import io.tollgate.connector.ConnectionReport;
import io.tollgate.connector.Connector;
import io.tollgate.connector.Listening;
import io.tollgate.connector.Session;
import io.tollgate.connector.Target;

/** Asterisk 16 and later, by its manager interface. */
@Component
public class AsteriskConnector implements Connector {

	private final AmiClient.Deadlines deadlines;

	private final HostPolicy policy;

	private final AmiMeters meters;

	public AsteriskConnector() {
		this(AmiClient.Deadlines.DEFAULT);
	}

	@Autowired
	AsteriskConnector(AsteriskProperties properties, HostPolicy policy, AmiMeters meters) {
		this(properties.deadlines(), policy, meters);
	}

	AsteriskConnector(AmiClient.Deadlines deadlines) {
		this(deadlines, HostPolicy.DEFAULT, AmiMeters.NONE);
	}

	private AsteriskConnector(AmiClient.Deadlines deadlines, HostPolicy policy, AmiMeters meters) {
		this.deadlines = deadlines;
		this.policy = policy;
		this.meters = meters;
	}

	/** The guard itself falls back when the time of an unconfirmed commit is over. */
	@Override
	public Capabilities capabilities() {
		return new Capabilities(RevertTimer.ON_PBX);
	}

	@Override
	public ConnectionReport test(Target target) {
		return new ConnectionTest(target, this.deadlines, this.policy).run();
	}

	@Override
	public Session open(Target target) {
		return new AsteriskSession(SignedIn.at(target, this.deadlines, this.policy, this.meters));
	}

	@Override
	public Listening listen(Target target, Consumer<BlockedCall> heard) {
		var line = SignedIn.at(target, this.deadlines, this.policy, this.meters);
		try {
			return AsteriskListening.on(line, heard);
		}
		catch (RuntimeException ex) {
			line.close();
			throw ex;
		}
	}

}
