package io.tollgate.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@TollgateTest
@TestPropertySource(properties = "test.database=first-account")
class SetUpTests {

	@Autowired
	SetUp setUp;

	@Autowired
	SetUpLink link;

	@Autowired
	Accounts accounts;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TransactionTemplate transaction;

	@Autowired
	Environment environment;

	@Autowired
	PasswordRules rules;

	@Autowired
	BootstrapToken bootstrap;

	@Autowired
	Users users;

	long before;

	/** For an installation that nobody sits at. */
	@Test
	void makesAnAdministratorFromAFile(@TempDir Path folder) throws IOException {
		assertThatIllegalStateException().isThrownBy(fromFile(folder, "password12345678")::byFile)
			.withMessageContaining("not good enough")
			.withMessageNotContaining("password12345678");
		assertThat(this.accounts.none()).isTrue();

		fromFile(folder, TestAccounts.PASSWORD + "\n").byFile();
		assertThat(this.jdbc.sql("select username || ' ' || role from account").query(String.class).list())
			.containsExactly("admin ADMINISTRATOR");
		fromFile(folder, TestAccounts.PASSWORD).byFile();
		assertThat(this.jdbc.sql("select count(*) from account").query(Long.class).single()).isEqualTo(1);
	}

	private SetUp fromFile(Path folder, String password) throws IOException {
		var file = Files.writeString(folder.resolve("password"), password);
		return new SetUp(this.accounts, this.link, this.transaction, this.environment, this.rules, this.bootstrap,
				this.users, "admin", file.toString());
	}

	@BeforeEach
	void nobodyYet() {
		this.jdbc.sql("delete from account").update();
		this.before = this.jdbc.sql("select coalesce(max(id), 0) from audit_event").query(Long.class).single();
	}

	/** In this order: the database must still be empty for the first part. */
	@Test
	void fiftyAtOnceMakeOneAdministrator() throws Exception {
		var old = this.link.renew();
		var token = this.link.renew();
		assertThat(token).matches("[0-9a-f]{32}");
		assertThat(this.setUp.isOpen(old)).isFalse();
		assertThat(this.setUp.isOpen(token)).isTrue();
		assertThat(this.jdbc.sql("select token_hash from setup_link").query(String.class).single()).hasSize(64)
			.isNotEqualTo(token);

		this.jdbc.sql("update setup_link set expires_at = ?").param(OffsetDateTime.now()).update();
		assertThat(this.setUp.isOpen(token)).isFalse();
		assertThat(this.setUp.complete(token, "late", "Late", TestAccounts.PASSWORD)).isEmpty();

		assertThat(winners(this.link.renew())).isEqualTo(1);
		assertThat(this.jdbc.sql("select role from account").query(String.class).list())
			.containsExactly("ADMINISTRATOR");
		assertThat(this.jdbc.sql("select count(*) from audit_event where action = 'account.created' and id > ?")
			.param(this.before)
			.query(Long.class)
			.single()).isEqualTo(1);
		assertThat(this.jdbc.sql("select count(*) from setup_link").query(Long.class).single()).isZero();

		assertThat(this.setUp.isOpen(this.link.renew())).as("no set-up once there is an account").isFalse();
	}

	private long winners(String token) throws Exception {
		int people = 50;
		var start = new CyclicBarrier(people);
		try (var threads = Executors.newFixedThreadPool(people)) {
			var attempts = threads.invokeAll(IntStream.range(0, people).mapToObj((i) -> (Callable<Boolean>) () -> {
				start.await();
				try {
					return this.setUp.complete(token, "admin" + i, "Admin " + i, TestAccounts.PASSWORD).isPresent();
				}
				catch (TooBusyException ex) {
					return false; // more at once than may hash a password
				}
			}).toList());
			long won = 0;
			for (Future<Boolean> attempt : attempts) {
				won += attempt.get() ? 1 : 0;
			}
			return won;
		}
	}

}
