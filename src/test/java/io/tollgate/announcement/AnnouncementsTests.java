package io.tollgate.announcement;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.tollgate.announcement.AnnouncementAnswer.Changed;
import io.tollgate.announcement.AnnouncementAnswer.Gone;
import io.tollgate.announcement.AnnouncementAnswer.InUse;
import io.tollgate.announcement.AnnouncementAnswer.Refused;
import io.tollgate.announcement.AnnouncementAnswer.Unchanged;
import io.tollgate.announcement.AnnouncementUse.Use;
import io.tollgate.audit.AuditForTests;
import io.tollgate.keys.Keys;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.support.RealPostgres;
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
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/** Announcements on both databases, in real transactions. */
@DataJpaTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Import({ Announcements.class, AuditForTests.class, AnnouncementsTests.Beans.class })
@TestPropertySource(properties = "tollgate.key-file=target/test-secret.key")
abstract class AnnouncementsTests {

	private static final Announcement CLOSED = new Announcement("We are closed", List.of("custom/closed"), true, "");

	@Autowired
	Announcements announcements;

	@Autowired
	PbxRegistry registry;

	@Autowired
	Routes routes;

	@Autowired
	JdbcTemplate jdbc;

	private TreeMap<String, Announcement> start;

	@BeforeEach
	void makePbx() {
		this.routes.uses = Map.of();
		this.start = new TreeMap<>(this.announcements.all());
		this.jdbc.update("""
				insert into pbx (name, host, port, tls, ami_user, secret, policy_id, created_at)
				select 'Monterrey plant', 'mty', 5038, false, 'tollgate', ?, min(id), current_timestamp from policy""",
				new byte[] { 1 });
	}

	@AfterEach
	void clear() {
		this.jdbc.update("delete from announcement where announcement_key <> 'unavail'");
		this.announcements.restore(this.start);
		this.jdbc.update("delete from pbx");
		this.jdbc.update("delete from audit_event");
	}

	private long revision() {
		return this.registry.all().getFirst().revision();
	}

	private List<String> trail() {
		return this.jdbc.queryForList("""
				select action || ' | ' || object_name || ' | ' || coalesce(before_text, '-') || ' | '
				|| coalesce(after_text, '-') from audit_event order by id""", String.class);
	}

	private String add(Announcement announcement) {
		return ((Changed) this.announcements.add(announcement)).key();
	}

	private List<String> refusals(AnnouncementAnswer answer) {
		return ((Refused) answer).refusals()
			.stream()
			.map((refusal) -> refusal.field() + " " + refusal.getClass().getSimpleName())
			.toList();
	}

	@Test
	void beginsWithTheOneThatMostNeed() {
		assertThat(this.announcements.all()).containsExactly(Map.entry("unavail",
				new Announcement("Number unavailable",
						List.of("sorry", "the-number-u-dialed", "is-curntly-unavail", "please-contact-tech-supt"),
						false, "*999")));
		assertThat(Announcements.UNAVAILABLE).isEqualTo("unavail");
	}

	@Test
	void addsChangesAndDeletes() {
		var key = add(new Announcement(" We are closed ", List.of("custom/closed"), true, " "));
		assertThat(key).matches("[a-z0-9]{8}");
		assertThat(this.announcements.find(key)).contains(CLOSED);
		assertThat(this.announcements.byName().keySet()).containsExactly("unavail", key);
		assertThat(this.announcements.change(key, CLOSED)).isEqualTo(new Unchanged());
		assertThat(revision()).isEqualTo(1);
		var open = new Announcement("Open", List.of("sorry", "custom/open"), false, "*12345");
		assertThat(this.announcements.change(key, open)).isEqualTo(new Changed(key));
		assertThat(this.announcements.delete(key)).isEqualTo(new Changed(key));
		assertThat(this.announcements.delete(key)).isEqualTo(new Gone());
		assertThat(this.announcements.change(key, open)).isEqualTo(new Gone());
		assertThat(revision()).isEqualTo(3);
		assertThat(trail()).containsExactly(
				"announcement.added | We are closed | - | We are closed, custom/closed, answers the call",
				"announcement.changed | Open | We are closed, custom/closed, answers the call"
						+ " | Open, sorry custom/open, code *12345",
				"announcement.deleted | Open | Open, sorry custom/open, code *12345 | -");
	}

	@Test
	void keepsOneThatARoutePlays() {
		var use = new Use(7, "Monterrey plant", 9, "Premium");
		this.routes.uses = Map.of("unavail", List.of(use));
		assertThat(this.announcements.delete("unavail")).isEqualTo(new InUse(List.of(use)));
		assertThat(this.announcements.all()).containsKey("unavail");
		assertThat(trail()).isEmpty();
	}

	@Test
	void refusesWhatIsTaken() {
		assertThat(
				refusals(this.announcements.add(new Announcement("number UNAVAILABLE", List.of("a"), false, "*999"))))
			.containsExactly("name NameTaken", "code CodeTaken");
		assertThat(this.announcements.change("unavail",
				new Announcement("Number Unavailable", List.of("a"), false, "*999")))
			.isInstanceOf(Changed.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a,b", "a&b", "-a", "/etc/passwd", "../x", "${SHELL(id)}", "a.gsm", "a]", "é", "a;b" })
	void keepsStrangeSoundsOutOfTheDialplan(String sound) {
		assertThat(refusals(this.announcements.add(new Announcement("x", List.of("sorry", sound), false, ""))))
			.containsExactly("sounds NoSuchSound");
	}

	@ParameterizedTest
	@ValueSource(strings = { "999", "*1", "*123456", "*9a", "**99", "#99", "*99\n" })
	void refusesWhatIsNoCode(String code) {
		var answer = this.announcements.add(new Announcement("x", List.of("sorry"), false, code + "x"));
		assertThat(refusals(answer)).containsExactly("code NoCode");
	}

	@Test
	void refusesNothingToPlayAndTooMuch() {
		assertThat(refusals(this.announcements.add(new Announcement(" ", List.of(), false, ""))))
			.containsExactly("name NoName", "sounds NoSounds");
		var sound = "x".repeat(69);
		assertThat(refusals(
				this.announcements.add(new Announcement("long", java.util.Collections.nCopies(11, sound), false, ""))))
			.containsExactly("sounds TooManySounds");
		add(new Announcement("long", java.util.Collections.nCopies(10, sound), false, ""));
	}

	@Test
	void returnsToWhatWasApplied() {
		var closed = add(CLOSED);
		var applied = new TreeMap<>(this.announcements.all());
		this.announcements.delete(closed);
		this.announcements.change("unavail", new Announcement("We are closed", List.of("b"), false, ""));
		var coded = add(new Announcement("Coded", List.of("sorry"), false, "*999"));
		var played = add(new Announcement("number unavailable", List.of("sorry"), false, "*998"));
		var unknown = add(new Announcement("Unknown", List.of("sorry"), false, ""));
		this.routes.uses = Map.of(played, List.of());
		this.announcements.restore(applied);
		assertThat(this.announcements.all()).containsAllEntriesOf(applied)
			.doesNotContainKey(coded)
			.containsEntry(played, new Announcement("number unavailable (2)", List.of("sorry"), false, ""))
			.containsEntry(unknown, new Announcement("Unknown", List.of("sorry"), false, ""));
		long revision = revision();
		this.announcements.restore(applied);
		assertThat(revision()).isEqualTo(revision);
		assertThat(trail()).filteredOn((event) -> event.startsWith("announcement.restored")).hasSize(3);
	}

	@Test
	void whatWasAppliedAtDifferentTimesStaysApart() {
		var applied = new TreeMap<>(Map.of("aaaa", new Announcement("Twice", List.of("a"), false, "*99"), "bbbb",
				new Announcement("twice", List.of("b"), false, "*99")));
		this.announcements.restore(applied);
		assertThat(this.announcements.all())
			.containsEntry("bbbb", new Announcement("twice (2)", List.of("b"), false, ""))
			.doesNotContainKey("unavail");
	}

	/** Stands for the module that keeps the routes. */
	static class Routes implements AnnouncementUse {

		private Map<String, List<Use>> uses = Map.of();

		@Override
		public Map<String, List<Use>> uses() {
			return this.uses;
		}

	}

	@TestConfiguration
	@ComponentScan(basePackageClasses = { Keys.class, PbxRegistry.class },
			excludeFilters = @ComponentScan.Filter(TestConfiguration.class))
	static class Beans {

		@Bean
		Clock clock() {
			return Clock.systemUTC();
		}

		@Bean
		Routes routes() {
			return new Routes();
		}

	}

}

@TestPropertySource(
		properties = "spring.datasource.url=jdbc:h2:mem:announcements;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
				+ "DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000;DB_CLOSE_DELAY=-1")
class AnnouncementsH2Tests extends AnnouncementsTests {

}

@Import(RealPostgres.class)
class AnnouncementsPostgresIT extends AnnouncementsTests {

}
