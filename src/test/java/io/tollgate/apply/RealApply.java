package io.tollgate.apply;

import java.time.Duration;

import io.tollgate.connector.Target;
import io.tollgate.connector.asterisk.AsteriskConnector;
import io.tollgate.decision.Snapshot;
import io.tollgate.lab.RealAsterisk;

import static org.assertj.core.api.Assertions.assertThat;

/** Compiles a snapshot and makes a real PBX run it, in the way of the product. */
final class RealApply {

	private RealApply() {
	}

	/** The salts of its PIN lists stand in it as they are. */
	static void apply(RealAsterisk pbx, Snapshot snapshot) {
		var ready = (Compiled.Ready) Compiler.compile(snapshot, (key, list) -> list.salt());
		var target = new Target("127.0.0.1", pbx.amiPort(), false, null, "tollgate-config", RealAsterisk.SECRET);
		try (var session = new AsteriskConnector().open(target)) {
			var candidate = session.load(ready.config());
			if (!candidate.diff().isEmpty()) {
				var pending = candidate.commit(Duration.ofMinutes(2), (stage) -> {
				});
				assertThat(pending.verify().isEmpty()).isTrue();
				pending.confirm();
			}
		}
	}

}
