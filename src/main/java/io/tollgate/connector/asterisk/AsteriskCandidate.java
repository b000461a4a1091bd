package io.tollgate.connector.asterisk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.tollgate.connector.Candidate;
import io.tollgate.connector.ConfigDiff;
import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.ConnectorException.Kind;
import io.tollgate.connector.DesiredConfig;
import io.tollgate.connector.Drift;
import io.tollgate.connector.PendingCommit;
import io.tollgate.connector.Problem;
import io.tollgate.connector.Running.GuardState;

/**
 * A configuration compared with what one PBX runs. A commit writes in this order, and
 * whatever stops it on the way leaves the old generation in force:
 * <ol>
 * <li>the guard, when it is not there or not ours;</li>
 * <li>the slot file that is not in use, when route or emergency numbers differ, loaded
 * and read back from the running dialplan; before that, the generations go that named it,
 * and the files of the slot in use are made to say what runs in it;</li>
 * <li>a generation number that no line has ever used, so that late bytes of a broken line
 * cannot write into this generation;</li>
 * <li>the rows, read back and compared as a whole;</li>
 * <li>one row that switches, with the time at which the guard falls back.</li>
 * </ol>
 */
final class AsteriskCandidate implements Candidate {

	private final SignedIn line;

	private final DesiredConfig desired;

	private final PbxState state;

	private final SortedMap<String, String> wanted;

	AsteriskCandidate(SignedIn line, DesiredConfig desired, PbxState state) {
		this.line = line;
		this.desired = desired;
		this.state = state;
		this.wanted = AsteriskDialect.lines(desired);
	}

	private AmiClient client() {
		return this.line.client();
	}

	/**
	 * Also tells a guard that is not ours, and emergency numbers that only the slot out
	 * of use still lets pass.
	 */
	@Override
	public ConfigDiff diff() {
		var running = new TreeMap<>(this.state.lines());
		var wanted = new TreeMap<>(this.wanted);
		wanted.put("guard", GuardState.CURRENT.toString());
		running.put("guard", this.state.guard().toString());
		var slot = this.state.slotInForce();
		if (slot != null && this.line.rights().config()) {
			var unused = Slots.other(slot);
			if (Slots.emergencyDiffers(this.state, unused, this.wanted)) {
				running.put(SlotText.emergencyContext(unused), "outdated");
				wanted.put(SlotText.emergencyContext(unused), "up to date");
			}
		}
		return AsteriskDialect.diff(running, wanted);
	}

	@Override
	public List<Drift> drifts(DesiredConfig applied) {
		return new Observer(client(), this.line.rights(), applied).drifts(this.state);
	}

	@Override
	public boolean keeps(Drift drift) {
		var slot = this.state.slotInForce();
		if (drift.kind() != Drift.Kind.RULES || slot == null) {
			return false;
		}
		return drift.key().startsWith(Observer.UNUSED)
				? !Slots.emergencyDiffers(this.state, Slots.other(slot), this.wanted)
				: !drift.key().startsWith("pin/") && Objects.equals(drift.found(), this.wanted.get(drift.key()));
	}

	@Override
	public PendingCommit commit(Duration revertIn, Consumer<Stage> progress) {
		try (var _ = client().budget(client().deadlines().verb())) {
			progress.accept(Stage.WRITING);
			checkUnchanged();
			installGuard();
			var slot = prepareSlot();
			int generation = reserve();
			var rows = AsteriskDialect.rows(this.desired, slot);
			write(generation, rows);
			progress.accept(Stage.VERIFYING);
			readBack(generation, rows);
			progress.accept(Stage.SWITCHING);
			var previous = previous();
			var active = Active.unconfirmed(generation, previous, clock() + Math.max(1, revertIn.toSeconds()));
			Switch.to(client(), active);
			return new AsteriskCommit(this.line, this.state, text(slot), slot, rows, this.wanted, Active.parse(active));
		}
	}

	/**
	 * Somebody else may have applied since the comparison. Nor is it enough to have read
	 * once which slot is in force: the other one is written over.
	 */
	private void checkUnchanged() {
		if (!Switch.read(client()).equals(this.state.active().text())) {
			throw refused("changed-meanwhile");
		}
		var generation = this.state.inForce();
		if (generation != null
				&& !Switch.settings(client(), generation).equals(this.state.rows(generation).getOrDefault("cfg", ""))) {
			throw refused("changed-meanwhile");
		}
	}

	private @Nullable Integer previous() {
		var generation = this.state.inForce();
		// a generation without rows is no policy; falling back to nothing denies just the
		// same
		return this.state.rows(generation).isEmpty() ? null : generation;
	}

	private void installGuard() {
		if (this.state.guard() == GuardState.CURRENT) {
			return;
		}
		PortalFile.write(client(), GuardText.GUARD_FILE, GuardText.parsed());
		keepInUse();
		Slots.reload(client());
		switch (PbxState.readGuard(client())) {
			case CURRENT -> {
			}
			case MISSING -> throw refused("include-lines-missing", GuardText.GUARD_FILE);
			case CHANGED -> throw refused("guard-overridden", GuardText.GUARD_FILE);
		}
	}

	/** No reload of ours changes what is in force. */
	private void keepInUse() {
		var current = this.state.slotInForce();
		if (current != null && this.line.rights().config()) {
			PortalFile.keep(client(), this.state.slot(current));
		}
	}

	/** The slot that holds the wanted route; written first if neither does. */
	private char prepareSlot() {
		var current = this.state.slotInForce();
		var inUse = (current != null) ? current : 'b';
		if (current != null && this.state.slot(current).matches(text(current))) {
			return current;
		}
		if (!this.line.rights().config()) {
			// load() has seen that it holds what is wanted
			return 'a';
		}
		var slot = Slots.other(inUse);
		forgetGenerations(slot);
		PortalFile.writeSlot(client(), slot, text(slot));
		keepInUse();
		Slots.reload(client());
		var loaded = PbxState.Slot.read(client(), slot);
		if (!loaded.present()) {
			throw refused("include-lines-missing", GuardText.slotFile(slot));
		}
		if (!loaded.matches(text(slot))) {
			var running = AsteriskDialect.lines(new TreeMap<>(), loaded.contexts(), slot);
			var wanted = new TreeMap<>(this.wanted);
			wanted.keySet()
				.removeIf((key) -> !key.startsWith("route/") && !key.startsWith("emergency/")
						&& !key.startsWith("codes/"));
			throw refused("slot-not-loaded", GuardText.slotFile(slot), first(AsteriskDialect.diff(running, wanted)));
		}
		return slot;
	}

	/**
	 * A slot that gets another text belongs to no generation: then nothing can switch
	 * back to one that would be half of this text, not even bytes that come late.
	 */
	private void forgetGenerations(char slot) {
		var actions = new ArrayList<AmiAction>();
		for (int generation : this.state.generations().keySet()) {
			if (Character.valueOf(slot).equals(this.state.slotOf(generation))) {
				actions.add(AmiAction.dbDelTree(generation));
			}
		}
		client().pipeline(actions).forEach(AmiReply::required);
	}

	private DialplanText text(char slot) {
		return AsteriskDialect.slot(this.desired, slot);
	}

	/**
	 * Takes a number. It is on the PBX before anything is written under it: a line that
	 * breaks later can never write into the next one's generation.
	 */
	private int reserve() {
		int known = Math.max(this.state.last(), this.state.active().highest());
		if (!this.state.generations().isEmpty()) {
			known = Math.max(known, this.state.generations().lastKey());
		}
		int generation = known + 1;
		client().call(AmiAction.dbPut(PbxState.LAST, Integer.toString(generation))).required();
		return generation;
	}

	private void write(int generation, SortedMap<String, String> rows) {
		var actions = new ArrayList<AmiAction>(rows.size());
		rows.forEach((key, value) -> actions.add(AmiAction.dbPut(generation + "/" + key, value)));
		client().pipeline(actions).forEach(AmiReply::required);
	}

	private void readBack(int generation, SortedMap<String, String> rows) {
		var written = Slots.rows(client(), generation);
		if (!written.equals(rows)) {
			client().call(AmiAction.dbDelTree(generation));
			throw refused("read-back-differs", generation, first(AsteriskDialect.diff(written, rows)));
		}
	}

	private static String first(ConfigDiff diff) {
		var lines = new ArrayList<String>(diff.removed());
		lines.addAll(diff.added());
		return lines.isEmpty() ? "" : secretless(lines.getFirst());
	}

	/** Salts and hashes of PINs go into no log. */
	private static String secretless(String line) {
		return line.matches("(?:salt|pin)/.*") ? line.replaceFirst("^((?:salt|pin)/[a-z0-9]+).*", "$1") : line;
	}

	private long clock() {
		return PbxState.clock(client().call(AmiAction.ping()));
	}

	private static ConnectorException refused(String code, Object... arguments) {
		return new ConnectorException(Kind.REFUSED, Problem.of(code, arguments));
	}

}
