package io.tollgate.apply;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import io.tollgate.account.Role;
import io.tollgate.account.TestTokens;
import io.tollgate.apply.FleetStatus.PbxStatus.State;
import io.tollgate.connector.Drift;
import io.tollgate.connector.DriftWords;
import io.tollgate.connector.asterisk.GuardText;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.extension.Extensions;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.simulator.Faults.Fault;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.support.GuardedPbx;
import io.tollgate.support.GuardedPlants;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of a PBX that somebody changes by hand, against a simulated one. */
@TollgateTest
class DriftTests {

	@Autowired
	GuardedPlants plants;

	@Autowired
	PbxRegistry registry;

	@Autowired
	Policies policies;

	@Autowired
	Extensions extensions;

	@Autowired
	PendingChanges pending;

	@Autowired
	ApplyRuns runs;

	@Autowired
	ApplyTargets targets;

	@Autowired
	PbxJobs jobs;

	@Autowired
	FleetStatus status;

	@Autowired
	Observations observations;

	@Autowired
	DriftDesk desk;

	@Autowired
	DriftWords words;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	AutowireCapableBeanFactory beans;

	@Autowired
	TestAccounts people;

	@LocalServerPort
	int port;

	private GuardedPlants.Plant plant;

	private SimulatedPbx simulated;

	private long policy;

	private long pbx;

	@BeforeEach
	void connect() {
		this.plant = this.plants.connect(GuardedPbx.start("[open]\nexten => _X.,1,Dial(PJSIP/${EXTEN}@trunk)\n"),
				"Drift plants", "Puebla plant");
		this.simulated = this.plant.simulated();
		this.policy = this.plant.policy();
		this.pbx = this.plant.pbx();
		this.policies.allow(this.policy, Set.of("54"));
		this.extensions.restore(this.pbx,
				new TreeMap<>(Map.of("1001", new CallRestrictions(false, false, false, null))));
		assertThat(ended(apply(""))).isEqualTo(OutcomeKind.APPLIED);
	}

	@AfterEach
	void clear() {
		this.plants.remove(this.plant);
	}

	@Test
	void whatAHandChangedIsSeenInReadableWords() {
		this.simulated.put("tollgate/1/e164/62", "ai");
		this.simulated.put("tollgate/1/ext/1002", "11");
		this.simulated.option("1002", "context", "open");
		look();
		assertThat(state()).isEqualTo(State.DRIFTED);
		assertThat(said()).containsExactly("+62 Indonesia: allowed on the PBX, blocked by what was applied",
				"Extension 1002: international calls, calls out at any time, no limit on the PBX, "
						+ "calls inside the country only by what was applied",
				"Extension 1002 does not ask the guard: the PBX has it in the context open, "
						+ "which does not lead to tollgate-outbound");
		assertThat(seen().driftChecksum()).hasSize(64);
	}

	@Test
	void onlyAnApplyThatKnowsOfItOverwritesIt() {
		this.simulated.put("tollgate/1/e164/62", "ai");
		this.policies.allow(this.policy, Set.of("56"));
		assertThat(ended(apply(""))).isEqualTo(OutcomeKind.REFUSED);
		assertThat(this.simulated.astDb()).containsEntry("tollgate/active", "1");
		look();
		assertThat(ended(apply("0".repeat(64)))).isEqualTo(OutcomeKind.REFUSED);
		assertThat(ended(apply(seen().driftChecksum()))).isEqualTo(OutcomeKind.APPLIED);
		assertThat(this.simulated.astDb()).containsEntry("tollgate/2/e164/56", "ai")
			.doesNotContainKey("tollgate/2/e164/62");
		assertThat(state()).isEqualTo(State.IN_SYNC);
	}

	private HttpResponse<String> script(String method, String path, String body) {
		var tokens = this.beans.createBean(TestTokens.class);
		try {
			var token = tokens.make(this.people.username(Role.OPERATOR), "apply:read", "apply:write", "policy:write",
					"extension:write");
			return new Http(this.port).exchange(method, "/api/v1" + path, body, "application/json", "Authorization",
					"Bearer " + token);
		}
		finally {
			tokens.remove();
		}
	}

	private JsonNode drift() {
		return json("/pbxs/" + this.pbx + "/drift");
	}

	@Test
	void aScriptSeesItAndBringsItBack() {
		look();
		assertThat(drift().path("drift").isNull()).isTrue();
		assertThat(drift().path("differences").size()).isZero();
		this.simulated.put("tollgate/1/e164/62", "ai");
		look();
		var found = drift();
		assertThat(found.path("differences").path(0).path("text").asString())
			.isEqualTo("+62 Indonesia: allowed on the PBX, blocked by what was applied");
		assertThat(found.path("repairable").asBoolean()).isTrue();
		assertThat(found.path("since").asString()).startsWith("20");
		var other = script("POST", "/pbxs/" + this.pbx + "/drift/repair", "{\"drift\": \"something else\"}");
		assertThat(other.statusCode()).isEqualTo(412);
		assertThat(this.simulated.astDb()).containsEntry("tollgate/1/e164/62", "ai");
		var seen = "{\"drift\": \"%s\"}".formatted(found.path("drift").asString());
		var begun = script("POST", "/pbxs/" + this.pbx + "/drift/repair", seen);
		assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
		var run = UUID.fromString(JsonMapper.shared().readTree(begun.body()).path("apply").asString());
		assertThat(begun.headers().firstValue("Location")).contains("/api/v1/applies/" + run);
		assertThat(ended(run)).isEqualTo(OutcomeKind.APPLIED);
		assertThat(this.simulated.astDb()).containsEntry("tollgate/active", "2")
			.doesNotContainKey("tollgate/2/e164/62");
		look();
		assertThat(drift().path("drift").isNull()).isTrue();
		assertThat(drift().path("repaired").path("apply").asString()).isEqualTo(run.toString());
	}

	@Test
	void aScriptSeesAllThatDiffer() {
		look();
		assertThat(differing("/drift?limit=500")).doesNotContain(this.pbx);
		var other = this.plants.connect(GuardedPbx.start("[open]\nexten => _X.,1,Dial(PJSIP/${EXTEN}@trunk)\n"),
				"Other drift plants", "Tampico plant");
		try {
			for (long pbx : List.of(this.pbx, other.pbx())) {
				this.observations.store(pbx, 1,
						new Drifts(List.of(new Drift(Drift.Kind.GENERATION, "active", null, "7")), List.of()));
			}
			var first = json("/drift?after=" + (this.pbx - 1) + "&limit=1");
			assertThat(first.path("pbxs").asInt()).isGreaterThanOrEqualTo(2);
			assertThat(first.path("items").path(0).path("name").asString()).isEqualTo("Puebla plant");
			assertThat(first.path("items").path(0).path("found")).isEqualTo(drift());
			assertThat(first.path("next").asString()).isEqualTo("/api/v1/drift?after=" + this.pbx + "&limit=1");
			assertThat(differing("/drift?after=" + this.pbx)).contains(other.pbx()).doesNotContain(this.pbx);
			this.observations.store(this.pbx, 1, Drifts.NONE);
			assertThat(differing("/drift")).doesNotContain(this.pbx);
		}
		finally {
			this.plants.remove(other);
		}
	}

	private JsonNode json(String path) {
		return JsonMapper.shared().readTree(script("GET", path, "").body());
	}

	private List<Long> differing(String path) {
		return json(path).path("items").valueStream().map((item) -> item.path("pbx").asLong()).toList();
	}

	@Test
	void aScriptTakesItIntoTheDraft() {
		this.simulated.put("tollgate/1/e164/62", "ai");
		look();
		var seen = "{\"drift\": \"%s\"}".formatted(drift().path("drift").asString());
		assertThat(script("POST", "/pbxs/" + this.pbx + "/drift/adopt", "{\"drift\": \"x\"}").statusCode())
			.isEqualTo(412);
		assertThat(this.policies.rules(this.policy).allowedCodes()).doesNotContain("62");
		var adopted = script("POST", "/pbxs/" + this.pbx + "/drift/adopt", seen);
		assertThat(adopted.body()).isEqualTo("{\"adopted\":1}");
		assertThat(this.policies.rules(this.policy).allowedCodes()).contains("62");
	}

	/** An attempt that broke may have written it, and an edit may have made it wanted. */
	@Test
	void whatIsThereJustAsItIsWantedIsNotOverwritten() {
		this.simulated.put("tollgate/1/e164/56", "ai");
		this.policies.allow(this.policy, Set.of("56", "57"));
		assertThat(ended(apply(""))).isEqualTo(OutcomeKind.APPLIED);
	}

	@Test
	void aGuardThatWasChangedIsSeenAndReplacedByTheNextApply() {
		this.simulated.write(GuardText.GUARD_FILE, GuardText.guard()
			.replace("[tollgate-deny]", "[tollgate-deny]\nexten => s,1,Goto(from-internal,0,1)\n[tollgate-not]"));
		this.simulated.reload();
		look();
		assertThat(state()).isEqualTo(State.DRIFTED);
		assertThat(drifts()).extracting(Drift::kind).containsExactly(Drift.Kind.GUARD);
		this.policies.allow(this.policy, Set.of("56"));
		assertThat(ended(apply(""))).isEqualTo(OutcomeKind.APPLIED);
		assertThat(state()).isEqualTo(State.IN_SYNC);
	}

	@Test
	void anOlderGenerationOfOursIsBroughtBackByItself() {
		this.policies.allow(this.policy, Set.of("56"));
		assertThat(ended(apply(""))).isEqualTo(OutcomeKind.APPLIED);
		this.simulated.put("tollgate/active", "1");
		this.jobs.soon(List.of(this.pbx));
		until(() -> "3".equals(this.simulated.astDb().get("tollgate/active")));
		until(() -> state() == State.IN_SYNC);
		assertThat(this.simulated.astDb()).containsEntry("tollgate/3/e164/56", "ai");
	}

	/** Whole, as by another portal: nobody here has applied it. */
	@Test
	void aGenerationThatIsNotOursIsNotOverwrittenUnseen() {
		this.policies.allow(this.policy, Set.of("56"));
		assertThat(ended(apply(""))).isEqualTo(OutcomeKind.APPLIED);
		var rows = this.simulated.astDb();
		rows.keySet()
			.stream()
			.filter((key) -> key.startsWith("tollgate/1/"))
			.forEach((key) -> this.simulated.put(key.replace("tollgate/1/", "tollgate/7/"), rows.get(key)));
		this.simulated.put("tollgate/active", "7");
		look();
		assertThat(drifts()).containsExactly(new Drift(Drift.Kind.GENERATION, "active", null, "7"));
		this.policies.allow(this.policy, Set.of("57"));
		assertThat(ended(apply(""))).isEqualTo(OutcomeKind.REFUSED);
		assertThat(ended(apply(seen().driftChecksum()))).isEqualTo(OutcomeKind.APPLIED);
	}

	@Test
	void aPbxThatDoesNotLetItselfBeLookedAtIsNeverInSync() {
		this.simulated.faults().at("DBGetTree", 1, Fault.REJECT);
		this.jobs.soon(List.of(this.pbx));
		until(() -> seen().failure() != null);
		this.jdbc.sql("update pbx_observation set seen_at = ? where pbx_id = ?")
			.params(Instant.now().minus(Duration.ofDays(5)).atOffset(ZoneOffset.UTC), this.pbx)
			.update();
		assertThat(state()).isEqualTo(State.UNKNOWN);
		look();
		assertThat(seen().failure()).isNull();
		assertThat(state()).isEqualTo(State.IN_SYNC);
	}

	@Test
	void aPersonHasItRepaired() {
		this.simulated.put("tollgate/1/e164/62", "ai");
		look();
		assertThat(this.desk.repair(registered(), "something else")).isInstanceOf(StartResult.ChangedMeanwhile.class);
		var found = found();
		assertThat(found.repairable()).isTrue();
		this.policies.allow(this.policy, Set.of("56"));
		var run = ((StartResult.Started) this.desk.repair(registered(), found.checksum())).runId();
		assertThat(ended(run)).isEqualTo(OutcomeKind.APPLIED);
		assertThat(this.simulated.astDb()).as("no edit goes with it")
			.containsEntry("tollgate/active", "2")
			.doesNotContainKeys("tollgate/2/e164/62", "tollgate/2/e164/56");
		assertThat(this.desk.of(registered(), Locale.ENGLISH)).isEmpty();
		assertThat(this.desk.repaired(this.pbx).orElseThrow().lines()).hasSize(2)
			.last()
			.asString()
			.startsWith("+62 Indonesia");
		assertThat(this.pending.summary().count()).isOne();
	}

	@Test
	void aPersonTakesItIntoThePortal() {
		this.simulated.put("tollgate/1/e164/62", "ai");
		this.simulated.put("tollgate/1/ext/1002", "0h90");
		this.simulated.remove("tollgate/1/ext/1001");
		look();
		assertThat(found().lines()).extracting(DriftDesk.Line::adoptable).containsExactly(true, true, true);
		assertThat(this.desk.adopt(registered(), found().checksum())).contains(3);
		assertThat(this.policies.rules(this.policy).allowedCodes()).containsExactly("54", "62");
		assertThat(this.extensions.restrictions(this.pbx)).containsEntry("1001", CallRestrictions.DEFAULT)
			.containsEntry("1002", new CallRestrictions(true, false, true, 90));
		assertThat(ended(apply(""))).as("hours are written").isEqualTo(OutcomeKind.APPLIED);
	}

	@Test
	void whatWasTakenInWhollyIsRememberedAsItIs() {
		this.simulated.put("tollgate/1/e164/62", "ai");
		look();
		this.desk.adopt(registered(), found().checksum());
		assertThat(ended(apply(""))).isEqualTo(OutcomeKind.NO_CHANGE);
		assertThat(this.simulated.astDb()).containsEntry("tollgate/active", "1");
		look();
		assertThat(state()).isEqualTo(State.IN_SYNC);
		assertThat(this.pending.summary().count()).isZero();
	}

	@Test
	void whatConcernsOtherPbxsIsNotTakenIn() {
		var connection = new PbxConnection("Other plant", "127.0.0.2", this.simulated.port(), false, null, "tollgate");
		long other = this.registry.add(new NewPbx(connection, true, this.policy), GuardedPbx.SECRET).id();
		this.simulated.put("tollgate/1/e164/62", "ai");
		this.simulated.put("tollgate/1/ip/09", "2c");
		look();
		assertThat(found().lines()).extracting(DriftDesk.Line::kept)
			.satisfiesExactly((kept) -> assertThat(kept).contains("serves others"),
					(kept) -> assertThat(kept).contains("make the same change"));
		assertThat(this.desk.adopt(registered(), found().checksum())).contains(0);
		this.registry.remove(other);
	}

	@Test
	void whereThePolicySaysSoItIsRepairedAtOnce() {
		this.policies.setRepairsByItself(this.policy, true);
		this.simulated.put("tollgate/1/e164/62", "ai");
		this.jobs.soon(List.of(this.pbx));
		until(() -> "2".equals(this.simulated.astDb().get("tollgate/active")));
		until(() -> state() == State.IN_SYNC);
		assertThat(this.desk.repaired(this.pbx).orElseThrow().lines().getLast()).startsWith("+62 Indonesia");
		assertThat(this.jdbc.sql("select actor from audit_event where action = 'apply.started' and object_id = ?")
			.param(String.valueOf(this.pbx))
			.query(String.class)
			.list()).last().isEqualTo("Tollgate");
	}

	private DriftDesk.Found found() {
		return this.desk.of(registered(), Locale.ENGLISH).orElseThrow();
	}

	private Pbx registered() {
		return this.registry.find(this.pbx).orElseThrow();
	}

	/** Has it be looked at, and waits until that is done. */
	private void look() {
		var before = seen().seenAt();
		until(() -> {
			this.jobs.soon(List.of(this.pbx));
			return !seen().seenAt().equals(before);
		});
	}

	private Observations.Seen seen() {
		return this.observations.of(this.pbx).orElseThrow();
	}

	private List<Drift> drifts() {
		return this.observations.drifts(this.pbx);
	}

	private List<String> said() {
		return drifts().stream().map((drift) -> this.words.line(drift, Locale.ENGLISH)).toList();
	}

	private State state() {
		return this.status.all().get(this.pbx).state();
	}

	private UUID apply(String driftSeen) {
		var reviewed = this.pending.all()
			.stream()
			.collect(Collectors.toMap(PbxPending::pbxId, (each) -> each.checksum() + ":" + driftSeen));
		return ((StartResult.Started) this.runs.start(reviewed, null, Confirmation.NONE)).runId();
	}

	private OutcomeKind ended(UUID run) {
		until(() -> this.targets.heads(run).getFirst().outcome() != null);
		return this.targets.heads(run).getFirst().outcome();
	}

	private static void until(BooleanSupplier condition) {
		var end = Instant.now().plusSeconds(60);
		while (!condition.getAsBoolean()) {
			assertThat(Instant.now()).as("it does not come").isBefore(end);
			LockSupport.parkNanos(20_000_000);
		}
	}

}
