package io.tollgate.extension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.tollgate.account.Role;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@BrowserTest
class ExtensionsIT {

	@Autowired
	PbxRegistry registry;

	@Autowired
	Extensions extensions;

	@Autowired
	Groups groups;

	@Autowired
	JdbcTemplate jdbc;

	@Autowired
	TestAccounts people;

	private long plant;

	private long office;

	@BeforeEach
	void fleet() {
		this.plant = pbx("Monterrey plant", 25_038);
		this.office = pbx("Portland office", 25_039);
		var names = List.of("Valentina Ríos", "Diego Cantú", "Ana Paula Treviño", "Export desk (shared)");
		this.extensions.discovered(this.plant,
				Stream
					.concat(IntStream.range(0, 4).mapToObj((i) -> new Discovered("" + (1012 + i), names.get(i))),
							IntStream.range(0, 116).mapToObj((i) -> new Discovered("" + (2000 + i), "Line " + i)))
					.toList());
		this.extensions.discovered(this.office,
				List.of(new Discovered("1012", "Grace Whitfield"), new Discovered("3102", "Tom Okafor")));
	}

	@AfterEach
	void clear() {
		this.registry.remove(this.plant);
		this.registry.remove(this.office);
	}

	private long pbx(String name, int amiPort) {
		return this.registry
			.add(new NewPbx(new PbxConnection(name, "127.0.0.1", amiPort, false, null, "tollgate"), false, 1), "secret")
			.id();
	}

	private CallRestrictions now(long pbx, String number) {
		return this.extensions.find(pbx, number).orElseThrow().restrictions();
	}

	/** The console notes the 422 that the bad duration gets. */
	@Test
	void searchesTicksAndEditsAllThatMatch(Browser browser) {
		this.people.signIn(browser, Role.OPERATOR).expectErrors();
		browser.open("/extensions").sees("1 to 50 of 122").screenshots("extensions");

		browser.type("Search extension number, name or PBX", "rios").sees("1 to 1 of 1").sees("Valentina Ríos");
		browser.until("an address to keep", (b) -> b.path().contains("q=rios"));
		browser.click("[data-row]");
		browser.sees("1 selected");

		browser.type("Search extension number, name or PBX", "line").sees("1 to 50 of 116").sees("1 selected");
		browser.click("[data-select-all]");
		browser.sees("51 selected").press("Next").sees("51 to 100 of 116").sees("51 selected").press("Previous");
		browser.sees("1 to 50 of 116").sees("51 selected").press("Select all 116 that match");
		browser.sees("All 116 that match are selected");
		browser.click("[data-row]");
		browser.sees("115 selected").screenshots("extensions-selected").press("Edit");

		browser.sees("Edit 115 extensions").sees("Ticked on 115 of 115");
		assertThat(browser.path()).isEqualTo("/extensions/edit");
		assertThat(browser.find("#duration").isEnabled()).isFalse();
		tick(browser, "duration");
		browser.type("Max Outbound Call Duration (s)", "ninety").press("Save");
		browser.sees("Type whole seconds from 1 to 86400").screenshots("extension-edit-refused");
		browser.type("Max Outbound Call Duration (s)", "1800").press("Save").sees("115 extensions changed.");
		assertThat(now(this.plant, "2000").maxDurationSeconds()).isNull();
		assertThat(now(this.plant, "2115").maxDurationSeconds()).isEqualTo(1800);
		assertThat(now(this.plant, "1012").maxDurationSeconds()).isNull();
	}

	@Test
	void showsMixedValuesAndWhatTheyWillDo(Browser browser) {
		this.extensions.edit(ids("2000", "2001", "2002"), new RestrictionEdit(null, null, true, null));
		this.extensions.edit(ids("2003", "2004"),
				new RestrictionEdit(null, null, null, new RestrictionEdit.MaxDuration(1800)));
		this.people.signIn(browser, Role.OPERATOR);
		browser.open("/extensions?q=line+monterrey");
		browser.click("[data-select-all]");
		browser.press("Edit").sees("Edit 50 extensions");
		browser.sees("Mixed: ticked on 3 of 50").sees("Mixed: none on 48, 1,800 s on 2");
		tick(browser, "international");
		browser.click("#international");
		browser.sees("50 extensions may call abroad").sees("1 setting changes on 50 extensions");
		tick(browser, "outbound");
		browser.click("#outbound");
		browser.sees("50 extensions may not call out at all, so not abroad either").screenshots("extension-edit");
		browser.press("Save").sees("50 extensions changed.");
		assertThat(now(this.plant, "2000")).isEqualTo(new CallRestrictions(false, true, true, null));
		assertThat(now(this.plant, "2004")).isEqualTo(new CallRestrictions(false, true, false, 1800));
		assertThat(now(this.plant, "2050")).isEqualTo(CallRestrictions.DEFAULT);
		browser.open("/extensions?show=gone").sees("No extension matches").screenshots("extensions-none");
	}

	@Test
	void importsAFileAfterALook(Browser browser, @TempDir Path directory) throws IOException {
		var file = Files.writeString(directory.resolve("extensions.csv"), """
				First Name,Last Name,Extension Number,Disallow International Calls,Max Outbound Call Duration (s)
				Grace,Whitfield,1012,0,1800
				Lucía,Ortega,3200,,
				Tom,Okafor,3102,1,
				Nobody,,31 02,,
				""");
		this.people.signIn(browser, Role.OPERATOR);
		browser.open("/extensions?pbx=" + this.office).press("Import CSV").sees("Import extensions");
		browser.screenshots("extension-import").find("#file").sendKeys(file.toString());
		browser.press("Show what it would do").sees("Nothing is changed yet").sees("Import 2 extensions");
		browser.sees("No limit → 1800").screenshots("extension-import-preview");
		browser.press("Import 2 extensions").sees("2 extensions imported.");
		browser.until("the list of that PBX", (b) -> b.path().equals("/extensions?pbx=" + this.office));
		assertThat(now(this.office, "1012")).isEqualTo(new CallRestrictions(false, false, false, 1800));
	}

	@Test
	void filtersByGroupAndEditsItsMembers(Browser browser) {
		this.groups.create(this.plant, "Night desk", "2000-2009");
		this.groups.create(this.office, "Night desk", "3102");
		this.people.signIn(browser, Role.OPERATOR);
		browser.open("/extensions").choose("Group", "Night desk").sees("1 to 11 of 11").sees("Tom Okafor");
		browser.until("an address to keep", (b) -> b.path().contains("group=Night"));
		browser.screenshots("extensions-group");
		browser.open("/extensions?group=Night+desk&pbx=" + this.plant).sees("1 to 10 of 10");
		browser.click("[data-select-all]");
		browser.press("Edit").sees("Edit 10 extensions");
		tick(browser, "outbound");
		browser.click("#outbound");
		browser.press("Save").sees("10 extensions changed.");
		assertThat(now(this.plant, "2009").disallowOutbound()).isTrue();
		assertThat(now(this.office, "3102").disallowOutbound()).isFalse();
	}

	/** An edit that takes long, at whatever portal. */
	@Test
	void tellsHowFarAnEditIsAndWhatBecameOfIt(Browser browser) {
		var id = UUID.randomUUID();
		this.jdbc.update("""
				insert into bulk_edit (id, actor, started_at, seen_at, state, selected, done, list)
				values (?, 'lucia', current_timestamp, ?, 'RUNNING', 100000, 42000, '/extensions?q=line')""", id,
				Timestamp.from(Instant.now().plusSeconds(3600)));
		this.people.signIn(browser, Role.OPERATOR);
		browser.open("/extensions/edits/" + id).sees("Editing 100,000 extensions").sees("42,000 of 100,000 written");
		browser.screenshots("extension-progress");
		this.jdbc.update("update bulk_edit set done = 84000 where id = ?", id);
		browser.sees("84,000 of 100,000 written");
		this.jdbc.update("update bulk_edit set state = 'DONE', changed = 99990 where id = ?", id);
		browser.sees("100,000 extensions edited").sees("99,990 extensions changed, 10 had these values already.");
		browser.screenshots("extension-progress-done");
		this.jdbc.update("update bulk_edit set state = 'RUNNING', seen_at = ? where id = ?",
				Timestamp.from(Instant.now().minusSeconds(60)), id);
		browser.open("/extensions/edits/" + id).sees("so nothing was changed");
		browser.screenshots("extension-progress-stopped").press("Back to the list").sees("of 116");
	}

	private Set<Long> ids(String... numbers) {
		return Stream.of(numbers)
			.map((number) -> this.extensions.find(this.plant, number).orElseThrow().id())
			.collect(Collectors.toSet());
	}

	private static void tick(Browser browser, String row) {
		browser.click("[data-bulk-enable][value=" + row + "]");
	}

}
