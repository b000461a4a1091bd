package io.tollgate.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
		return this.known.compute(pending.pbxId(), (id, found) -> {
			if (found != null && found.pending().equals(pending) && !found.superseded()) {
				return found;
			}
			if (found != null) {
				// without an interrupt, which would close the file of the database
				found.check().cancel(false);
			}
			return new Known(pending, this.threads.submit(() -> look(pending)));
		}).check();
	}

	/** Empty when the rules were edited again meanwhile. */
	private Optional<DraftCheck> look(PbxPending pending) {
		var pbx = this.registry.find(pending.pbxId()).orElse(null);
		if (pbx == null) {
			return Optional.empty();
		}
		var draft = this.snapshots.draft(pbx);
		if (!this.snapshots.compilesTo(draft, pending.checksum())) {
			return Optional.empty();
		}
		var applied = this.snapshots.applied(pbx.id()).orElse(null);
		try {
			return Optional.of(DraftCheck.of(applied, draft, Instant.now(this.clock)));
		}
		catch (RuntimeException | StackOverflowError ex) {
			logger.error("check of what an apply would mean for {}", pbx.name(), ex);
			return Optional.of(DraftCheck.failed(ex.getClass().getSimpleName()));
		}
	}

	private static Optional<DraftCheck> answer(Future<Optional<DraftCheck>> check, long end) {
		try {
			return check.isCancelled() ? Optional.empty()
					: check.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
	}

	@Override
	public void destroy() {
		this.known.values().forEach((each) -> each.check().cancel(false));
		this.threads.shutdown();
	}

	private record Known(PbxPending pending, Future<Optional<DraftCheck>> check) {

		/** Ended without an answer: the next one asks anew. */
		boolean superseded() {
			return this.check.isDone()
					&& (this.check.state() != Future.State.SUCCESS || this.check.resultNow().isEmpty());
		}

	}

}
