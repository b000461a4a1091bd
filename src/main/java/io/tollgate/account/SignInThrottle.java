package io.tollgate.account;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;

import org.springframework.stereotype.Component;

/**
 * How often sign-in may be tried. Wrong passwords count against the account together with
 * the address, against the account from wherever, and against the address whatever the
 * account. The second stops somebody with many addresses, but must not keep out the
 * person themselves: an address that the account was signed in from lately is spared it.
 * Counts of one portal, in its memory.
 */
@Component
class SignInThrottle {

	private static final int KNOWN = 100_000;

	/** Five at once, then one a minute. */
	private static final List<Bandwidth> PAIR = List.of(limit(5, 1, Duration.ofMinutes(1)));

	/**
	 * Ten at once, then one every six seconds for a while, in the long run one a minute.
	 */
	private static final List<Bandwidth> ACCOUNT = List.of(limit(10, 10, Duration.ofMinutes(1)),
			limit(60, 60, Duration.ofHours(1)));

	/** An office behind one address types wrong passwords, too. */
	private static final List<Bandwidth> ADDRESS = List.of(limit(30, 30, Duration.ofMinutes(1)),
			limit(300, 300, Duration.ofHours(1)));

	private final Cache<String, Bucket> pairs = counts();

	private final Cache<String, Bucket> accounts = counts();

	private final Cache<String, Bucket> addresses = counts();

	/** Where accounts were signed in from. */
	private final Cache<String, Boolean> familiar = Caffeine.newBuilder()
		.maximumSize(KNOWN)
		.expireAfterWrite(Duration.ofDays(30))
		.build();

	private static Bandwidth limit(int most, int refill, Duration period) {
		return Bandwidth.builder().capacity(most).refillGreedy(refill, period).build();
	}

	private static Cache<String, Bucket> counts() {
		return Caffeine.newBuilder().maximumSize(KNOWN).expireAfterAccess(Duration.ofHours(2)).build();
	}

	/**
	 * Takes one try, before any password is looked at.
	 * @return zero, or how long to wait
	 */
	Duration begin(String username, String address) {
		var where = network(address);
		var pair = pair(username, where);
		var buckets = (this.familiar.getIfPresent(pair) != null)
				? List.of(bucket(this.addresses, where, ADDRESS), bucket(this.pairs, pair, PAIR))
				: List.of(bucket(this.addresses, where, ADDRESS), bucket(this.pairs, pair, PAIR),
						bucket(this.accounts, canonical(username), ACCOUNT));
		long wait = 0;
		int taken = 0;
		for (var bucket : buckets) {
			var probe = bucket.tryConsumeAndReturnRemaining(1);
			if (!probe.isConsumed()) {
				wait = probe.getNanosToWaitForRefill();
				break;
			}
			taken++;
		}
		if (wait > 0) {
			buckets.subList(0, taken).forEach((bucket) -> bucket.addTokens(1));
		}
		return Duration.ofNanos(wait);
	}

	/** The try counts for nothing: the password was not looked at. */
	void giveBack(String username, String address) {
		var where = network(address);
		var pair = pair(username, where);
		if (this.familiar.getIfPresent(pair) == null) {
			bucket(this.accounts, canonical(username), ACCOUNT).addTokens(1);
		}
		bucket(this.pairs, pair, PAIR).addTokens(1);
		bucket(this.addresses, where, ADDRESS).addTokens(1);
	}

	/** The password was right. */
	void succeeded(String username, String address) {
		giveBack(username, address);
		var pair = pair(username, network(address));
		this.familiar.put(pair, true);
		this.pairs.invalidate(pair);
	}

	/** Forgets everything. */
	void clear() {
		this.pairs.invalidateAll();
		this.accounts.invalidateAll();
		this.addresses.invalidateAll();
		this.familiar.invalidateAll();
	}

	private static Bucket bucket(Cache<String, Bucket> buckets, String key, List<Bandwidth> limits) {
		return buckets.get(key, (missing) -> {
			var builder = Bucket.builder();
			limits.forEach(builder::addLimit);
			return builder.build();
		});
	}

	private static String pair(String username, String network) {
		return network + " " + canonical(username);
	}

	/** Names that are too long to be one share a count. */
	private static String canonical(String username) {
		var name = username.strip().toLowerCase(Locale.ROOT);
		return (name.length() > 64) ? name.substring(0, 64) : name;
	}

	/** Whoever has one IPv6 address has the 2^64 beside it. */
	static String network(String address) {
		if (!address.contains(":")) {
			return address;
		}
		try {
			var bytes = InetAddress.getByName(address).getAddress();
			return (bytes.length == 16) ? HexFormat.of().formatHex(Arrays.copyOf(bytes, 8)) : address;
		}
		catch (UnknownHostException ex) {
			return address;
		}
	}

}
