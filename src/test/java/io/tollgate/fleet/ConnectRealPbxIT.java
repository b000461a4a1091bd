package io.tollgate.fleet;

import java.util.Locale;

import io.tollgate.account.Role;
import io.tollgate.lab.AsteriskLog;
import io.tollgate.lab.LabSpec;
import io.tollgate.lab.RealAsterisk;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** A real Asterisk is connected by TLS, in a browser. */
@BrowserTest
@ExtendWith(AsteriskLog.class)
class ConnectRealPbxIT {

	@Autowired
	TestAccounts accounts;

	@Autowired
	PbxRegistry registry;

	@AfterEach
	void leaveNothingBehind() {
		this.registry.all().stream().map(Pbx::id).forEach(this.registry::remove);
	}

	@ParameterizedTest
	@EnumSource(RealAsterisk.Version.class)
	void connectsByTlsToTheCertificateThatAPersonAccepted(RealAsterisk.Version version, Browser browser) {
		try (var pbx = RealAsterisk.start(version, LabSpec.of(5))) {
			this.accounts.signIn(browser, Role.ADMINISTRATOR);
			browser.open("/pbxs/new")
				.type("Name", "Real " + version.number())
				.type("Host", "127.0.0.1")
				.type("Port", String.valueOf(pbx.amiTlsPort()))
				.type("Manager account", "readonly")
				.type("Secret", RealAsterisk.SECRET);
			browser.tick("Encrypt the line with TLS");
			browser.press("Test connection").sees("The account lacks the write class system");
			browser.type("Manager account", "tollgate-config").press("Connect and read");
			browser.sees("Compare the fingerprint with the certificate of the PBX");
			var digits = pbx.fingerprint().replace(":", "").toUpperCase(Locale.ROOT);
			assertThat(browser.text().replace(":", "")).contains(digits);
			browser.screenshots("connect-pbx-certificate");
		}
	}

	@ParameterizedTest
	@EnumSource(RealAsterisk.Version.class)
	void readsIt(RealAsterisk.Version version, Browser browser) {
		try (var pbx = RealAsterisk.start(version, LabSpec.of(5))) {
			this.accounts.signIn(browser, Role.ADMINISTRATOR);
			browser.open("/pbxs/new")
				.type("Name", "Real " + version.number())
				.type("Host", "127.0.0.1")
				.type("Port", String.valueOf(pbx.amiTlsPort()))
				.type("Manager account", "tollgate-config")
				.type("Secret", RealAsterisk.SECRET);
			browser.tick("Encrypt the line with TLS");
			browser.press("Connect and read").sees("Compare the fingerprint");
			browser.tick("This is the certificate of the PBX");
			browser.press("Connect and read").sees("5 extensions");
			assertThat(browser.text()).contains("Asterisk " + version.number()).contains("trunk");
			assertThat(this.registry.all().getFirst().fingerprint())
				.isEqualTo(pbx.fingerprint().replace(":", "").toLowerCase(Locale.ROOT));
			browser.press("Read from PBX").sees("is as it was");
		}
	}

}
