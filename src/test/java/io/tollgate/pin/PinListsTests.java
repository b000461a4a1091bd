package io.tollgate.pin;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.tollgate.audit.AuditForTests;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.keys.Keys;
import io.tollgate.keys.SealedException;
import io.tollgate.pin.PinChange.Changed;
import io.tollgate.pin.PinChange.Gone;
import io.tollgate.pin.PinChange.InUse;
import io.tollgate.pin.PinChange.LabelTaken;
import io.tollgate.pin.PinChange.NameTaken;
import io.tollgate.pin.PinChange.NoLabel;
import io.tollgate.pin.PinChange.NoName;
import io.tollgate.pin.PinChange.NoPin;
import io.tollgate.pin.PinChange.SamePin;
import io.tollgate.pin.PinChange.TakenPin;
import io.tollgate.pin.PinChange.TooMany;
import io.tollgate.pin.PinChange.Unchanged;
import io.tollgate.support.RealPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** PIN lists on both databases, in real transactions. */
@DataJpaTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Import({ PinLists.class, Salts.class, AuditForTests.class, PinListsTests.Beans.class })
@TestPropertySource(properties = "tollgate.key-file=target/test-secret.key")
abstract class PinListsTests {

	private static final String PIN = "802846";

	@Autowired
	PinLists lists;

	@Autowired
	PbxRegistry registry;

	@Autowired
	JdbcTemplate jdbc;

	@Autowired
	SortedMap<String, List<PinListUse.Use>> used;

	private long pbx;

	@BeforeEach
	void makePbx() {
		this.jdbc.update("""
				insert into pbx (name, host, port, tls, ami_user, secret, policy_id, created_at)
				select 'Monterrey plant', 'mty', 5038, false, 'tollgate', ?, min(id), current_timestamp from policy""",
				new byte[] { 1 });
		this.pbx = this.jdbc.queryForObject("select max(id) from pbx", Long.class);
	}

	@AfterEach
	void clear() {
		this.used.clear();
		this.jdbc.update("delete from pin_list");
		this.jdbc.update("delete from pin_salt");
		this.jdbc.update("delete from pbx");
		this.jdbc.update("delete from audit_event");
	}

	private long revision() {
		return this.registry.find(this.pbx).orElseThrow().revision();
	}

	private List<String> trail() {
		return this.jdbc.queryForList("""
				select action || ' | ' || object_name || ' | ' || coalesce(before_text, '-') || ' | '
				|| coalesce(after_text, '-') from audit_event order by id""", String.class);
	}

	private String created(String name) {
		return ((Changed) this.lists.create(name)).key();
	}

	private PinChange add(String key, String label, String digits) {
		return this.lists.add(key, List.of(new NewPin(label, digits)));
	}

	private void use(String key) {
		this.used.put(key, List.of(new PinListUse.Use(this.pbx, "Monterrey plant", 7, "Abroad")));
	}

	@Test
	void keepsHashesThatThePbxCanCompare() {
		var key = created(" Export desk ");
		assertThat(add(key, "Ana", PIN)).isEqualTo(new Changed(key));
		var list = this.lists.all().get(key);
		assertThat(list.name()).isEqualTo("Export desk");
		var salt = this.lists.salt(list);
		assertThat(salt).matches("[0-9a-f]{32}");
		assertThat(list.salt()).doesNotContain(salt);
		assertThat(list.labels()).containsExactly(Map.entry(Pins.hash(salt, PIN), "Ana"));
		assertThat(trail()).containsExactly("pin-list.created | Export desk | - | Export desk",
				"pin-list.pins.added | Export desk | - | Ana");
	}

	@Test
	void opensASaltInItsPlaceOnly() {
		var keys = List.of(created("One"), created("Other"));
		var one = this.lists.all().get(keys.getFirst());
		var other = this.lists.all().get(keys.getLast());
		this.jdbc.update("update pin_salt set locked = (select locked from pin_salt where id = ?) where id = ?",
				one.salt(), other.salt());
		assertThat(this.lists.salt(one)).hasSize(32);
		assertThatExceptionOfType(SealedException.class).isThrownBy(() -> this.lists.salt(other));
	}

	@Test
	void givesEachListItsOwnSalt() {
		var one = created("One");
		var other = created("Other");
		add(one, "Ana", PIN);
		add(other, "Ana", PIN);
		var all = this.lists.all();
		assertThat(all.get(one).labels().keySet()).doesNotContainAnyElementsOf(all.get(other).labels().keySet());
	}

	@Test
	void refusesWithoutATrace() {
		var key = created("Export desk");
		add(key, "Ana", PIN);
		assertThat(this.lists.create("export DESK")).isEqualTo(new NameTaken("export DESK"));
		assertThat(this.lists.create(" ")).isEqualTo(new NoName());
		assertThat(add(key, "ANA", "555000")).isEqualTo(new LabelTaken("Ana"));
		assertThat(add(key, "Ben", PIN)).isEqualTo(new TakenPin());
		assertThat(add(key, "Ben", "12")).isEqualTo(new NoPin());
		assertThat(add(key, "Bén", "555000")).isEqualTo(new NoLabel());
		assertThat(add("nothing", "Ben", "555000")).isEqualTo(new Gone());
		assertThat(this.lists.remove(key, "Ben")).isEqualTo(new Gone());
		assertThat(this.lists.rename(key, "Export desk")).isEqualTo(new Unchanged());
		assertThat(this.lists.add(key, List.of(new NewPin("Ben", "555000"), new NewPin("Eva", "555000"))))
			.as("all or none")
			.isEqualTo(new SamePin("Ben"));
		var many = IntStream.range(0, PinLists.MOST_PINS)
			.mapToObj((i) -> new NewPin("p" + i, String.valueOf(100_000 + i)))
			.toList();
		assertThat(this.lists.add(key, many)).isEqualTo(new TooMany(PinLists.MOST_PINS));
		assertThat(this.lists.all().get(key).labels().values()).containsExactly("Ana");
		assertThat(trail()).hasSize(3);
	}

	@Test
	void saysWhatStandsAgainstEachOfMany() {
		var key = created("Export desk");
		add(key, "Ana", PIN);
		assertThat(this.lists.refusals(key,
				List.of(new NewPin("Ben", "555000"), new NewPin("Eva", PIN), new NewPin("ben", "555001"),
						new NewPin("", "555001"), new NewPin("Leo", "555000"), new NewPin("Mia", "5"))))
			.containsExactly(null, new TakenPin(), new LabelTaken("Ben"), new NoLabel(), new SamePin("Ben"),
					new NoPin());
	}

	@Test
	void concernsThePbxsThatAsk() {
		var key = created("Export desk");
		assertThat(revision()).isZero();
		use(key);
		add(key, "Ana", PIN);
		assertThat(revision()).isEqualTo(1);
		assertThat(this.lists.rename(key, "Export")).isEqualTo(new Changed(key));
		this.lists.remove(key, "Ana");
		assertThat(revision()).isEqualTo(3);
		assertThat(this.lists.delete(key)).isEqualTo(new InUse("Abroad (Monterrey plant)"));
		this.used.clear();
		assertThat(this.lists.delete(key)).isEqualTo(new Changed(key));
		assertThat(this.lists.all()).isEmpty();
		assertThat(trail()).endsWith("pin-list.renamed | Export | Export desk | Export",
				"pin-list.pins.removed | Export | Ana | -", "pin-list.deleted | Export | Export: no PINs | -");
	}

	@Test
	void takesBackAListUnderItsKey() {
		var key = created("Export desk");
		add(key, "Ana", PIN);
		add(key, "Ben", "555000");
		var before = this.lists.all().get(key);
		this.lists.restore(key, before);
		assertThat(trail()).as("nothing to restore").hasSize(3);
		this.lists.remove(key, "Ana");
		add(key, "Eva", PIN);
		this.lists.restore(key, before);
		assertThat(this.lists.all()).containsExactly(Map.entry(key, before));
		assertThat(trail().getLast()).isEqualTo("pin-list.restored | Export desk | Ben, Eva | Ana, Ben");
		this.lists.delete(key);
		this.lists.restore(key, before);
		assertThat(this.lists.all()).containsExactly(Map.entry(key, before));
		assertThat(this.lists.salt(before)).isNotEmpty();
		this.lists.delete(key);
		created("Export desk");
		this.lists.restore(key, before);
		assertThat(this.lists.all().get(key).name()).isEqualTo("Export desk 2");
	}

	@Test
	void keepsThePasswordOfARoute() {
		var key = this.lists.password("", PIN);
		var other = this.lists.password("", PIN);
		assertThat(other).isNotEqualTo(key);
		var list = this.lists.all().get(key);
		assertThat(list.name()).isEmpty();
		assertThat(list.labels()).containsExactly(Map.entry(Pins.hash(this.lists.salt(list), PIN), "password"));
		assertThat(this.lists.password(key, "555000")).isEqualTo(key);
		assertThat(this.lists.all().get(key).labels()).hasSize(1).isNotEqualTo(list.labels());
		assertThat(add(key, "Ana", "777123")).as("no list of its own").isEqualTo(new Gone());
		assertThat(this.lists.delete(key)).isEqualTo(new Gone());
		use(key);
		this.lists.forgetPasswords();
		assertThat(this.lists.all()).containsOnlyKeys(key);
		assertThat(trail()).isEmpty();
	}

	@Test
	void tellsNobodyAPin() {
		var key = created("Export desk");
		add(key, "Ana", PIN);
		this.lists.password("", PIN);
		this.lists.remove(key, "Ana");
		assertThat(dump()).contains("Export desk", "password").doesNotContain(PIN);
	}

	/** All that the database holds. */
	abstract String dump();

	@TestConfiguration(proxyBeanMethods = false)
	@ComponentScan(basePackageClasses = { PbxRegistry.class, Keys.class },
			excludeFilters = @ComponentScan.Filter(TestConfiguration.class))
	static class Beans {

		@Bean
		Clock clock() {
			return Clock.systemUTC();
		}

		@Bean
		SortedMap<String, List<PinListUse.Use>> used() {
			return new TreeMap<>();
		}

		@Bean
		PinListUse routes(SortedMap<String, List<PinListUse.Use>> used) {
			return () -> used;
		}

	}

}

@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:pins;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
		+ "DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000;DB_CLOSE_DELAY=-1")
class PinListsH2Tests extends PinListsTests {

	@Override
	String dump() {
		return String.join("\n", this.jdbc.queryForList("script", String.class));
	}

}

@Import(RealPostgres.class)
class PinListsPostgresIT extends PinListsTests {

	@Override
	String dump() {
		return String.join("\n", this.jdbc
			.queryForList("select table_name from information_schema.tables where table_schema = 'public'",
					String.class)
			.stream()
			.flatMap((table) -> this.jdbc.queryForList("select t::text from " + table + " t", String.class).stream())
			.toList());
	}

}
