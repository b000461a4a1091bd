package io.tollgate.apply;

import java.util.Optional;

import io.tollgate.connector.DesiredConfig;
import io.tollgate.pbx.Pbx;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the next apply would make each PBX run. */
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
		return switch (this.snapshots.compile(this.snapshots.draft(pbx))) {
			case Compiled.Ready ready -> Optional.of(ready.config());
			case Compiled.Rejected _ -> Optional.empty();
		};
	}

}
