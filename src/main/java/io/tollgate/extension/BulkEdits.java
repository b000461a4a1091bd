package io.tollgate.extension;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

import io.tollgate.audit.Origin;
import io.tollgate.extension.BulkEdit.State;
import io.tollgate.pbx.VisiblePbxs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Edits of many extensions, each on a thread of its own and in one transaction, so that
 * all of it happens or nothing. What it has come to is told meanwhile by a row beside it,
 * which any portal reads; its end is written in the transaction itself, so it is said of
 * no edit that did not happen, whenever a portal dies.
 */
@Component
class BulkEdits implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(BulkEdits.class);

	/** Who started a quick one waits for it. */
	private static final Duration PATIENCE = Duration.ofSeconds(1);

	/** Longer than a statement waits for a lock. */
	static final Duration LOST_AFTER = Duration.ofSeconds(15);

	private static final Duration KEPT = Duration.ofDays(7);

	private static final Duration SAID_EVERY = Duration.ofMillis(200);

	private final Extensions extensions;

	private final VisiblePbxs visible;

	private final JdbcOperations jdbc;

	private final TransactionTemplate whole;

	private final TransactionTemplate beside;

	private final Clock clock;

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	BulkEdits(Extensions extensions, VisiblePbxs visible, JdbcOperations jdbc, PlatformTransactionManager transactions,
			Clock clock) {
		this.extensions = extensions;
		this.visible = visible;
		this.jdbc = jdbc;
		this.whole = new TransactionTemplate(transactions);
		this.beside = new TransactionTemplate(transactions);
		this.beside.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.clock = clock;
	}

	/**
	 * Starts one and waits a moment for it.
	 * @param selected how many that are
	 * @param filter what they were picked by, for the trail
	 * @param list where the person came from
	 * @return how it stands, done or not
	 */
	BulkEdit start(Where which, RestrictionEdit edit, int selected, String filter, String list) {
		return start((author, progress) -> this.extensions.edit(which, edit, filter, author, progress), selected, list);
	}

	/**
	 * The same for other work on many extensions.
	 * @param selected how many it is meant for
	 * @param list where the person goes afterwards
	 */
	BulkEdit start(Work work, int selected, String list) {
		var id = UUID.randomUUID();
		var author = this.extensions.author();
		var now = now();
		this.beside.executeWithoutResult((_) -> {
			this.jdbc.update("delete from bulk_edit where started_at < ?",
					Timestamp.from(Instant.now(this.clock).minus(KEPT)));
			this.jdbc.update("""
					insert into bulk_edit (id, actor, started_at, seen_at, state, selected, list)
					values (?, ?, ?, ?, 'RUNNING', ?, ?)""", id, author.name(), now, now, selected, list);
		});
		await(this.threads.submit(() -> work(id, work, author)));
		return find(id).orElseThrow();
	}

	/**
	 * How an edit stands; one that nobody works on any more has stopped. Who is limited
	 * to some PBXs sees their own.
	 */
	Optional<BulkEdit> find(UUID id) {
		this.beside.executeWithoutResult((_) -> this.jdbc.update(
				"update bulk_edit set state = 'STOPPED' where id = ? and state = 'RUNNING' and seen_at < ?", id,
				Timestamp.from(Instant.now(this.clock).minus(LOST_AFTER))));
		return this.jdbc.query("select * from bulk_edit where id = ?", (row, at) -> {
			int changed = row.getInt("changed");
			return new BulkEdit(id, row.getString("actor"), row.getTimestamp("started_at").toInstant(),
					State.valueOf(row.getString("state")), row.getInt("selected"), row.getInt("done"), changed,
					row.getString("list"));
		}, id).stream().filter(this::isSeen).findFirst();
	}

	/** Of other people's edits nobody has noted which PBXs they were about. */
	private boolean isSeen(BulkEdit edit) {
		return !this.visible.limited() || edit.actor().equals(this.extensions.author().name());
	}

	private void work(UUID id, Work work, Origin author) {
		try {
			this.whole.executeWithoutResult((_) -> {
				end(id, State.DONE, work.run(author, progress(id)));
			});
		}
		catch (RuntimeException ex) {
			logger.error("An edit of many extensions failed", ex);
			this.beside.executeWithoutResult((_) -> end(id, State.FAILED, new EditResult(0, 0)));
		}
	}

	/** Said now and then: a transaction for every part would cost more than the part. */
	private IntConsumer progress(UUID id) {
		var said = new Object() {

			private Instant at = Instant.now(BulkEdits.this.clock);

		};
		return (written) -> {
			var now = Instant.now(this.clock);
			if (said.at.plus(SAID_EVERY).isBefore(now)) {
				said.at = now;
				this.beside.executeWithoutResult((_) -> this.jdbc.update(
						"update bulk_edit set done = ?, seen_at = ? where id = ?", written, Timestamp.from(now), id));
			}
		};
	}

	/** Whoever waited for it in vain and was told so must not be told a lie. */
	private void end(UUID id, State state, EditResult result) {
		int rows = this.jdbc.update(
				"""
						update bulk_edit set state = ?, done = ?, changed = ?, selected = case when ? > 0 then ? else selected end
						where id = ? and state = 'RUNNING'""",
				state.name(), result.changed(), result.changed(), result.selected(), result.selected(), id);
		if (rows == 0 && state == State.DONE) {
			throw new IllegalStateException("given up meanwhile");
		}
	}

	private static void await(Future<?> work) {
		try {
			work.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			// its page tells the rest
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Timestamp now() {
		return Timestamp.from(Instant.now(this.clock));
	}

	@Override
	public void destroy() {
		this.threads.shutdownNow();
	}

	/** What is done in one transaction, on a thread of its own. */
	interface Work {

		/**
		 * Does it.
		 * @param author who it is done for
		 * @param progress is told how many extensions are written
		 */
		EditResult run(Origin author, IntConsumer progress);

	}

}
