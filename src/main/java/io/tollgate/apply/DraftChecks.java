package io.tollgate.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.tollgate.pbx.PbxRegistry;
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

	private final PbxRegistry registry;

	private final Snapshots snapshots;

	private final Clock clock;

	private final Map<Long, Known> known = new ConcurrentHashMap<>();

	private final ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME,
			Thread.ofPlatform().daemon().name("draft-check-", 0).factory());

	DraftChecks(PbxRegistry registry, Snapshots snapshots, Clock clock) {
		this.registry = registry;
		this.snapshots = snapshots;
		this.clock = clock;
	}

	/**
	 * By PBX what is known when that time is over: those that take longer are missing,
	 * and go on.
	 * @param pbxs what waits for an apply
	 */
	Map<Long, DraftCheck> within(Duration patience, Collection<PbxPending> pbxs) {
		var asked = new LinkedHashMap<Long, Future<Optional<DraftCheck>>>();
		pbxs.forEach((pbx) -> asked.put(pbx.pbxId(), of(pbx)));
		long end = System.nanoTime() + patience.toNanos();
		var found = new LinkedHashMap<Long, DraftCheck>();
		asked.forEach((pbx, check) -> answer(check, end).ifPresent((answer) -> found.put(pbx, answer)));
		return found;
	}

	/** Only PBXs that are there are remembered. */
	void forgetAllBut(Set<Long> pbxs) {
		this.known.keySet().retainAll(pbxs);
	}

	private Future<Optional<DraftCheck>> of(PbxPending pending) {
		var now = Instant.now(this.clock);
		return this.known.compute(pending.pbxId(), (id, found) -> {
			if (found != null && found.pending().equals(pending) && !found.isOver(now)) {
				return found;
			}
			if (found != null) {
				// without an interrupt, which would close the file of the database
				found.check().cancel(false);
			}
			return new Known(pending, now, this.threads.submit(() -> look(pending)));
		}).check();
	}

	/** Whatever goes wrong: nobody knows, and the page says so. */
	private Optional<DraftCheck> look(PbxPending pending) {
		try {
			return compare(pending);
		}
		catch (RuntimeException | StackOverflowError ex) {
			logger.error("check of what an apply would mean for {}", pending.pbxName(), ex);
			return Optional.of(DraftCheck.failed(ex.getClass().getSimpleName()));
		}
	}

	/** Empty when the rules were edited again meanwhile. */
	private Optional<DraftCheck> compare(PbxPending pending) {
		var pbx = this.registry.find(pending.pbxId()).orElse(null);
		if (pbx == null) {
			return Optional.empty();
		}
		var draft = this.snapshots.draft(pbx);
		if (!this.snapshots.compilesTo(draft, pending.checksum())) {
			return Optional.empty();
		}
		var applied = this.snapshots.applied(pbx.id()).orElse(null);
		return Optional.of(DraftCheck.of(applied, draft, Instant.now(this.clock)));
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
			logger.error("check of what an apply would mean", ex.getCause());
			return Optional.of(DraftCheck.failed(String.valueOf(ex.getCause())));
		}
	}

	@Override
	public void destroy() {
		this.known.values().forEach((each) -> each.check().cancel(false));
		this.threads.shutdown();
	}

	/** Begun at that moment. */
	private record Known(PbxPending pending, Instant at, Future<Optional<DraftCheck>> check) {

		/**
		 * Whether it has no answer or too old a one: the next one asks anew. A failure is
		 * an answer for a while, or every view of the page would fail again.
		 */
		boolean isOver(Instant now) {
			return switch (this.check.state()) {
				case RUNNING -> false;
				case CANCELLED -> true;
				case FAILED -> isOlder(FAILURE_HOLDS, now);
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
