package io.tollgate.apply;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.tollgate.account.Role;
import io.tollgate.audit.Scoped;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.extension.Extensions;
import io.tollgate.policy.Policies;
import io.tollgate.policy.RestrictionLists;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.support.GuardedPlants;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/** What waits for a second person and what never does, against a simulated PBX. */
@TollgateTest
class TwoPersonTests {

	@Autowired
	GuardedPlants plants;

	@Autowired
	Policies policies;

	@Autowired
	RestrictionLists restrictions;

	@Autowired
	Extensions extensions;

	@Autowired
	PendingChanges pending;

	@Autowired
	ApplyRuns runs;

	@Autowired
	ApplyTargets targets;

	@Autowired
	ApplyRunRepository stored;

	@Autowired
	Generations generations;

	@Autowired
	Restores restores;

	@Autowired
	FleetStop stop;

	@Autowired
	StopState state;

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	private GuardedPlants.Plant plant;

	private SimulatedPbx simulated;

	private long policy;

	private long pbx;

	@BeforeEach
	void connect() {
		this.plant = this.plants.connect();
		this.simulated = this.plant.simulated();
		this.policy = this.plant.policy();
		this.pbx = this.plant.pbx();
		this.policies.allow(this.policy, Set.of("54"));
		this.extensions.restore(this.pbx,
				new TreeMap<>(Map.of("1001", new CallRestrictions(false, false, false, null))));
		this.people.another("alice", Role.OPERATOR);
		// what a PBX without a guard gets first never waits, so before the rule
		ended(((StartResult.Started) as("alice", Role.OPERATOR, () -> press(null))).runId());
		admin("alice-admin").post("/approvals/rule", Map.of("on", "true"));
	}

	@AfterEach
	void clear() {
		this.jdbc.sql("delete from setting where name = 'approval.two-person'").update();
		this.jdbc.sql("delete from approval_request").update();
		this.jdbc.sql("delete from fleet_stop").update();
		this.plants.remove(this.plant);
	}

	@Test
	void looseningWaitsForSomebodyElse() {
		this.policies.allow(this.policy, Set.of("62"));
		assertThat(as("alice", Role.OPERATOR, () -> press(null))).isInstanceOf(StartResult.ReasonNeeded.class);
		var asked = (StartResult.Asked) as("alice", Role.OPERATOR, () -> press("new plant"));
		assertThat(asked.runId()).isNull();
		assertThat(this.simulated.astDb()).doesNotContainKey("tollgate/2/cfg");
		var viewer = new Http(this.port).signIn(this.people.username(Role.VIEWER), TestAccounts.PASSWORD);
		assertThat(viewer.get("/approvals").body()).contains("Monterrey plant", "new plant", "alice");
		assertThat(viewer.post("/approvals/" + asked.requestId() + "/approve", Map.of()).statusCode()).isEqualTo(403);
		var operator = operator();
		var answer = operator.post("/approvals/" + asked.requestId() + "/approve", Map.of("remark", "seen"));
		var run = UUID.fromString(answer.headers().firstValue("Location").orElseThrow().replaceAll(".*/", ""));
		assertThat(ended(run)).isEqualTo(OutcomeKind.APPLIED);
		assertThat(this.simulated.astDb()).containsEntry("tollgate/2/e164/62", "ai");
		var started = this.stored.findById(run).orElseThrow();
		assertThat(List.of(started.getActor(), started.getApprovedBy(), started.getReason())).containsExactly("alice",
				this.people.username(Role.OPERATOR), "new plant");
		assertThat(trail(asked.requestId())).containsExactly("approval.asked", "approval.approved");
		operator.get("/approvals");
		assertThat(operator.post("/approvals/" + asked.requestId() + "/approve", Map.of())
			.headers()
			.firstValue("Location")
			.orElseThrow()).as("a second time").endsWith("/approvals");
	}

	@Test
	void whoAskedCannotAgree() {
		this.policies.allow(this.policy, Set.of("62"));
		var name = this.people.username(Role.OPERATOR);
		var asked = (StartResult.Asked) as(name, Role.OPERATOR, () -> press("new plant"));
		var answer = operator().post("/approvals/" + asked.requestId() + "/approve", Map.of());
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(this.generations.newest(this.pbx).orElseThrow().getNumber()).isOne();
	}

	@Test
	void whoMadeATokenCannotAgreeToWhatItAsked() {
		this.policies.allow(this.policy, Set.of("62"));
		var maker = this.people.username(Role.OPERATOR);
		var asked = (StartResult.Asked) as(new Script(maker + " (token Terraform)", maker), Role.OPERATOR,
				() -> press("new plant"));
		var approve = "/approvals/" + asked.requestId() + "/approve";
		var page = operator();
		assertThat(page.get("/approvals").body()).contains(maker + " (token Terraform)").doesNotContain(approve);
		assertThat(page.post(approve, Map.of()).statusCode()).isEqualTo(403);
		assertThat(decision(asked.requestId())).isEmpty();
		admin("alice-admin").post(approve, Map.of());
		until(() -> this.generations.newest(this.pbx).orElseThrow().getNumber() == 2);
		assertThat(
				this.jdbc.sql("select actor from apply_run where reason = 'new plant' and approved_by = 'alice-admin'")
					.query(String.class)
					.list())
			.containsExactly(maker + " (token Terraform)");
	}

	@Test
	void whoMadeATokenMayTakeBackWhatItAsked() {
		this.policies.allow(this.policy, Set.of("62"));
		var maker = this.people.username(Role.OPERATOR);
		var asked = (StartResult.Asked) as(new Script(maker + " (token Terraform)", maker), Role.OPERATOR,
				() -> press("new plant"));
		operator().post("/approvals/" + asked.requestId() + "/decline", Map.of());
		assertThat(decision(asked.requestId())).isEqualTo("WITHDRAWN");
	}

	@Test
	void tighteningNeverWaits() {
		this.policies.block(this.policy, Set.of("54"));
		var started = (StartResult.Started) as("alice", Role.OPERATOR, () -> press(null));
		assertThat(ended(started.runId())).isEqualTo(OutcomeKind.APPLIED);
		assertThat(this.stored.findById(started.runId()).orElseThrow().getApprovedBy()).isNull();
	}

	@Test
	void nobodyAgreesToWhatWasEditedSince() {
		this.policies.allow(this.policy, Set.of("62"));
		var asked = (StartResult.Asked) as("alice", Role.OPERATOR, () -> press("new plant"));
		this.policies.allow(this.policy, Set.of("44"));
		var operator = operator();
		assertThat(operator.get("/approvals").body()).contains("no longer those that were asked for");
		operator.post("/approvals/" + asked.requestId() + "/approve", Map.of());
		assertThat(decision(asked.requestId())).isEqualTo("OUTDATED");
		assertThat(this.generations.newest(this.pbx).orElseThrow().getNumber()).isOne();
	}

	@Test
	void nobodyAgreesForSomebodyWhoMayNotAnyMore() {
		this.policies.allow(this.policy, Set.of("62"));
		var asked = (StartResult.Asked) as("alice", Role.OPERATOR, () -> press("new plant"));
		this.jdbc.sql("update account set enabled = false where username = 'alice'").update();
		try {
			operator().post("/approvals/" + asked.requestId() + "/approve", Map.of());
		}
		finally {
			this.jdbc.sql("update account set enabled = true where username = 'alice'").update();
		}
		assertThat(decision(asked.requestId())).isEqualTo("OUTDATED");
	}

	/** Who agreed to 62 did not agree to 54. */
	@Test
	void nobodyAgreesToAChangeOfWhatDoesNotRunAnyMore() {
		this.policies.block(this.policy, Set.of("54"));
		ended(((StartResult.Started) as("alice", Role.OPERATOR, () -> press(null))).runId());
		this.policies.allow(this.policy, Set.of("54"));
		var first = (StartResult.Asked) as("alice", Role.OPERATOR, () -> press("54 is needed"));
		operator().post("/approvals/" + first.requestId() + "/approve", Map.of());
		until(() -> this.generations.newest(this.pbx).orElseThrow().getNumber() == 3);
		this.policies.allow(this.policy, Set.of("62"));
		var asked = (StartResult.Asked) as("alice", Role.OPERATOR, () -> press("62 is needed"));
		var tight = this.generations.findFirstByPbxIdAndNumberOrderByIdDesc(this.pbx, 2).orElseThrow();
		var seen = this.restores.review(this.pbx, tight.getId()).orElseThrow().seen();
		ended(((StartResult.Started) as("alice", Role.OPERATOR,
				() -> this.restores.start(this.pbx, tight.getId(), seen, null, Confirmation.NONE)))
			.runId());
		operator().post("/approvals/" + asked.requestId() + "/approve", Map.of());
		assertThat(decision(asked.requestId())).isEqualTo("OUTDATED");
		assertThat(this.simulated.astDb()).doesNotContainKey("tollgate/5/cfg");
	}

	@Test
	void anExemptionThatLastsLongerWaits() {
		this.restrictions.add(this.policy, Map.of("541", ""));
		ended(((StartResult.Started) as("alice", Role.OPERATOR, () -> press(null))).runId());
		exempt(Instant.now().plusSeconds(3600));
		var first = (StartResult.Asked) as("alice", Role.OPERATOR, () -> press("for an hour"));
		operator().post("/approvals/" + first.requestId() + "/approve", Map.of());
		until(() -> this.generations.newest(this.pbx).orElseThrow().getNumber() == 3);
		exempt(Instant.now().plusSeconds(7200));
		assertThat(as("alice", Role.OPERATOR, () -> press("longer"))).isInstanceOf(StartResult.Asked.class);
		exempt(Instant.now().plusSeconds(600));
		assertThat(as("alice", Role.OPERATOR, () -> press(null))).isInstanceOf(StartResult.Started.class);
	}

	@Test
	void twoWhoAgreeAtOnceStartOneApply() throws Exception {
		this.policies.allow(this.policy, Set.of("62"));
		var asked = (StartResult.Asked) as("alice", Role.OPERATOR, () -> press("at once"));
		var both = List.of(operator(), admin(this.people.username(Role.ADMINISTRATOR)));
		try (var threads = Executors.newFixedThreadPool(2)) {
			var presses = both.stream()
				.map((person) -> (Callable<Integer>) () -> person
					.post("/approvals/" + asked.requestId() + "/approve", Map.of())
					.statusCode())
				.toList();
			for (var press : threads.invokeAll(presses)) {
				assertThat(press.get()).isEqualTo(302);
			}
		}
		until(() -> this.generations.newest(this.pbx).orElseThrow().getNumber() == 2);
		assertThat(this.jdbc.sql("select count(*) from apply_run where reason = 'at once' and approved_by is not null")
			.query(Long.class)
			.single()).isEqualTo(1);
		assertThat(trail(asked.requestId())).containsExactly("approval.asked", "approval.approved");
	}

	@Test
	void aWayBackToMoreWaitsAndOneToLessDoesNot() {
		this.policies.block(this.policy, Set.of("54"));
		ended(((StartResult.Started) as("alice", Role.OPERATOR, () -> press(null))).runId());
		var older = this.generations.findFirstByPbxIdAndNumberOrderByIdDesc(this.pbx, 1).orElseThrow();
		var seen = this.restores.review(this.pbx, older.getId()).orElseThrow().seen();
		var asked = (StartResult.Asked) as("alice", Role.OPERATOR,
				() -> this.restores.start(this.pbx, older.getId(), seen, "54 is needed", Confirmation.NONE));
		operator().post("/approvals/" + asked.requestId() + "/approve", Map.of());
		until(() -> this.generations.newest(this.pbx).orElseThrow().getNumber() == 3);
		assertThat(this.simulated.astDb()).containsEntry("tollgate/3/e164/54", "ai");
		var less = this.generations.findFirstByPbxIdAndNumberOrderByIdDesc(this.pbx, 2).orElseThrow();
		var back = this.restores.review(this.pbx, less.getId()).orElseThrow().seen();
		assertThat(as("alice", Role.OPERATOR,
				() -> this.restores.start(this.pbx, less.getId(), back, null, Confirmation.NONE)))
			.isInstanceOf(StartResult.Started.class);
	}

	@Test
	void aStopNeverWaitsAndItsEndDoes() {
		var run = as("alice", Role.OPERATOR, () -> this.stop.start(null)).orElseThrow();
		assertThat(ended(run)).isEqualTo(OutcomeKind.APPLIED);
		var administrator = admin("alice-admin");
		administrator.post("/stop/lift", Map.of());
		assertThat(this.jdbc.sql("select count(*) from approval_request").query(Long.class).single())
			.as("without a reason")
			.isZero();
		administrator.post("/stop/lift", Map.of("reason", "it was a false alarm"));
		assertThat(this.state.isOn()).isTrue();
		long id = this.jdbc.sql("select id from approval_request").query(Long.class).single();
		assertThat(operator().post("/approvals/" + id + "/approve", Map.of()).statusCode()).isEqualTo(403);
		assertThat(administrator.post("/approvals/" + id + "/approve", Map.of()).statusCode()).isEqualTo(403);
		admin(this.people.username(Role.ADMINISTRATOR)).post("/approvals/" + id + "/approve", Map.of());
		assertThat(this.state.isOn()).isFalse();
		until(() -> !this.generations.newest(this.pbx).orElseThrow().isStopped());
	}

	@Test
	void nobodyTurnsTheRuleOffAlone() {
		var administrator = admin("alice-admin");
		administrator.post("/approvals/rule", Map.of("on", "false", "reason", "in the way"));
		assertThat(rule()).isEqualTo("on");
		long id = this.jdbc.sql("select id from approval_request").query(Long.class).single();
		assertThat(administrator.post("/approvals/" + id + "/approve", Map.of()).statusCode()).isEqualTo(403);
		admin(this.people.username(Role.ADMINISTRATOR)).post("/approvals/" + id + "/approve", Map.of());
		assertThat(rule()).isEqualTo("off");
	}

	@Test
	void aRefusalIsSaidWhyAndWhoAskedMayWithdraw() {
		this.policies.allow(this.policy, Set.of("62"));
		var asked = (StartResult.Asked) as(this.people.username(Role.OPERATOR), Role.OPERATOR, () -> press("first"));
		var administrator = admin("alice-admin");
		administrator.post("/approvals/" + asked.requestId() + "/decline", Map.of());
		assertThat(decision(asked.requestId())).as("without a word").isEmpty();
		administrator.post("/approvals/" + asked.requestId() + "/decline", Map.of("remark", "ask sales"));
		assertThat(decision(asked.requestId())).isEqualTo("DECLINED");
		var again = (StartResult.Asked) as(this.people.username(Role.OPERATOR), Role.OPERATOR, () -> press("second"));
		operator().post("/approvals/" + again.requestId() + "/decline", Map.of());
		assertThat(decision(again.requestId())).isEqualTo("WITHDRAWN");
	}

	private void exempt(Instant until) {
		this.restrictions.exempt(this.pbx, "1001", "541", until);
	}

	private StartResult press(String reason) {
		var reviewed = new TreeMap<Long, String>();
		this.pending.all()
			.stream()
			.filter((each) -> each.pbxId() == this.pbx)
			.forEach((each) -> reviewed.put(each.pbxId(), each.checksum()));
		var result = this.runs.start(reviewed, reason, Confirmation.NONE);
		for (int i = 0; result instanceof StartResult.BeingChecked && i < 20; i++) {
			result = this.runs.start(reviewed, reason, Confirmation.NONE);
		}
		return result;
	}

	private Http operator() {
		return signedIn(this.people.username(Role.OPERATOR));
	}

	/** Another one than that of {@link TestAccounts}, when it has another name. */
	private Http admin(String username) {
		if (!username.equals(this.people.username(Role.ADMINISTRATOR))) {
			this.people.another(username, Role.ADMINISTRATOR);
		}
		return signedIn(username);
	}

	private Http signedIn(String username) {
		var person = new Http(this.port).signIn(username, TestAccounts.PASSWORD);
		person.get("/approvals");
		return person;
	}

	private static <T> T as(Object name, Role role, Supplier<T> what) {
		var before = SecurityContextHolder.getContext();
		var context = SecurityContextHolder.createEmptyContext();
		context.setAuthentication(new TestingAuthenticationToken(name, "",
				Stream.of(Role.values())
					.filter((each) -> each.ordinal() <= role.ordinal())
					.map(Role::authority)
					.toArray(String[]::new)));
		SecurityContextHolder.setContext(context);
		try {
			return what.get();
		}
		finally {
			SecurityContextHolder.setContext(before);
		}
	}

	private List<String> trail(long request) {
		return this.jdbc
			.sql("select action from audit_event where object_type = 'approval' and object_id = ? order by id")
			.param(String.valueOf(request))
			.query(String.class)
			.list();
	}

	private String decision(long request) {
		return this.jdbc.sql("select coalesce(decision, '') from approval_request where id = ?")
			.param(request)
			.query(String.class)
			.single();
	}

	private String rule() {
		return this.jdbc.sql("select chosen from setting where name = 'approval.two-person'")
			.query(String.class)
			.single();
	}

	private OutcomeKind ended(UUID run) {
		until(() -> outcome(run) != null);
		return outcome(run);
	}

	private OutcomeKind outcome(UUID run) {
		return this.targets.heads(run).getFirst().outcome();
	}

	private static void until(BooleanSupplier condition) {
		var end = Instant.now().plusSeconds(60);
		while (!condition.getAsBoolean()) {
			assertThat(Instant.now()).as("it does not come").isBefore(end);
			LockSupport.parkNanos(20_000_000);
		}
	}

	/** An API token, as far as this module knows. */
	private record Script(String name, String account) implements AuthenticatedPrincipal, Scoped {

		@Override
		public String getName() {
			return this.name;
		}

		@Override
		public Set<String> groups() {
			return Set.of();
		}

	}

}
