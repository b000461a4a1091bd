package io.tollgate.policy;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import io.tollgate.audit.AuditForTests;
import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.pbx.GuardStatus;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.VisiblePbxs;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.policy.PolicyChange.ChangedMeanwhile;
import io.tollgate.policy.PolicyChange.CodesUnknown;
import io.tollgate.policy.PolicyChange.CountryUnknown;
import io.tollgate.policy.PolicyChange.DialingCodeInvalid;
import io.tollgate.policy.PolicyChange.EmergencyInvalid;
import io.tollgate.policy.PolicyChange.EmergencyMissing;
import io.tollgate.policy.PolicyChange.EmergencyStartsWithDialingCode;
import io.tollgate.policy.PolicyChange.Gone;
import io.tollgate.policy.PolicyChange.InUse;
import io.tollgate.policy.PolicyChange.LastPolicy;
import io.tollgate.policy.PolicyChange.NameInvalid;
import io.tollgate.policy.PolicyChange.NameTaken;
import io.tollgate.policy.PolicyChange.PrefixInvalid;
import io.tollgate.policy.PolicyChange.Unchanged;
import io.tollgate.policy.WorkingWeek.Saved;
import io.tollgate.support.RealPostgres;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;

/** The policies on both databases, in real transactions. */
@DataJpaTest(showSql = false, properties = "spring.jpa.properties.hibernate.generate_statistics=true")
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Import({ Policies.class, WorkingWeek.class, AuditForTests.class, PolicyScope.class, VisiblePbxs.class,
		PoliciesTests.Time.class })
abstract class PoliciesTests {

	@Autowired
	Policies policies;

	@Autowired
	WorkingWeek week;

	@Autowired
	JdbcTemplate jdbc;

	@Autowired
	EntityManagerFactory entities;

	@MockitoBean
	PbxRegistry pbxs;

	private long id;

	@BeforeEach
	void mexico() {
		this.id = created(this.policies.create("Mexico plants", "MX", null)).id();
		this.jdbc.update("delete from audit_event");
	}

	@AfterEach
	void clear() {
		this.jdbc.update("delete from policy where name <> 'Default'");
		this.jdbc.update("delete from audit_event");
	}

	@Test
	void startsWithDefault() {
		assertThat(this.policies.all().getFirst()).satisfies((policy) -> {
			assertThat(policy.name()).isEqualTo("Default");
			assertThat(policy.protectionEnabled()).isFalse();
			assertThat(policy.dialingCode()).isEqualTo("011");
			assertThat(policy.internationalPrefixes()).containsExactly("+", "00", "011");
			assertThat(policy.emergencyNumbers()).containsExactly("112", "911");
		});
	}

	@Test
	void aNewPolicyStartsFromItsHomeCountry() {
		var rules = this.policies.rules(this.id);
		assertThat(rules.homeCountry()).isEqualTo("MX");
		assertThat(rules.dialingCode()).isEqualTo("00");
		assertThat(rules.internationalPrefixes()).containsExactly("+", "00", "011");
		assertThat(rules.emergencyNumbers()).contains("911");
		assertThat(rules.allowedCodes()).isEmpty();
	}

	@Test
	void aCopyKeepsTheRulesAndTakesWhatTheOtherCountryDials() {
		this.policies.allow(this.id, Set.of("54", "1"));
		this.policies.setProtection(this.id, true);
		this.policies.setEmergencyNumbers(this.id, Set.of("911", "066"));
		var same = created(this.policies.create(" Mexico offices ", "MX", this.id));
		assertThat(same).isEqualTo(this.policies.rules(this.id).as(same.id(), "Mexico offices"));
		var germany = created(this.policies.create("Germany", "DE", this.id));
		assertThat(germany.allowedCodes()).containsExactly("1", "54");
		assertThat(germany.protectionEnabled()).isTrue();
		assertThat(germany.emergencyNumbers()).contains("112").doesNotContain("066");
		assertThat(this.policies.create("Nowhere", "DE", 4711L)).isInstanceOf(Gone.class);
	}

	@Test
	void everyHomeCountryMakesAPolicy() {
		for (String iso : NumberingPlan.homeCountries()) {
			var numbers = Policies.emergencyNumbers(NumberingPlan.of(iso));
			assertThat(numbers).as(iso).isNotEmpty();
		}
	}

	@Test
	void allowsAndBlocks() {
		long revision = this.policies.revision(this.id);
		assertThat(this.policies.allow(this.id, Set.of("54"))).isInstanceOf(Changed.class);
		assertThat(this.policies.rules(this.id).allowedCodes()).containsExactly("54");
		assertThat(this.policies.revision(this.id)).isEqualTo(revision + 1);
		assertThat(this.policies.revisions()).containsEntry(this.id, revision + 1);
		assertThat(trail()).containsExactly(
				"policy.country.allowed | Mexico plants | Argentina (+54): blocked | Argentina (+54): allowed");
		assertThat(this.policies.allow(this.id, Set.of("54"))).isInstanceOf(Unchanged.class);
		assertThat(this.policies.revision(this.id)).as("nothing changed").isEqualTo(revision + 1);
		assertThat(trail()).hasSize(1);
		this.policies.block(this.id, Set.of("54", "49"));
		assertThat(this.policies.rules(this.id).allowedCodes()).isEmpty();
		assertThat(trail().getLast())
			.isEqualTo("policy.country.blocked | Mexico plants | Argentina (+54): allowed | Argentina (+54): blocked");
	}

	@Test
	void takesAllCodesAtOnce() {
		var all = new TreeSet<>(CallingCodes.all().stream().map(CallingCodeEntry::code).toList());
		this.policies.allow(this.id, all);
		assertThat(this.policies.rules(this.id).allowedCodes()).isEqualTo(all).hasSize(242);
		this.policies.allowAndBlock(this.id, Set.of("54"), new TreeSet<>(all.tailSet("2")));
		assertThat(this.policies.rules(this.id).allowedCodes()).isEqualTo(all.headSet("2"));
	}

	@Test
	void readsInTwoQueries() {
		this.policies.allow(this.id, Set.of("54", "1", "49"));
		var statistics = this.entities.unwrap(SessionFactory.class).getStatistics();
		statistics.clear();
		this.policies.rules(this.id);
		assertThat(statistics.getPrepareStatementCount()).isEqualTo(2);
		statistics.clear();
		assertThat(this.policies.all()).hasSizeGreaterThan(1);
		assertThat(statistics.getPrepareStatementCount()).isEqualTo(2);
	}

	@Test
	void twoPeopleAtOnceLoseNothing() throws Exception {
		var codes = Stream.of("20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43").toList();
		var together = new CyclicBarrier(codes.size());
		try (var threads = Executors.newFixedThreadPool(codes.size())) {
			var switches = new ArrayList<Callable<PolicyChange>>();
			for (String code : codes) {
				switches.add(() -> {
					together.await();
					return this.policies.allow(this.id, Set.of(code));
				});
			}
			for (var done : threads.invokeAll(switches)) {
				assertThat(done.get()).isInstanceOf(Changed.class);
			}
		}
		assertThat(this.policies.rules(this.id).allowedCodes()).containsExactlyElementsOf(codes);
		assertThat(trail()).hasSize(codes.size());
	}

	@Test
	void aFormThatIsOutOfDateIsRefused() {
		this.policies.setEmergencyNumbers(this.id, Set.of("911"));
		this.policies.allow(this.id, Set.of("54"));
		assertThat(this.policies.setEmergencyNumbers(this.id, Set.of("066"), Set.of("911")))
			.as("another setting changed meanwhile")
			.isInstanceOf(Changed.class);
		assertThat(this.policies.setEmergencyNumbers(this.id, Set.of("060"), Set.of("911")))
			.isEqualTo(new ChangedMeanwhile("066"));
		assertThat(this.policies.setDialingCode(this.id, "011", "09")).isEqualTo(new ChangedMeanwhile("00"));
		assertThat(this.policies.rules(this.id).emergencyNumbers()).containsExactly("066");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "abc", "0a", "+", "*00", "0000000", "００", "0 0", "00\n" + "1" })
	void refusesADialingCodeThatIsNone(String code) {
		assertThat(this.policies.setDialingCode(this.id, code)).isInstanceOf(DialingCodeInvalid.class);
		assertThat(this.policies.rules(this.id).dialingCode()).isEqualTo("00");
		assertThat(trail()).isEmpty();
	}

	@Test
	void theDialingCodeBeforeStaysInternational() {
		this.policies.setDialingCode(this.id, "810");
		var rules = changed(this.policies.setDialingCode(this.id, " 00 "));
		assertThat(rules.dialingCode()).isEqualTo("00");
		assertThat(rules.internationalPrefixes()).containsExactly("+", "00", "011", "810");
		assertThat(this.policies.rules(this.id)).isEqualTo(rules);
	}

	@Test
	void keepsEmergencyNumbersApartFromTheDialingCode() {
		this.policies.setEmergencyNumbers(this.id, Set.of("911", "112"));
		assertThat(this.policies.setDialingCode(this.id, "91"))
			.isEqualTo(new EmergencyStartsWithDialingCode("911", "91"));
		assertThat(this.policies.setEmergencyNumbers(this.id, Set.of("000")))
			.isEqualTo(new EmergencyStartsWithDialingCode("000", "00"));
		assertThat(this.policies.setEmergencyNumbers(this.id, Set.of())).isInstanceOf(EmergencyMissing.class);
		assertThat(this.policies.setEmergencyNumbers(this.id, Set.of("911", "9"))).isEqualTo(new EmergencyInvalid("9"));
		assertThat(this.policies.setEmergencyNumbers(this.id, Set.of("1234567"))).isInstanceOf(EmergencyInvalid.class);
		assertThat(this.policies.rules(this.id).emergencyNumbers()).containsExactly("112", "911");
	}

	@Test
	void changesPrefixes() {
		var rules = changed(this.policies.setPrefixes(this.id, Set.of("+", "0011")));
		assertThat(rules.internationalPrefixes()).as("the dialing code is always one")
			.containsExactly("+", "00", "0011");
		assertThat(this.policies.rules(this.id)).isEqualTo(rules);
		assertThat(this.policies.setPrefixes(this.id, Set.of("++"))).isEqualTo(new PrefixInvalid("++"));
		assertThat(trail()).containsExactly("policy.prefixes.changed | Mexico plants "
				+ "| International prefixes: +, 00, 011 | International prefixes: +, 00, 0011");
	}

	@Test
	void refusesWhatIsNotThere() {
		assertThat(this.policies.allow(this.id, Set.of("54", "999999", "x")))
			.isEqualTo(new CodesUnknown(sorted("999999", "x")));
		assertThat(this.policies.setHomeCountry(this.id, "ZZ")).isInstanceOf(CountryUnknown.class);
		assertThat(this.policies.create("X", "zz", null)).isInstanceOf(CountryUnknown.class);
		assertThat(this.policies.setProtection(4711, true)).isInstanceOf(Gone.class);
		assertThat(this.policies.find(4711)).isEmpty();
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.policies.rules(4711));
	}

	@Test
	void namesAreTheirOwn() {
		assertThat(this.policies.create("MEXICO plants", "MX", null)).isEqualTo(new NameTaken("Mexico plants"));
		assertThat(this.policies.create(" ", "MX", null)).isInstanceOf(NameInvalid.class);
		assertThat(this.policies.create("x".repeat(64), "MX", null)).isInstanceOf(NameInvalid.class);
		assertThat(this.policies.rename(this.id, "Default")).isEqualTo(new NameTaken("Default"));
		assertThat(changed(this.policies.rename(this.id, "Mexico Plants")).name()).isEqualTo("Mexico Plants");
		assertThat(this.policies.names()).containsEntry(this.id, "Mexico Plants");
	}

	@Test
	void deletesOnlyWhatNobodyNeeds() {
		given(this.pbxs.ofPolicy(this.id)).willReturn(List.of(pbx("Monterrey")));
		assertThat(this.policies.delete(this.id)).isEqualTo(new InUse(List.of("Monterrey")));
		given(this.pbxs.ofPolicy(this.id)).willReturn(List.of());
		assertThat(this.policies.delete(this.id)).isInstanceOf(Changed.class);
		assertThat(this.policies.names()).hasSize(1);
		assertThat(this.policies.delete(this.id)).isInstanceOf(Gone.class);
		assertThat(this.policies.delete(this.policies.all().getFirst().id())).isInstanceOf(LastPolicy.class);
		assertThat(trail()).singleElement()
			.asString()
			.startsWith("policy.deleted | Mexico plants | Home country: Mexico");
	}

	@Test
	void restoresAllButTheName() {
		var before = this.policies.rules(this.id);
		this.policies.rename(this.id, "Factories");
		this.policies.allow(this.id, Set.of("54"));
		this.policies.setProtection(this.id, true);
		this.policies.setDialingCode(this.id, "098");
		this.jdbc.update("delete from audit_event");
		var restored = changed(this.policies.restore(before));
		assertThat(restored).isEqualTo(before.as(this.id, "Factories")).isEqualTo(this.policies.rules(this.id));
		assertThat(this.policies.restore(before)).isInstanceOf(Unchanged.class);
		assertThat(trail()).singleElement()
			.asString()
			.startsWith("policy.restored")
			.contains("Argentina (+54): blocked", "International Dialing Code: 00", "Protection: off");
	}

	@Test
	void keepsTheWorkingWeek() {
		var before = this.week.hours();
		long revision = this.week.revision();
		assertThat(before.days()).containsOnlyKeys(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY,
				DayOfWeek.THURSDAY, DayOfWeek.FRIDAY);
		assertThat(this.week.save(before)).isEqualTo(Saved.UNCHANGED);
		assertThat(trail()).isEmpty();
		var night = new BusinessHours(ZoneId.of("America/Mexico_City"), Map.of(DayOfWeek.MONDAY,
				new BusinessHours.Hours(0, 1440), DayOfWeek.SUNDAY, new BusinessHours.Hours(1200, 1440)));
		assertThat(this.week.save(night, revision)).isEqualTo(Saved.CHANGED);
		assertThat(this.week.hours()).isEqualTo(night);
		assertThat(this.week.revision()).isEqualTo(revision + 1);
		assertThat(this.week.save(before, revision)).as("somebody else was faster").isEqualTo(Saved.CHANGED_MEANWHILE);
		assertThat(trail()).singleElement()
			.asString()
			.contains("Time zone: UTC", "Monday: 08:00-18:00", "Saturday: closed", "Time zone: America/Mexico_City",
					"Sunday: 20:00-24:00", "Tuesday: closed");
		assertThat(this.week.restore(before)).isEqualTo(Saved.CHANGED);
		assertThat(this.week.hours()).isEqualTo(before);
	}

	private static PolicyRules created(PolicyChange change) {
		return changed(change);
	}

	private static PolicyRules changed(PolicyChange change) {
		assertThat(change).isInstanceOf(Changed.class);
		return ((Changed) change).rules();
	}

	private static SortedSet<String> sorted(String... values) {
		return new TreeSet<>(Set.of(values));
	}

	private static Pbx pbx(String name) {
		return new Pbx(1, name, false, "pbx", 5038, false, null, "tollgate", 1, null, null, (Instant) null, null,
				GuardStatus.UNKNOWN, 0);
	}

	private List<String> trail() {
		return this.jdbc.query("select * from audit_event order by id",
				(row, _) -> row.getString("action") + " | " + row.getString("object_name") + " | "
						+ row.getString("before_text") + " | " + row.getString("after_text"));
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Time {

		@Bean
		Clock clock() {
			return Clock.systemUTC();
		}

	}

}

@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:policies;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
		+ "DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000;DB_CLOSE_DELAY=-1")
class PoliciesH2Tests extends PoliciesTests {

}

@Import(RealPostgres.class)
class PoliciesPostgresIT extends PoliciesTests {

}
