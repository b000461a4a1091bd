package io.tollgate.tester;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.tollgate.account.Role;
import io.tollgate.extension.Discovered;
import io.tollgate.extension.Extensions;
import io.tollgate.extension.RestrictionEdit;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.RouteType;
import io.tollgate.route.Routes;
import io.tollgate.route.Trunks;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

/** Who may dial a number: on one PBX, and on all of them. */
@BrowserTest
class WhoMayDialIT {

	@Autowired
	PbxRegistry registry;

	@Autowired
	Extensions extensions;

	@Autowired
	Routes routes;

	@Autowired
	Trunks trunks;

	@Autowired
	TestAccounts people;

	private long plant;

	private long office;

	@BeforeEach
	void fleet() {
		this.plant = pbx("Monterrey plant", 25_058);
		this.office = pbx("Portland office", 25_059);
		this.extensions.discovered(this.plant,
				IntStream.range(1001, 1061).mapToObj((number) -> new Discovered("" + number, "")).toList());
		this.trunks.discovered(this.plant, Set.of("carrier"));
		this.routes.add(this.plant,
				new OutboundRoute("Desk", RouteType.NORMAL, true,
						OutboundRoute.through("", List.of(), List.of("550100")).rules(), List.of("carrier"), null,
						new TreeSet<>(List.of("1003", "1007")), null, "", ""));
	}

	@AfterEach
	void clear() {
		this.registry.remove(this.plant);
		this.registry.remove(this.office);
	}

	private long pbx(String name, int port) {
		return this.registry
			.add(new NewPbx(new PbxConnection(name, "127.0.0.1", port, false, null, "tollgate"), false, 1), "secret")
			.id();
	}

	private void mayNotCallOut(String number) {
		long id = this.extensions.find(this.plant, number).orElseThrow().id();
		this.extensions.edit(Set.of(id), new RestrictionEdit(null, true, null, null));
	}

	@Test
	void countsWhoMayDial(Browser browser) {
		this.people.signIn(browser, Role.VIEWER);
		browser.open("/tester").type("Number as dialed", "550100").press("Who may dial it");
		browser.sees("2 of 60 may dial 550100").sees("The portal knows no extension of this PBX yet.");
		browser.sees("May not: no outbound route takes it").press("58 extensions").sees("1001, 1002, 1004");
		browser.screenshots("tester-who");
		mayNotCallOut("1007");
		browser.choose("PBX", "Monterrey plant").press("Who may dial it");
		browser.sees("1 of 60 may dial 550100").sees("May not: no outbound calls").press("58 extensions");
		browser.open("/tester?number=550100&who=all&rules=live").sees("Ask for the rules after an apply");
		browser.open("/tester?number=&who=all").sees("Type the number as it would be dialed");
	}

}
