package io.tollgate.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Looks, in the background, at what it would mean to restore a generation. The latest
 * answers are remembered: generations never change.
 */
@Component
class RestoreChecks implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(RestoreChecks.class);

	private static final int REMEMBERED = 32;

	/** Exemptions end by themselves. */
	private static final Duration HOLDS = Duration.ofMinutes(10);

	private final Clock clock;

	private final Map<Pair, Known> known = new LinkedHashMap<>();

	private final ExecutorService thread = Executors
		.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("restore-check").factory());

	RestoreChecks(Clock clock) {
		this.clock = clock;
	}

	/**
	 * What is known when that time is over; empty when it takes longer, and goes on.
	 * @param check looks, which may take seconds
	 */
	Optional<DraftCheck> within(Duration patience, Pair pair, Supplier<DraftCheck> check) {
		try {
			return Optional.of(future(pair, check).get(patience.toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (TimeoutException ex) {
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
		catch (ExecutionException ex) {
			logger.error("check of what restoring would mean", ex.getCause());
			return Optional.of(DraftCheck.failed(String.valueOf(ex.getCause())));
		}
	}

	private synchronized Future<DraftCheck> future(Pair pair, Supplier<DraftCheck> check) {
		var now = Instant.now(this.clock);
		this.known.values().removeIf((each) -> each.check().isDone() && each.at().plus(HOLDS).isBefore(now));
		while (this.known.size() > REMEMBERED) {
			var oldest = this.known.values().iterator();
			oldest.next().check().cancel(false);
			oldest.remove();
		}
		return this.known.computeIfAbsent(pair, (same) -> new Known(now, this.thread.submit(check::get))).check();
	}

	@Override
	public void destroy() {
		this.thread.shutdownNow();
	}

	/** The generation that runs and the one that is restored. */
	record Pair(long running, long restored) {
	}

	private record Known(Instant at, Future<DraftCheck> check) {
	}

}
