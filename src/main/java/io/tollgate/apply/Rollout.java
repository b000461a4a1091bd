package io.tollgate.apply;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * In what order the PBXs of a run get it.
 *
 * @param first which ones come first
 * @param pause how long it rests after each wave, 0 to 7 days
 * @param mostFailures percent of the PBXs begun with that may fail, 0-100; more stop it
 * @param inWindows whether each PBX waits for its maintenance window
 */
record Rollout(First first, Duration pause, int mostFailures, boolean inWindows) {

	/** All of them, now. */
	static final Rollout AT_ONCE = new Rollout(new First.All(), Duration.ZERO, 100, false);

	Rollout {
		if (pause.isNegative() || pause.compareTo(Duration.ofDays(7)) > 0 || mostFailures < 0 || mostFailures > 100) {
			throw new IllegalArgumentException("roll-out " + pause + " " + mostFailures);
		}
	}

	/**
	 * The wave of each PBX, from 0 without a gap.
	 * @param pbxs all of the run
	 * @param groups the group of each PBX that has one
	 */
	Map<Long, Integer> waves(List<Long> pbxs, Map<Long, String> groups) {
		var waves = new LinkedHashMap<Long, Integer>();
		for (int i = 0; i < pbxs.size(); i++) {
			waves.put(pbxs.get(i), this.first.wave(i, pbxs.size(), pbxs.get(i), groups));
		}
		var used = waves.values().stream().distinct().sorted().toList();
		waves.replaceAll((pbx, wave) -> used.indexOf(wave));
		return waves;
	}

	/** Whether some of these PBXs are of those that shall come first. */
	boolean hasFirst(Collection<Long> pbxs, Map<Long, String> groups) {
		var ordered = List.copyOf(pbxs);
		return IntStream.range(0, ordered.size())
			.anyMatch((place) -> this.first.wave(place, ordered.size(), ordered.get(place), groups) == 0);
	}

	/** Which PBXs come first. */
	sealed interface First {

		/**
		 * The wave of the PBX at that place.
		 * @param place from 0
		 * @param all how many there are
		 */
		int wave(int place, int all, long pbxId, Map<Long, String> groups);

		record All() implements First {

			@Override
			public int wave(int place, int all, long pbxId, Map<Long, String> groups) {
				return 0;
			}

		}

		/** So many, then the rest. */
		record Some(int count) implements First {

			@Override
			public int wave(int place, int all, long pbxId, Map<Long, String> groups) {
				return (place < this.count) ? 0 : 1;
			}

		}

		/** One of ten, then the rest. */
		record Tenth() implements First {

			@Override
			public int wave(int place, int all, long pbxId, Map<Long, String> groups) {
				return (place * 10 < all) ? 0 : 1;
			}

		}

		/** One, then one of ten, then half, then the rest. */
		record Steps() implements First {

			@Override
			public int wave(int place, int all, long pbxId, Map<Long, String> groups) {
				if (place == 0) {
					return 0;
				}
				return (place * 10 < all) ? 1 : (place * 2 < all) ? 2 : 3;
			}

		}

		/** Those of a group, then the rest. */
		record Group(String name) implements First {

			@Override
			public int wave(int place, int all, long pbxId, Map<Long, String> groups) {
				return this.name.equals(groups.get(pbxId)) ? 0 : 1;
			}

		}

		/** That one, then the rest. */
		record One(long pbx) implements First {

			@Override
			public int wave(int place, int all, long pbxId, Map<Long, String> groups) {
				return (pbxId == this.pbx) ? 0 : 1;
			}

		}

	}

}
