package io.tollgate.leak;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.tollgate.apply.InForce;
import io.tollgate.apply.PbxPending;
import io.tollgate.apply.PendingChanges;
import io.tollgate.apply.Snapshots;
import io.tollgate.decision.Snapshot;
import io.tollgate.leak.Bases.Basis;
import io.tollgate.pbx.Pbx;
import io.tollgate.proof.LeakCheck;
import io.tollgate.proof.LeakReport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Checks what is not checked yet as it stands now, one after the other. Compares states
 * instead of hearing of changes, so that nothing is missed, whoever changed it and
 * whatever restarted meanwhile.
 */
@Component
class LeakRunner {

	private static final Logger logger = LoggerFactory.getLogger(LeakRunner.class);

	/**
	 * Exemptions end as time goes by, so even what does not change is looked at once a
	 * day.
	 */
	private static final Duration LASTS = Duration.ofDays(1);

	private final Bases bases;

	private final Checks checks;

	private final Snapshots snapshots;

	private final PendingChanges pending;

	private final Clock clock;

	private final AtomicBoolean running = new AtomicBoolean();

	LeakRunner(Bases bases, Checks checks, Snapshots snapshots, PendingChanges pending, Clock clock) {
		this.bases = bases;
		this.checks = checks;
		this.snapshots = snapshots;
		this.pending = pending;
		this.clock = clock;
	}

	/** Checks all that is due. Does nothing while another thread is at it. */
	void run() {
		if (!this.running.compareAndSet(false, true)) {
			return;
		}
		try {
			for (var due = next(); due.isPresent() && !Thread.currentThread().isInterrupted(); due = next()) {
				check(due.get());
			}
		}
		finally {
			this.running.set(false);
		}
	}

	/**
	 * Asked again after every check, as there may be an edit meanwhile. What runs comes
	 * before what is only drafted.
	 */
	private Optional<Due> next() {
		var stored = new HashMap<Map.Entry<Long, Rules>, CheckHead>();
		this.checks.heads().forEach((head) -> stored.put(Map.entry(head.pbxId(), head.rules()), head));
		var now = this.bases.now();
		for (var rules : Rules.values()) {
			for (var basis : now.values()) {
				if (isDue(basis, rules, stored.get(Map.entry(basis.pbx().id(), rules)))) {
					return Optional.of(new Due(basis, rules));
				}
			}
		}
		return Optional.empty();
	}

	private boolean isDue(Basis now, Rules rules, @Nullable CheckHead last) {
		if (now.of(rules).isEmpty()) {
			return false;
		}
		return last == null || !this.bases.isOf(last.basis(), last.version(), now, rules)
				|| last.checkedAt().plus(LASTS).isBefore(Instant.now(this.clock));
	}

	private void check(Due due) {
		var pbx = due.basis().pbx();
		var at = Instant.now(this.clock);
		long start = System.nanoTime();
		LeakReport report = null;
		String reason = "";
		try {
			report = LeakCheck.of(snapshot(pbx, due.rules()), at);
		}
		catch (RuntimeException | StackOverflowError ex) {
			// shown on the page, and not tried again before something changes
			logger.error("leak check of {}, {}", pbx.name(), due.rules(), ex);
			reason = ex.getClass().getSimpleName() + ((ex.getMessage() != null) ? ": " + ex.getMessage() : "");
		}
		this.checks.store(new Checked(pbx.id(), due.rules(), due.basis().of(due.rules()), checksum(due),
				this.bases.version(), at, Duration.ofNanos(System.nanoTime() - start), report, reason));
	}

	private Snapshot snapshot(Pbx pbx, Rules rules) {
		return (rules == Rules.DRAFT) ? this.snapshots.draft(pbx) : this.snapshots.applied(pbx.id()).orElseThrow();
	}

	private String checksum(Due due) {
		return (due.rules() == Rules.LIVE) ? due.basis().inForce().map(InForce::checksum).orElse("")
				: this.pending.of(due.basis().pbx().id()).map(PbxPending::checksum).orElse("");
	}

	private record Due(Basis basis, Rules rules) {
	}

}
