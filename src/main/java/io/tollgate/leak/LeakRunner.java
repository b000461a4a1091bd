package io.tollgate.leak;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.tollgate.apply.ApplyActivity;
import io.tollgate.apply.InForce;
import io.tollgate.apply.LeakReports;
import io.tollgate.apply.PbxPending;
import io.tollgate.apply.PendingChanges;
import io.tollgate.apply.Snapshots;
import io.tollgate.decision.Snapshot;
import io.tollgate.leak.Bases.Basis;
import io.tollgate.pbx.Pbx;
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

	/** Even what does not change is looked at once a day. */
	private static final Duration LASTS = Duration.ofDays(1);

	/** When what could not be kept is tried again. */
	private static final Duration AGAIN = Duration.ofMinutes(10);

	/** PBXs that are read at a time. */
	private static final int PART = 20;

	private final Bases bases;

	private final Checks checks;

	private final Snapshots snapshots;

	private final PendingChanges pending;

	private final LeakReports reports;

	private final ApplyActivity activity;

	private final Clock clock;

	private final CheckPlace place;

	private final AtomicBoolean running = new AtomicBoolean();

	/** Checks that could not be kept. */
	private final Map<Map.Entry<Long, Rules>, Checked> unstored = new ConcurrentHashMap<>();

	LeakRunner(Bases bases, Checks checks, Snapshots snapshots, PendingChanges pending, LeakReports reports,
			ApplyActivity activity, Clock clock, CheckPlace place) {
		this.bases = bases;
		this.checks = checks;
		this.snapshots = snapshots;
		this.pending = pending;
		this.reports = reports;
		this.activity = activity;
		this.clock = clock;
		this.place = place;
	}

	/**
	 * Checks all that is due. Does nothing while another thread is at it; leaves the rest
	 * for later while people wait for an apply.
	 */
	void run() {
		if (!this.running.compareAndSet(false, true)) {
			return;
		}
		try {
			for (var due = next(); !due.isEmpty() && !Thread.currentThread().isInterrupted(); due = next()) {
				check(due);
			}
		}
		finally {
			this.running.set(false);
		}
	}

	/**
	 * Asked again after a few checks, as there may be an edit meanwhile. What runs comes
	 * before what is only drafted.
	 */
	private List<Due> next() {
		if (this.activity.isBusy()) {
			return List.of();
		}
		var stored = new HashMap<Map.Entry<Long, Rules>, CheckHead>();
		this.checks.heads().forEach((head) -> stored.put(Map.entry(head.pbxId(), head.rules()), head));
		var now = this.bases.now();
		var due = new ArrayList<Due>();
		for (var rules : Rules.values()) {
			for (var basis : now.values()) {
				if (isDue(basis, rules, stored.get(Map.entry(basis.pbx().id(), rules)))) {
					due.add(new Due(basis, rules));
					if (due.size() == PART) {
						return due;
					}
				}
			}
		}
		return due;
	}

	private boolean isDue(Basis now, Rules rules, @Nullable CheckHead last) {
		if (now.of(rules).isEmpty()) {
			return false;
		}
		var at = Instant.now(this.clock);
		var unstored = this.unstored.get(Map.entry(now.pbx().id(), rules));
		if (unstored != null && unstored.basis().equals(now.of(rules)) && unstored.at().plus(AGAIN).isAfter(at)) {
			return false;
		}
		return last == null || !this.bases.isOf(last.basis(), last.version(), now, rules)
				|| last.checkedAt().plus(LASTS).isBefore(at) || isOver(last.validUntil(), at);
	}

	private static boolean isOver(@Nullable Instant until, Instant at) {
		return until != null && !until.isAfter(at);
	}

	private void check(List<Due> part) {
		var read = read(part);
		for (var due : part) {
			if (!check(due, read.get(due))) {
				return;
			}
		}
	}

	/** Those that can be read at once; the others are read, and fail, one by one. */
	private Map<Due, Snapshot> read(List<Due> part) {
		var read = new HashMap<Due, Snapshot>();
		try {
			var drafts = this.snapshots.drafts(of(Rules.DRAFT, part));
			var applied = this.snapshots.applied(of(Rules.LIVE, part).stream().map(Pbx::id).toList());
			part.forEach((due) -> {
				var found = ((due.rules() == Rules.DRAFT) ? drafts : applied).get(due.basis().pbx().id());
				if (found != null) {
					read.put(due, found);
				}
			});
		}
		catch (RuntimeException ex) {
			logger.warn("{} PBXs cannot be read at once: {}", part.size(), ex.getMessage());
		}
		return read;
	}

	private static List<Pbx> of(Rules rules, List<Due> part) {
		return part.stream().filter((due) -> due.rules() == rules).map((due) -> due.basis().pbx()).toList();
	}

	/** Whether it was checked; only an interrupt keeps it from that. */
	private boolean check(Due due, @Nullable Snapshot snapshot) {
		try {
			this.place.take();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		try {
			store(due, checked(due, snapshot));
			return true;
		}
		finally {
			this.place.leave();
		}
	}

	private Checked checked(Due due, @Nullable Snapshot read) {
		var pbx = due.basis().pbx();
		var at = Instant.now(this.clock);
		long start = System.nanoTime();
		var checksum = "";
		LeakReport report = null;
		Instant until = null;
		String reason = "";
		try {
			checksum = checksum(due);
			var snapshot = (read != null) ? read : snapshot(pbx, due.rules());
			until = nextEnd(snapshot, at);
			report = this.reports.of(snapshot, at);
		}
		catch (RuntimeException | VirtualMachineError ex) {
			// shown on the page, and not tried again before something changes
			logger.error("leak check of {}, {}", pbx.name(), due.rules(), ex);
			reason = ex.getClass().getSimpleName() + ((ex.getMessage() != null) ? ": " + ex.getMessage() : "");
		}
		return new Checked(pbx.id(), due.rules(), due.basis().of(due.rules()), checksum, this.bases.version(), at,
				Duration.ofNanos(System.nanoTime() - start), until, report, reason);
	}

	/** When the next exemption ends: what it forbids then was not looked at. */
	private static @Nullable Instant nextEnd(Snapshot snapshot, Instant at) {
		return snapshot.restrictions()
			.exemptions()
			.stream()
			.flatMap((exemption) -> Stream.ofNullable(exemption.until()))
			.filter((until) -> until.isAfter(at))
			.min(Comparator.naturalOrder())
			.orElse(null);
	}

	/** What cannot be kept is not tried all the time: the others have their turn. */
	private void store(Due due, Checked checked) {
		try {
			this.checks.store(checked);
			this.unstored.remove(due.key());
		}
		catch (RuntimeException | VirtualMachineError ex) {
			logger.error("leak check of {}, {}, cannot be kept", due.basis().pbx().name(), due.rules(), ex);
			this.unstored.put(due.key(), checked);
		}
	}

	private Snapshot snapshot(Pbx pbx, Rules rules) {
		return (rules == Rules.DRAFT) ? this.snapshots.draft(pbx) : this.snapshots.applied(pbx.id()).orElseThrow();
	}

	private String checksum(Due due) {
		return (due.rules() == Rules.LIVE) ? due.basis().inForce().map(InForce::checksum).orElse("")
				: this.pending.of(due.basis().pbx().id()).map(PbxPending::checksum).orElse("");
	}

	private record Due(Basis basis, Rules rules) {

		Map.Entry<Long, Rules> key() {
			return Map.entry(this.basis.pbx().id(), this.rules);
		}

	}

}
