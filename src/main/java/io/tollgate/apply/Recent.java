package io.tollgate.apply;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Keeps so many values, those that were asked for last. */
final class Recent<K, V> {

	private final Map<K, V> values;

	Recent(int most) {
		this.values = new LinkedHashMap<>(16, 0.75f, true) {

			@Override
			protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
				return size() > most;
			}

		};
	}

	synchronized @Nullable V get(K key) {
		return this.values.get(key);
	}

	synchronized void put(K key, V value) {
		this.values.put(key, value);
	}

}
