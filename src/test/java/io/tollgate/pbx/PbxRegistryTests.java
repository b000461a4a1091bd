package io.tollgate.pbx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import io.tollgate.audit.AuditForTests;
import io.tollgate.audit.AuditTrail;
import io.tollgate.audit.CurrentActor;
import io.tollgate.keys.Keys;
import io.tollgate.keys.SealedException;
import io.tollgate.keys.TestKeys;
import io.tollgate.pbx.PbxConflictException.Conflict;
import io.tollgate.support.RealPostgres;
import jakarta.persistence.EntityManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The registry on both databases, in real transactions. */
@DataJpaTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Import({ AuditForTests.class, VisiblePbxs.class, PbxRegistryTests.Time.class })
abstract class PbxRegistryTests {

	private static final String MARKER = "marker-secret-93";

	private static final String FINGERPRINT = "ab".repeat(32);

	@Autowired
	PbxRows rows;

	@Autowired
	VisiblePbxs visible;

	@Autowired
	AuditTrail audit;

	@Autowired
	JdbcTemplate jdbc;

	@Autowired
	EntityManager entities;

	@Autowired
	PlatformTransactionManager transactions;

	@TempDir
	Path folder;

	private Path keyFile;

	private long policy;

	private long otherPolicy;

	@BeforeEach
	void policies() {
		this.keyFile = this.folder.resolve("secret.key");
		this.policy = this.jdbc.queryForObject("select min(id) from policy", Long.class);
		this.jdbc.update("insert into policy (name, home_country, dialing_code) values ('Mexico plants', 'MX', '00')");
		this.otherPolicy = this.jdbc.queryForObject("select max(id) from policy", Long.class);
	}

	@AfterEach
	void clear() {
		this.jdbc.update("delete from pbx");
		this.jdbc.update("delete from policy where id = ?", this.otherPolicy);
		this.jdbc.update("delete from audit_event");
	}

	/** A registry as after a start of the portal. */
	private Registry start() {
		return new Registry(this, this.keyFile);
	}

	/** Runs each call in a transaction of its own, as the proxy does. */
	private record Registry(PbxRegistry registry, TransactionTemplate transaction) {

		Registry(PbxRegistryTests tests, Path keyFile) {
			this(tests, TestKeys.of(keyFile));
		}

		private Registry(PbxRegistryTests tests, Keys keys) {
			this(new PbxRegistry(tests.rows, tests.visible, new Credentials(TestKeys.lockbox(keys)),
					new SecretUses(tests.audit, new CurrentActor(), tests.transactions, Clock.systemUTC()), tests.audit,
					tests.names(), (event) -> {
					}, tests.jdbc, Clock.systemUTC()), new TransactionTemplate(tests.transactions));
		}

		Pbx add(String name, String host, int port) {
			return add(new NewPbx(connection(name, host, port), false, 1));
		}

		Pbx add(NewPbx pbx) {
			return this.transaction.execute((status) -> this.registry.add(pbx, MARKER));
		}

		Pbx change(long id, PbxConnection connection, String secret) {
			return this.transaction.execute((status) -> this.registry.change(id, connection, secret));
		}

		void run(Runnable work) {
			this.transaction.executeWithoutResult((status) -> work.run());
		}

		Pbx find(long id) {
			return this.registry.find(id).orElseThrow();
		}

	}

	private ObjectProvider<PolicyNames> names() {
		return new ObjectProvider<>() {

			@Override
			public PolicyNames getObject() {
				return (id) -> PbxRegistryTests.this.jdbc.queryForObject("select name from policy where id = ?",
						String.class, id);
			}
		};
	}

	private static PbxConnection connection(String name, String host, int port) {
		return new PbxConnection(name, host, port, false, null, "tollgate");
	}

	private List<String> trail() {
		return this.jdbc.queryForList("""
				select action || ' | ' || object_name || ' | ' || coalesce(before_text, '-') || ' | '
				|| coalesce(after_text, '-') from audit_event where action not like 'pbx.secret%' order by id""",
				String.class);
	}

	@Test
	void keepsTheSecretLockedAndOutOfTheTrail() throws IOException {
		var registry = start();
		var pbx = registry.add("Monterrey plant", "MTY-pbx-01", 5038);
		assertThat(pbx.host()).isEqualTo("mty-pbx-01");
		assertThat(pbx.guard()).isEqualTo(GuardStatus.UNKNOWN);
		assertThat(registry.registry().secret(pbx.id())).isEqualTo(MARKER);
		byte[] stored = this.jdbc.queryForObject("select secret from pbx", byte[].class);
		assertThat(new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1)).doesNotContain(MARKER);
		assertThat(trail()).containsExactly(
				"pbx.connected | Monterrey plant | - | tollgate at mty-pbx-01:5038 without TLS, policy Default");
		assertThat(Files.readString(this.keyFile)).startsWith("1:");
		assertThat(start().registry().secret(pbx.id())).as("after a restart").isEqualTo(MARKER);
	}

	/** A person is a row each time; the portal's own looks are one a day. */
	@Test
	void writesDownWhoUsedASecret() {
		var registry = start();
		var id = registry.add("Monterrey plant", "mty", 5038).id();
		registry.registry().secret(id);
		registry.registry().secret(id);
		SecurityContextHolder.getContext()
			.setAuthentication(new TestingAuthenticationToken("lucia", "", "ROLE_OPERATOR"));
		try {
			registry.registry().secret(id);
			registry.registry().secret(id);
		}
		finally {
			SecurityContextHolder.clearContext();
		}
		assertThat(
				this.jdbc.queryForList("select actor || ' ' || action || ' ' || coalesce(pbx_id, 0) from audit_event "
						+ "where action like 'pbx.secret%' order by id", String.class))
			.containsExactly("tollgate pbx.secrets.used 0", "lucia pbx.secret.used " + id,
					"lucia pbx.secret.used " + id);
	}

	@Test
	void addsNothingWhoseSecretItCannotLock() throws IOException {
		var registry = start();
		var id = registry.add("Monterrey plant", "mty", 5038).id();
		Files.delete(this.keyFile);
		assertThatExceptionOfType(SealedException.class).isThrownBy(() -> registry.registry().secret(id));
		assertThatExceptionOfType(SealedException.class).isThrownBy(() -> registry.add("Second", "two", 5038));
		assertThat(registry.registry().all()).hasSize(1);
		assertThat(trail()).hasSize(1);
	}

	@Test
	void refusesANameOrAddressThatIsTaken() {
		var registry = start();
		var first = registry.add("Monterrey plant", "mty", 5038);
		registry.add("Saltillo plant", "slt", 5038);
		assertThat(registry.registry().conflicts(connection("monterrey PLANT", "MTY", 5038), null))
			.containsExactly(Conflict.NAME_TAKEN, Conflict.ADDRESS_TAKEN);
		assertThat(registry.registry().conflicts(connection("Monterrey plant", "mty", 5038), first.id())).isEmpty();
		assertThatExceptionOfType(PbxConflictException.class).isThrownBy(() -> registry.add("Other", "mty", 5038))
			.satisfies((ex) -> assertThat(ex.conflicts()).containsExactly(Conflict.ADDRESS_TAKEN));
		assertThatExceptionOfType(PbxConflictException.class)
			.isThrownBy(() -> registry.change(first.id(), connection("Saltillo plant", "mty", 5038), null))
			.satisfies((ex) -> assertThat(ex.conflicts()).containsExactly(Conflict.NAME_TAKEN));
		assertThat(registry.registry().all()).extracting(Pbx::name)
			.containsExactly("Monterrey plant", "Saltillo plant");
		assertThat(trail()).as("a refusal leaves no trace").hasSize(2);
	}

	@Test
	void aSimulatedPbxMayMeetThePortOfAnother() {
		var registry = start();
		var first = registry.add(new NewPbx(connection("One", "127.0.0.1", 40_001), true, this.policy));
		registry.add(new NewPbx(connection("Two", "127.0.0.1", 40_002), true, this.policy));
		registry.change(first.id(), connection("One", "127.0.0.1", 40_002), MARKER);
		assertThat(registry.find(first.id()).port()).isEqualTo(40_002);
	}

	@Test
	void theStoredSecretNeverGoesToAnotherMachine() {
		var registry = start();
		var pbx = registry
			.add(new NewPbx(new PbxConnection("A", "mty", 5039, true, FINGERPRINT, "tollgate"), false, this.policy));
		var elsewhere = List.of(new PbxConnection("A", "evil", 5039, true, FINGERPRINT, "tollgate"),
				new PbxConnection("A", "mty", 5038, true, FINGERPRINT, "tollgate"),
				new PbxConnection("A", "mty", 5039, false, null, "tollgate"),
				new PbxConnection("A", "mty", 5039, true, null, "tollgate"),
				new PbxConnection("A", "mty", 5039, true, "cd".repeat(32), "tollgate"));
		for (var connection : elsewhere) {
			assertThatExceptionOfType(PbxConflictException.class).as(connection.toString())
				.isThrownBy(() -> registry.change(pbx.id(), connection, null))
				.satisfies((ex) -> assertThat(ex.conflicts()).containsExactly(Conflict.SECRET_NEEDED));
		}
		registry.change(pbx.id(), elsewhere.getFirst(), "another");
		assertThat(registry.registry().secret(pbx.id())).isEqualTo("another");
		assertThat(registry.change(pbx.id(), new PbxConnection("B", "evil", 5039, true, FINGERPRINT, "other"), null)
			.name()).as("name and account alone need no secret").isEqualTo("B");
	}

	@Test
	void aChangeRaisesTheRevisionAndOneThatChangesNothingDoesNot() {
		var registry = start();
		var pbx = registry.add("Monterrey plant", "mty", 5038);
		registry.run(() -> registry.registry().contacted(pbx.id(), "Asterisk 22.10.1", GuardStatus.CURRENT));
		registry.change(pbx.id(), pbx.connection(), null);
		assertThat(registry.find(pbx.id()).revision()).isEqualTo(pbx.revision());
		assertThat(trail()).hasSize(1);
		registry.change(pbx.id(), connection("Saltillo plant", "mty", 5038), null);
		assertThat(registry.find(pbx.id()).revision()).isEqualTo(pbx.revision() + 1);
		assertThat(registry.find(pbx.id()).software()).as("the same machine under another name").isNotNull();
		registry.run(() -> registry.registry().assignPolicy(pbx.id(), this.policy));
		assertThat(registry.find(pbx.id()).revision()).isEqualTo(pbx.revision() + 1);
		registry.run(() -> registry.registry().assignPolicy(pbx.id(), this.otherPolicy));
		assertThat(registry.find(pbx.id()).revision()).isEqualTo(pbx.revision() + 2);
		assertThat(registry.registry().ofPolicy(this.otherPolicy)).hasSize(1);
		assertThat(trail().getLast()).isEqualTo("pbx.policy.assigned | Saltillo plant | Default | Mexico plants");
		registry.change(pbx.id(), connection("Saltillo plant", "slt", 5038), MARKER);
		assertThat(registry.find(pbx.id()).software()).as("another machine").isNull();
	}

	@Test
	void aContactAndAnEditAtTheSameTimeBothLast() {
		var registry = start();
		var pbx = registry.add("Monterrey plant", "mty", 5038);
		registry.run(() -> {
			this.entities.find(PbxRow.class, pbx.id());
			var other = new TransactionTemplate(this.transactions);
			other
				.setPropagationBehavior(org.springframework.transaction.TransactionDefinition.PROPAGATION_REQUIRES_NEW);
			other.executeWithoutResult(
					(status) -> registry.registry().change(pbx.id(), connection("Renamed", "mty", 5038), null));
			registry.registry().contacted(pbx.id(), "Asterisk\r\n22 " + "x".repeat(200), GuardStatus.MISSING);
		});
		var found = registry.find(pbx.id());
		assertThat(found.name()).isEqualTo("Renamed");
		assertThat(found.revision()).isEqualTo(pbx.revision() + 1);
		assertThat(found.software()).startsWith("Asterisk  22 xx").hasSize(80);
		assertThat(found.reachable()).isTrue();
		registry.run(() -> registry.registry().unreachable(pbx.id(), "no answer"));
		assertThat(registry.find(pbx.id()).lastError()).isEqualTo("no answer");
		assertThat(registry.find(pbx.id()).lastContactAt()).isEqualTo(found.lastContactAt());
	}

	@Test
	void removesAPbxWithAllThatHangsOnIt() {
		var registry = start();
		var pbx = registry.add("Monterrey plant", "mty", 5038);
		this.jdbc.update("insert into trunk (pbx_id, endpoint) values (?, 'carrier')", pbx.id());
		registry.run(() -> registry.registry().remove(pbx.id()));
		assertThat(registry.registry().all()).isEmpty();
		assertThat(this.jdbc.queryForObject("select count(*) from trunk", Long.class)).isZero();
		assertThat(trail().getLast()).startsWith("pbx.removed | Monterrey plant | tollgate at mty:5038");
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Time {

		@Bean
		Clock clock() {
			return Clock.systemUTC();
		}

	}

}

@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:registry;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
		+ "DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000;DB_CLOSE_DELAY=-1")
class PbxRegistryH2Tests extends PbxRegistryTests {

}

@Import(RealPostgres.class)
class PbxRegistryPostgresIT extends PbxRegistryTests {

}
