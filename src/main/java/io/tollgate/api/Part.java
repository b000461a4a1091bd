package io.tollgate.api;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

/**
 * Some of the things of a long list, in the order of their ids.
 *
 * @param next the path of those behind them, {@code null} when these are the last
 */
public record Part<T>(List<T> items, @Nullable String next) {

	/**
	 * The first ones behind an id.
	 * @param all in any order
	 * @param after only things with a higher id
	 * @param list where they are asked for, up to the parameters: it ends with {@code ?}
	 * or {@code &}
	 */
	public static <T> Part<T> of(List<T> all, ToLongFunction<T> id, long after, int limit, String list) {
		var behind = all.stream()
			.filter((each) -> id.applyAsLong(each) > after)
			.sorted(Comparator.comparingLong(id))
			.toList();
		var items = behind.subList(0, Math.min(limit, behind.size()));
		return new Part<>(items,
				(behind.size() > limit) ? list + "after=" + id.applyAsLong(items.getLast()) + "&limit=" + limit : null);
	}

}
