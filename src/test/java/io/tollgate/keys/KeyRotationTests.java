package io.tollgate.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.tollgate.support.RealPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A new key on both databases, while a portal reads, and cut off at every step. */
@DataJpaTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
abstract class KeyRotationTests {

	private static final int PBXS = 120;

	private static final int SALTS = 5;

	@Autowired
	JdbcTemplate jdbc;

	@Autowired
	PlatformTransactionManager transactions;

	@TempDir
	Path folder;

	private KeyFile file;

	private KeyVersions versions;

	private LockedRows rows;

	private Keys keys;

	private Lockbox box;

	private final AtomicInteger steps = new AtomicInteger();

	@BeforeEach
	void fill() {
		clear();
		this.file = new KeyFile(this.folder.resolve("keys/secret.key"), this.folder.resolve("data"));
		this.versions = new KeyVersions(this.jdbc, Clock.systemUTC(), this.transactions);
		this.rows = new LockedRows(this.jdbc);
		this.keys = new Keys(this.file, this.versions);
		this.box = new Lockbox(this.keys);
		for (int i = 1; i <= PBXS; i++) {
			this.jdbc.update("""
					insert into pbx (id, name, host, port, tls, ami_user, secret, policy_id, created_at)
					select ?, ?, 'mty', 5038, false, 'tollgate', ?, min(id), current_timestamp from policy""",
					90_000 + i, "plant " + i, this.box.lock(pbx(i), "secret " + i));
		}
		for (int i = 1; i <= SALTS; i++) {
			this.jdbc.update("insert into pin_salt (id, locked) values (?, ?)", "salt" + i,
					this.box.lockText(LockedColumn.PIN_SALT.place("salt" + i), "salt " + i));
		}
	}

	@AfterEach
	void clear() {
		this.jdbc.update("delete from pbx where id > 90000");
		this.jdbc.update("delete from pin_salt");
		this.jdbc.update("delete from key_version");
	}

	private static String pbx(int number) {
		return LockedColumn.PBX_SECRET.place(90_000 + number);
	}

	private KeyRotation rotation(Runnable step) {
		return rotation(Clock.systemUTC(), step);
	}

	private KeyRotation rotation(Clock clock, Runnable step) {
		return new KeyRotation(this.file, this.versions, this.rows, this.transactions, clock, step);
	}

	private void readAll() {
		for (int i = 1; i <= PBXS; i++) {
			byte[] locked = this.jdbc.queryForObject("select secret from pbx where id = ?", byte[].class, 90_000 + i);
			assertThat(this.box.unlock(pbx(i), locked)).isEqualTo("secret " + i);
		}
		for (int i = 1; i <= SALTS; i++) {
			var locked = this.jdbc.queryForObject("select locked from pin_salt where id = ?", String.class, "salt" + i);
			assertThat(this.box.unlockText(LockedColumn.PIN_SALT.place("salt" + i), locked)).isEqualTo("salt " + i);
		}
	}

	private Map<Integer, Integer> uses() throws GeneralSecurityException {
		return rotation(() -> {
		}).uses(this.keys.ring());
	}

	@Test
	void leavesNoRowWithTheOlderKeyWhileAPortalReads() throws Exception {
		assertThat(uses()).isEqualTo(Map.of(1, PBXS + SALTS));
		var done = new AtomicBoolean();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var reader = threads.submit(() -> {
				int rounds = 0;
				while (!done.get() || rounds == 0) {
					readAll();
					rounds++;
				}
				return rounds;
			});
			try {
				assertThat(rotation(() -> {
				}).rotate()).isEqualTo(new KeyRotation.Rotated(2, PBXS + SALTS, false));
			}
			finally {
				done.set(true);
			}
			assertThat(reader.get()).isPositive();
		}
		assertThat(uses()).isEqualTo(Map.of(2, PBXS + SALTS));
		assertThat(this.versions.known()).containsOnlyKeys(1, 2);
		assertThat(this.box.lock("a|1|b", "new"))
			.satisfies((bytes) -> assertThat(CredentialCipher.version(bytes)).as("what is locked now").isEqualTo(2));
		readAll();
	}

	@Test
	void goesOnWhereItWasCutOff() throws Exception {
		rotation(this.steps::incrementAndGet).rotate();
		int most = this.steps.get();
		assertThat(most).as("steps that it can be cut off at").isGreaterThan(4);
		for (int kill = 1; kill <= most; kill++) {
			var before = this.keys.currentVersion();
			var left = new AtomicInteger(kill);
			assertThatExceptionOfType(Killed.class).isThrownBy(() -> rotation(() -> {
				if (left.decrementAndGet() == 0) {
					throw new Killed();
				}
			}).rotate());
			assertThat(new Keys(this.file, this.versions).seal()).as("after kill %d", kill).isEqualTo(Seal.OPEN);
			readAll();
			var ended = rotation(() -> {
			}).rotate();
			readAll();
			int version = this.keys.currentVersion();
			// once all rows have the newest key nothing is left to resume
			assertThat(version).as("after kill %d", kill).isBetween(before + 1, before + 2);
			assertThat(ended.version()).isEqualTo(version);
			assertThat(uses()).as("after kill %d", kill).isEqualTo(Map.of(version, PBXS + SALTS));
		}
	}

	@Test
	void keepsASecretThatSomebodyChangesMeanwhile() throws Exception {
		var once = new AtomicBoolean();
		var rotation = rotation(() -> {
			if (this.versions.known().size() == 2 && once.compareAndSet(false, true)) {
				this.jdbc.update("update pbx set secret = ? where id = ?", this.box.lock(pbx(1), "changed"), 90_001);
			}
		});
		rotation.rotate();
		byte[] locked = this.jdbc.queryForObject("select secret from pbx where id = 90001", byte[].class);
		assertThat(this.box.unlock(pbx(1), locked)).isEqualTo("changed");
		assertThat(uses()).isEqualTo(Map.of(2, PBXS + SALTS));
	}

	@Test
	void retiresOnlyWhatNothingNeeds() throws Exception {
		rotation(() -> {
		}).rotate();
		assertThat(rotation(() -> {
		}).retire().early()).as("somebody may still be locking with the older one").isTrue();
		var later = Clock.fixed(Instant.now().plus(Duration.ofHours(1)), ZoneOffset.UTC);
		var signed = new LockedRows(this.jdbc) {

			@Override
			java.util.List<Integer> signed() {
				return java.util.List.of(1, 2);
			}
		};
		assertThat(new KeyRotation(this.file, this.versions, signed, this.transactions, later).retire())
			.isEqualTo(new KeyRotation.Retired(Set.of(), Set.of(1), false));
		var unsigned = new LockedRows(this.jdbc) {

			@Override
			java.util.List<Integer> signed() {
				return java.util.List.of();
			}
		};
		assertThat(new KeyRotation(this.file, this.versions, unsigned, this.transactions, later).retire())
			.isEqualTo(new KeyRotation.Retired(Set.of(1), Set.of(), false));
		assertThat(this.keys.seal()).isEqualTo(Seal.OPEN);
		assertThat(this.keys.ring().versions()).containsExactly(2);
		readAll();
	}

	@Test
	void neverRunsTwiceAtATime() throws Exception {
		this.keys.seal();
		try (var _ = this.file.lock()) {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> rotation(() -> {
			}).rotate()).withMessageContaining("being changed");
		}
		assertThat(Files.readAllLines(this.folder.resolve("keys/secret.key"))).hasSize(1);
	}

	private static final class Killed extends RuntimeException {

	}

}

@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:rotation;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
		+ "DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000;DB_CLOSE_DELAY=-1")
class KeyRotationH2Tests extends KeyRotationTests {

}

@Import(RealPostgres.class)
class KeyRotationPostgresIT extends KeyRotationTests {

}
