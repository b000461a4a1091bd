package io.tollgate.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.tollgate.account.Role;
import io.tollgate.apply.DesiredConfigs;
import io.tollgate.connector.Connector;
import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.Target;
import io.tollgate.connector.asterisk.GuardText;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.route.Block;
import io.tollgate.route.FirstRoute;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Routes;
import io.tollgate.simulator.ManagerRight;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.simulator.SimulatedPbxSpec;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.util.HtmlUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The route that a PBX begins with, and the text that brings it there by hand. */
@TollgateTest
class FirstRouteTests {

	private static final String SECRET = "marker-secret-91";

	@Autowired
	TestAccounts people;

	@Autowired
	PbxRegistry registry;

	@Autowired
	Policies policies;

	@Autowired
	Routes routes;

	@Autowired
	DesiredConfigs configs;

	@Autowired
	Connector connector;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	private long policy;

	private Http http;

	@BeforeEach
	void prepare() {
		this.policy = ((Changed) this.policies.create("Routes", "MX", null)).rules().id();
		this.http = new Http(this.port).signIn(this.people.username(Role.ADMINISTRATOR), TestAccounts.PASSWORD);
	}

	@AfterEach
	void leaveNothingBehind() {
		this.registry.all().stream().map(Pbx::id).forEach(this.registry::remove);
		this.policies.delete(this.policy);
	}

	private static SimulatedPbx start(String... trunks) {
		var files = Map.of("extensions.conf",
				SimulatedPbxSpec.UNGUARDED_DIALPLAN.replace("[globals]\n", "[globals]\n" + GuardText.includeLines()));
		return SimulatedPbx.start(SimulatedPbxSpec.named("Puebla", "tollgate", SECRET)
			.withEndpoints(List.of(new SimulatedPbxSpec.Endpoint("1001", "One")))
			.withTrunks(List.of(trunks))
			.withRights(EnumSet.of(ManagerRight.SYSTEM, ManagerRight.REPORTING))
			.withFiles(files));
	}

	/** Connects it and returns the page that follows. */
	private String connect(SimulatedPbx pbx) {
		var answer = this.http.post("/pbxs",
				Map.of("name", "Puebla plant", "host", "127.0.0.1", "port", String.valueOf(pbx.port()), "user",
						"tollgate", "secret", SECRET, "policy", String.valueOf(this.policy)));
		assertThat(answer.statusCode()).isEqualTo(302);
		return page();
	}

	private String page() {
		return HtmlUtils.htmlUnescape(this.http.get("/pbxs/" + pbx().id()).body());
	}

	private Pbx pbx() {
		return this.registry.all().getFirst();
	}

	private static String slot(String page) {
		var text = Pattern.compile("<code id=\"text-slot\"[^>]*>(.*?)</code>", Pattern.DOTALL).matcher(page);
		assertThat(text.find()).as("the text to copy").isTrue();
		return text.group(1);
	}

	@Test
	void theOnlyTrunkIsChosenAndSaidSo() {
		this.policies.setDialingCode(this.policy, "98");
		try (var pbx = start("carrier")) {
			assertThat(connect(pbx)).contains("1 trunk found; calls will leave by trunk carrier, check the route.")
				.contains(GuardText.slot(this.configs.of(pbx()).orElseThrow()));
			var patterns = new ArrayList<>(NumberingPlan.of("MX").defaultPatterns());
			patterns.replaceAll((pattern) -> pattern.equals("00ZXXXX!") ? "98ZXXXX!" : pattern);
			assertThat(patterns).contains("98ZXXXX!");
			assertThat(this.routes.first(pbx().id())).isEqualTo(new FirstRoute("carrier", patterns));
			assertThat(
					this.jdbc.sql("select object_name from audit_event where action = 'route.added' and object_id = ?")
						.param(String.valueOf(pbx().id()))
						.query(String.class)
						.list())
				.containsExactly("Puebla plant");
			assertThat(page()).contains("98ZXXXX!").contains("/routes?pbx=" + pbx().id());
		}
	}

	@Test
	void ofSeveralTrunksAPersonChooses() {
		try (var pbx = start("carrier", "branch")) {
			assertThat(connect(pbx)).contains("2 trunks found. Choose the trunk that calls leave by.")
				.contains("There is no text yet: choose a trunk")
				.doesNotContain("text-slot");
			assertThat(this.routes.first(pbx().id()))
				.isEqualTo(new FirstRoute(null, NumberingPlan.of("MX").defaultPatterns()));
			assertThat(this.configs.of(pbx())).isEmpty();
			long route = this.routes.list(pbx().id()).getFirst().id();
			assertThat(this.http
				.post("/routes/" + route + "?pbx=" + pbx().id(), Map.of("act", "save", "name", "Outbound", "enabled",
						"true", "trunk", "branch", "match", "NXXXXXXXXX"))
				.statusCode()).isEqualTo(302);
			assertThat(slot(page())).contains("@branch").doesNotContain("@carrier");
		}
	}

	@Test
	void moreRoutesThanAPbxTakesDoNotHideThePage() {
		try (var pbx = start("carrier")) {
			connect(pbx);
			this.routes.restore(pbx().id(),
					IntStream.range(0, 201)
						.mapToObj(
								(i) -> OutboundRoute.blocking("Block " + i, Block.rejected(), List.of("19" + i + "!")))
						.toList());
			assertThat(page()).contains("id=\"no-slot\"").doesNotContain("text-slot").contains("Block 200");
		}
	}

	/** As somebody does whose account on the PBX may not write files. */
	@Test
	void whatThePageShowsIsWhatTheApplyAsksFor() {
		try (var pbx = start("carrier")) {
			var page = connect(pbx);
			assertThat(page).contains("Route and emergency numbers, for tollgate_slot_a.conf");
			assertThat(slot(page)).isEqualTo(GuardText.slot(this.configs.of(pbx()).orElseThrow()))
				.contains("exten => 911,1,Dial(PJSIP/911@carrier");
			pbx.write(GuardText.GUARD_FILE, GuardText.guard());
			pbx.reload();
			assertThatExceptionOfType(ConnectorException.class).isThrownBy(() -> apply(pbx))
				.satisfies((ex) -> assertThat(ex.problem().code()).isEqualTo("route-text-differs"));
			pbx.write(GuardText.SLOT_A_FILE, slot(page));
			pbx.reload();
			apply(pbx);
		}
	}

	private void apply(SimulatedPbx simulated) {
		var desired = this.configs.of(pbx()).orElseThrow();
		var target = new Target("127.0.0.1", simulated.port(), false, null, "tollgate", SECRET);
		try (var session = this.connector.open(target)) {
			var pending = session.load(desired).commit(Duration.ofMinutes(1), (stage) -> {
			});
			assertThat(pending.verify().isEmpty()).isTrue();
			pending.confirm();
			assertThat(session.load(desired).diff().isEmpty()).isTrue();
		}
	}

}
