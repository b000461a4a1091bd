package io.tollgate.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Tells what is done in the background when people wait for an apply. */
@Service
@Transactional(readOnly = true)
public class ApplyActivity {

	/** What nothing has become of for so long holds nobody up. */
	private static final Duration RECENT = Duration.ofMinutes(1);

	private final ApplyTargets targets;

	private final Clock clock;

	ApplyActivity(ApplyTargets targets, Clock clock) {
		this.targets = targets;
		this.clock = clock;
	}

	/** Whether PBXs are just brought to what is wanted, by any portal. */
	public boolean isBusy() {
		return this.targets.underWay(Instant.now(this.clock).minus(RECENT)).isPresent();
	}

}
