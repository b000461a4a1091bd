package io.tollgate.apply;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.tollgate.pbx.PbxRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.BDDMockito;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;

class DraftChecksTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final AtomicReference<Instant> time = new AtomicReference<>(Instant.parse("2026-03-02T12:00:00Z"));

	private final PbxRegistry registry = Mockito.mock(PbxRegistry.class);

	private final DraftChecks checks = new DraftChecks(this.registry, Mockito.mock(Snapshots.class),
			Mockito.mock(LeakReports.class), ((InstantSource) this.time::get).withZone(ZoneOffset.UTC));

	@AfterEach
	void end() {
		this.checks.destroy();
	}

	/**
	 * Somebody edits while somebody else waits for the check of what was there before.
	 */
	@Test
	void whoWaitsForWhatWasEditedIsTold() throws Exception {
		var begun = new CountDownLatch(1);
		var go = new CountDownLatch(1);
		BDDMockito.given(this.registry.find(List.of(7L))).willAnswer((call) -> {
			begun.countDown();
			assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
			return List.of();
		});
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<Map<Long, DraftCheck>> waiting = threads
				.submit(() -> this.checks.within(LONG, List.of(pending("one"))));
			assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
			assertThat(this.checks.within(Duration.ZERO, List.of(pending("two")))).isEmpty();
			assertThat(waiting.get(30, TimeUnit.SECONDS)).isEmpty();
			go.countDown();
		}
	}

	@Test
	void aFailureIsADangerAndIsTriedAgainAfterAWhile() {
		BDDMockito.given(this.registry.find(List.of(7L))).willThrow(new IllegalStateException("no database"));
		for (int view = 0; view < 3; view++) {
			assertThat(this.checks.within(LONG, List.of(pending("one"))).get(7L).dangers())
				.containsExactly(new Danger.Unknown("IllegalStateException"));
		}
		BDDMockito.then(this.registry).should().find(List.of(7L));
		this.time.updateAndGet((now) -> now.plus(Duration.ofMinutes(2)));
		this.checks.within(LONG, List.of(pending("one")));
		BDDMockito.then(this.registry).should(Mockito.times(2)).find(List.of(7L));
	}

	@Test
	void anErrorIsADangerToo() {
		BDDMockito.given(this.registry.find(List.of(7L))).willThrow(new OutOfMemoryError("too intricate"));
		for (int view = 0; view < 3; view++) {
			assertThat(this.checks.within(LONG, List.of(pending("one"))).get(7L).dangers())
				.hasOnlyElementsOfType(Danger.Unknown.class)
				.hasSize(1);
		}
		BDDMockito.then(this.registry).should().find(List.of(7L));
	}

	private static PbxPending pending(String checksum) {
		var change = new Change(Change.Effect.OPENS, Change.Kind.OTHER, "", 0, List.of());
		return new PbxPending(7, "Monterrey plant", 1, null, checksum, List.of(change), List.of(), List.of(), null,
				new Reach(new TreeSet<>(), 0, 0));
	}

}
