package io.tollgate.audit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import io.tollgate.audit.Verification.BadRow;
import io.tollgate.audit.Verification.Fault;
import io.tollgate.audit.Verification.Misfit;
import io.tollgate.audit.Verification.MisfitFault;
import io.tollgate.keys.Keys;
import io.tollgate.keys.Seal;
import io.tollgate.keys.SealedException;
import io.tollgate.keys.TestKeys;
import io.tollgate.support.RealPostgres;
import jakarta.persistence.EntityManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The chain, and everything that can be done to the table by somebody without the keys.
 */
@DataJpaTest(showSql = false)
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
abstract class ChainTests {

	private static final AuditObject POLICY = AuditObject.of("policy", 7, "Plants");

	@TempDir
	Path folder;

	@Autowired
	JdbcTemplate jdbc;

	@Autowired
	EntityManager entities;

	@Autowired
	PlatformTransactionManager transactions;

	private TransactionTemplate transaction;

	private Keys keys;

	private Checkpoints checkpoints;

	private CheckpointFile file;

	private AuditRows rows;

	private AuditTrail trail;

	@BeforeEach
	void begin() {
		this.jdbc.update("delete from audit_event");
		this.jdbc.update("delete from audit_head");
		this.jdbc.update("insert into audit_head (id, last_id, last_hash) values (1, 0, ?)", Chain.BEGINNING);
		this.transaction = new TransactionTemplate(this.transactions);
		this.keys = TestKeys.of(this.folder.resolve("secret.key"));
		assertThat(this.keys.seal()).isEqualTo(Seal.OPEN);
		this.rows = new AuditRows(this.jdbc, this.keys, (event) -> {
		});
		var properties = new AuditProperties(this.folder.resolve("audit.checkpoints"), 1000, Duration.ofMinutes(5),
				Duration.ZERO);
		this.file = new CheckpointFile(properties);
		this.checkpoints = new Checkpoints(this.file, properties, this.rows, this.keys, Clock.systemUTC());
		this.trail = new AuditTrail(new EntityChanges(this.entities), this.rows, new CurrentActor(), Clock.systemUTC());
	}

	private void record(int count) {
		for (int i = 0; i < count; i++) {
			int number = i;
			this.transaction.executeWithoutResult(
					(status) -> this.trail.recordAs("ana", "policy.renamed", POLICY, "before " + number, null));
		}
	}

	private Verification verify() throws Exception {
		return new Verifier(this.rows, this.file, this.keys, Clock.systemUTC()).verify((row) -> {
		});
	}

	private void assertBad(Fault fault, long row, @Nullable Long other) throws Exception {
		assertThat(verify().bad()).isEqualTo(new BadRow(fault, row, other));
	}

	@Test
	void isIntactAsWritten() throws Exception {
		assertThat(verify().isIntact()).isTrue();
		record(12);
		this.transaction.executeWithoutResult((status) -> {
			this.trail.recordAs("ana", "policy.renamed", POLICY.on(3L), null, "über ☎ 😀");
			this.trail.recordAs("bob", "policy.deleted", AuditObject.of("policy", null, null), "", "");
		});
		this.checkpoints.write();
		record(3);
		this.checkpoints.write();
		assertThat(verify()).returns(17L, Verification::rows)
			.returns(2, Verification::checkpoints)
			.returns(true, Verification::isIntact);
	}

	@Test
	void leavesNoGapWhereAChangeIsRolledBack() throws Exception {
		record(2);
		this.transaction.executeWithoutResult((status) -> {
			this.trail.recordAs("ana", "policy.renamed", POLICY, null, null);
			status.setRollbackOnly();
		});
		record(2);
		assertThat(this.jdbc.queryForList("select id from audit_event order by id", Long.class)).containsExactly(1L, 2L,
				3L, 4L);
		assertThat(verify().isIntact()).isTrue();
	}

	@Test
	void chainsWhatManyWriteAtOnce() throws Exception {
		int writers = 8;
		int each = 25;
		var start = new CountDownLatch(1);
		// two portals on one database
		var other = new AuditTrail(new EntityChanges(this.entities), new AuditRows(this.jdbc, this.keys, (event) -> {
		}), new CurrentActor(), Clock.systemUTC());
		try (var pool = Executors.newFixedThreadPool(writers)) {
			var all = Stream.iterate(0, (writer) -> writer + 1).limit(writers).map((writer) -> pool.submit(() -> {
				start.await();
				for (int i = 0; i < each; i++) {
					boolean back = i % 5 == 4;
					this.transaction.executeWithoutResult((status) -> {
						var used = (writer % 2 == 0) ? this.trail : other;
						used.recordAs("writer " + writer, "policy.renamed", POLICY, null, "one");
						used.recordAs("writer " + writer, "policy.renamed", POLICY, null, "two");
						if (back) {
							status.setRollbackOnly();
						}
					});
				}
				return null;
			})).toList();
			start.countDown();
			for (var one : all) {
				one.get();
			}
		}
		assertThat(verify()).returns(writers * each * 2L * 4 / 5, Verification::rows)
			.returns(true, Verification::isIntact);
	}

	@Test
	void changesNothingWithoutARow() {
		int before = accounts();
		this.jdbc.update("delete from audit_head");
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> change("no-head"));
		assertThat(accounts()).isEqualTo(before);

		this.jdbc.update("insert into audit_head (id, last_id, last_hash) values (1, 0, ?)", Chain.BEGINNING);
		record(1);
		// the number that comes next is taken: the row cannot be written
		this.jdbc.update("update audit_head set last_id = 0");
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> change("no-row"));
		assertThat(accounts()).isEqualTo(before);
	}

	@Test
	void changesNothingWithoutTheKeys() throws Exception {
		record(1);
		int before = accounts();
		Files.move(this.folder.resolve("secret.key"), this.folder.resolve("elsewhere"));
		assertThatExceptionOfType(SealedException.class).isThrownBy(() -> change("sealed"));
		assertThat(accounts()).isEqualTo(before);
		Files.move(this.folder.resolve("elsewhere"), this.folder.resolve("secret.key"));
		record(1);
		assertThat(verify().isIntact()).isTrue();
	}

	private void change(String name) {
		this.transaction.executeWithoutResult((status) -> {
			this.trail.recordAs("ana", "account.created", AuditObject.of("account", 1, name), null, null);
			this.jdbc.update("insert into account (username, display_name, password_hash, role, created_at) "
					+ "values (?, 'x', 'x', 'VIEWER', ?)", name, Timestamp.from(Instant.now()));
		});
	}

	private int accounts() {
		return this.jdbc.queryForObject("select count(*) from account", Integer.class);
	}

	@Test
	void namesARowThatWasChanged() throws Exception {
		record(9);
		for (var column : List.of("actor", "address", "request_id", "action", "object_type", "object_id", "object_name",
				"before_text", "after_text")) {
			var kept = this.jdbc.queryForObject("select " + column + " from audit_event where id = 5", String.class);
			this.jdbc.update("update audit_event set " + column + " = 'forged' where id = 5");
			assertBad(Fault.CHANGED, 5, null);
			this.jdbc.update("update audit_event set " + column + " = ? where id = 5", kept);
		}
		this.jdbc.update("update audit_event set pbx_id = 1 where id = 5");
		assertBad(Fault.CHANGED, 5, null);
		this.jdbc.update("update audit_event set pbx_id = null where id = 5");
		var at = this.jdbc.queryForObject("select at from audit_event where id = 5", Timestamp.class);
		this.jdbc.update("update audit_event set at = ? where id = 5", Timestamp.from(at.toInstant().plusMillis(1)));
		assertBad(Fault.CHANGED, 5, null);
		this.jdbc.update("update audit_event set at = ? where id = 5", at);
		this.jdbc.update("update audit_event set key_version = 2 where id = 5");
		assertBad(Fault.CHANGED, 5, null);
		this.jdbc.update("update audit_event set key_version = 1 where id = 5");
		assertThat(verify().isIntact()).isTrue();
		// text that moves from one field to the next one
		this.jdbc.update("update audit_event set before_text = null, after_text = before_text where id = 5");
		assertBad(Fault.CHANGED, 5, null);
	}

	@Test
	void namesRowsThatAreMissing() throws Exception {
		record(9);
		this.jdbc.update("delete from audit_event where id in (4, 5)");
		assertBad(Fault.MISSING, 4, 5L);
		this.jdbc.update("update audit_event set id = id - 2 where id > 5");
		this.jdbc.update("update audit_head set last_id = 7");
		assertBad(Fault.MISSING, 4, 5L);
	}

	@Test
	void namesWhatWasCutOff() throws Exception {
		record(9);
		this.checkpoints.write();
		this.jdbc.update("delete from audit_event where id > 6");
		assertThat(verify()).returns(new BadRow(Fault.END_MISSING, 7, 9L), Verification::bad);
		// with the head put back too, only the checkpoint knows
		this.jdbc.update("update audit_head set last_id = 6, "
				+ "last_hash = (select hash from audit_event where audit_event.id = 6)");
		var cut = verify();
		assertThat(cut.bad()).isNull();
		assertThat(cut.misfit()).extracting(Misfit::fault, Misfit::row).containsExactly(MisfitFault.ROW_MISSING, 9L);
		// nor does it help to go on writing
		record(5);
		assertThat(verify().misfit()).extracting(Misfit::fault, Misfit::row)
			.containsExactly(MisfitFault.ROW_DIFFERS, 9L);
	}

	@Test
	void namesABeginningThatWasCutOff() throws Exception {
		record(9);
		this.jdbc.update("delete from audit_event where id < 4");
		assertBad(Fault.BEGINNING_MISSING, 1, 3L);
	}

	@Test
	void missesAWholeTable() throws Exception {
		record(4);
		this.checkpoints.write();
		begin();
		assertThat(verify().misfit()).extracting(Misfit::fault, Misfit::row)
			.containsExactly(MisfitFault.ROW_MISSING, 4L);
	}

	@Test
	void namesRowsThatWerePutIn() throws Exception {
		record(9);
		copy(9, 10, "'mallory'");
		assertBad(Fault.INSERTED, 10, null);
		this.jdbc.update("delete from audit_event where id = 10");
		copy(1, 0, "'mallory'");
		assertBad(Fault.INSERTED, 0, null);
		this.jdbc.update("delete from audit_event where id = 0");
		this.jdbc.update("update audit_event set id = -id where id > 4");
		this.jdbc.update("update audit_event set id = 1 - id where id < 0");
		copy(1, 5, "'mallory'");
		this.jdbc.update("update audit_head set last_id = 10");
		assertBad(Fault.INSERTED, 5, null);
	}

	private void copy(long from, long to, String actor) {
		this.jdbc.update("""
				insert into audit_event (id, at, actor, action, object_type, object_id, object_name, before_text,
				    key_version, previous, hash)
				select %d, at, %s, action, object_type, object_id, object_name, before_text, key_version, previous, hash
				from audit_event where id = %d""".formatted(to, actor, from));
	}

	@Test
	void namesRowsThatChangedPlaces() throws Exception {
		record(9);
		swap(3, 4);
		assertBad(Fault.MOVED, 3, 4L);
		swap(3, 4);
		assertThat(verify().isIntact()).isTrue();
		swap(3, 7);
		assertBad(Fault.MOVED, 3, 7L);
	}

	private void swap(long one, long other) {
		this.jdbc.update("update audit_event set id = -1 where id = ?", one);
		this.jdbc.update("update audit_event set id = ? where id = ?", one, other);
		this.jdbc.update("update audit_event set id = ? where id = -1", other);
	}

	@Test
	void namesARowOfAnotherHistory() throws Exception {
		record(4);
		var kept = new ArrayList<>(this.jdbc.queryForList("select * from audit_event where id = 4"));
		this.jdbc.update("delete from audit_event where id > 2");
		this.jdbc.update("update audit_head set last_id = 2, "
				+ "last_hash = (select hash from audit_event where audit_event.id = 2)");
		record(2);
		this.jdbc.update("update audit_event set before_text = ?, at = ?, previous = ?, hash = ? where id = 4",
				kept.getFirst().get("before_text"), kept.getFirst().get("at"), kept.getFirst().get("previous"),
				kept.getFirst().get("hash"));
		assertBad(Fault.OTHER_HISTORY, 4, null);
	}

	@Test
	void namesAHeadThatWasChanged() throws Exception {
		record(3);
		this.jdbc.update("update audit_head set last_hash = ?", "a".repeat(64));
		assertBad(Fault.HEAD_CHANGED, 3, null);
	}

	@Test
	void namesACheckpointThatWasForged() throws Exception {
		record(3);
		this.checkpoints.write();
		var file = this.folder.resolve("audit.checkpoints");
		assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
		var line = Files.readString(file);
		Files.writeString(file, line.replace(" 3 ", " 2 "));
		assertThat(verify().misfit()).extracting(Misfit::fault, Misfit::row).containsExactly(MisfitFault.FORGED, 2L);
		// a line that a power cut tore is none
		Files.writeString(file, line + line.substring(0, 50));
		assertThat(verify().isIntact()).isTrue();
	}

}

@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:chain;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
		+ "DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000;DB_CLOSE_DELAY=-1")
class ChainH2Tests extends ChainTests {

}

@Import(RealPostgres.class)
class ChainPostgresIT extends ChainTests {

}
