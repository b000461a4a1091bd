package io.tollgate.leak;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.springframework.stereotype.Component;

/**
 * Room for one check at a time, whoever wants it: each may take a whole processor for a
 * minute, and a good part of the memory.
 */
@Component
class CheckPlace {

	private final Semaphore place = new Semaphore(1, true);

	/** Waits as long as it takes. */
	void take() throws InterruptedException {
		this.place.acquire();
	}

	/** Whether there was room in that time. */
	boolean take(Duration patience) throws InterruptedException {
		return this.place.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
	}

	void leave() {
		this.place.release();
	}

}
