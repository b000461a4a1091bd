package io.tollgate.web;

import java.util.List;

import io.tollgate.account.Role;
import io.tollgate.extension.Discovered;
import io.tollgate.extension.Extensions;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.route.Trunk;
import io.tollgate.route.Trunks;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/** What is found, and by whom; that nobody finds other people's PBXs is in ScopeTests. */
@TollgateTest
class SearchTests {

	@Autowired
	PbxRegistry registry;

	@Autowired
	Extensions extensions;

	@Autowired
	Trunks trunks;

	@Autowired
	TestAccounts people;

	@LocalServerPort
	int port;

	private long pbx;

	@BeforeEach
	void fleet() {
		SecurityContextHolder.getContext()
			.setAuthentication(new TestingAuthenticationToken("setup", "", "ROLE_ADMINISTRATOR"));
		this.pbx = this.registry
			.add(new NewPbx(new PbxConnection("Sought plant", "sought.invalid", 5038, false, null, "tollgate"), false,
					1), "secret")
			.id();
		this.extensions.discovered(this.pbx, List.of(new Discovered("6612", "Émile <i>Zorn</i>"),
				new Discovered("66123", "x"), new Discovered("1661", "y"), new Discovered("66", "100% sure")));
		this.trunks.add(this.pbx, "Sought-trunk", new Trunk("PJSIP/$OUTNUM$@carrier", Trunk.Reading.AS_DIALLED, ""));
	}

	@AfterEach
	void clear() {
		this.registry.remove(this.pbx);
		SecurityContextHolder.clearContext();
	}

	private Http as(Role role) {
		return new Http(this.port).signIn(this.people.username(role), TestAccounts.PASSWORD);
	}

	private List<String> numbers(String text, int most) {
		return this.extensions.beginning(text, most)
			.stream()
			.filter((each) -> each.pbxId() == this.pbx)
			.map((each) -> each.number())
			.toList();
	}

	@Test
	void numbersByTheirBeginningTheShortestFirst() {
		assertThat(numbers("661", 50)).containsExactly("6612", "66123");
		assertThat(numbers("66", 1)).hasSizeLessThanOrEqualTo(1);
		assertThat(numbers("emile", 50)).containsExactly("6612");
		assertThat(numbers("ZORN", 50)).containsExactly("6612");
		assertThat(numbers("100%", 50)).containsExactly("66");
		assertThat(numbers("0".repeat(80), 50)).isEmpty();
	}

	@Test
	void everyKindWithItsAddress() {
		var http = as(Role.VIEWER);
		assertThat(http.get("/search?q=SOUGHT").body()).contains("href=\"/pbxs/" + this.pbx + "\"",
				"href=\"/trunks?pbx=" + this.pbx + "\"", "Sought-trunk");
		assertThat(http.get("/search?q=6612").body())
			.contains("href=\"/extensions?q=6612&amp;pbx=" + this.pbx + "\"", "&lt;i&gt;Zorn")
			.doesNotContain("<i>Zorn");
		assertThat(http.get("/search/hits?q=argent").body()).contains("Argentina", "?q=%2B54", "role=\"option\"");
		assertThat(http.get("/search/hits?q=%2B54").body()).contains("Argentina");
		for (var odd : List.of("", "%00", "%25", "_", "'", "a".repeat(500), "%F0%9F%93%9E")) {
			assertThat(http.get("/search?q=" + odd).statusCode()).as(odd).isEqualTo(200);
		}
	}

	@Test
	void pagesThatOneMayNotOpenAreNotFound() {
		assertThat(as(Role.VIEWER).get("/search/hits?q=user").body()).doesNotContain("/users");
		assertThat(as(Role.ADMINISTRATOR).get("/search/hits?q=user").body()).contains("href=\"/users\"");
	}

}
