package io.tollgate.web;

import java.util.List;

import io.tollgate.account.Role;
import io.tollgate.fleet.Fleet;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.route.FirstRoute;
import io.tollgate.route.Routes;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.GuardedPbx;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** The main pages as somebody reads them who speaks Spanish. */
@BrowserTest
class SpanishJourneyIT {

	private static final List<String> PHOTOGRAPHED = List.of("/", "/security/country-codes", "/review");

	@Autowired
	Fleet fleet;

	@Autowired
	PbxRegistry registry;

	@Autowired
	Policies policies;

	@Autowired
	Routes routes;

	@Autowired
	TestAccounts people;

	private SimulatedPbx simulated;

	private long policy;

	private long pbx;

	@BeforeEach
	void connect() {
		this.policy = ((Changed) this.policies.create("Planta de Monterrey", "MX", null)).rules().id();
		this.simulated = GuardedPbx.start();
		var connection = new PbxConnection("Planta de Monterrey", "127.0.0.1", this.simulated.port(), false, null,
				"tollgate");
		this.pbx = this.fleet.connect(new NewPbx(connection, true, this.policy), GuardedPbx.SECRET).pbx().id();
		this.routes.saveFirst(this.pbx, new FirstRoute("carrier", List.of("NXXXXXXXX", "00ZXXXX!")));
		this.policies.setProtection(this.policy, true);
	}

	@AfterEach
	void clear() {
		this.registry.remove(this.pbx);
		this.policies.delete(this.policy);
		this.simulated.close();
	}

	@Test
	void speaksSpanish(Browser browser) {
		var username = this.people.another("lucia.ortega", Role.ADMINISTRATOR);
		browser.open("/sign-in").sees("Sign in").press("Español");
		browser.sees("Iniciar sesión").screenshots("es-sign-in");
		browser.type("Nombre de usuario", username).type("Contraseña", TestAccounts.PASSWORD).press("Iniciar sesión");
		browser.sees("Resumen").open("/security/country-codes").sees("Alemania");
		browser.type("Buscar país, región o código", "espana")
			.until("found without accents", (b) -> b.all("[data-switch]").size() == 1);
		for (var path : PHOTOGRAPHED) {
			browser.open(path).sees("Tollgate").screenshots("es" + path.replace('/', '-'));
		}
		browser.width(Browser.PHONE);
		for (var group : NavigationGroup.ALL) {
			for (var page : group.pages()) {
				browser.open(page.path()).assertNoSidewaysScroll();
				assertThat(browser.find("html").getDomAttribute("lang")).as(page.path()).startsWith("es");
			}
		}
		browser.width(Browser.DESK);
		browser.open("/account").click(".menu summary").press("English").sees("My account");
	}

}
