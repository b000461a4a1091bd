package io.tollgate.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.tollgate.connector.DesiredConfig;
import io.tollgate.connector.asterisk.GuardText;
import io.tollgate.connector.asterisk.History;
import io.tollgate.lab.FaultProxy;
import io.tollgate.lab.FaultProxy.Fault;
import io.tollgate.lab.FaultProxy.Way;
import io.tollgate.simulator.Faults;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.simulator.SimulatedPbxSpec;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Simulated PBXs behind bad networks, and somebody who compares every claim of the portal
 * with what each PBX really enforces.
 */
final class FaultFleet implements AutoCloseable {

	private final Random random;

	private final Map<Long, Place> places = new LinkedHashMap<>();

	private final Set<Long> told = new HashSet<>();

	private final List<String> wrong = new ArrayList<>();

	private final Map<String, Integer> outcomes = new TreeMap<>();

	private Desk desk;

	private int inSyncClaims;

	/**
	 * Starts PBXs and connects them.
	 * @param flush how often they bring AstDB to disk
	 */
	FaultFleet(Desk desk, int pbxs, Duration flush, long seed) {
		this.desk = desk;
		this.random = new Random(seed);
		var started = new ArrayList<SimulatedPbx>();
		var proxies = new ArrayList<FaultProxy>();
		for (int i = 0; i < pbxs; i++) {
			started.add(simulated("sim" + i));
			started.getLast().flushEvery(flush);
			proxies.add(FaultProxy.before(started.getLast().port()));
		}
		var ids = desk.connect(proxies.stream().map(FaultProxy::port).toList());
		for (int i = 0; i < pbxs; i++) {
			this.places.put(ids.get(i), new Place(ids.get(i), started.get(i), proxies.get(i)));
		}
	}

	private static SimulatedPbx simulated(String name) {
		var dialplan = SimulatedPbxSpec.UNGUARDED_DIALPLAN
			.replace("[globals]\n", "[globals]\n" + GuardText.includeLines())
			.replace("exten => _X.,1,Dial(PJSIP/${EXTEN}@trunk,120)\nsame => n,Hangup()\n[from-trunk]",
					GuardText.contextLine() + "[from-trunk]");
		return SimulatedPbx.start(SimulatedPbxSpec.named(name, "tollgate", Desk.SECRET)
			.withEndpoints(
					List.of(new SimulatedPbxSpec.Endpoint("1001", "One"), new SimulatedPbxSpec.Endpoint("1002", "Two")))
			.withTrunks(List.of("carrier"))
			.withFiles(Map.of("extensions.conf", dialplan))
			.withRefusalDelay(Duration.ZERO));
	}

	/** From now on another portal, on the same database. */
	void at(Desk desk) {
		this.desk = desk;
	}

	List<Place> places() {
		return List.copyOf(this.places.values());
	}

	/** Something goes wrong everywhere. */
	void spoil(Size size) {
		this.places.values().forEach((place) -> spoil(place, size));
	}

	private void spoil(Place place, Size size) {
		var kinds = FaultProxy.Kind.values();
		int which = this.random.nextInt(kinds.length + 4);
		if (which >= kinds.length) {
			var faults = Faults.Fault.values();
			var fault = faults[this.random.nextInt(faults.length)];
			place.pbx.faults().at(1 + this.random.nextLong(size.actions), fault);
			place.fault = fault.name();
			return;
		}
		var way = switch (kinds[which]) {
			// what a line changes on the way to the PBX, no protocol without sums can
			// know
			case DUPLICATE, FLIP, INSERT -> Way.TO_PORTAL;
			case LATE -> Way.TO_PBX;
			default -> Way.values()[this.random.nextInt(2)];
		};
		// the switch is where it matters most
		boolean atSwitch = way == Way.TO_PBX && this.random.nextBoolean();
		long after = this.random.nextLong(atSwitch ? 30 : (way == Way.TO_PBX) ? size.toPbx : size.toPortal);
		var fault = new Fault(kinds[which], way, after, atSwitch ? "Key: active\r\nVal: " : "",
				this.random.nextBoolean(), this.random.nextLong(), place.pbx::crash);
		place.proxy.arm(fault);
		place.history.expectLateBytes(fault.isLate());
		place.fault = fault.toString();
	}

	/** Everything is good again; what was held back arrives. */
	void mend() {
		for (var place : this.places.values()) {
			place.pbx.faults().clear();
			place.proxy.clear();
			place.proxy.deliverLate();
			place.proxy.drain();
		}
		// what was on its way has come, and what was claimed before that has been heard
		watch(Duration.ofSeconds(1));
		this.places.values().forEach((place) -> place.history.expectLateBytes(false));
	}

	/** Somebody changes something. */
	void edit() {
		this.desk.edit(this.random.nextLong());
	}

	/**
	 * Wants every PBX that has nothing to do to be as it is edited.
	 * @return how many were started
	 */
	int apply() {
		return (int) this.places.values().stream().filter((place) -> start(place, "")).count();
	}

	/** Wants one PBX to be as it is edited. */
	boolean start(Place place, String driftSeen) {
		var draft = this.desk.draft(place.id);
		place.known.put(draft.checksum(), draft.config());
		boolean added = place.history.asked(draft.config());
		long target = this.desk.start(draft, driftSeen);
		if (target == 0) {
			// what was asked for before may still be on its way
			if (added) {
				place.history.kept(draft.config(), "not started");
			}
			return false;
		}
		place.asks.put(target, draft.config());
		return true;
	}

	/** Compares what the portal claims now with what is true. */
	void observe() {
		for (var ended : this.desk.ended()) {
			var place = this.places.get(ended.pbxId());
			if (place == null || !this.told.add(ended.targetId())) {
				continue;
			}
			this.outcomes.merge(ended.outcome(), 1, Integer::sum);
			var config = Objects.requireNonNull(place.known.get(ended.checksum()));
			switch (ended.outcome()) {
				case "APPLIED", "NO_CHANGE" ->
					place.history.applied(config, place.asks.tailMap(ended.targetId(), false).values());
				default -> {
					if (!place.asks.tailMap(ended.targetId(), false).containsValue(config)) {
						place.history.kept(config, ended.outcome());
					}
				}
			}
		}
		for (var claim : this.desk.claims()) {
			var place = this.places.get(claim.pbxId());
			if (place != null && claim.seenAt() != null && !claim.seenAt().equals(place.checked)) {
				place.checked = claim.seenAt();
				check(place, claim);
			}
		}
	}

	/** Whoever is said to be in sync was so when it was last seen. */
	private void check(Place place, Desk.Claim claim) {
		if (!claim.drift().isEmpty()) {
			return;
		}
		this.inSyncClaims++;
		var config = place.known.get(claim.checksum());
		var at = Objects.requireNonNull(claim.seenAt());
		if (config == null || !place.history.enforcedWithin(config, at.minusSeconds(5), at)) {
			this.wrong.add(place + " is said to have been in sync at " + at + " with " + claim.checksum() + "\n    "
					+ String.join("\n    ", place.history.recent()));
		}
	}

	/** Looks for a while. */
	void watch(Duration time) {
		var end = Instant.now().plus(time);
		while (Instant.now().isBefore(end)) {
			observe();
			LockSupport.parkNanos(30_000_000);
		}
	}

	/** Waits, and looks all the while. */
	void until(String what, Duration limit, BooleanSupplier condition) {
		var end = Instant.now().plus(limit);
		while (!condition.getAsBoolean()) {
			observe();
			assertThat(Instant.now()).as(() -> what + ": " + unfinished()).isBefore(end);
			LockSupport.parkNanos(30_000_000);
		}
		observe();
	}

	private String unfinished() {
		var states = new LinkedHashMap<String, String>();
		this.desk.states().forEach((id, state) -> {
			var place = this.places.get(id);
			if (place != null && !(state.equals("IN_SYNC") && enforces(place))) {
				states.put(place.toString(), state + " " + place.history.recent());
			}
		});
		return this.desk.open() + "\n" + String.join("\n", states.entrySet().stream().map(Object::toString).toList());
	}

	/** Whether every PBX enforces what was applied to it last, and the portal says so. */
	boolean allInSync() {
		return settled("IN_SYNC");
	}

	/** The same, but a PBX may have refused what is wanted now. */
	boolean allSettled() {
		return settled("IN_SYNC", "PENDING");
	}

	private boolean settled(String... states) {
		if (!this.desk.open().isEmpty() || !this.places.values().stream().allMatch(this::enforces)) {
			return false;
		}
		return this.desk.states()
			.entrySet()
			.stream()
			.allMatch(
					(entry) -> !this.places.containsKey(entry.getKey()) || List.of(states).contains(entry.getValue()));
	}

	private boolean enforces(Place place) {
		observe();
		return place.history.settled();
	}

	String state(Place place) {
		return Objects.requireNonNull(this.desk.states().get(place.id));
	}

	/** What the portal has taken, it has, whoever died since. */
	void checkAcknowledged() {
		var there = new HashSet<>(this.desk.targets());
		for (var place : this.places.values()) {
			assertThat(there).as("applies of %s that were taken", place).containsAll(place.asks.keySet());
		}
		assertThat(there).as("applies that had ended").containsAll(this.told);
	}

	/** Nothing was wrong so far. */
	void check() {
		assertThat(this.wrong).isEmpty();
		for (var place : this.places.values()) {
			assertThat(place.history.violations()).as(place.toString()).isEmpty();
		}
	}

	/** What a push without a fault takes; a PBX is measured while it is pushed to. */
	Size measured(Runnable push) {
		var place = places().getFirst();
		place.pbx.faults().clear();
		place.proxy.arm(Fault.of(FaultProxy.Kind.CALL, Way.TO_PBX, Long.MAX_VALUE));
		push.run();
		return new Size(place.proxy.passed(Way.TO_PBX), place.proxy.passed(Way.TO_PORTAL),
				place.pbx.faults().actions());
	}

	@Override
	public String toString() {
		long states = this.places.values().stream().mapToLong((place) -> place.history.states()).sum();
		long lapses = this.places.values().stream().mapToLong((place) -> place.history.lapses()).sum();
		return states + " states judged, " + lapses + " wrong and mended, " + this.inSyncClaims
				+ " claims of being in sync, " + this.outcomes;
	}

	@Override
	public void close() {
		for (var place : this.places.values()) {
			place.proxy.close();
			place.pbx.close();
		}
	}

	/** Bytes each way, and actions. */
	record Size(long toPbx, long toPortal, long actions) {
	}

	/** One PBX. */
	static final class Place {

		final long id;

		final SimulatedPbx pbx;

		final FaultProxy proxy;

		final History history;

		private final Map<String, DesiredConfig> known = new HashMap<>();

		private final NavigableMap<Long, DesiredConfig> asks = new TreeMap<>();

		private String fault = "";

		private @Nullable Instant checked;

		Place(long id, SimulatedPbx pbx, FaultProxy proxy) {
			this.id = id;
			this.pbx = pbx;
			this.proxy = proxy;
			this.history = History.of(pbx);
		}

		@Override
		public String toString() {
			return "PBX " + this.id + " (" + this.fault + ")";
		}

	}

}
