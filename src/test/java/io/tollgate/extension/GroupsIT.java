package io.tollgate.extension;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.tollgate.account.Role;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.RestrictionLists;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Routes;
import io.tollgate.route.Trunks;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person does with groups of extensions, up to the route that is for one. */
@BrowserTest
class GroupsIT {

	@Autowired
	PbxRegistry registry;

	@Autowired
	Extensions extensions;

	@Autowired
	Groups groups;

	@Autowired
	Routes routes;

	@Autowired
	Trunks trunks;

	@Autowired
	RestrictionLists restrictions;

	@Autowired
	TestAccounts people;

	private long office;

	@BeforeEach
	void fleet() {
		this.office = this.registry
			.add(new NewPbx(new PbxConnection("Portland office", "127.0.0.1", 25_058, false, null, "tollgate"), false,
					1), "secret")
			.id();
		this.extensions.discovered(this.office,
				IntStream.rangeClosed(1001, 1012).mapToObj((i) -> new Discovered("" + i, "Desk " + i)).toList());
		this.trunks.discovered(this.office, Set.of("lumen"));
		this.routes.add(this.office, OutboundRoute.through("Long distance", List.of("lumen"), List.of("1503NXXXXXX")));
	}

	@AfterEach
	void clear() {
		this.registry.remove(this.office);
		this.restrictions.remove(1, Set.of("1900"));
	}

	private String list() {
		return "/groups?pbx=" + this.office;
	}

	/** The console notes the 422 of the refused group. */
	@Test
	void aGroupIsMadeUsedAndKept(Browser browser) {
		this.people.signIn(browser, Role.OPERATOR).expectErrors();
		browser.open(list()).sees("No extension group yet").screenshots("groups-none");
		browser.press("Add group").type("Name", "Sales").type("Members", "1001-1004, 4711").press("Save");
		browser.sees("Portland office has no extension 4711.").screenshots("group-refused");
		browser.type("Members", "1001-1004, 1010").press("Save").sees("Sales is added.");
		var key = this.groups.of(this.office).firstKey();
		assertThat(this.groups.of(this.office))
			.containsValue(new ExtensionGroup("Sales", new TreeSet<>(Set.of("1001", "1002", "1003", "1004", "1010"))));

		var route = this.routes.list(this.office).getFirst().id();
		browser.open("/routes/" + route + "?pbx=" + this.office).tick("Sales").screenshots("route-edit-groups");
		browser.press("Save")
			.sees("Long distance is saved.")
			.sees("Group Sales")
			.screenshot("routes-groups", "light", 1440);
		assertThat(this.routes.list(this.office).getFirst().route().users()).containsExactly("group:" + key);

		this.restrictions.add(1, Map.of("1900", ""));
		browser.open("/security/number-restrictions?policy=1").choose("Or a group", "Sales on Portland office");
		browser.driver().executeScript("document.getElementById('target').value = '1900'");
		browser.press("Exempt").sees("Group Sales is exempt once this is applied.").screenshots("exemption-group");

		browser.open(list()).sees("5 extensions").sees("Long distance").sees("1 exemption").screenshots("groups");
		browser.click("tbody a").sees("A group can be deleted once no route and no exemption uses it.");
		browser.screenshots("group");
		browser.type("Name", "Sales team").type("Members", "1001-1003").press("Save").sees("Sales team is saved.");
		browser.open("/routes?pbx=" + this.office).sees("Group Sales team");
		assertThat(this.groups.delete(this.office, key)).isInstanceOf(GroupChange.InUse.class);
	}

	@Test
	void aViewerOnlyLooks(Browser browser) {
		this.groups.create(this.office, "Sales", "1001-1003");
		this.people.signIn(browser, Role.VIEWER);
		browser.open(list()).sees("Sales");
		assertThat(browser.text()).doesNotContain("Add group");
		browser.click("tbody a").sees("Members now");
		assertThat(browser.find("#name").isEnabled()).isFalse();
		assertThat(browser.all("#delete")).isEmpty();
	}

}
