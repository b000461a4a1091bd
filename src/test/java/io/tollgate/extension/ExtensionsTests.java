package io.tollgate.extension;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.tollgate.audit.AuditForTests;
import io.tollgate.audit.Origin;
import io.tollgate.extension.RestrictionEdit.MaxDuration;
import io.tollgate.keys.Keys;
import io.tollgate.pbx.PbxRegistry;
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
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** The extensions on both databases, in real transactions. */
@DataJpaTest(showSql = false)
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Import({ Extensions.class, AuditForTests.class, ExtensionsTests.Beans.class })
@TestPropertySource(properties = "tollgate.key-file=target/test-secret.key")
abstract class ExtensionsTests {

	private static final CallRestrictions OPEN = new CallRestrictions(false, false, false, null);

	@Autowired
	Extensions extensions;

	@Autowired
	PbxRegistry registry;

	@Autowired
	JdbcTemplate jdbc;

	private long plant;

	private long office;

	@BeforeEach
	void fleet() {
		this.plant = pbx("Monterrey plant");
		this.office = pbx("Portland office");
	}

	@AfterEach
	void clear() {
		this.jdbc.update("delete from pbx");
		this.jdbc.update("delete from audit_event");
	}

	private long pbx(String name) {
		this.jdbc.update("""
				insert into pbx (name, host, port, tls, ami_user, secret, policy_id, created_at)
				select ?, 'mty', 5038, false, 'tollgate', ?, min(id), current_timestamp from policy""", name,
				new byte[] { 1 });
		return this.jdbc.queryForObject("select max(id) from pbx", Long.class);
	}

	private long revision(long pbx) {
		return this.registry.find(pbx).orElseThrow().revision();
	}

	private long id(long pbx, String number) {
		return this.extensions.find(pbx, number).orElseThrow().id();
	}

	private List<String> trail() {
		return this.jdbc.queryForList("""
				select action || ' | ' || object_name || ' | ' || coalesce(before_text, '-') || ' | '
				|| coalesce(after_text, '-') from audit_event order by id""", String.class);
	}

	@Test
	void takesOverWhatAPbxSays() {
		var first = this.extensions.discovered(this.plant, List.of(new Discovered("1012", "Valentina"),
				new Discovered("1013", "Diego"), new Discovered("1012", "Twice")));
		assertThat(first).isEqualTo(new SyncResult(2, 0, 2));
		assertThat(this.extensions.restrictions(this.plant))
			.isEqualTo(new TreeMap<>(Map.of("1012", CallRestrictions.DEFAULT, "1013", CallRestrictions.DEFAULT)));
		long revision = revision(this.plant);
		assertThat(this.extensions.discovered(this.plant,
				List.of(new Discovered("1012", "Valentina Ríos"), new Discovered("1013", "Diego"))))
			.isEqualTo(new SyncResult(0, 0, 2));
		assertThat(revision(this.plant)).isEqualTo(revision);
		assertThat(this.extensions.find(this.plant, "1012").orElseThrow().name()).isEqualTo("Valentina Ríos");
		this.extensions.edit(Set.of(id(this.plant, "1013")), new RestrictionEdit(false, null, null, null));
		assertThat(this.extensions.discovered(this.plant, List.of(new Discovered("1012", "Valentina Ríos"))))
			.isEqualTo(new SyncResult(0, 1, 1));
		assertThat(this.extensions.find(this.plant, "1013")).isEmpty();
		assertThat(this.extensions.counts()).containsExactly(Map.entry(this.plant, 1L));
		this.extensions.discovered(this.plant,
				List.of(new Discovered("1012", "Valentina Ríos"), new Discovered("1013", "Diego")));
		assertThat(this.extensions.restrictions(this.plant)).containsEntry("1013", OPEN);
	}

	@Test
	void sparesItselfWhatNoPortalCouldKeep() {
		var result = this.extensions.discovered(this.plant,
				List.of(new Discovered("1".repeat(60), "Too long"), new Discovered("1012", "a\u0000b\u001b[31m\nc"),
						new Discovered("1013", "x".repeat(79) + "\ud83d\ude00")));
		assertThat(result).isEqualTo(new SyncResult(2, 0, 2));
		assertThat(this.extensions.find(this.plant, "1012").orElseThrow().name()).isEqualTo("ab[31mc");
		assertThat(this.extensions.find(this.plant, "1013").orElseThrow().name()).isEqualTo("x".repeat(79));
	}

	@Test
	void changesOnlyNamedFieldsAndSaysSo() {
		this.extensions.discovered(this.plant, List.of(new Discovered("1012", "V"), new Discovered("1013", "D")));
		this.extensions.discovered(this.office, List.of(new Discovered("1012", "T")));
		var ids = Set.of(id(this.plant, "1012"), id(this.plant, "1013"), id(this.office, "1012"), 4711L);
		this.extensions.edit(Set.of(id(this.plant, "1013")),
				new RestrictionEdit(null, null, true, new MaxDuration(1800)));
		this.jdbc.update("delete from audit_event");
		long revision = revision(this.plant);
		assertThat(this.extensions.edit(ids, new RestrictionEdit(false, null, null, null)))
			.isEqualTo(new EditResult(3, 3));
		assertThat(this.extensions.restrictions(this.plant)).containsEntry("1012", OPEN)
			.containsEntry("1013", new CallRestrictions(false, false, true, 1800));
		assertThat(revision(this.plant)).isEqualTo(revision + 1);
		assertThat(trail())
			.containsExactly("extension.edited | 3 extensions | Disallow International Calls: ticked on 3 | "
					+ "Disallow International Calls: not ticked\n2 on Monterrey plant: 1012, 1013\n1 on Portland office: 1012");
		assertThat(this.extensions.edit(ids, new RestrictionEdit(false, null, null, null)))
			.isEqualTo(new EditResult(3, 0));
		assertThat(this.extensions.edit(Set.of(id(this.plant, "1012")),
				new RestrictionEdit(null, null, true, new MaxDuration(1800))))
			.isEqualTo(new EditResult(1, 1));
		assertThat(this.extensions.edit(ids, new RestrictionEdit(null, null, null, new MaxDuration(null))))
			.isEqualTo(new EditResult(3, 2));
		assertThat(revision(this.plant)).isEqualTo(revision + 3);
		assertThat(revision(this.office)).isEqualTo(2);
		assertThat(trail()).hasSize(3)
			.last()
			.asString()
			.contains("Max Outbound Call Duration: 1,800 s on 2 |", "Max Outbound Call Duration: no limit");
	}

	@Test
	void returnsToWhatWasApplied() {
		this.extensions.discovered(this.plant, List.of(new Discovered("1012", "V"), new Discovered("1013", "D")));
		var applied = this.extensions.restrictions(this.plant);
		long revision = revision(this.plant);
		this.extensions.restore(this.plant, applied);
		assertThat(revision(this.plant)).isEqualTo(revision);
		this.extensions.edit(Set.of(id(this.plant, "1012")), new RestrictionEdit(false, true, true, null));
		this.extensions.restore(this.plant, applied);
		assertThat(this.extensions.restrictions(this.plant)).isEqualTo(applied);
		assertThat(revision(this.plant)).isEqualTo(revision + 2);
	}

	@Test
	void readsSeveralPbxsAtOnce() {
		long gate = pbx("Gate");
		this.extensions.discovered(this.plant, List.of(new Discovered("1012", "V"), new Discovered("1013", "D")));
		this.extensions.discovered(this.plant, List.of(new Discovered("1012", "V")));
		this.extensions.discovered(this.office, List.of(new Discovered("1012", "T")));
		this.extensions.edit(Set.of(id(this.office, "1012")), new RestrictionEdit(false, null, null, null));
		assertThat(this.extensions.restrictions(List.of(this.plant, this.office, gate)))
			.isEqualTo(Map.of(this.plant, this.extensions.restrictions(this.plant), this.office,
					new TreeMap<>(Map.of("1012", OPEN)), gate, new TreeMap<>()));
		assertThat(this.extensions.restrictions(List.of())).isEmpty();
	}

	@Test
	void knowsWhatAPbxWasProvedToRun() {
		this.extensions.discovered(this.plant, List.of(new Discovered("1012", "V"), new Discovered("1013", "D")));
		this.extensions.edit(Set.of(id(this.plant, "1012")),
				new RestrictionEdit(false, true, true, new MaxDuration(86_400)));
		assertThat(unapplied()).containsExactly("1012");
		this.extensions.applied(this.plant, this.extensions.restrictions(this.plant));
		assertThat(unapplied()).isEmpty();
		this.extensions.edit(Set.of(id(this.plant, "1012")),
				new RestrictionEdit(null, null, null, new MaxDuration(86_399)));
		assertThat(unapplied()).containsExactly("1012");
		this.extensions.applied(this.plant, new TreeMap<>(Map.of("1013", OPEN)));
		assertThat(unapplied()).containsExactly("1012", "1013");
	}

	private List<String> unapplied() {
		return this.jdbc.queryForList(
				"select number from extension e where " + Where.UNAPPLIED.sql() + " order by number", String.class);
	}

	@Test
	void writesInPartsAndAllOrNothing() {
		var discovered = IntStream.range(0, 1_500)
			.mapToObj((i) -> new Discovered("" + (10_000 + i), "Line " + i))
			.toList();
		this.extensions.discovered(this.plant, discovered);
		this.extensions.discovered(this.office, discovered);
		this.jdbc.update("delete from audit_event");
		var told = new ArrayList<Integer>();
		var edit = new RestrictionEdit(null, true, null, null);
		var author = new Origin("lucia", "10.0.0.7", null);
		assertThatIllegalStateException().isThrownBy(() -> this.extensions.edit(Where.ALL, edit, "all", author, (_) -> {
			throw new IllegalStateException("the power fails");
		}));
		assertThat(this.extensions.picked(Where.ALL).count(CallRestrictions::disallowOutbound)).isZero();
		assertThat(trail()).isEmpty();
		assertThat(this.extensions.edit(Where.ALL, edit, "all", author, told::add))
			.isEqualTo(new EditResult(3_000, 3_000));
		assertThat(told).containsExactly(1_500, 3_000);
		assertThat(trail()).singleElement()
			.asString()
			.contains("3,000 extensions", "Picked: all", "1,500 on Monterrey plant: 10000,", "and 1,460 more");
		assertThat(this.jdbc.queryForObject("select actor || address from audit_event", String.class))
			.isEqualTo("lucia10.0.0.7");
	}

	@Test
	void fiveThousand() {
		var discovered = IntStream.range(0, 5_000)
			.mapToObj((i) -> new Discovered("" + (10_000 + i), "Line " + i))
			.toList();
		time("discover", () -> this.extensions.discovered(this.plant, discovered));
		time("discover again", () -> this.extensions.discovered(this.plant, discovered));
		for (int i = 0; i < 10; i++) {
			time("restrictions", () -> this.extensions.restrictions(this.plant));
		}
		var ids = Set.copyOf(this.jdbc.queryForList("select id from extension", Long.class));
		Stream.of(false, true)
			.forEach((ticked) -> time("edit all",
					() -> this.extensions.edit(ids, new RestrictionEdit(ticked, null, true, null))));
		assertThat(this.extensions.restrictions(this.plant)).hasSize(5_000)
			.containsValue(new CallRestrictions(true, false, true, null));
		assertThat(trail()).last().asString().contains("5,000 extensions", "and 4,960 more").hasSizeLessThan(600);
	}

	private void time(String what, Runnable work) {
		long start = System.nanoTime();
		work.run();
		System.out.printf("%s, 5,000 extensions, %s: %.1f ms%n", getClass().getSimpleName(), what,
				(System.nanoTime() - start) / 1e6);
	}

	@TestConfiguration(proxyBeanMethods = false)
	@ComponentScan(basePackageClasses = { Keys.class, PbxRegistry.class },
			excludeFilters = @ComponentScan.Filter(TestConfiguration.class))
	static class Beans {

		@Bean
		Clock clock() {
			return Clock.systemUTC();
		}

	}

}

@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:extensions;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
		+ "DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000;DB_CLOSE_DELAY=-1")
class ExtensionsH2Tests extends ExtensionsTests {

}

@Import(RealPostgres.class)
class ExtensionsPostgresIT extends ExtensionsTests {

}
