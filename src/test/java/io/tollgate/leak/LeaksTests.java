package io.tollgate.leak;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.tollgate.account.Role;
import io.tollgate.account.TestTokens;
import io.tollgate.connector.Inspection;
import io.tollgate.listing.ListQuery;
import io.tollgate.pbx.GuardStatus;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.proof.LeakReport;
import io.tollgate.proof.LeakReport.Result;
import io.tollgate.route.Block;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Routes;
import io.tollgate.route.StoredRoute;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import org.jspecify.annotations.Nullable;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** From rules and what is on a PBX to what may be claimed of it. */
@TollgateTest
@Import(LeakFleet.class)
class LeaksTests {

	@Autowired
	LeakFleet fleet;

	@Autowired
	LeakRunner runner;

	@Autowired
	PbxVisits visits;

	@Autowired
	LeakPages pages;

	@Autowired
	LeakFigures figures;

	@Autowired
	Checks checks;

	@Autowired
	Inspections inspections;

	@Autowired
	Bases bases;

	@Autowired
	Summaries summaries;

	@Autowired
	Mends mends;

	@Autowired
	Policies policies;

	@Autowired
	Routes routes;

	@Autowired
	PbxRegistry registry;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TestAccounts people;

	@Autowired
	AutowireCapableBeanFactory beans;

	@LocalServerPort
	int port;

	@BeforeEach
	void connect() {
		this.fleet.connect();
	}

	@AfterEach
	void clear() {
		this.fleet.clear();
	}

	private LeakPage live() {
		return this.pages.show(Rules.LIVE, this.fleet.id(), ListQuery.USUAL, Locale.ENGLISH);
	}

	private LeakPage draft() {
		return this.pages.show(Rules.DRAFT, this.fleet.id(), ListQuery.USUAL, Locale.ENGLISH);
	}

	private String result(LeakPage page) {
		return page.rows().rows().getFirst().result();
	}

	private void looked() {
		this.runner.run();
		this.visits.run();
	}

	@Test
	void claimsNothingBeforeItLooked() {
		assertThat(result(live())).isEqualTo("Nothing applied yet");
		assertThat(result(draft())).isEqualTo("Being checked");
		assertThat(this.figures.live().pbxs()).isZero();
		this.fleet.apply();
		assertThat(live().checking()).isTrue();
		this.runner.run();
		assertThat(result(live())).isEqualTo("Not proved: not looked at yet");
		assertThat(this.figures.live().tone()).isEqualTo("wait");
		this.visits.run();
		assertThat(live().holes()).isEmpty();
		assertThat(live().summary().title()).isEqualTo("No forbidden number can reach a live trunk");
		assertThat(live().summary().text()).contains(LeakFleet.NAME, "against generation 1");
		assertThat(live().summary().scope()).contains("2 extensions", "calling codes not allowed");
		assertThat(draft().summary().title()).isEqualTo("Once you apply, no forbidden number can reach a live trunk");
		assertThat(this.figures.live()).extracting("pbxs", "leaks", "proved").containsExactly(1, 0, 1);
		assertThat(this.figures.live().tone()).isEqualTo("open");
	}

	@Test
	void showsALeakAndClosesItWithOneEdit() {
		this.fleet.forgetPlus();
		this.fleet.apply();
		looked();
		assertThat(this.figures.live().tone()).isEqualTo("stop");
		var card = live().leaks().getFirst();
		assertThat(card.dialled().prefix()).as(card.toString()).isEqualTo("+");
		assertThat(card.route()).isEqualTo("Plus");
		assertThat(card.steps()).isNotEmpty();
		assertThat(card.question()).startsWith("/tester?extension=").contains("number=%2B");
		assertThat(card.subjects()).contains("Indonesia (+62)");
		assertThat(card.mend()).isNotNull();
		assertThat(card.mend().text()).contains(LeakFleet.NAME);

		var operator = new Http(this.port).signIn(this.people.username(Role.OPERATOR), TestAccounts.PASSWORD);
		operator.post("/leaks/mend", Map.of("target", "" + this.fleet.id(), "leak", card.key(), "rules", "live"));
		assertThat(this.policies.rules(this.fleet.policy()).internationalPrefixes()).contains("+");
		assertThat(live().leaks().getFirst().closed()).isFalse();
		assertThat(live().leaks().getFirst().mend().done()).isTrue();
		this.runner.run();
		assertThat(live().leaks()).allSatisfy((leak) -> assertThat(leak.closed()).isTrue());
		assertThat(draft().leaks()).isEmpty();
		this.fleet.apply();
		looked();
		assertThat(live().summary().tone()).isEqualTo("open");
	}

	private HttpResponse<String> script(String method, String path) {
		var tokens = this.beans.createBean(TestTokens.class);
		try {
			var token = tokens.make(this.people.username(Role.OPERATOR), "pbx:read", "pbx:write", "route:read",
					"route:write", "policy:write");
			return new Http(this.port).exchange(method, "/api/v1" + path, "", "application/json", "Authorization",
					"Bearer " + token);
		}
		finally {
			tokens.remove();
		}
	}

	private JsonNode get(String path) {
		return JsonMapper.shared().readTree(script("GET", path).body());
	}

	@Test
	void aScriptSeesALeakAndClosesItWithOneEdit() {
		this.fleet.forgetPlus();
		this.fleet.apply();
		var one = "/pbxs/" + this.fleet.id() + "/leaks";
		assertThat(get(one).path("pbx").path("state").asString()).isEqualTo("unchecked");
		looked();
		var listed = get("/leaks?after=" + (this.fleet.id() - 1)).path("items").path(0);
		assertThat(listed.path("state").asString()).isEqualTo("leaks");
		assertThat(listed.path("leaks").asInt()).isPositive();
		var leak = get(one).path("leaks").path(0);
		assertThat(leak.path("dialed").asString()).startsWith("+");
		assertThat(leak.path("route").asString()).isEqualTo("Plus");
		assertThat(leak.path("closed").asBoolean()).isFalse();
		assertThat(leak.path("mend").asString()).isNotEmpty();

		assertThat(script("POST", one + "/11111111-2222-3333-4444-555555555555/mend").statusCode()).isEqualTo(404);
		var mend = one + "/" + leak.path("leak").asString() + "/mend";
		assertThat(script("POST", mend).body()).isEqualTo("{\"changed\":true}");
		assertThat(this.policies.rules(this.fleet.policy()).internationalPrefixes()).contains("+");
		assertThat(script("POST", mend).body()).isEqualTo("{\"changed\":false}");
		assertThat(get(one).path("leaks").path(0).path("closed").asBoolean()).isTrue();
		this.runner.run();
		assertThat(get(one + "?rules=draft").path("leaks").size()).isZero();
		this.fleet.apply();
		looked();
		assertThat(get(one).path("pbx").path("state").asString()).isEqualTo("proved");
		assertThat(script("POST", one + "/checks").statusCode()).isEqualTo(202);
		assertThat(get(one).path("pbx").path("state").asString()).isEqualTo("unchecked");
		assertThat(get("/leaks?rules=nonsense").path("status").asInt()).isEqualTo(400);
	}

	@Test
	void movesTheRouteThatBlocks() {
		this.routes.add(this.fleet.id(), OutboundRoute.blocking("Premium", new Block(21, ""), List.of("900XXXXXXX")));
		this.runner.run();
		var card = draft().leaks().getFirst();
		assertThat(card.mend()).isNotNull();
		assertThat(card.mend().title()).isEqualTo("Move “Premium” above “Out”");
		var leak = this.pages.find(this.fleet.id(), Rules.DRAFT, card.key()).orElseThrow();
		var operator = new Http(this.port).signIn(this.people.username(Role.OPERATOR), TestAccounts.PASSWORD);
		operator.post("/leaks/mend", Map.of("target", "" + this.fleet.id(), "leak", card.key(), "rules", "draft"));
		assertThat(this.routes.list(this.fleet.id())).extracting(StoredRoute::route)
			.extracting(OutboundRoute::name)
			.containsExactly("Premium", "Out");
		assertThat(leak.remedy()).isEqualTo("Premium");
		this.runner.run();
		assertThat(draft().leaks()).isEmpty();
	}

	@Test
	void claimsNothingOfAPbxThatIsNotAsItWasApplied() {
		this.fleet.apply();
		looked();
		this.registry.contacted(this.fleet.id(), "Asterisk", GuardStatus.MISSING);
		assertThat(result(live())).isEqualTo("Not proved: it runs something else");
		assertThat(live().rows().rows().getFirst().note()).contains("nothing is enforced there");
		assertThat(this.figures.live().proved()).isZero();
		this.registry.contacted(this.fleet.id(), "Asterisk", GuardStatus.CURRENT);
		assertThat(live().summary().tone()).isEqualTo("open");
		this.jdbc.sql("update pbx_inspection set generation = 7 where pbx_id = ?").param(this.fleet.id()).update();
		assertThat(live().rows().rows().getFirst().note()).contains("runs generation 7", "generation 1 was applied");
		assertThat(this.figures.live().open()).isOne();
		this.jdbc.sql("update pbx_inspection set generation = null where pbx_id = ?").param(this.fleet.id()).update();
		assertThat(live().rows().rows().getFirst().note()).contains("no generation");
		assertThat(this.figures.live().open()).isOne();
		this.visits.run();
		assertThat(live().summary().tone()).isEqualTo("open");
	}

	private void store(Inspection inspection) {
		assertThat(this.inspections.store(new Seen(this.fleet.id(), Instant.now(), 1, true, inspection), "Asterisk",
				GuardStatus.CURRENT))
			.isPresent();
	}

	@Test
	void claimsNothingOfRulesThatWereChangedOnThePbx() {
		this.fleet.apply();
		looked();
		assertThat(live().summary().tone()).isEqualTo("open");
		this.fleet.simulated().put("tollgate/1/e164/53", "ai");
		this.visits.soon(this.fleet.id());
		this.visits.run();
		assertThat(result(live())).isEqualTo("Not proved: it runs something else");
		assertThat(live().rows().rows().getFirst().note()).contains("generation 1, but its rules are not those");
		assertThat(this.figures.live().open()).isOne();
		assertThat(draft().summary().tone()).isEqualTo("open");
	}

	@Test
	void aLookKeepsNothingThatIsOlderThanWhatIsKnown() {
		this.fleet.apply();
		var before = Instant.now().minusSeconds(60);
		var seen = new Seen(this.fleet.id(), before, 7, false, new Inspection(List.of()));
		assertThat(this.inspections.store(seen, "Asterisk", GuardStatus.MISSING)).isEmpty();
		looked();
		assertThat(live().summary().tone()).isEqualTo("open");
		var times = this.inspections.times();
		this.visits.run();
		assertThat(this.inspections.times()).as("its own contact is no reason to look again").isEqualTo(times);
	}

	@Test
	void anExemptionThatEndsIsAReasonToCheckAgain() {
		this.fleet.apply();
		looked();
		var at = this.checks.of(this.fleet.id(), Rules.LIVE).orElseThrow().at();
		this.jdbc.sql("update leak_check set valid_until = ?").param(OffsetDateTime.now().plusHours(1)).update();
		this.runner.run();
		assertThat(this.checks.of(this.fleet.id(), Rules.LIVE).orElseThrow().at()).isEqualTo(at);
		this.jdbc.sql("update leak_check set valid_until = ?").param(OffsetDateTime.now().minusSeconds(1)).update();
		this.runner.run();
		assertThat(this.checks.of(this.fleet.id(), Rules.LIVE).orElseThrow())
			.satisfies((checked) -> assertThat(checked.at()).isAfter(at))
			.satisfies((checked) -> assertThat(checked.validUntil()).isNull());
	}

	@Test
	void closesNoLeakThatLooksDifferentNow() {
		var id = this.fleet.id();
		this.routes.add(id, OutboundRoute.blocking("Premium", new Block(21, ""), List.of("900XXXXXXX")));
		this.runner.run();
		var key = draft().leaks().getFirst().key();
		var leak = this.pages.find(id, Rules.DRAFT, key).orElseThrow();
		var out = this.routes.list(id).getFirst();
		var rules = out.route().rules().stream().map((rule) -> rule.prefix() + rule.match()).toList();
		this.routes.save(id, out.id(), OutboundRoute.through("Away", List.of("carrier"), rules));
		assertThat(this.pages.find(id, Rules.DRAFT, key)).as("of rules that are changed meanwhile").isEmpty();
		assertThat(this.mends.mend(this.fleet.pbx(), leak, "")).isInstanceOf(Mended.Gone.class);
		assertThat(this.routes.list(id)).extracting((stored) -> stored.route().name())
			.containsExactly("Away", "Premium");
		this.routes.save(id, out.id(), out.route());
		assertThat(this.mends.mend(this.fleet.pbx(), leak, "")).isInstanceOf(Mended.Made.class);
		assertThat(this.mends.mend(this.fleet.pbx(), leak, "")).isInstanceOf(Mended.Done.class);
	}

	@Test
	void claimsNothingWhileThereIsAnotherWayOut() {
		this.fleet.apply();
		looked();
		var phone = new Inspection.Entry(Inspection.Kind.APART, List.of("1002"), "kitchen", List.of(), "");
		store(new Inspection(List.of(phone)));
		assertThat(live().summary().tone()).as("phones that cannot call are no leak").isEqualTo("open");
		assertThat(live().holes()).extracting("tone").containsExactly("off");

		var hole = new Inspection.Entry(Inspection.Kind.OPEN_CONTEXT, List.of("1001"), "from-internal",
				List.of("from-internal", "_9."), "carrier");
		store(new Inspection(List.of(phone, hole)));
		assertThat(live().summary().title()).isEqualTo("No leak in the rules, but calls may pass them on the PBX");
		assertThat(draft().summary().tone()).isEqualTo("stop");
		assertThat(live().holes().getFirst().title()).isEqualTo("Phones that dial out without the guard");
		assertThat(live().holes().getFirst().text()).contains("1001", "from-internal > _9.");
		assertThat(this.figures.live()).extracting("leaks", "proved").containsExactly(0, 0);
	}

	@Test
	void claimsNothingOfWhatWasSeenLongAgo() {
		this.fleet.apply();
		looked();
		this.inspections.failed(this.fleet.id(), "Permission denied");
		assertThat(live().summary().tone()).as("one look that came to nothing").isEqualTo("open");
		this.jdbc.sql("update pbx_inspection set taken_at = ? where pbx_id = ?")
			.param(OffsetDateTime.now().minusMinutes(16))
			.param(this.fleet.id())
			.update();
		assertThat(result(live())).isEqualTo("Not proved: not looked at lately");
		assertThat(live().rows().rows().getFirst().note()).contains("last seen", "Permission denied");
		assertThat(live().summary().title()).isEqualTo("No leak in the rules; the PBX was not looked at lately");
		assertThat(draft().summary().tone()).isEqualTo("wait");
		assertThat(this.figures.live().open()).isOne();
		this.visits.soon(this.fleet.id());
		this.visits.run();
		assertThat(live().summary().tone()).isEqualTo("open");
		assertThat(this.inspections.failures()).isEmpty();
		this.jdbc.sql("delete from pbx_inspection").update();
		this.inspections.failed(this.fleet.id(), "Permission denied");
		assertThat(result(live())).isEqualTo("Not proved: not looked at yet");
		assertThat(live().rows().rows().getFirst().note()).endsWith("Permission denied");
		assertThat(this.figures.live().open()).isOne();
	}

	@Test
	void claimsNothingOfADraftThatCannotTakeEffect() {
		this.fleet.apply();
		looked();
		assertThat(draft().summary().tone()).isEqualTo("open");
		this.registry.contacted(this.fleet.id(), "Asterisk", GuardStatus.MISSING);
		assertThat(result(draft())).isEqualTo("Not proved: the guard is missing");
		this.visits.run();
		this.routes.list(this.fleet.id()).forEach((route) -> this.routes.delete(this.fleet.id(), route.id()));
		this.runner.run();
		assertThat(this.checks.of(this.fleet.id(), Rules.DRAFT).orElseThrow().checksum()).isEmpty();
		assertThat(result(draft())).isEqualTo("Cannot be applied as it is");
		assertThat(draft().summary().title())
			.isEqualTo("Not proved: what is drafted for the PBX cannot be applied as it is");
	}

	private Look look(Standing standing, LeakReport.@Nullable Result result) {
		var checked = this.checks.of(this.fleet.id(), Rules.LIVE).orElseThrow();
		var report = checked.report();
		var other = (result != null)
				? new Checked(checked.pbxId(), Rules.LIVE, checked.basis(), checked.checksum(), checked.version(),
						checked.at(), checked.took(), null,
						new LeakReport(result, report.leaks(), report.findings(), report.gaps(), report.scope()), "")
				: null;
		return new Look(this.bases.now().get(this.fleet.id()), Rules.LIVE, standing, other, null, null, "");
	}

	private LeakPage.Summary summary(Look... looks) {
		return this.summaries.of(Rules.LIVE, List.of(looks), Locale.ENGLISH);
	}

	@Test
	void saysOfManyNoMoreThanOfTheWorst() {
		this.fleet.apply();
		looked();
		var proved = look(Standing.PROVED, Result.PROVED);
		var unapplied = look(Standing.UNAPPLIED, null);
		var some = summary(proved, proved, unapplied);
		assertThat(some.title()).isEqualTo("No leak on the 2 PBXs that rules were applied to; 1 has none yet");
		assertThat(some.tone()).isEqualTo("wait");
		assertThat(some.text()).startsWith("2 of 2 PBXs have no leak, 1 has no rules yet.");
		assertThat(summary(proved, proved).title()).isEqualTo("No forbidden number can reach a live trunk");
		var unreachable = look(Standing.UNREACHABLE, Result.PROVED);
		assertThat(summary(proved, unreachable, unapplied).title())
			.isEqualTo("No leak in the rules; 1 of 2 PBXs could not be looked at");
		assertThat(summary(proved, unreachable).text()).startsWith("1 could not be reached, 1 of 2 PBXs has no leak.");
		var unproved = look(Standing.NOT_PROVED, Result.NOT_PROVED);
		assertThat(summary(unproved, unreachable).title())
			.isEqualTo("No leak found so far; 1 of 2 PBXs could not be looked at");
		assertThat(summary(unproved, look(Standing.OPEN, Result.PROVED)).title())
			.isEqualTo("No leak found so far, but calls may pass the rules on 1 of 2 PBXs");
		assertThat(summary(look(Standing.UNCHECKED, null), look(Standing.STALE, Result.PROVED)).tone()).isEmpty();
	}

	@Test
	void countsPbxsThatNothingWasAppliedToYet() {
		this.fleet.apply();
		looked();
		assertThat(this.figures.live()).extracting("pbxs", "unapplied", "tone").containsExactly(1, 0, "open");
		this.registry.add(new NewPbx(new PbxConnection("New", "192.0.2.9", 5038, false, null, "tollgate"), false,
				this.fleet.policy()), "secret");
		try {
			assertThat(this.figures.live()).extracting("pbxs", "unapplied", "proved", "open", "tone")
				.containsExactly(1, 1, 1, 1, "wait");
			assertThat(this.pages.show(Rules.LIVE, null, ListQuery.USUAL, Locale.ENGLISH).summary().title())
				.isEqualTo("No leak on the PBX that rules were applied to; 1 has none yet");
		}
		finally {
			this.registry.all()
				.stream()
				.filter((pbx) -> pbx.name().equals("New"))
				.forEach((pbx) -> this.registry.remove(pbx.id()));
		}
	}

	@Test
	void saysWhatIsOddAboutTheRoutes() {
		this.routes.add(this.fleet.id(), OutboundRoute.through("Spare", List.of("carrier"), List.of("55XXXXXXXX")));
		this.runner.run();
		assertThat(draft().findings()).filteredOn((line) -> line.text().contains("“Spare”"))
			.allSatisfy((line) -> assertThat(line.link()).isEqualTo("/routes?pbx=" + this.fleet.id()))
			.isNotEmpty();
	}

	@Test
	void anUnreachablePbxKeepsWhatWasSeen() {
		this.fleet.apply();
		looked();
		this.fleet.simulated().close();
		this.visits.soon(this.fleet.id());
		this.visits.run();
		assertThat(result(live())).isEqualTo("Not proved: unreachable");
		assertThat(live().rows().rows().getFirst().note()).contains("last seen today");
		assertThat(this.figures.live().tone()).isEqualTo("wait");
		assertThat(this.fleet.pbx().lastError()).isNotNull();
	}

	@Test
	void whatCannotBeCheckedSaysWhyAndIsNotTriedAllTheTime() {
		this.fleet.apply();
		this.runner.run();
		this.jdbc.sql("update generation set snapshot = '?' where pbx_id = ?").param(this.fleet.id()).update();
		this.checks.outdate(this.fleet.id());
		this.runner.run();
		assertThat(result(live())).isEqualTo("Could not be checked");
		assertThat(live().rows().rows().getFirst().note()).isNotEmpty();
		var at = this.checks.of(this.fleet.id(), Rules.LIVE).orElseThrow().at();
		this.runner.run();
		assertThat(this.checks.of(this.fleet.id(), Rules.LIVE).orElseThrow().at()).isEqualTo(at);
		assertThat(this.figures.live().tone()).isEqualTo("wait");
	}

	@Test
	void checksAgainWhatChanged() {
		this.runner.run();
		var first = this.checks.of(this.fleet.id(), Rules.DRAFT).orElseThrow();
		this.policies.allow(this.fleet.policy(), Set.of("55"));
		assertThat(draft().checking()).isTrue();
		this.runner.run();
		var second = this.checks.of(this.fleet.id(), Rules.DRAFT).orElseThrow();
		assertThat(second.basis()).isNotEqualTo(first.basis());
		assertThat(second.checksum()).isNotEqualTo(first.checksum());
		assertThat(second.report().scope().countries()).isEqualTo(first.report().scope().countries() - 1);
	}

	@Test
	void claimsNoProofWhereNothingIsForbidden() {
		this.fleet.apply();
		this.policies.setProtection(this.fleet.policy(), false);
		looked();
		assertThat(result(draft())).isEqualTo("Nothing is forbidden");
		assertThat(draft().summary().title()).isEqualTo("Nothing is forbidden, so there is nothing to leak");
		assertThat(draft().summary().tone()).isEmpty();
	}

	@Test
	void whatIsShownStaysWhileNothingIsDifferent() {
		this.fleet.apply();
		var viewer = new Http(this.port).signIn(this.people.username(Role.VIEWER), TestAccounts.PASSWORD);
		var found = "/leaks/found?rules=live&state="
				+ this.pages.show(Rules.LIVE, null, ListQuery.USUAL, Locale.ENGLISH).state();
		assertThat(viewer.get("/leaks").body()).contains(found.replace("&", "&amp;"));
		assertThat(viewer.get(found).statusCode()).isEqualTo(204);
		this.runner.run();
		assertThat(viewer.get(found).statusCode()).isEqualTo(200);
	}

	@Test
	void viewersSeeAndDoNothing() {
		this.fleet.forgetPlus();
		this.runner.run();
		var viewer = new Http(this.port).signIn(this.people.username(Role.VIEWER), TestAccounts.PASSWORD);
		var page = viewer.get("/leaks?rules=draft&pbx=" + this.fleet.id()).body();
		assertThat(page).contains("How it leaks", "Make + an international prefix").doesNotContain("/leaks/mend");
		assertThat(page).doesNotContain("/leaks/run");
		assertThat(viewer.get("/leaks/found?rules=draft").statusCode()).isEqualTo(200);
		assertThat(viewer.get("/leaks?pbx=999999").statusCode()).isEqualTo(404);
		assertThat(viewer.get("/leaks/routes-alone?pbx=" + this.fleet.id()).body()).contains("Without the guard");
		var operator = new Http(this.port).signIn(this.people.username(Role.OPERATOR), TestAccounts.PASSWORD);
		operator.post("/leaks/run", Map.of("target", "" + this.fleet.id()));
		assertThat(draft().checking()).isTrue();
		assertThat(viewer.post("/leaks/run", Map.of("target", "" + this.fleet.id())).statusCode()).isEqualTo(403);
		assertThat(viewer.post("/leaks/mend", Map.of("target", "" + this.fleet.id(), "leak", "gone")).statusCode())
			.isEqualTo(403);
		operator.post("/leaks/mend", Map.of("target", "" + this.fleet.id(), "leak", "gone", "rules", "draft"));
		assertThat(operator.get("/leaks?rules=draft").body()).contains("That leak is not there any more");
	}

}
