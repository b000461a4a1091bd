package io.tollgate.extension;

import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.tollgate.audit.AuditForTests;
import io.tollgate.extension.GroupChange.Changed;
import io.tollgate.extension.GroupChange.ChangedMeanwhile;
import io.tollgate.extension.GroupChange.Gone;
import io.tollgate.extension.GroupChange.InUse;
import io.tollgate.extension.GroupChange.NameTaken;
import io.tollgate.extension.GroupChange.NoName;
import io.tollgate.extension.GroupChange.Unchanged;
import io.tollgate.extension.GroupChange.UnknownNumbers;
import io.tollgate.keys.Keys;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.PolicyScope;
import io.tollgate.policy.RestrictionLists;
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

/** Groups on both databases, in real transactions. */
@DataJpaTest(showSql = false)
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Import({ Groups.class, Extensions.class, RestrictionLists.class, AuditForTests.class, PolicyScope.class,
		GroupsTests.Beans.class })
@TestPropertySource(properties = "tollgate.key-file=target/test-secret.key")
abstract class GroupsTests {

	@Autowired
	Groups groups;

	@Autowired
	Extensions extensions;

	@Autowired
	PbxRegistry registry;

	@Autowired
	JdbcTemplate jdbc;

	@Autowired
	Uses uses;

	private long plant;

	@BeforeEach
	void fleet() {
		this.plant = pbx("Monterrey plant");
		this.extensions.discovered(this.plant, List.of(new Discovered("1001", "Ana"), new Discovered("1002", "Diego"),
				new Discovered("1003", ""), new Discovered("2001", "Gate")));
		this.jdbc.update("delete from audit_event");
	}

	@AfterEach
	void clear() {
		this.jdbc.update("delete from pbx");
		this.jdbc.update("delete from audit_event");
		this.uses.routes = new TreeMap<>();
	}

	private long pbx(String name) {
		this.jdbc.update("""
				insert into pbx (name, host, port, tls, ami_user, secret, policy_id, created_at)
				select ?, 'mty', 5038, false, 'tollgate', ?, min(id), current_timestamp from policy""", name,
				new byte[] { 1 });
		return this.jdbc.queryForObject("select max(id) from pbx", Long.class);
	}

	private long revision() {
		return this.registry.find(this.plant).orElseThrow().revision();
	}

	private List<String> trail() {
		return this.jdbc.queryForList("""
				select action || ' | ' || object_name || ' | ' || coalesce(before_text, '-') || ' | '
				|| coalesce(after_text, '-') from audit_event order by id""", String.class);
	}

	private String sales() {
		return ((Changed) this.groups.create(this.plant, " Sales ", "1001-1003")).key();
	}

	private static ExtensionGroup group(String name, String... members) {
		return new ExtensionGroup(name, new TreeSet<>(Arrays.asList(members)));
	}

	@Test
	void readsSeveralPbxsAtOnce() {
		long office = pbx("Office");
		var sales = sales();
		this.groups.create(this.plant, "Empty", "");
		assertThat(this.groups.of(List.of(this.plant, office)))
			.isEqualTo(Map.of(this.plant, this.groups.of(this.plant), office, new TreeMap<>()));
		assertThat(this.groups.of(List.of(this.plant)).get(this.plant)).hasSize(2)
			.containsEntry(sales, group("Sales", "1001", "1002", "1003"));
	}

	@Test
	void makesAGroupUnderAKeyThatSaysNothing() {
		long revision = revision();
		var key = sales();
		assertThat(key).matches("[a-z0-9]{8}");
		assertThat(this.groups.of(this.plant)).containsExactly(Map.entry(key, group("Sales", "1001", "1002", "1003")));
		assertThat(revision()).isEqualTo(revision + 1);
		assertThat(trail()).containsExactly(
				"group.added | Sales | - | Sales on Monterrey plant, 3 members: 1001 Ana, 1002 Diego, 1003");
	}

	@Test
	void saysWhoCameAndWent() {
		var key = sales();
		long revision = revision();
		this.jdbc.update("delete from audit_event");
		assertThat(this.groups.save(this.plant, key, "Sales", "1003, 1002, 1001")).isInstanceOf(Unchanged.class);
		assertThat(trail()).isEmpty();
		assertThat(revision()).isEqualTo(revision);
		assertThat(this.groups.save(this.plant, key, "Sales team", "1002, 1003, 2001")).isEqualTo(new Changed(key));
		assertThat(this.groups.find(this.plant, key)).hasValue(group("Sales team", "1002", "1003", "2001"));
		assertThat(revision()).isEqualTo(revision + 1);
		assertThat(trail()).containsExactly("group.changed | Sales team | "
				+ "Sales on Monterrey plant, 3 members\nWent: 1001 Ana | Sales team on Monterrey plant, 3 members\nCame: 2001 Gate");
	}

	@Test
	void refusesWithoutATrace() {
		var key = sales();
		long other = pbx("Portland office");
		this.jdbc.update("delete from audit_event");
		long revision = revision();
		assertThat(this.groups.create(this.plant, " ", "")).isInstanceOf(NoName.class);
		assertThat(this.groups.create(this.plant, "x".repeat(64), "")).isInstanceOf(NoName.class);
		assertThat(this.groups.create(this.plant, "a\nb", "")).isInstanceOf(NoName.class);
		assertThat(this.groups.create(this.plant, "SALES", "")).isEqualTo(new NameTaken("SALES"));
		assertThat(this.groups.save(this.plant, key, "Sales", "1001, 4711, 5000-5999"))
			.isEqualTo(new UnknownNumbers(List.of("4711", "5000-5999"), "Monterrey plant"));
		assertThat(this.groups.save(other, key, "Sales", "")).isInstanceOf(Gone.class);
		assertThat(this.groups.delete(other, key)).isInstanceOf(Gone.class);
		assertThat(this.groups.create(4711, "Sales", "")).isInstanceOf(Gone.class);
		assertThat(this.groups.find(this.plant, key)).hasValue(group("Sales", "1001", "1002", "1003"));
		assertThat(trail()).isEmpty();
		assertThat(revision()).isEqualTo(revision);
		assertThat(this.groups.create(other, "Sales", "")).isInstanceOf(Changed.class);
	}

	@Test
	void doesNotReplaceWhatNobodySaw() {
		var key = sales();
		var seen = group("Sales", "1001", "1002", "1003").fingerprint();
		assertThat(this.groups.save(this.plant, key, "Sales", "1001-1003, 2001", seen)).isEqualTo(new Changed(key));
		var now = group("Sales", "1001", "1002", "1003", "2001");
		this.jdbc.update("delete from audit_event");
		long revision = revision();
		assertThat(this.groups.save(this.plant, key, "Sales team", "1001", seen)).isEqualTo(new ChangedMeanwhile(now));
		assertThat(this.groups.save(this.plant, key, "Sales", "1001-2001", seen)).isInstanceOf(Unchanged.class);
		assertThat(this.groups.find(this.plant, key)).hasValue(now);
		assertThat(trail()).isEmpty();
		assertThat(revision()).isEqualTo(revision);
		assertThat(this.groups.save(this.plant, key, "Sales team", "1001", now.fingerprint()))
			.isEqualTo(new Changed(key));
		assertThat(group("Sales", "1001").fingerprint()).isNotEqualTo(group("Sales", "1002").fingerprint())
			.isNotEqualTo(group("sales", "1001").fingerprint());
	}

	@Test
	void aMemberThatThePbxLostMayStay() {
		var key = sales();
		this.extensions.discovered(this.plant, List.of(new Discovered("1001", "Ana")));
		assertThat(this.groups.save(this.plant, key, "Sales", "1001-1002")).isInstanceOf(Changed.class);
		assertThat(this.groups.find(this.plant, key)).hasValue(group("Sales", "1001", "1002"));
		assertThat(this.groups.save(this.plant, key, "Sales", "1001-1003").getClass()).isEqualTo(Unchanged.class);
	}

	@Test
	void isNotDeletedWhileSomethingNamesIt() {
		var key = sales();
		this.uses.routes = new TreeMap<>(Map.of(key, List.of(new GroupUse("Long distance", "/routes/1"))));
		assertThat(this.groups.delete(this.plant, key)).isEqualTo(new InUse("Sales", List.of("Long distance"), 0));
		this.uses.routes = new TreeMap<>();
		this.jdbc.update("insert into restriction_exemption (pbx_id, extension, target) values (?, ?, '1900')",
				this.plant, "group:" + key);
		assertThat(this.groups.delete(this.plant, key)).isEqualTo(new InUse("Sales", List.of(), 1));
		this.jdbc.update("delete from restriction_exemption");
		this.jdbc.update("delete from audit_event");
		assertThat(this.groups.delete(this.plant, key)).isInstanceOf(Changed.class);
		assertThat(this.groups.of(this.plant)).isEmpty();
		assertThat(trail()).containsExactly(
				"group.deleted | Sales | Sales on Monterrey plant, 3 members: 1001 Ana, 1002 Diego, 1003 | -");
	}

	@Test
	void returnsToWhatWasAppliedAndKeepsWhatIsNew() {
		var key = sales();
		var applied = this.groups.of(this.plant);
		long revision = revision();
		this.groups.restore(this.plant, applied);
		assertThat(revision()).as("nothing changed").isEqualTo(revision);
		this.groups.save(this.plant, key, "Old sales", "2001");
		var other = ((Changed) this.groups.create(this.plant, "Sales", "2001")).key();
		this.groups.restore(this.plant, applied);
		assertThat(this.groups.of(this.plant)).containsOnly(Map.entry(key, applied.get(key)),
				Map.entry(other, group("Sales (2)", "2001")));
		this.groups.delete(this.plant, key);
		this.groups.restore(this.plant, applied);
		assertThat(this.groups.find(this.plant, key)).hasValue(applied.get(key));
		assertThat(trail()).last().asString().startsWith("group.restored | Sales | - | Sales on Monterrey plant");
	}

	@Test
	void twoGroupsGetTheirNamesBack() {
		var one = sales();
		var two = ((Changed) this.groups.create(this.plant, "Support", "")).key();
		var applied = this.groups.of(this.plant);
		this.groups.save(this.plant, one, "Other", "");
		this.groups.save(this.plant, two, "Sales", "");
		this.groups.save(this.plant, one, "Support", "");
		this.groups.restore(this.plant, applied);
		assertThat(this.groups.of(this.plant)).isEqualTo(applied);
	}

	/** Stands in for the module of the routes. */
	static class Uses implements GroupUses {

		private SortedMap<String, List<GroupUse>> routes = new TreeMap<>();

		@Override
		public Map<Long, SortedMap<String, List<GroupUse>>> routes(Collection<Long> pbxIds) {
			return pbxIds.stream().collect(Collectors.toMap((id) -> id, (id) -> this.routes));
		}

	}

	@TestConfiguration(proxyBeanMethods = false)
	@ComponentScan(basePackageClasses = { Keys.class, PbxRegistry.class },
			excludeFilters = @ComponentScan.Filter(TestConfiguration.class))
	static class Beans {

		@Bean
		Clock clock() {
			return Clock.systemUTC();
		}

		@Bean
		Uses uses() {
			return new Uses();
		}

	}

}

@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:groups;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
		+ "DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000;DB_CLOSE_DELAY=-1")
class GroupsH2Tests extends GroupsTests {

}

@Import(RealPostgres.class)
class GroupsPostgresIT extends GroupsTests {

}
