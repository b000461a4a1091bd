package io.tollgate.policy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.tollgate.audit.AuditForTests;
import io.tollgate.numbering.RestrictionPreset;
import io.tollgate.keys.Keys;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.policy.RestrictionChange.EndIsPast;
import io.tollgate.policy.RestrictionChange.Gone;
import io.tollgate.policy.RestrictionChange.NoExtension;
import io.tollgate.policy.RestrictionChange.NotRestricted;
import io.tollgate.policy.RestrictionChange.OwnCountry;
import io.tollgate.policy.RestrictionChange.PresetIsHome;
import io.tollgate.policy.RestrictionChange.TooMany;
import io.tollgate.policy.RestrictionChange.Unchanged;
import io.tollgate.support.RealPostgres;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.SessionFactory;
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

import static java.util.stream.Collectors.toMap;
import static java.util.stream.IntStream.range;
import static org.assertj.core.api.Assertions.assertThat;

/** The number restrictions on both databases, in real transactions. */
@DataJpaTest(showSql = false, properties = "spring.jpa.properties.hibernate.generate_statistics=true")
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Import({ RestrictionLists.class, Policies.class, AuditForTests.class, PolicyScope.class,
		RestrictionListsTests.Beans.class })
@TestPropertySource(properties = "tollgate.key-file=target/test-secret.key")
abstract class RestrictionListsTests {

	private static final Instant NOW = Instant.parse("2026-08-10T12:00:00Z");

	private static final Instant SOON = NOW.plusSeconds(3600);

	@Autowired
	RestrictionLists lists;

	@Autowired
	Policies policies;

	@Autowired
	PbxRegistry registry;

	@Autowired
	JdbcTemplate jdbc;

	@Autowired
	EntityManagerFactory entities;

	private long offices;

	private long portland;

	@BeforeEach
	void fleet() {
		this.offices = policy("US offices", "US");
		this.jdbc.update("""
				insert into pbx (name, host, port, tls, ami_user, secret, policy_id, created_at)
				values ('Portland', 'pdx', 5038, false, 'tollgate', ?, ?, current_timestamp)""", new byte[] { 1 },
				this.offices);
		this.portland = this.jdbc.queryForObject("select max(id) from pbx", Long.class);
		this.jdbc.update("delete from audit_event");
	}

	@AfterEach
	void clear() {
		this.jdbc.update("delete from pbx");
		this.jdbc.update("delete from policy where name <> 'Default'");
		this.jdbc.update("delete from audit_event");
	}

	private long policy(String name, String home) {
		return ((Changed) this.policies.create(name, home, null)).rules().id();
	}

	private long revision() {
		return this.policies.revision(this.offices);
	}

	private long pbxRevision() {
		return this.registry.find(this.portland).orElseThrow().revision();
	}

	private NumberRestrictions now() {
		return this.lists.of(this.offices, this.portland);
	}

	private List<String> trail() {
		return this.jdbc.queryForList("""
				select action || ' | ' || object_name || ' | ' || coalesce(before_text, '-') || ' | '
				|| coalesce(after_text, '-') from audit_event order by id""", String.class);
	}

	@Test
	void addsAndRemovesOwnEntries() {
		long before = revision();
		assertThat(this.lists.add(this.offices, Map.of("1900", "Premium", "1XXX976", "")))
			.isEqualTo(new RestrictionChange.Changed(new TreeSet<>(Set.of("1900", "1XXX976")), new TreeSet<>()));
		assertThat(now().entries()).containsExactly("1900", "1XXX976");
		assertThat(revision()).isEqualTo(before + 1);
		assertThat(trail())
			.containsExactly("policy.restrictions.added | US offices | - | Restricted: +1 900 Premium, +1 XXX 976");
		assertThat(this.lists.add(this.offices, Map.of("1900", "other words"))).isInstanceOf(Unchanged.class);
		assertThat(revision()).isEqualTo(before + 1);
		assertThat(trail()).hasSize(1);
		this.lists.remove(this.offices, Set.of("1900", "44"));
		assertThat(now().entries()).containsExactly("1XXX976");
		assertThat(trail().getLast())
			.isEqualTo("policy.restrictions.removed | US offices | Restricted: +1 900 Premium | -");
		this.lists.replace(this.offices, Map.of("881", ""));
		assertThat(now().entries()).containsExactly("881");
		assertThat(this.lists.add(4711, Map.of("881", ""))).isInstanceOf(Gone.class);
	}

	@Test
	void refusesTheWholeCountryAndTooMuch() {
		assertThat(this.lists.add(this.offices, Map.of("1", ""))).isInstanceOf(OwnCountry.class);
		assertThat(this.lists.add(this.offices, Map.of("881", "", "1911", "")))
			.isEqualTo(new RestrictionChange.Emergency("1911", "911"));
		long mexico = policy("Mexico", "MX");
		assertThat(this.lists.add(mexico, Map.of("52", ""))).isInstanceOf(OwnCountry.class);
		assertThat(this.lists.add(mexico, Map.of("5", ""))).isInstanceOf(OwnCountry.class);
		var many = range(0, RestrictionLists.MOST_ENTRIES + 1).boxed().collect(toMap((i) -> "1900" + i, (_) -> ""));
		assertThat(this.lists.add(this.offices, many)).isInstanceOf(TooMany.class);
		assertThat(now()).isEqualTo(NumberRestrictions.none());
		assertThat(trail()).hasSize(1);
	}

	@Test
	void aPresetComesAndGoesAsAWhole() {
		this.lists.add(this.offices, Map.of("1242", "Bahamas office"));
		this.lists.setPreset(this.offices, RestrictionPreset.NANP_OFFSHORE, true);
		assertThat(now().entries()).hasSize(21).contains("1242", "1658").doesNotContain("1787");
		assertThat(this.lists.setPreset(this.offices, RestrictionPreset.NANP_OFFSHORE, true))
			.isInstanceOf(Unchanged.class);
		this.lists.remove(this.offices, Set.of("1246"));
		assertThat(now().entries()).hasSize(21);
		this.lists.setPreset(this.offices, RestrictionPreset.NANP_OFFSHORE, false);
		assertThat(this.lists.list(this.offices)).containsExactly(new Restriction("1242", null, "Bahamas office"));
		assertThat(trail().get(1)).startsWith("policy.restrictions.preset.on | US offices | - | NANP offshore: +1 242");
	}

	@Test
	void aPresetLeavesOutTheHomeCountry() {
		long jamaica = policy("Jamaica", "JM");
		this.lists.setPreset(jamaica, RestrictionPreset.NANP_OFFSHORE, true);
		assertThat(this.lists.of(jamaica, this.portland).entries()).hasSize(19).doesNotContain("1658", "1876");
		assertThat(this.lists.setPreset(jamaica, RestrictionPreset.US_TERRITORIES, true))
			.isInstanceOf(RestrictionChange.Changed.class);
		assertThat(new PresetIsHome("Jamaica").getArguments()).containsExactly("Jamaica");
	}

	@Test
	void readsInTwoQueries() {
		this.lists.setPreset(this.offices, RestrictionPreset.NANP_OFFSHORE, true);
		this.lists.exempt(this.portland, "1001", RestrictionPreset.NANP_OFFSHORE.name(), null);
		var statistics = this.entities.unwrap(SessionFactory.class).getStatistics();
		statistics.clear();
		assertThat(now().exemptions()).hasSize(21);
		assertThat(statistics.getPrepareStatementCount()).isEqualTo(2);
	}

	@Test
	void exemptsAnExtension() {
		this.lists.setPreset(this.offices, RestrictionPreset.SATELLITE, true);
		this.lists.add(this.offices, Map.of("1900", ""));
		long policy = revision();
		long pbx = pbxRevision();
		this.jdbc.update("delete from audit_event");
		assertThat(this.lists.exempt(this.portland, " 1001 ", "1900", null))
			.isInstanceOf(RestrictionChange.Changed.class);
		assertThat(now().exemptions()).containsExactly(new Exemption("1001", "1900", null));
		assertThat(pbxRevision()).isEqualTo(pbx + 1);
		assertThat(revision()).isEqualTo(policy);
		assertThat(this.lists.exempt(this.portland, "1001", "1900", null)).isInstanceOf(Unchanged.class);
		assertThat(this.lists.exempt(this.portland, "1001", "1900", SOON))
			.isInstanceOf(RestrictionChange.Changed.class);
		assertThat(now().exemptions()).containsExactly(new Exemption("1001", "1900", SOON));
		assertThat(trail()).containsExactly(
				"pbx.restriction.exempted | Portland | - | Extension 1001: +1 900 without end",
				"pbx.restriction.exempted | Portland | Extension 1001: +1 900 without end | Extension 1001: +1 900 until 2026-08-10T13:00:00Z");
		this.lists.removeExemption(this.lists.exemptions(this.offices).getFirst().id());
		assertThat(now().exemptions()).isEmpty();
		assertThat(this.lists.removeExemption(4711)).isInstanceOf(Gone.class);
	}

	@Test
	void theLongerOfTwoExemptionsCounts() {
		this.lists.setPreset(this.offices, RestrictionPreset.SATELLITE, true);
		this.lists.exempt(this.portland, "1001", "881", SOON.plusSeconds(60));
		this.lists.exempt(this.portland, "1001", RestrictionPreset.SATELLITE.name(), SOON);
		assertThat(now().exemptions()).hasSize(5)
			.contains(new Exemption("1001", "881", SOON.plusSeconds(60)), new Exemption("1001", "882", SOON));
		this.lists.exempt(this.portland, "1001", RestrictionPreset.SATELLITE.name(), null);
		assertThat(now().exemptions()).contains(new Exemption("1001", "881", null));
	}

	@Test
	void anEndedExemptionStaysUntilItIsRemoved() {
		this.lists.add(this.offices, Map.of("1900", ""));
		this.jdbc.update("""
				insert into restriction_exemption (pbx_id, extension, target, ends_at)
				values (?, '1001', '1900', timestamp with time zone '2020-01-01 00:00:00+00')""", this.portland);
		assertThat(now().exemptions()).hasSize(1);
		assertThat(this.lists.exemptions(this.offices).getFirst().ended(NOW)).isTrue();
	}

	@Test
	void refusesExemptionsThatMeanNothing() {
		this.lists.add(this.offices, Map.of("1900", ""));
		assertThat(this.lists.exempt(this.portland, "", "1900", null)).isInstanceOf(NoExtension.class);
		assertThat(this.lists.exempt(this.portland, "10 01", "1900", null)).isInstanceOf(NoExtension.class);
		assertThat(this.lists.exempt(this.portland, "1001", "1976", null)).isInstanceOf(NotRestricted.class);
		assertThat(this.lists.exempt(this.portland, "1001", "SATELLITE", null)).isInstanceOf(NotRestricted.class);
		assertThat(this.lists.exempt(this.portland, "1001", "1900", NOW)).isInstanceOf(EndIsPast.class);
		assertThat(this.lists.exempt(4711, "1001", "1900", null)).isInstanceOf(Gone.class);
		assertThat(now().exemptions()).isEmpty();
	}

	@Test
	void returnsToWhatWasApplied() {
		this.lists.setPreset(this.offices, RestrictionPreset.SATELLITE, true);
		this.lists.add(this.offices, Map.of("1900", "Premium"));
		this.lists.exempt(this.portland, "1001", RestrictionPreset.SATELLITE.name(), SOON);
		var applied = now();
		var list = this.lists.list(this.offices);
		this.lists.setPreset(this.offices, RestrictionPreset.SATELLITE, false);
		this.lists.setPreset(this.offices, RestrictionPreset.CARRIER_ACCESS, true);
		this.lists.add(this.offices, Map.of("44", ""));
		this.lists.restore(this.offices, applied.entries());
		assertThat(this.lists.list(this.offices)).isEqualTo(list);
		assertThat(this.lists.restore(this.offices, applied.entries())).isInstanceOf(Unchanged.class);
		assertThat(this.lists.restoreExemptions(this.portland, applied.exemptions())).isInstanceOf(Unchanged.class);
		this.lists.exempt(this.portland, "1001", RestrictionPreset.SATELLITE.name(), null);
		this.lists.exempt(this.portland, "1002", "1900", null);
		this.lists.restoreExemptions(this.portland, applied.exemptions());
		assertThat(now()).isEqualTo(applied);
		assertThat(this.lists.exemptions(this.offices)).extracting("target").containsExactly("SATELLITE");
		assertThat(this.lists.restoreExemptions(this.portland, applied.exemptions())).isInstanceOf(Unchanged.class);
	}

	@Test
	void returnsToExemptionsThatOverlapped() {
		this.lists.setPreset(this.offices, RestrictionPreset.SATELLITE, true);
		this.lists.exempt(this.portland, "1001", "881", SOON.plusSeconds(60));
		this.lists.exempt(this.portland, "1001", RestrictionPreset.SATELLITE.name(), SOON);
		var applied = now();
		assertThat(this.lists.restoreExemptions(this.portland, applied.exemptions())).isInstanceOf(Unchanged.class);
		this.lists.exempt(this.portland, "1002", "881", null);
		this.lists.restoreExemptions(this.portland, applied.exemptions());
		assertThat(now()).isEqualTo(applied);
		this.lists.restoreExemptions(this.portland, List.of());
		assertThat(this.lists.exemptions(this.offices)).isEmpty();
	}

	@TestConfiguration(proxyBeanMethods = false)
	@ComponentScan(basePackageClasses = { Keys.class, PbxRegistry.class },
			excludeFilters = @ComponentScan.Filter(TestConfiguration.class))
	static class Beans {

		@Bean
		Clock clock() {
			return Clock.fixed(NOW, ZoneOffset.UTC);
		}

	}

}

@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:restrictions;MODE=PostgreSQL;"
		+ "DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1")
class RestrictionListsH2Tests extends RestrictionListsTests {

}

@Import(RealPostgres.class)
class RestrictionListsPostgresIT extends RestrictionListsTests {

}
