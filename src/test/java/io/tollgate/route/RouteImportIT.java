package io.tollgate.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

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

import static org.assertj.core.api.Assertions.assertThat;

/** A dump of FreePBX becomes the routes of a PBX, in a browser. */
@BrowserTest
class RouteImportIT {

	@Autowired
	PbxRegistry registry;

	@Autowired
	Routes routes;

	@Autowired
	Trunks trunks;

	@Autowired
	TestAccounts people;

	@TempDir
	Path files;

	private long office;

	@BeforeEach
	void fleet() {
		this.office = this.registry
			.add(new NewPbx(new PbxConnection("Salem office", "127.0.0.1", 25_049, false, null, "tollgate"), false, 1),
					"secret")
			.id();
		this.trunks.discovered(this.office, Set.of("lumen", "telnyx"));
	}

	@AfterEach
	void clear() {
		this.registry.remove(this.office);
	}

	/** The console notes the 422 of the file that is none. */
	@Test
	void aDumpBecomesRoutes(Browser browser) throws IOException {
		this.people.signIn(browser, Role.OPERATOR).expectErrors();
		browser.open("/routes?pbx=" + this.office).press("Import from FreePBX").sees("What is read");
		browser.screenshots("routes-import");
		choose(browser, "nothing.sql", "SELECT 1;");
		browser.sees("The file has no outbound route");
		choose(browser, "asterisk.sql", FreePbxFileTests.sample());
		browser.sees("5 routes in the order of FreePBX")
			.sees("Old lines is left out")
			.screenshots("routes-import-look");
		assertThat(browser.all("[name=route]:checked")).hasSize(2);
		browser.choose("Trunk for Old lines", "telnyx").press("Take over what is chosen");
		// what that trunk makes of the routes was not looked at yet
		browser.sees("Nothing is taken over yet").screenshots("routes-import-changed");
		assertThat(this.routes.list(this.office)).isEmpty();
		browser.press("Show again with these trunks");
		// it says why that one is not chosen by itself
		browser.sees("Trunk Old lines changes numbers in FreePBX");
		assertThat(browser.all("[name=route]:checked")).hasSize(2);
		browser.find("[name=route][value='2']").click();
		browser.press("Take over what is chosen").sees("3 routes are taken over").sees("Joe's \"national\"");
		assertThat(this.routes.list(this.office)).extracting((stored) -> stored.route().name())
			.containsExactly("Emergency", "International", "Joe's \"national\"");
	}

	private void choose(Browser browser, String name, String text) throws IOException {
		var file = Files.writeString(this.files.resolve(name), text);
		browser.find("#file").sendKeys(file.toString());
		browser.press("Show what it brings");
	}

}
