package io.tollgate.audit;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;

import io.tollgate.audit.Verification.BadRow;
import io.tollgate.audit.Verification.Fault;
import io.tollgate.audit.Verification.Misfit;
import io.tollgate.audit.Verification.MisfitFault;
import io.tollgate.keys.Keys;
import io.tollgate.keys.SealedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Reads the whole trail in order and finds the first row that is not as it was written.
 */
@Component
class Verifier {

	private static final Logger LOG = LoggerFactory.getLogger(Verifier.class);

	private static final int BATCH = 2_000;

	private final AuditRows rows;

	private final CheckpointFile checkpoints;

	private final Keys keys;

	private final Clock clock;

	Verifier(AuditRows rows, CheckpointFile checkpoints, Keys keys, Clock clock) {
		this.rows = rows;
		this.checkpoints = checkpoints;
		this.keys = keys;
		this.clock = clock;
	}

	/**
	 * Verifies the trail as far as it is when it gets there.
	 * @param progress is told the number of each row that it has come to, now and then
	 * @throws SealedException without the key file
	 */
	Verification verify(LongConsumer progress) {
		// nothing can be said of any row without the keys
		this.keys.currentVersion();
		// first: a row that a checkpoint names was there before it
		var known = read();
		var walk = new Walk(new Chain(this.keys), progress);
		var bad = walk.toTheEnd();
		var now = Instant.now(this.clock);
		return (known == null) ? new Verification(now, walk.count, 0, bad, new Misfit(MisfitFault.UNREADABLE, 0, now))
				: new Verification(now, walk.count, known.size(), bad, misfit(known));
	}

	/** {@code null} when they cannot be read, which is a finding of its own. */
	private @Nullable List<Checkpoint> read() {
		try {
			return this.checkpoints.read();
		}
		catch (IOException ex) {
			LOG.error("The audit checkpoints in {} cannot be read", this.checkpoints, ex);
			return null;
		}
	}

	private @Nullable Misfit misfit(List<Checkpoint> known) {
		var chain = new Chain(this.keys);
		var sorted = known.stream().sorted(Comparator.comparingLong(Checkpoint::row)).toList();
		for (int from = 0; from < sorted.size(); from += BATCH) {
			var part = sorted.subList(from, Math.min(from + BATCH, sorted.size()));
			var hashes = this.rows.hashes(part.stream().map(Checkpoint::row).distinct().toList());
			for (var checkpoint : part) {
				var fault = fault(checkpoint, hashes.get(checkpoint.row()), chain);
				if (fault != null) {
					return new Misfit(fault, checkpoint.row(), checkpoint.at());
				}
			}
		}
		return null;
	}

	private static @Nullable MisfitFault fault(Checkpoint checkpoint, @Nullable String hash, Chain chain) {
		if (!genuine(checkpoint, chain)) {
			return MisfitFault.FORGED;
		}
		if (hash == null) {
			return MisfitFault.ROW_MISSING;
		}
		return Chain.same(hash, checkpoint.hash()) ? null : MisfitFault.ROW_DIFFERS;
	}

	private static boolean genuine(Checkpoint checkpoint, Chain chain) {
		try {
			return checkpoint.isGenuine(chain);
		}
		catch (SealedException ex) {
			// of a key that there is not
			return false;
		}
	}

	/** One pass over the table. */
	private final class Walk {

		private final Chain chain;

		private final LongConsumer progress;

		private long last;

		private String hash = Chain.BEGINNING;

		private long count;

		Walk(Chain chain, LongConsumer progress) {
			this.chain = chain;
			this.progress = progress;
		}

		@Nullable BadRow toTheEnd() {
			var before = Verifier.this.rows.first();
			if (before != null && before <= 0) {
				return new BadRow(Fault.INSERTED, before, null);
			}
			while (true) {
				var batch = Verifier.this.rows.after(this.last, BATCH);
				for (int at = 0; at < batch.size(); at++) {
					var bad = judge(batch, at);
					if (bad != null) {
						return bad;
					}
				}
				this.progress.accept(this.last);
				if (batch.isEmpty()) {
					var head = Verifier.this.rows.head();
					if (head.id() <= this.last || Verifier.this.rows.after(this.last, 1).isEmpty()) {
						return end(head);
					}
				}
			}
		}

		private @Nullable BadRow judge(List<AuditRow> batch, int at) {
			var row = batch.get(at);
			long expected = this.last + 1;
			if (row.id() != expected) {
				return new BadRow((this.last == 0) ? Fault.BEGINNING_MISSING : Fault.MISSING, expected, row.id() - 1);
			}
			if (!fits(row, row.id())) {
				return explain(row);
			}
			if (!Chain.same(row.previous(), this.hash)) {
				return new BadRow(Fault.OTHER_HISTORY, row.id(), null);
			}
			this.last = row.id();
			this.hash = row.hash();
			this.count++;
			return null;
		}

		/** The head is what all portals add to, so it names the last row. */
		private @Nullable BadRow end(AuditRows.Head head) {
			if (head.id() > this.last) {
				return new BadRow(Fault.END_MISSING, this.last + 1, head.id());
			}
			if (head.id() < this.last || !Chain.same(head.hash(), this.hash)) {
				return new BadRow(Fault.HEAD_CHANGED, this.last, null);
			}
			return null;
		}

		/**
		 * Somebody without the keys had a hand in it; what they did shows by its
		 * neighbors.
		 */
		private BadRow explain(AuditRow row) {
			var next = Verifier.this.rows.after(row.id(), 1).stream().findFirst().orElse(null);
			long home = home(row);
			if (home == 0) {
				boolean pushed = next != null && fits(next, row.id()) && Chain.same(next.previous(), this.hash);
				boolean beyond = row.id() > Verifier.this.rows.head().id();
				return new BadRow((pushed || beyond) ? Fault.INSERTED : Fault.CHANGED, row.id(), null);
			}
			boolean closedUp = home > row.id() && (next == null || fits(next, home + 1));
			return closedUp ? new BadRow(Fault.MISSING, row.id(), home - 1) : new BadRow(Fault.MOVED, row.id(), home);
		}

		/** The number that a row was written with, 0 when it was not written at all. */
		private long home(AuditRow row) {
			long most = Math.max(Verifier.this.rows.head().id(), row.id()) + BATCH;
			for (long id = 1; id <= most; id++) {
				if (id != row.id() && fits(row, id)) {
					return id;
				}
			}
			return 0;
		}

		private boolean fits(AuditRow row, long id) {
			try {
				return this.chain.fits(row, id);
			}
			catch (SealedException ex) {
				// of a key that there is not
				return false;
			}
		}

	}

}
