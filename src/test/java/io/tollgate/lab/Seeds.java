package io.tollgate.lab;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongConsumer;
import java.util.ArrayList;
import java.util.List;

/**
 * Random tests that can be run again. Each run has a seed, which is part of every
 * failure; {@code -Dtollgate.seed=…} runs that one alone.
 */
public final class Seeds {

	private static final String PROPERTY = "tollgate.seed";

	private Seeds() {
	}

	/**
	 * Runs something with many seeds, some at a time.
	 * @param name printed with the first seed
	 * @param runs how many, unless one seed is asked for
	 * @param parallel how many at a time
	 * @param run one run
	 * @throws AssertionError naming the seeds that failed, with the first failure
	 */
	public static void each(String name, int runs, int parallel, LongConsumer run) {
		var wanted = Long.getLong(PROPERTY);
		long first = (wanted != null) ? wanted : ThreadLocalRandom.current().nextLong(1_000_000_000L);
		int count = (wanted != null) ? 1 : runs;
		System.out.println(name + ": seeds " + first + " to " + (first + count - 1));
		var failures = new ArrayList<AssertionError>();
		try (var threads = Executors.newFixedThreadPool(parallel)) {
			var futures = new ArrayList<Future<?>>();
			for (long seed = first; seed < first + count; seed++) {
				long each = seed;
				futures.add(threads.submit(() -> run.accept(each)));
			}
			for (int i = 0; i < count; i++) {
				try {
					futures.get(i).get();
				}
				catch (ExecutionException ex) {
					failures.add(new AssertionError(
							name + ": run it again with -D" + PROPERTY + "=" + (first + i) + "\n" + ex.getCause(),
							ex.getCause()));
				}
				catch (InterruptedException ex) {
					threads.shutdownNow();
					Thread.currentThread().interrupt();
					throw new AssertionError(ex);
				}
			}
		}
		if (!failures.isEmpty()) {
			var seeds = failures.stream()
				.map((failure) -> failure.getMessage().lines().findFirst().orElse(""))
				.toList();
			var all = new AssertionError(failures.size() + " of " + count + " failed:\n"
					+ String.join("\n", List.copyOf(seeds.subList(0, Math.min(20, seeds.size())))) + "\n"
					+ failures.getFirst().getMessage(), failures.getFirst().getCause());
			failures.stream().skip(1).limit(4).forEach(all::addSuppressed);
			throw all;
		}
	}

}
