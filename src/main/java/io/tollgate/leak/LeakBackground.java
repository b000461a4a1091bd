package io.tollgate.leak;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks again and again whether something is to be checked, so that pages never wait for
 * a check.
 */
@Component
class LeakBackground {

	private final LeakRunner runner;

	private final PbxVisits visits;

	LeakBackground(LeakRunner runner, PbxVisits visits) {
		this.runner = runner;
		this.visits = visits;
	}

	@Scheduled(initialDelayString = "${tollgate.leak-check.pause}", fixedDelayString = "${tollgate.leak-check.pause}")
	void check() {
		this.runner.run();
	}

	@Scheduled(initialDelayString = "${tollgate.leak-check.pause}", fixedDelayString = "${tollgate.leak-check.pause}")
	void visit() {
		this.visits.run();
	}

}
