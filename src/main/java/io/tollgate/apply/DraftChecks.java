package io.tollgate.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.tollgate.decision.Snapshot;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.proof.Difference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Looks, in the background, at what the next apply would mean for each PBX, once for each
 * state of its rules. The latest of each PBX is remembered.
 */
@Component
class DraftChecks implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(DraftChecks.class);

	/** Exemptions end by themselves. */
	private static final Duration HOLDS = Duration.ofHours(1);

	/** What failed may have been a passing fault. */
	private static final Duration FAILURE_HOLDS = Duration.ofMinutes(1);

	/** Each keeps one core busy. */
	private static final int AT_A_TIME = 2;

	/** PBXs that are read at a time. */
	private static final int PART = 20;

	/** Of rules that are equal before and equal after. */
	private static final int SHARED = 1000;

	private final PbxRegistry registry;

	private final Snapshots snapshots;

	private final LeakReports reports;

	private final Clock clock;

	private final Map<Long, Known> known = new ConcurrentHashMap<>();

	private final Recent<String, Shared> shared = new Recent<>(SHARED);

	private final ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME,
			Thread.ofPlatform().daemon().name("draft-check-", 0).factory());

	DraftChecks(PbxRegistry registry, Snapshots snapshots, LeakReports reports, Clock clock) {
		this.registry = registry;
		this.snapshots = snapshots;
		this.reports = reports;
		this.clock = clock;
	}

	/**
	 * By PBX what is known when that time is over: those that take longer are missing,
	 * and go on.
	 * @param pbxs what waits for an apply
	 */
	Map<Long, DraftCheck> within(Duration patience, Collection<PbxPending> pbxs) {
		var asked = new LinkedHashMap<Long, Future<Optional<DraftCheck>>>();
		var begun = new ArrayList<Known>();
		pbxs.forEach((pbx) -> asked.put(pbx.pbxId(), of(pbx, begun)));
		for (int from = 0; from < begun.size(); from += PART) {
			var part = begun.subList(from, Math.min(from + PART, begun.size()));
			this.threads.execute(() -> look(part));
		}
		long end = System.nanoTime() + patience.toNanos();
		var found = new LinkedHashMap<Long, DraftCheck>();
		asked.forEach((pbx, check) -> answer(check, end).ifPresent((answer) -> found.put(pbx, answer)));
		return found;
	}

	/** Only PBXs that are there are remembered. */
	void forgetAllBut(Set<Long> pbxs) {
		this.known.keySet().retainAll(pbxs);
	}

	private Future<Optional<DraftCheck>> of(PbxPending pending, List<Known> begun) {
		var now = Instant.now(this.clock);
		return this.known.compute(pending.pbxId(), (id, found) -> {
			if (found != null && found.pending().equals(pending) && !found.isOver(now)) {
				return found;
			}
			if (found != null) {
				found.check().cancel(false);
			}
			var fresh = new Known(pending, now, new CompletableFuture<>());
			begun.add(fresh);
			return fresh;
		}).check();
	}

	/** Whatever goes wrong: nobody knows, and the page says so. */
	private void look(List<Known> part) {
		var wanted = part.stream().filter((each) -> !each.check().isDone()).toList();
		try {
			var ids = wanted.stream().map((each) -> each.pending().pbxId()).toList();
			var drafts = this.snapshots.drafts(this.registry.find(ids));
			var applied = this.snapshots.rules(ids);
			for (var each : wanted) {
				long id = each.pending().pbxId();
				if (!each.check().isDone()) {
					each.check().complete(look(each.pending(), applied.get(id), drafts.get(id)));
				}
			}
		}
		catch (RuntimeException | Error ex) {
			failed(wanted, ex);
		}
	}

	/** One PBX whose rules cannot be read keeps no other from its check. */
	private void failed(List<Known> part, Throwable ex) {
		if (part.size() > 1) {
			part.forEach((each) -> look(List.of(each)));
			return;
		}
		for (var each : part) {
			logger.error("check of what an apply would mean for {}", each.pending().pbxName(), ex);
			each.check().complete(Optional.of(failed(ex)));
		}
	}

	private Optional<DraftCheck> look(PbxPending pending, @Nullable Snapshot applied, @Nullable Snapshot draft) {
		try {
			// empty when the rules were edited again meanwhile
			return (draft == null || !this.snapshots.compilesTo(draft, pending.checksum())) ? Optional.empty()
					: Optional.of(compare(applied, draft));
		}
		catch (RuntimeException | StackOverflowError ex) {
			logger.error("check of what an apply would mean for {}", pending.pbxName(), ex);
			return Optional.of(failed(ex));
		}
	}

	private static DraftCheck failed(Throwable ex) {
		return DraftCheck.failed(ex.getClass().getSimpleName());
	}

	/** Once for all PBXs that run the same and would run the same. */
	private DraftCheck compare(@Nullable Snapshot applied, Snapshot draft) {
		var now = Instant.now(this.clock);
		var key = ((applied != null) ? this.reports.key(applied) : "") + " " + this.reports.key(draft);
		var found = this.shared.get(key);
		if (found != null && found.at().plus(HOLDS).isAfter(now) && !LeakReports.exemptionEnds(draft, found.at(), now)
				&& (applied == null || !LeakReports.exemptionEnds(applied, found.at(), now))) {
			return found.check();
		}
		var check = DraftCheck.of(applied, (applied != null) ? this.reports.of(applied, now) : null, draft,
				this.reports.of(draft, now), Difference.of(applied, draft, now));
		if (check.complete() && check.difference().complete()) {
			this.shared.put(key, new Shared(now, check));
		}
		return check;
	}

	private static Optional<DraftCheck> answer(Future<Optional<DraftCheck>> check, long end) {
		try {
			return check.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		// cancelled for what was edited after it; then that is looked at
		catch (TimeoutException | CancellationException ex) {
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void destroy() {
		this.known.values().forEach((each) -> each.check().cancel(false));
		this.threads.shutdown();
	}

	/** Found at that moment. */
	private record Shared(Instant at, DraftCheck check) {
	}

	/** Begun at that moment. */
	private record Known(PbxPending pending, Instant at, CompletableFuture<Optional<DraftCheck>> check) {

		/**
		 * Whether it has no answer or too old a one: the next one asks anew. A failure is
		 * an answer for a while, or every view of the page would fail again.
		 */
		boolean isOver(Instant now) {
			return switch (this.check.state()) {
				case RUNNING -> false;
				case CANCELLED, FAILED -> true;
				case SUCCESS -> this.check.resultNow()
					.map((answer) -> isOlder(answer.isFailed() ? FAILURE_HOLDS : HOLDS, now))
					.orElse(true);
			};
		}

		private boolean isOlder(Duration age, Instant now) {
			return this.at.plus(age).isBefore(now);
		}

	}

}
