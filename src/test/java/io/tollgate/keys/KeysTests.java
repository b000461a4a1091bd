package io.tollgate.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;

import javax.crypto.SecretKey;

import io.tollgate.support.RealPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

/** The key file and what the database knows of it, on both databases. */
@DataJpaTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
abstract class KeysTests {

	private static final String PLACE = "pbx|1|secret";

	@Autowired
	JdbcTemplate jdbc;

	@Autowired
	PlatformTransactionManager transactions;

	@TempDir
	Path folder;

	private Path file;

	@BeforeEach
	void place() {
		this.file = this.folder.resolve("keys/secret.key");
		// other portals of the tests use the same PostgreSQL
		clear();
	}

	@AfterEach
	void clear() {
		this.jdbc.update("delete from key_version");
	}

	/** As after a start of the portal. */
	private Keys start() {
		return start(this.file);
	}

	private Keys start(Path key) {
		return new Keys(new KeyFile(key, this.folder.resolve("data")),
				new KeyVersions(this.jdbc, Clock.systemUTC(), this.transactions));
	}

	private static void permit(Path path, String permissions) throws IOException {
		Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
	}

	private static void replaceKey(Path file) throws IOException {
		Files.delete(file);
		new KeyFile(file, Path.of("data")).create(KeyRing.create());
	}

	@Test
	void makesAKeyFileForANewDatabaseThatOnlyItsOwnerCanRead() throws IOException {
		start().afterSingletonsInstantiated();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.file))).isEqualTo("rw-------");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.file.getParent())))
			.isEqualTo("rwx------");
		var text = Files.readString(this.file);
		assertThat(this.jdbc.queryForObject("select fingerprint from key_version where version = 1", String.class))
			.isEqualTo(KeyRing.parse(text).fingerprint(1));
		assertThat(start().seal()).as("after a restart").isEqualTo(Seal.OPEN);
		assertThat(Files.readString(this.file)).as("never written over").isEqualTo(text);
	}

	@Test
	void noticesAnotherKeyBeforeThereIsAnySecret() throws IOException {
		start().seal();
		replaceKey(this.file);
		assertThat(start().seal()).isEqualTo(Seal.KEY_WRONG);
		Files.delete(this.file);
		assertThat(start().seal()).isEqualTo(Seal.KEY_MISSING);
		assertThat(this.file).as("no new key over what another one locked").doesNotExist();
	}

	@Test
	void sealsWhenTheFileGoesAndOpensWhenItIsBack() throws IOException {
		var keys = start();
		var box = new Lockbox(keys);
		byte[] locked = box.lock(PLACE, "s3cret");
		var safe = this.folder.resolve("safe");
		Files.move(this.file, safe);
		assertThat(keys.seal()).isEqualTo(Seal.KEY_MISSING);
		assertThatExceptionOfType(SealedException.class).isThrownBy(() -> box.unlock(PLACE, locked))
			.satisfies((ex) -> assertThat(ex.seal()).isEqualTo(Seal.KEY_MISSING));
		assertThatExceptionOfType(SealedException.class).isThrownBy(() -> box.lock(PLACE, "other"));
		assertThatExceptionOfType(SealedException.class).isThrownBy(() -> keys.mac("audit", 1));
		assertThatExceptionOfType(SealedException.class).isThrownBy(keys::currentVersion);
		Files.move(safe, this.file);
		assertThat(keys.seal()).isEqualTo(Seal.OPEN);
		assertThat(box.unlock(PLACE, locked)).isEqualTo("s3cret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "rw-r-----", "rw--w----", "rw----r--", "rw-----w-", "rwxrwxrwx" })
	void isSealedWhileOthersMayTouchTheFile(String permissions) throws IOException {
		var keys = start();
		assertThat(keys.seal()).isEqualTo(Seal.OPEN);
		permit(this.file, permissions);
		assertThat(keys.seal()).isEqualTo(Seal.KEY_EXPOSED);
		assertThat(start().seal()).isEqualTo(Seal.KEY_EXPOSED);
		permit(this.file, "r--------");
		assertThat(keys.seal()).isEqualTo(Seal.OPEN);
	}

	@Test
	void isSealedWhileTheFileLiesAmongTheData() throws IOException {
		var data = Files.createDirectories(this.folder.resolve("data"));
		assertThat(start(data.resolve("secret.key")).seal()).isEqualTo(Seal.KEY_AMONG_DATA);
		assertThat(data.resolve("secret.key")).as("not even made there").doesNotExist();
		start().seal();
		Files.move(this.file, data.resolve("secret.key"));
		Files.createSymbolicLink(this.file, data.resolve("secret.key"));
		assertThat(start().seal()).as("by a link").isEqualTo(Seal.KEY_AMONG_DATA);
		assertThat(start(this.folder.resolve("data/../data/secret.key")).seal()).isEqualTo(Seal.KEY_AMONG_DATA);
	}

	@Test
	void isSealedByWhatIsNoKeyFile() throws IOException {
		start().seal();
		Files.writeString(this.file, "rubbish");
		assertThat(start().seal()).isEqualTo(Seal.KEY_UNREADABLE);
	}

	@Test
	void readsAFileWithOneMoreKeyWhileItRuns() throws IOException {
		var keys = start();
		var box = new Lockbox(keys);
		byte[] locked = box.lock(PLACE, "s3cret");
		SecretKey first = keys.mac("audit", 1);
		var disk = new KeyFile(this.file, this.folder.resolve("data"));
		disk.replace(disk.read().withAnother());
		assertThat(keys.currentVersion()).isEqualTo(2);
		assertThat(box.unlock(PLACE, locked)).isEqualTo("s3cret");
		assertThat(keys.mac("audit", 1)).isEqualTo(first).isNotEqualTo(keys.mac("audit", 2));
		assertThatExceptionOfType(SealedException.class).isThrownBy(() -> keys.mac("audit", 3));
		assertThat(Files.list(this.file.getParent())).as("nothing left beside it").hasSize(1);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.file))).isEqualTo("rw-------");
		disk.replace(KeyRing.parse(Files.readString(this.file).lines().findFirst().orElseThrow()));
		assertThat(keys.seal()).as("an older copy of the file").isEqualTo(Seal.KEY_WRONG);
	}

	@Test
	void secretsOpenInTheirPlaceOnly() {
		var box = new Lockbox(start());
		var text = box.lockText("pin_salt|a|salt", "s3cret");
		assertThat(text).doesNotContain("s3cret");
		assertThat(box.unlockText("pin_salt|a|salt", text)).isEqualTo("s3cret");
		assertThatExceptionOfType(SealedException.class).isThrownBy(() -> box.unlockText("pin_salt|b|salt", text));
	}

}

@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:keys;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
		+ "DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000;DB_CLOSE_DELAY=-1")
class KeysH2Tests extends KeysTests {

}

@Import(RealPostgres.class)
class KeysPostgresIT extends KeysTests {

}
