package io.tollgate.apply;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.tollgate.api.Caller;
import io.tollgate.api.CallerCheck;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Server-sent events of runs. Each listener has a thread that weighs nothing and looks
 * into the database again and again, with no connection of its own in between. Before
 * each look its token is looked at, too.
 */
@Component
class EventStreams {

	private static final Logger LOGGER = LoggerFactory.getLogger(EventStreams.class);

	/** Listeners with one token. */
	static final int MOST_OF_A_TOKEN = 4;

	/** Listeners of one portal. */
	static final int MOST = 64;

	/** Between two looks. */
	private static final Duration PAUSE = Duration.ofMillis(500);

	/** What a listener waits before it comes back, in milliseconds. */
	private static final long RETRY = 2_000;

	private final CallerCheck callers;

	private final ApplicationContext portal;

	private final Duration longest;

	/** So that proxies and listeners know that the line still holds. */
	private final Duration heartbeat;

	private final Map<Long, Integer> open = new HashMap<>();

	private final CountDownLatch closing = new CountDownLatch(1);

	EventStreams(CallerCheck callers, ApplicationContext portal,
			@Value("${tollgate.api.longest-stream:15m}") Duration longest,
			@Value("${tollgate.api.heartbeat:15s}") Duration heartbeat) {
		this.callers = callers;
		this.portal = portal;
		this.longest = longest;
		this.heartbeat = heartbeat;
	}

	/**
	 * Tells whoever asks in this thread what becomes of a run, until its end.
	 * @throws ErrorResponseException 429 when too many listen already
	 */
	SseEmitter tell(RunEvents events) {
		var asked = SecurityContextHolder.getContext().getAuthentication();
		if (asked == null || !(asked.getPrincipal() instanceof Caller caller)) {
			throw new IllegalStateException("no request of a script");
		}
		long token = caller.tokenId();
		begin(token);
		// ended by the thread, so by no clock of the server
		var emitter = new SseEmitter(0L);
		Thread.ofVirtual().name("events-" + token).start(() -> {
			try {
				run(emitter, events, asked);
			}
			finally {
				end(token);
			}
		});
		return emitter;
	}

	private void run(SseEmitter emitter, RunEvents events, Authentication asked) {
		try {
			follow(emitter, events, asked);
			emitter.complete();
		}
		catch (IOException ex) {
			// whoever listened has gone, which is how most streams end
			LOGGER.debug("A listener has gone", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			emitter.complete();
		}
		catch (RuntimeException ex) {
			LOGGER.warn("Events of a run end early", ex);
			emitter.complete();
		}
	}

	private void follow(SseEmitter emitter, RunEvents events, Authentication asked)
			throws IOException, InterruptedException {
		long begun = System.nanoTime();
		long said = begun;
		emitter.send(SseEmitter.event().reconnectTime(RETRY).comment("until the run is over"));
		do {
			var look = look(events, asked);
			if (look == null) {
				return;
			}
			for (var row : look.rows()) {
				emitter.send(SseEmitter.event()
					.id(RunEvents.id(row))
					.name("step")
					.data(ApplyApi.Target.of(row), MediaType.APPLICATION_JSON));
				said = System.nanoTime();
			}
			var finished = look.finishedAt();
			if (finished != null) {
				emitter.send(SseEmitter.event()
					.name("end")
					.data(new End(finished, look.totals().parts()), MediaType.APPLICATION_JSON));
				return;
			}
			if (System.nanoTime() - said > this.heartbeat.toNanos()) {
				emitter.send(SseEmitter.event().comment(""));
				said = System.nanoTime();
			}
		}
		while (System.nanoTime() - begun < this.longest.toNanos()
				&& !this.closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
	}

	/**
	 * As the token is now; {@code null} when it does not work or does not see the run.
	 */
	private RunPages.@Nullable News look(RunEvents events, Authentication asked) {
		var now = this.callers.now(asked)
			.filter((caller) -> caller.getAuthorities()
				.stream()
				.anyMatch((granted) -> "SCOPE_apply:read".equals(granted.getAuthority())))
			.orElse(null);
		if (now == null) {
			return null;
		}
		SecurityContextHolder.setContext(new SecurityContextImpl(now));
		try {
			return events.look().orElse(null);
		}
		finally {
			SecurityContextHolder.clearContext();
		}
	}

	private synchronized void begin(long token) {
		if (this.open.getOrDefault(token, 0) >= MOST_OF_A_TOKEN) {
			throw tooMany("%d streams of this token are open; end one first.".formatted(MOST_OF_A_TOKEN));
		}
		if (this.open.values().stream().mapToInt(Integer::intValue).sum() >= MOST) {
			throw tooMany("Too many streams are open. Ask /api/v1/applies/… again and again instead.");
		}
		this.open.merge(token, 1, Integer::sum);
	}

	private synchronized void end(long token) {
		this.open.computeIfPresent(token, (_, count) -> (count > 1) ? count - 1 : null);
	}

	/** How many listen. */
	synchronized int open() {
		return this.open.values().stream().mapToInt(Integer::intValue).sum();
	}

	private static ErrorResponseException tooMany(String detail) {
		var problem = new ErrorResponseException(HttpStatus.TOO_MANY_REQUESTS,
				ProblemDetail.forStatusAndDetail(HttpStatus.TOO_MANY_REQUESTS, detail), null);
		problem.getHeaders().set("Retry-After", "5");
		return problem;
	}

	/** A portal that stops would else wait for them; they go on with another one. */
	@EventListener
	void close(ContextClosedEvent closed) {
		// a context below this one says so here, too
		if (closed.getApplicationContext() == this.portal) {
			this.closing.countDown();
		}
	}

	/**
	 * The last event.
	 *
	 * @param pbxs how many PBXs stand how
	 */
	record End(Instant finishedAt, Map<String, Long> pbxs) {
	}

}
