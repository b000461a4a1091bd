package io.tollgate.apply;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.tollgate.pbx.PbxRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * One durable job for each PBX, in the database: any portal on it does what is due, a PBX
 * is never in two hands, and the jobs of a portal that died are taken over.
 */
@Component
class PbxJobs implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(PbxJobs.class);

	private static final TaskDescriptor<Void> PBX = TaskDescriptor.of("pbx");

	/** The library's least number of missed heartbeats. */
	private static final int MISSED = 4;

	private final PbxWork work;

	private final ApplyRecords records;

	private final PbxRegistry registry;

	private final JdbcClient jdbc;

	private final ApplyProperties properties;

	private final Scheduler scheduler;

	private volatile boolean running;

	PbxJobs(PbxWork work, ApplyRecords records, PbxRegistry registry, JdbcClient jdbc, DataSource dataSource,
			ApplyProperties properties) {
		this.work = work;
		this.records = records;
		this.registry = registry;
		this.jdbc = jdbc;
		this.properties = properties;
		this.scheduler = scheduler(dataSource);
	}

	private Scheduler scheduler(DataSource dataSource) {
		var builder = Scheduler.create(dataSource, task())
			.threads(this.properties.parallel())
			.executorService(Executors.newVirtualThreadPerTaskExecutor())
			.pollingInterval(this.properties.poll())
			.heartbeatInterval(this.properties.heartbeat())
			.missedHeartbeatsLimit(MISSED)
			.alwaysPersistTimestampInUTC();
		if (isPostgres(dataSource)) {
			// SKIP LOCKED: portals do not get into each other's way
			builder.pollUsingLockAndFetch(0.5, 1.0);
		}
		return builder.build();
	}

	private static boolean isPostgres(DataSource dataSource) {
		try (var connection = dataSource.getConnection()) {
			return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private CustomTask<Void> task() {
		return Tasks.custom(PBX)
			.onFailure(new FailureHandler.OnFailureRetryLater<>(this.properties.retry()))
			.onDeadExecutionRevive()
			.execute((instance, context) -> complete(Long.parseLong(instance.getId())));
	}

	/**
	 * Does what there is to do, and says when the job is due again. What was wanted while
	 * it was done is looked for after that is stored, so that it is not overlooked.
	 */
	private CompletionHandler<Void> complete(long pbxId) {
		var pause = this.work.once(pbxId);
		if (pause.isEmpty()) {
			return new CompletionHandler.OnCompleteRemove<>();
		}
		return (complete, operations) -> {
			operations.reschedule(complete, Instant.now().plus(pause.get()));
			if (this.work.hasNew(pbxId)) {
				soon(List.of(pbxId));
			}
		};
	}

	@TransactionalEventListener
	void on(ApplyStarted started) {
		this.records.finishRuns();
		soon(started.pbxIds());
	}

	/** Has what is wanted of these PBXs be done as soon as possible. */
	void soon(Collection<Long> pbxIds) {
		var now = Instant.now();
		for (long pbxId : pbxIds) {
			var job = PBX.instance(String.valueOf(pbxId)).build();
			if (!this.scheduler.scheduleIfNotExists(job, now)) {
				hasten(job, now);
			}
		}
		this.scheduler.triggerCheckForDueExecutions();
	}

	private void hasten(TaskInstance<Void> job, Instant now) {
		try {
			this.scheduler.reschedule(job, now);
		}
		catch (TaskInstanceException ex) {
			// it is at work, and will look for more when it has done what it does
			logger.debug("{} is at work", job.getTaskAndInstance());
		}
	}

	/** Every PBX has its job, however it came into the database. */
	@Scheduled(initialDelay = 1, fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
	void complete() {
		if (!this.running) {
			return;
		}
		this.records.finishRuns();
		var have = new HashSet<>(this.jdbc.sql("select task_instance from scheduled_tasks where task_name = ?")
			.param(PBX.getTaskName())
			.query(String.class)
			.list());
		var without = new ArrayList<Long>(this.registry.ids());
		without.removeIf((id) -> have.contains(String.valueOf(id)));
		if (!without.isEmpty()) {
			soon(without);
		}
	}

	@Override
	public void start() {
		this.scheduler.start();
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.scheduler.stop();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
