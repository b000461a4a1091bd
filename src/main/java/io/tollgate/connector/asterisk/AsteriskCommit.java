package io.tollgate.connector.asterisk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import io.tollgate.connector.ConfigDiff;
import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.ConnectorException.Kind;
import io.tollgate.connector.PendingCommit;
import io.tollgate.connector.Probe;
import io.tollgate.connector.ProbeReport;
import io.tollgate.connector.Problem;
import io.tollgate.connector.Running.GuardState;

/** A generation that the PBX falls back from by itself unless it is confirmed in time. */
final class AsteriskCommit implements PendingCommit {

	private final SignedIn line;

	private final PbxState before;

	private final DialplanText text;

	private final char slot;

	private final SortedMap<String, String> rows;

	private final SortedMap<String, String> wanted;

	private final Active active;

	private final int generation;

	private final long written = System.nanoTime();

	AsteriskCommit(SignedIn line, PbxState before, DialplanText text, char slot, SortedMap<String, String> rows,
			SortedMap<String, String> wanted, Active active) {
		this.line = line;
		this.before = before;
		this.text = text;
		this.slot = slot;
		this.rows = rows;
		this.wanted = wanted;
		this.active = active;
		this.generation = (active.generation() != null) ? active.generation() : 0;
	}

	private AmiClient client() {
		return this.line.client();
	}

	@Override
	public int generation() {
		return this.generation;
	}

	@Override
	public ConfigDiff verify() {
		try (var _ = client().budget(client().deadlines().verb())) {
			var rows = Slots.rows(client(), this.generation);
			var wanted = new TreeMap<>(this.wanted);
			var running = new TreeMap<>(
					AsteriskDialect.lines(rows, PbxState.Slot.read(client(), this.slot).contexts(), this.slot));
			wanted.put("slot", cfg(this.rows));
			running.put("slot", cfg(rows));
			wanted.put("guard", GuardState.CURRENT.toString());
			running.put("guard", PbxState.readGuard(client()).toString());
			wanted.put(PbxState.ACTIVE, this.active.text());
			running.put(PbxState.ACTIVE, Switch.read(client()));
			return AsteriskDialect.diff(running, wanted);
		}
	}

	private static String cfg(SortedMap<String, String> rows) {
		return rows.getOrDefault("cfg", "");
	}

	@Override
	public ProbeReport probe(List<Probe> probes) {
		try (var _ = client().budget(client().deadlines().verb())) {
			checkStillOurs();
			return new Prober(client(), this.line.rights(), this.generation, this.slot, this.text).run(probes);
		}
	}

	@Override
	public void reconnect() {
		this.line.renew();
	}

	/**
	 * Makes it lasting, on disk, and clears away what is older than the previous
	 * generation.
	 * @throws ConnectorException {@code REFUSED} ({@code reverted-meanwhile}) when the
	 * PBX has already fallen back or somebody else has switched; {@code UNREACHABLE}
	 * before, {@code IN_DOUBT} after the confirmation was sent
	 */
	@Override
	public void confirm() {
		try (var _ = client().budget(client().deadlines().verb())) {
			// before, so that the whole generation is on disk, and after, so that the
			// switch is
			long flush = client().deadlines().flush().toNanos();
			waitUntil(this.written + flush);
			checkStillOurs();
			var confirmed = Active.confirmed(this.generation);
			Switch.to(client(), confirmed);
			waitUntil(System.nanoTime() + flush);
			checkStays(confirmed);
			clearAway();
			tidy(Slots.other(this.slot), this.wanted);
		}
	}

	private void checkStillOurs() {
		var found = Switch.read(client());
		long clock = PbxState.clock(client().call(AmiAction.ping()));
		if (!found.equals(this.active.text()) || !this.active.isPending(clock)) {
			throw new ConnectorException(Kind.REFUSED, Problem.of("reverted-meanwhile", this.generation));
		}
	}

	/** A PBX that died in between came back with what it had on disk. */
	private void checkStays(String confirmed) {
		try {
			if (!Switch.read(client()).equals(confirmed)) {
				throw new ConnectorException(Kind.IN_DOUBT, Problem.of("switch-not-seen", confirmed, ""));
			}
		}
		catch (ConnectorException ex) {
			throw new ConnectorException(Kind.IN_DOUBT, ex.problem(), ex);
		}
	}

	private void clearAway() {
		var actions = new ArrayList<AmiAction>();
		for (int old : this.before.generations().keySet()) {
			if (old != this.generation && !Integer.valueOf(old).equals(this.active.previous())) {
				actions.add(AmiAction.dbDelTree(old));
			}
		}
		leftovers(() -> client().pipeline(actions));
	}

	private void tidy(char unused, SortedMap<String, String> lines) {
		leftovers(() -> Slots.tidy(client(), this.line.rights(), unused, lines));
	}

	/**
	 * Which generation is in force is settled by now. What cannot be cleared away here is
	 * seen by the next {@code load}, which reads all generations and both slots, and is
	 * cleared away then: no reason to call this commit anything but done.
	 */
	private static void leftovers(Runnable work) {
		try {
			work.run();
		}
		catch (ConnectorException ex) {
			System.getLogger(AsteriskCommit.class.getName())
				.log(System.Logger.Level.INFO, "left for the next apply: {0}", ex.getMessage());
		}
	}

	/**
	 * Takes the switch back; without a previous generation there is no policy then, and
	 * the guard lets only emergency numbers pass.
	 */
	@Override
	public void rollback() {
		try (var _ = client().budget(client().deadlines().verb())) {
			var previous = this.active.previous();
			var text = (previous != null) ? Active.confirmed(previous) : "";
			var found = Switch.read(client());
			if (!found.equals(this.active.text()) && !found.equals(text)) {
				throw new ConnectorException(Kind.REFUSED, Problem.of("reverted-meanwhile", this.generation));
			}
			Switch.to(client(), text);
			var old = this.before.slotInForce();
			if (old != null && old != this.slot) {
				tidy(this.slot, this.before.lines());
			}
		}
	}

	private static void waitUntil(long nanos) {
		try {
			Thread.sleep(Duration.ofNanos(Math.max(0, nanos - System.nanoTime())));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ConnectorException(Kind.IN_DOUBT, Problem.of("interrupted"), ex);
		}
	}

}
