package io.tollgate.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Asterisk's own key-value store. Keys are {@code /family/key}, sorted by byte. A real
 * one flushes to disk about once a second: {@link #stopFlushing()},
 * {@link #flushEvery(Duration)} and {@link #crash()} act out what is lost when it dies in
 * between.
 */
final class AstDb {

	private final TreeMap<String, String> entries = new TreeMap<>();

	private @Nullable TreeMap<String, String> flushed;

	/** 0 when everything is on disk at once. */
	private long flushNanos;

	private final ArrayDeque<Unflushed> unflushed = new ArrayDeque<>();

	synchronized void put(String family, String key, String value) {
		set(path(family, key), value);
	}

	private void set(String path, @Nullable String value) {
		var old = (value != null) ? this.entries.put(path, value) : this.entries.remove(path);
		if (this.flushNanos > 0) {
			long now = System.nanoTime();
			if (!this.unflushed.isEmpty() && this.unflushed.getFirst().nanos <= lastFlush(now)) {
				this.unflushed.removeIf((each) -> each.nanos <= lastFlush(now));
			}
			this.unflushed.addLast(new Unflushed(now, path, old));
		}
	}

	private long lastFlush(long now) {
		return now - Math.floorMod(now, this.flushNanos);
	}

	synchronized @Nullable String get(String family, String key) {
		return this.entries.get(path(family, key));
	}

	/** Whether there was such an entry. */
	synchronized boolean remove(String family, String key) {
		boolean found = this.entries.containsKey(path(family, key));
		set(path(family, key), null);
		return found;
	}

	/** Removes the entry of that key and all below it, and tells how many there were. */
	synchronized int removeTree(String family, String key) {
		var doomed = tree(family, key);
		doomed.keySet().forEach((path) -> set(path, null));
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

	/** From now on what is written is on disk only at the next full interval. */
	synchronized void flushEvery(Duration interval) {
		this.flushNanos = interval.toNanos();
		this.unflushed.clear();
	}

	synchronized void crash() {
		if (this.flushNanos > 0) {
			long flush = lastFlush(System.nanoTime());
			while (!this.unflushed.isEmpty() && this.unflushed.getLast().nanos > flush) {
				this.unflushed.removeLast().undo(this.entries);
			}
			this.unflushed.clear();
		}
		if (this.flushed != null) {
			replace(this.flushed);
			this.flushed = null;
		}
	}

	/** A write that is not on disk yet, and what stood there before. */
	private record Unflushed(long nanos, String path, @Nullable String old) {

		private void undo(TreeMap<String, String> entries) {
			if (this.old != null) {
				entries.put(this.path, this.old);
			}
			else {
				entries.remove(this.path);
			}
		}

	}

	private static String path(String family, String key) {
		return "/" + family + "/" + key;
	}

}
