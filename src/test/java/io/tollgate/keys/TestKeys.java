package io.tollgate.keys;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Keys of a file of their own, for tests on a database that knows other keys. */
public final class TestKeys {

	private TestKeys() {
	}

	/** As of a portal that starts with that file on a new database. */
	public static Keys of(Path file) {
		return new Keys(new KeyFile(file, Path.of("data")), new Remembered());
	}

	/** What locks with them. */
	public static Lockbox lockbox(Keys keys) {
		return new Lockbox(keys);
	}

	private static final class Remembered extends KeyVersions {

		private final Map<Integer, String> known = new TreeMap<>();

		Remembered() {
			super(new JdbcTemplate(), Clock.systemUTC(), new JdbcTransactionManager());
		}

		@Override
		Map<Integer, String> known() {
			return this.known;
		}

		@Override
		void add(KeyRing ring) {
			ring.versions().forEach((version) -> this.known.put(version, ring.fingerprint(version)));
		}

	}

}
