package io.tollgate.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import io.tollgate.announcement.Announcement;
import io.tollgate.announcement.AnnouncementAnswer;
import io.tollgate.announcement.Announcements;
import io.tollgate.approval.Approvals;
import io.tollgate.audit.AuditTrail;
import io.tollgate.audit.CurrentActor;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.extension.Extensions;
import io.tollgate.extension.GroupChange;
import io.tollgate.extension.Groups;
import io.tollgate.extension.RestrictionEdit;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pin.NewPin;
import io.tollgate.pin.PinChange;
import io.tollgate.pin.PinLists;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.policy.RestrictionLists;
import io.tollgate.route.Block;
import io.tollgate.route.FirstRoute;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.RouteType;
import io.tollgate.route.Routes;
import io.tollgate.route.Trunk;
import io.tollgate.route.Trunks;
import io.tollgate.simulator.Faults.Fault;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.support.GuardedPlants;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From a press of Apply to one of its outcomes, against a simulated PBX that may
 * misbehave.
 */
@TollgateTest
class ApplyTests {

	@Autowired
	GuardedPlants plants;

	@Autowired
	PbxRegistry registry;

	@Autowired
	Policies policies;

	@Autowired
	Extensions extensions;

	@Autowired
	Groups groups;

	@Autowired
	RestrictionLists restrictions;

	@Autowired
	Routes routes;

	@Autowired
	PinLists pins;

	@Autowired
	Announcements announcements;

	@Autowired
	Trunks trunks;

	@Autowired
	PendingChanges pending;

	@Autowired
	ApplyRuns runs;

	@Autowired
	ApplyTargets targets;

	@Autowired
	RunStarter starter;

	@Autowired
	PbxJobs jobs;

	@Autowired
	Snapshots snapshots;

	@Autowired
	LeakReports reports;

	@Autowired
	FleetStatus status;

	@Autowired
	Discard discard;

	@Autowired
	ChangeWords words;

	@Autowired
	DangerWords dangerWords;

	@Autowired
	AskedWords askedWords;

	@Autowired
	Generations generations;

	@Autowired
	Approvals approvals;

	@Autowired
	AuditTrail audit;

	@Autowired
	CurrentActor actor;

	@Autowired
	TransactionTemplate transaction;

	@Autowired
	Clock clock;

	@Autowired
	JdbcClient jdbc;

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
	}

	@AfterEach
	void clear() {
		this.plants.remove(this.plant);
	}

	@Test
	void bringsThePbxToThePolicyAndCountsDownToNothing() {
		this.policies.allow(this.policy, Set.of("54"));
		var run = apply();
		assertThat(ended(run)).isEqualTo(OutcomeKind.APPLIED);
		assertThat(this.targets.heads(run).getFirst().proved()).contains("911 passes", "may not originate");
		assertThat(this.simulated.astDb()).containsEntry("tollgate/active", "1")
			.containsEntry("tollgate/1/e164/54", "ai");
		assertThat(this.pending.summary().count()).isZero();
		assertThat(this.status.all().get(this.pbx).state()).isEqualTo(FleetStatus.PbxStatus.State.IN_SYNC);
		assertThat(this.runs.start(reviewed(), null, Confirmation.NONE)).isInstanceOf(StartResult.NothingToDo.class);
		assertThat(audited()).contains("apply.started", "apply.applied");
	}

	@Test
	void whatWasAppliedIsNotMarkedInTheListAnyMore() {
		var id = this.extensions.find(this.pbx, "1001").orElseThrow().id();
		this.extensions.edit(Set.of(id), new RestrictionEdit(null, true, true, null));
		assertThat(appliedTo(id)).isEqualTo(1);
		assertThat(ended(apply())).isEqualTo(OutcomeKind.APPLIED);
		assertThat(appliedTo(id)).isEqualTo(1 + 2 + 4);
	}

	private int appliedTo(long extension) {
		return this.jdbc.sql("select applied from extension where id = ?")
			.param(extension)
			.query(Integer.class)
			.single();
	}

	@Test
	void anEditThatIsUndoneIsNoChange() {
		ended(apply());
		this.policies.allow(this.policy, Set.of("54"));
		assertThat(this.pending.summary().count()).isOne();
		this.policies.block(this.policy, Set.of("54"));
		assertThat(this.pending.summary().count()).isZero();
	}

	@Test
	void discardReturnsToWhatWasApplied() {
		this.extensions.restore(this.pbx, new TreeMap<>(Map.of("1001", new CallRestrictions(false, false, false, 60))));
		ended(apply());
		this.policies.allow(this.policy, Set.of("54"));
		this.policies.setDialingCode(this.policy, "09");
		this.extensions.restore(this.pbx, new TreeMap<>());
		this.routes.saveFirst(this.pbx, new FirstRoute("carrier", List.of("00ZXXXX!")));
		var other = ((Changed) this.policies.create("US offices", "US", null)).rules().id();
		this.registry.assignPolicy(this.pbx, other);
		assertThat(this.discard.all()).isZero();
		this.policies.delete(other);
		assertThat(this.registry.find(this.pbx).orElseThrow().policyId()).isEqualTo(this.policy);
		assertThat(this.policies.rules(this.policy).dialingCode()).isEqualTo("00");
		assertThat(this.extensions.restrictions(this.pbx).get("1001").maxDurationSeconds()).isEqualTo(60);
		assertThat(this.routes.first(this.pbx).patterns()).hasSize(2);
	}

	@Test
	void discardReturnsToTheAnnouncementsThatWereApplied() {
		var sorry = new Announcement("Sorry", List.of("sorry"), false, "");
		var key = ((AnnouncementAnswer.Changed) this.announcements.add(sorry)).key();
		this.routes.add(this.pbx, OutboundRoute.blocking("Premium", new Block(21, key), List.of("1900!")));
		ended(apply());
		this.announcements.change(key, new Announcement("Sorry", List.of("sorry", "goodbye"), false, ""));
		assertThat(this.pending.all()).flatExtracting(PbxPending::changes)
			.containsExactly(new Change(Change.Effect.NEUTRAL, Change.Kind.ANNOUNCEMENT_CHANGED, "Sorry", 0,
					List.of("sorry", "goodbye")));
		this.routes.delete(this.pbx, this.routes.list(this.pbx).getLast().id());
		this.announcements.delete(key);
		assertThat(this.discard.all()).isZero();
		assertThat(this.announcements.find(key)).contains(sorry);
		assertThat(this.routes.list(this.pbx).getLast().route().block()).isEqualTo(new Block(21, key));
		this.routes.delete(this.pbx, this.routes.list(this.pbx).getLast().id());
		this.announcements.delete(key);
	}

	@Test
	void discardReturnsToThePinsThatWereApplied() {
		var key = ((PinChange.Changed) this.pins.create("Export desk")).key();
		this.pins.add(key, List.of(new NewPin("Ana", "802846")));
		var abroad = OutboundRoute.through("Abroad", List.of("carrier"), List.of("00ZXXXX!"));
		this.routes.add(this.pbx, abroad.withPins(key));
		var mobile = OutboundRoute.through("Mobile", List.of("carrier"), List.of("044XXXXXXX"));
		this.routes.add(this.pbx, mobile.withPins(OutboundRoute.PASSWORD), "739150");
		ended(apply());
		assertThat(this.pending.all()).flatExtracting(PbxPending::changes).isEmpty();
		this.pins.add(key, List.of(new NewPin("Ben", "555017")));
		assertThat(this.pending.all()).flatExtracting(PbxPending::changes)
			.containsExactly(
					new Change(Change.Effect.OPENS, Change.Kind.PINS_CHANGED, "Export desk", 1, List.of("+Ben")));
		this.pins.remove(key, "Ben");
		assertThat(this.pending.all()).as("as it was").flatExtracting(PbxPending::changes).isEmpty();
		var applied = this.pins.all();
		var stored = this.routes.list(this.pbx);
		this.routes.delete(this.pbx, stored.getLast().id());
		this.routes.save(this.pbx, stored.get(stored.size() - 2).id(), abroad);
		this.pins.delete(key);
		assertThat(this.pins.all()).isEmpty();
		assertThat(this.discard.all()).isZero();
		assertThat(this.pins.all()).isEqualTo(applied);
		assertThat(this.pins.opens(this.routes.list(this.pbx).getLast().route().pins(), "739150")).isTrue();
		this.jdbc.sql("delete from pin_list").update();
	}

	@Test
	void discardMakesGroupsAgainBeforeWhatNamesThem() {
		var key = ((GroupChange.Changed) this.groups.create(this.pbx, "Sales", "1001")).key();
		var route = this.routes.list(this.pbx).getFirst();
		var forSales = OutboundRoute.through("Sales", List.of("carrier"), List.of("00ZXXXX!"));
		this.routes.save(this.pbx, route.id(), new OutboundRoute("Sales", RouteType.NORMAL, true, forSales.rules(),
				forSales.trunks(), null, new TreeSet<>(Set.of("group:" + key)), null, "", ""));
		this.restrictions.add(this.policy, Map.of("1900", ""));
		this.restrictions.exempt(this.pbx, "group:" + key, "1900", null);
		ended(apply());
		var applied = this.snapshots.draft(this.registry.find(this.pbx).orElseThrow());
		assertThat(this.groups.delete(this.pbx, key)).isInstanceOf(GroupChange.InUse.class);
		this.groups.save(this.pbx, key, "Everybody", "1001-1002");
		assertThat(this.pending.summary().changes()).extracting(Change::kind)
			.containsExactly(Change.Kind.GROUP_CHANGED);
		assertThat(this.discard.all()).isZero();
		assertThat(this.snapshots.draft(this.registry.find(this.pbx).orElseThrow())).isEqualTo(applied);
		this.routes.save(this.pbx, this.routes.list(this.pbx).getFirst().id(), forSales);
		this.restrictions.removeExemption(this.restrictions.exemptionsOn(this.pbx).getFirst().id());
		assertThat(this.groups.delete(this.pbx, key)).isInstanceOf(GroupChange.Changed.class);
		assertThat(this.discard.all()).isZero();
		assertThat(this.snapshots.draft(this.registry.find(this.pbx).orElseThrow())).isEqualTo(applied);
	}

	@Test
	void discardReturnsToTheTrunksThatWereApplied() {
		var isdn = new Trunk("DAHDI/g1/$OUTNUM$", Trunk.Reading.AS_DIALLED, "");
		this.trunks.add(this.pbx, "isdn", isdn);
		this.routes.add(this.pbx, OutboundRoute.through("Local", List.of("isdn", "carrier"), List.of("NXXXXXX")));
		ended(apply());
		this.trunks.change(this.pbx, "carrier", new Trunk("", Trunk.Reading.E164, "9"));
		assertThat(this.pending.all()).flatExtracting(PbxPending::changes)
			.containsExactly(new Change(Change.Effect.NEUTRAL, Change.Kind.TRUNK_CHANGED, "carrier", 0,
					List.of("PJSIP/9+$OUTNUM$@carrier")));
		this.routes.delete(this.pbx, this.routes.list(this.pbx).getLast().id());
		this.trunks.remove(this.pbx, "isdn");
		assertThat(this.discard.all()).isZero();
		assertThat(this.trunks.present(this.pbx)).containsExactly(Map.entry("carrier", Trunk.PLAIN),
				Map.entry("isdn", isdn));
	}

	@Test
	void refusesToStartWhileAnotherApplyRuns() {
		this.simulated.faults().stopReading(true);
		var reviewed = reviewed();
		var first = ((StartResult.Started) this.runs.start(reviewed, null, Confirmation.NONE)).runId();
		assertThat(this.runs.start(reviewed, null, Confirmation.NONE))
			.isEqualTo(new StartResult.Busy(List.of("Monterrey plant")));
		this.simulated.faults().stopReading(false);
		assertThat(ended(first)).isEqualTo(OutcomeKind.APPLIED);
		assertThat(this.targets.findAll()).filteredOn((target) -> Long.valueOf(this.pbx).equals(target.getPbxId()))
			.hasSize(1);
	}

	@Test
	void refusesWhatWasNotReviewed() {
		var reviewed = reviewed();
		this.policies.allow(this.policy, Set.of("62"));
		assertThat(this.runs.start(reviewed, null, Confirmation.NONE))
			.isEqualTo(new StartResult.ChangedMeanwhile(List.of("Monterrey plant")));
		assertThat(this.simulated.astDb()).doesNotContainKey("tollgate/active");
	}

	/**
	 * Somebody edits while a press of Apply waits for the check: what goes to the PBX is
	 * what was checked, or nothing.
	 */
	@Test
	void refusesWhatWasEditedAfterTheCheck() {
		var checks = new DraftChecks(this.registry, this.snapshots, this.reports, this.clock) {

			@Override
			Map<Long, DraftCheck> within(Duration patience, Collection<PbxPending> pbxs) {
				var found = super.within(Duration.ofSeconds(30), pbxs);
				ApplyTests.this.policies.allow(ApplyTests.this.policy, Set.of("62"));
				return found;
			}

		};
		var editedMeanwhile = new ApplyRuns(this.pending, this.registry, this.snapshots, this.starter, checks,
				this.words, this.dangerWords, this.askedWords, this.generations, this.approvals, this.audit, this.actor,
				this.transaction);
		try {
			assertThat(editedMeanwhile.start(reviewed(), null, Confirmation.NONE))
				.isEqualTo(new StartResult.ChangedMeanwhile(List.of("Monterrey plant")));
		}
		finally {
			checks.destroy();
		}
		assertThat(this.targets.findAll()).noneMatch((target) -> Long.valueOf(this.pbx).equals(target.getPbxId()));
		assertThat(audited()).doesNotContain("apply.started");
		assertThat(ended(apply())).as("not busy, and as it is now").isEqualTo(OutcomeKind.APPLIED);
	}

	@Test
	void sendsNothingThatIsNotWhatWasReviewed() {
		var reviewed = this.pending.of(this.pbx).orElseThrow();
		this.policies.allow(this.policy, Set.of("62"));
		var edited = this.snapshots.draft(this.registry.find(this.pbx).orElseThrow());
		var run = start(new Wanted(this.pbx, "Monterrey plant", null, "words", reviewed.checksum(), "", edited));
		assertThat(ended(run)).isEqualTo(OutcomeKind.REFUSED);
		assertThat(this.simulated.astDb()).doesNotContainKey("tollgate/active");
	}

	private UUID start(Wanted wanted) {
		var started = this.transaction
			.execute((status) -> this.starter.start(RunKind.APPLY, "somebody", null, List.of(wanted)));
		return ((StartResult.Started) started).runId();
	}

	@Test
	void waitsForAPbxThatDoesNotAnswerAndGoesOnWhenItIsBack() {
		ended(apply());
		this.policies.allow(this.policy, Set.of("54"));
		this.simulated.down();
		var run = apply();
		until(() -> this.targets.heads(run).getFirst().stage() == Progress.WAITING);
		assertThat(this.status.all().get(this.pbx).state()).isEqualTo(FleetStatus.PbxStatus.State.UNREACHABLE);
		assertThat(this.pending.summary().count()).isOne();
		this.simulated.up();
		assertThat(ended(run)).as("by itself").isEqualTo(OutcomeKind.APPLIED);
		assertThat(this.status.all().get(this.pbx).state()).isEqualTo(FleetStatus.PbxStatus.State.IN_SYNC);
	}

	@Test
	void whatIsAppliedLaterTakesThePlaceOfWhatStillWaits() {
		this.simulated.down();
		var first = apply();
		until(() -> this.targets.heads(first).getFirst().stage() == Progress.WAITING);
		this.policies.allow(this.policy, Set.of("54"));
		var second = apply();
		assertThat(ended(first)).isEqualTo(OutcomeKind.SUPERSEDED);
		this.simulated.up();
		assertThat(ended(second)).isEqualTo(OutcomeKind.APPLIED);
		assertThat(this.simulated.astDb()).containsEntry("tollgate/1/e164/54", "ai");
		until(() -> this.jdbc.sql("select count(*) from apply_run where finished_at is null")
			.query(Integer.class)
			.single() == 0);
	}

	@Test
	void aPbxThatLostItsRulesIsBroughtBackToThem() {
		ended(apply());
		this.simulated.astDb().keySet().forEach(this.simulated::remove);
		this.jobs.soon(List.of(this.pbx));
		until(() -> "1".equals(this.simulated.astDb().get("tollgate/active")));
		until(() -> this.status.all().get(this.pbx).state() == FleetStatus.PbxStatus.State.IN_SYNC);
		assertThat(audited()).containsSubsequence("apply.applied", "apply.started", "apply.applied");
	}

	@Test
	void whatAHandChangedIsSeenAndNotOverwritten() {
		ended(apply());
		this.simulated.put("tollgate/1/e164/62", "ai");
		this.jobs.soon(List.of(this.pbx));
		until(() -> this.status.all().get(this.pbx).state() == FleetStatus.PbxStatus.State.DRIFTED);
		this.policies.allow(this.policy, Set.of("54"));
		assertThat(ended(apply())).isEqualTo(OutcomeKind.REFUSED);
		assertThat(this.simulated.astDb()).containsEntry("tollgate/active", "1");
	}

	@Test
	void aPbxWithoutATrunkIsLeftOut() {
		this.routes.saveFirst(this.pbx, new FirstRoute(null, List.of()));
		assertThat(this.pending.all()).extracting(PbxPending::problems).containsExactly(List.of("no-trunk"));
		assertThat(this.runs.start(reviewed(), null, Confirmation.NONE)).isInstanceOf(StartResult.NothingToDo.class);
	}

	@Test
	void whatHidesAnEmergencyNumberIsConfirmedByAnAdministrator() {
		ended(apply());
		this.policies.setEmergencyNumbers(this.policy, Set.of("911"));
		var chosen = reviewed();
		var typed = new Confirmation(" monterrey PLANT ", Locale.ENGLISH);
		assertThat(this.runs.start(chosen, null, typed))
			.isEqualTo(new StartResult.Unconfirmed(List.of("Monterrey plant"), false));
		as("OPERATOR", () -> assertThat(this.runs.start(chosen, null, typed))
			.isEqualTo(new StartResult.Unconfirmed(List.of("Monterrey plant"), false)));
		as("ADMINISTRATOR", () -> assertThat(this.runs.start(chosen, null, new Confirmation("yes", Locale.ENGLISH)))
			.isEqualTo(new StartResult.Unconfirmed(List.of("Monterrey plant"), true)));
		assertThat(audited()).doesNotContain("apply.emergency-confirmed");
		as("ADMINISTRATOR",
				() -> assertThat(ended(((StartResult.Started) this.runs.start(chosen, null, typed)).runId()))
					.isEqualTo(OutcomeKind.APPLIED));
		assertThat(audited()).contains("apply.emergency-confirmed");
		assertThat(this.jdbc.sql("select after_text from audit_event where action = 'apply.emergency-confirmed'")
			.query(String.class)
			.list()).singleElement().asString().contains("Emergency number");
	}

	/** A page shows two blanks as one, and a name may be pasted with another kind. */
	@Test
	void aNameIsTypedAsThePageShowsIt() {
		var names = List.of("Monterrey  plant");
		assertThat(this.dangerWords.wanted(names, Locale.ENGLISH)).isEqualTo("Monterrey plant");
		for (var typed : List.of("monterrey plant", " Monterrey  plant ", "Monterrey\u00a0plant")) {
			assertThat(this.dangerWords.confirms(new Confirmation(typed, Locale.ENGLISH), names, names)).isTrue();
		}
		assertThat(this.dangerWords.confirms(new Confirmation("Monterreyplant", Locale.ENGLISH), names, names))
			.isFalse();
	}

	private static void as(String role, Runnable work) {
		var authentication = new TestingAuthenticationToken("somebody", "", "ROLE_" + role);
		SecurityContextHolder.getContext().setAuthentication(authentication);
		try {
			work.run();
		}
		finally {
			SecurityContextHolder.clearContext();
		}
	}

	/**
	 * Whatever happens to the line at the write of the switch: never "applied" while the
	 * PBX runs something else.
	 */
	@ParameterizedTest
	@EnumSource(value = Fault.class, names = { "REJECT", "CLOSE_BEFORE", "HALF_WRITE" })
	void doesNotClaimWhatThePbxDoesNotRun(Fault fault) {
		ended(apply());
		this.policies.allow(this.policy, Set.of("54"));
		this.simulated.faults().at("DBPut", 1, fault);
		var outcome = ended(apply());
		boolean runsIt = "ai".equals(
				this.simulated.astDb().get("tollgate/" + this.simulated.astDb().get("tollgate/active") + "/e164/54"));
		assertThat(outcome == OutcomeKind.APPLIED).isEqualTo(runsIt);
		this.simulated.faults().clear();
		if (outcome != OutcomeKind.APPLIED) {
			assertThat(ended(apply())).isIn(OutcomeKind.APPLIED, OutcomeKind.NO_CHANGE);
		}
		assertThat(this.pending.summary().count()).isZero();
	}

	/**
	 * A portal that died left a run behind, with nobody at work on it: the PBX is asked
	 * how it ended.
	 */
	@Test
	void anApplyWhosePortalDiedIsSettledByAskingThePbx() {
		ended(apply());
		this.policies.allow(this.policy, Set.of("54"));
		var run = abandonedAfter(apply());
		this.jobs.soon(List.of(this.pbx));
		assertThat(ended(run)).isEqualTo(OutcomeKind.APPLIED);
		assertThat(this.simulated.astDb()).as("asked, not switched again").containsEntry("tollgate/active", "2");
		assertThat(this.pending.summary().count()).isZero();
	}

	/**
	 * What the database holds after the portal was killed before it could note the end.
	 */
	private UUID abandonedAfter(UUID run) {
		ended(run);
		this.jdbc.sql("delete from generation where run_id = ?").param(run).update();
		this.jdbc.sql("update apply_target set outcome = null, to_generation = null where run_id = ?")
			.param(run)
			.update();
		this.jdbc.sql("update apply_run set finished_at = null where id = ?").param(run).update();
		return run;
	}

	private Map<Long, String> reviewed() {
		return this.pending.all().stream().collect(Collectors.toMap(PbxPending::pbxId, PbxPending::checksum));
	}

	private UUID apply() {
		return ((StartResult.Started) this.runs.start(reviewed(), "because", Confirmation.NONE)).runId();
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

	private List<String> audited() {
		return this.jdbc.sql("select action from audit_event where object_id = ? order by id")
			.param(String.valueOf(this.pbx))
			.query(String.class)
			.list();
	}

}
