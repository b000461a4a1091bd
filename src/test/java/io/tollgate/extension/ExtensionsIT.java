package io.tollgate.extension;

import java.util.List;
import java.util.Set;
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

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@BrowserTest
class ExtensionsIT {

	@Autowired
	PbxRegistry registry;

	@Autowired
	Extensions extensions;

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

	private Set<Long> ids(String... numbers) {
		return Stream.of(numbers)
			.map((number) -> this.extensions.find(this.plant, number).orElseThrow().id())
			.collect(Collectors.toSet());
	}

	private static void tick(Browser browser, String row) {
		browser.click("[data-bulk-enable][value=" + row + "]");
	}

}
