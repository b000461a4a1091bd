package io.tollgate.simulator;

import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Asterisk's own key-value store. Keys are {@code /family/key}, sorted by byte. A real
 * one flushes to disk about once a second: {@link #stopFlushing()} and {@link #crash()}
 * act out what is lost when it dies in between.
 */
final class AstDb {

	private final TreeMap<String, String> entries = new TreeMap<>();

	private @Nullable TreeMap<String, String> flushed;

	synchronized void put(String family, String key, String value) {
		this.entries.put(path(family, key), value);
	}

	synchronized @Nullable String get(String family, String key) {
		return this.entries.get(path(family, key));
	}

	/** Whether there was such an entry. */
	synchronized boolean remove(String family, String key) {
		return this.entries.remove(path(family, key)) != null;
	}

	/** Removes the entry of that key and all below it, and tells how many there were. */
	synchronized int removeTree(String family, String key) {
		var doomed = tree(family, key);
		doomed.keySet().forEach(this.entries::remove);
		return doomed.size();
	}

	/**
	 * A copy of the entry of that key and all below it.
	 * @param family empty for everything
	 * @param key empty for the whole family
	 */
	synchronized SortedMap<String, String> tree(String family, String key) {
		if (family.isEmpty()) {
			return new TreeMap<>(this.entries);
		}
		var root = key.isEmpty() ? "/" + family : path(family, key);
		var found = new TreeMap<>(this.entries.subMap(root + "/", root + "0"));
		var itself = this.entries.get(root);
		if (itself != null) {
			found.put(root, itself);
		}
		return found;
	}

	synchronized void replace(SortedMap<String, String> all) {
		this.entries.clear();
		this.entries.putAll(all);
	}

	synchronized void stopFlushing() {
		this.flushed = new TreeMap<>(this.entries);
	}

	synchronized void crash() {
		if (this.flushed != null) {
			replace(this.flushed);
			this.flushed = null;
		}
	}

	private static String path(String family, String key) {
		return "/" + family + "/" + key;
	}

}
