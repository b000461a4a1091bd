package io.tollgate.audit;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;

import io.tollgate.keys.Keys;
import io.tollgate.keys.Seal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Keeps a file beside the key file with a signed line for the newest row, every so many
 * rows and minutes and when the portal stops. By it, rows that were cut off the end of
 * the table are missed, and so is the table itself.
 */
@Component
class Checkpoints implements SmartLifecycle {

	private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

	private final CheckpointFile file;

	private final int everyRows;

	private final AuditRows rows;

	private final Keys keys;

	private final Clock clock;

	private long written;

	private volatile @Nullable Instant failingSince;

	private volatile boolean running;

	Checkpoints(CheckpointFile file, AuditProperties properties, AuditRows rows, Keys keys, Clock clock) {
		this.file = file;
		this.everyRows = properties.checkpointRows();
		this.rows = rows;
		this.keys = keys;
		this.clock = clock;
	}

	@TransactionalEventListener
	void on(AuditRows.Appended appended) {
		if (appended.head().id() / this.everyRows > (appended.head().id() - appended.rows()) / this.everyRows) {
			write(appended.head());
		}
	}

	@Scheduled(initialDelayString = "${tollgate.audit.checkpoint-every:5m}",
			fixedDelayString = "${tollgate.audit.checkpoint-every:5m}")
	void write() {
		if (this.keys.seal() == Seal.OPEN) {
			write(this.rows.head());
		}
	}

	/** What failed is tried again by the next one; until then the page says so. */
	private synchronized void write(AuditRows.Head head) {
		if (head.id() <= this.written) {
			return;
		}
		// the key of the row: it is kept for as long as there is the row
		int version = this.rows.keyVersion(head.id());
		var line = Checkpoint.of(Instant.now(this.clock), head, version, new Chain(this.keys)).line();
		try {
			this.file.append(line);
			this.written = head.id();
			this.failingSince = null;
		}
		catch (IOException ex) {
			if (this.failingSince == null) {
				this.failingSince = Instant.now(this.clock);
			}
			LOG.error("The checkpoint of audit row {} cannot be written to {}", head.id(), this.file, ex);
		}
	}

	/** Since when none could be written, {@code null} when the last one was. */
	@Nullable Instant failingSince() {
		return this.failingSince;
	}

	@Override
	public void start() {
		this.running = true;
	}

	/** The last one: what comes to the table before the next start shows. */
	@Override
	public void stop() {
		this.running = false;
		write();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
