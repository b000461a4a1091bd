package io.tollgate.fleet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tollgate.account.Accounts;
import io.tollgate.account.Role;
import io.tollgate.extension.Discovered;
import io.tollgate.extension.Extensions;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.Upkeep;
import io.tollgate.pbx.Upkeeps;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Routes;
import io.tollgate.route.Trunks;
import io.tollgate.support.Http;
import io.tollgate.support.Statements;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** The pages ask the database as often for many PBXs as for a few. */
@TollgateTest
class FleetQueriesTests {

	private static final List<String> PAGES = List.of("/", "/pbxs", "/review", "/security/number-restrictions");

	private static final String GROUP = "Many plants";

	@Autowired
	Accounts accounts;

	@Autowired
	Upkeeps upkeeps;

	@Autowired
	JdbcTemplate jdbc;

	@Autowired
	PbxRegistry registry;

	@Autowired
	Policies policies;

	@Autowired
	Extensions extensions;

	@Autowired
	Trunks trunks;

	@Autowired
	Routes routes;

	@Autowired
	TestAccounts people;

	@LocalServerPort
	int port;

	private final List<Long> pbxs = new ArrayList<>();

	private long policy;

	@AfterEach
	void clear() {
		this.jdbc.update("delete from account where username = 'limited-counter'");
		this.pbxs.forEach(this.registry::remove);
		this.policies.delete(this.policy);
	}

	/** Also for somebody who is limited to some of them. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void asManyForFiftyPbxsAsForFive(boolean limited) {
		this.policy = ((Changed) this.policies.create("Many plants", "MX", null)).rules().id();
		this.policies.setProtection(this.policy, true);
		var http = new Http(this.port).signIn(limited ? limited() : this.people.username(Role.VIEWER),
				TestAccounts.PASSWORD);
		add(5);
		statements(http, "54");
		var few = statements(http, "55");
		add(47);
		statements(http, "56");
		assertThat(statements(http, "57")).isEqualTo(few);
		assertThat(http.get("/pbxs?page=2").body()).contains(">Plant 51<").doesNotContain(">Plant 04<");
		assertThat(http.get("/review").body()).contains("52 PBXs with the same changes");
	}

	private String limited() {
		var account = this.accounts.create("limited-counter", "Limited", TestAccounts.PASSWORD, Role.VIEWER);
		this.jdbc.update("insert into account_group (account_id, group_name) values (?, ?)", account.id(), GROUP);
		return account.username();
	}

	private void add(int count) {
		for (int i = 0; i < count; i++) {
			var connection = new PbxConnection("Plant %02d".formatted(this.pbxs.size()), "127.0.0.1", 1, false, null,
					"tollgate");
			long pbx = this.registry.add(new NewPbx(connection, true, this.policy), "secret").id();
			this.pbxs.add(pbx);
			this.upkeeps.save(pbx, new Upkeep(GROUP, null));
			this.extensions.discovered(pbx, List.of(new Discovered("1001", "One"), new Discovered("1002", "Two")));
			this.trunks.discovered(pbx, Set.of("carrier"));
			this.routes.add(pbx, OutboundRoute.through("Out", List.of("carrier"), List.of("NXXXXXXXXX", "00ZXXXX!")));
		}
	}

	/** By page, right after an edit that concerns all of them. */
	private Map<String, Long> statements(Http http, String code) {
		var statements = new LinkedHashMap<String, Long>();
		for (var page : PAGES) {
			this.policies.allow(this.policy, Set.of(code));
			Statements.taken();
			assertThat(http.get(page).statusCode()).as(page).isEqualTo(200);
			statements.put(page, Statements.taken());
			this.policies.block(this.policy, Set.of(code));
		}
		this.policies.allow(this.policy, Set.of(code));
		return statements;
	}

}
