package io.tollgate.apply;

import java.util.Optional;

import io.tollgate.connector.DesiredConfig;
import io.tollgate.decision.Snapshot;
import io.tollgate.pbx.Pbx;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What each PBX runs, and what the next apply would make it run. */
@Service
@Transactional(readOnly = true)
public class DesiredConfigs {

	private final Snapshots snapshots;

	DesiredConfigs(Snapshots snapshots) {
		this.snapshots = snapshots;
	}

	/**
	 * The configuration of a PBX with every edit in it, applied or not; empty when it
	 * could not be applied, as without a trunk.
	 */
	public Optional<DesiredConfig> of(Pbx pbx) {
		return compiled(this.snapshots.draft(pbx));
	}

	/**
	 * The configuration that a PBX was last proved to run; empty when nothing was ever
	 * applied, or this version could not apply it.
	 */
	public Optional<DesiredConfig> applied(long pbxId) {
		return this.snapshots.applied(pbxId).flatMap(this::compiled);
	}

	private Optional<DesiredConfig> compiled(Snapshot snapshot) {
		return switch (this.snapshots.compile(snapshot)) {
			case Compiled.Ready ready -> Optional.of(ready.config());
			case Compiled.Rejected _ -> Optional.empty();
		};
	}

}
