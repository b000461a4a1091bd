package io.tollgate.account;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * How often the API may be asked: by one token, and by an address whose tokens are
 * refused. Counts of one portal, in its memory.
 */
@Component
class ApiLimits {

	static final Duration WINDOW = Duration.ofMinutes(1);

	/**
	 * Refused requests of an address. It keeps a flood from the database; nobody guesses
	 * a token.
	 */
	static final int REFUSED = 60;

	private static final int KNOWN = 100_000;

	private final long quota;

	private final Cache<Long, Bucket> tokens = Caffeine.newBuilder()
		.maximumSize(KNOWN)
		.expireAfterAccess(WINDOW.multipliedBy(2))
		.build();

	private final Cache<String, Bucket> addresses = Caffeine.newBuilder()
		.maximumSize(KNOWN)
		.expireAfterAccess(WINDOW.multipliedBy(2))
		.build();

	ApiLimits(@Value("${tollgate.api.requests-per-minute:600}") long quota) {
		this.quota = quota;
	}

	/** Requests of one token in a minute. */
	long quota() {
		return this.quota;
	}

	/** Takes one request of this token. */
	ConsumptionProbe take(long tokenId) {
		return this.tokens.get(tokenId, (missing) -> bucket(this.quota)).tryConsumeAndReturnRemaining(1);
	}

	/** How long this address has to wait, zero for not at all. */
	Duration wait(String address) {
		var estimate = address(address).estimateAbilityToConsume(1);
		return estimate.canBeConsumed() ? Duration.ZERO : Duration.ofNanos(estimate.getNanosToWaitForRefill());
	}

	/** A request of this address was refused. */
	void refused(String address) {
		address(address).tryConsume(1);
	}

	private Bucket address(String address) {
		return this.addresses.get(SignInThrottle.network(address), (missing) -> bucket(REFUSED));
	}

	private static Bucket bucket(long most) {
		return Bucket.builder().addLimit((limit) -> limit.capacity(most).refillGreedy(most, WINDOW)).build();
	}

	/** Whole seconds, so that whoever waits for them has waited long enough. */
	static long seconds(long nanos) {
		return TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1);
	}

}
