package io.tollgate.apply;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.tollgate.pbx.PbxRegistry;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One durable job for each PBX, in the database: any portal on it does what is due, a PBX
 * is never in two hands, and the jobs of a portal that died are taken over.
 */
@Component
class PbxJobs implements SmartLifecycle {

	private static final TaskDescriptor<Void> PBX = TaskDescriptor.of("pbx");

	/** Jobs that are hastened at a time. */
	private static final int PART = 500;

	/** The library's least number of missed heartbeats. */
	private static final int MISSED = 4;

	private final PbxWork work;

	private final ApplyRecords records;

	private final PbxRegistry registry;

	private final JdbcClient jdbc;

	private final ApplyProperties properties;

	/** Those to be done again even when they are at work. */
	private final Set<Long> asked = ConcurrentHashMap.newKeySet();

	/** Of its own, as it is asked for when another one has just ended. */
	private final TransactionTemplate transaction;

	private final DataSource dataSource;

	/**
	 * A stopped one never starts again; before the first start there is one to plan with.
	 */
	private volatile Scheduler scheduler;

	private volatile boolean running;

	PbxJobs(PbxWork work, ApplyRecords records, PbxRegistry registry, JdbcClient jdbc, DataSource dataSource,
			ApplyProperties properties, PlatformTransactionManager transactions) {
		this.work = work;
		this.records = records;
		this.registry = registry;
		this.jdbc = jdbc;
		this.properties = properties;
		this.transaction = new TransactionTemplate(transactions);
		this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.dataSource = dataSource;
		this.scheduler = scheduler();
	}

	private Scheduler scheduler() {
		var builder = Scheduler.create(this.dataSource, task())
			.threads(this.properties.parallel())
			.executorService(Executors.newVirtualThreadPerTaskExecutor())
			.pollingInterval(this.properties.poll())
			.heartbeatInterval(this.properties.heartbeat())
			.missedHeartbeatsLimit(MISSED)
			.alwaysPersistTimestampInUTC();
		if (isPostgres()) {
			// SKIP LOCKED: portals do not get into each other's way
			builder.pollUsingLockAndFetch(0.5, 1.0);
		}
		return builder.build();
	}

	private boolean isPostgres() {
		try (var connection = this.dataSource.getConnection()) {
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
		this.asked.remove(pbxId);
		var pause = this.work.once(pbxId);
		if (pause.isEmpty()) {
			return new CompletionHandler.OnCompleteRemove<>();
		}
		return (complete, operations) -> {
			operations.reschedule(complete, Instant.now().plus(pause.get()));
			if (this.asked.contains(pbxId) || this.work.hasNew(pbxId)) {
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
		this.asked.addAll(pbxIds);
		var now = Instant.now();
		var ids = pbxIds.stream().map(String::valueOf).toList();
		for (int from = 0; from < ids.size(); from += PART) {
			var part = ids.subList(from, Math.min(from + PART, ids.size()));
			int hastened = Objects.requireNonNull(this.transaction.execute((status) -> hasten(part, now)));
			if (hastened < part.size()) {
				part.forEach((id) -> this.scheduler.scheduleIfNotExists(PBX.instance(id).build(), now));
			}
		}
		this.scheduler.triggerCheckForDueExecutions();
	}

	/**
	 * Many at once, which the library cannot. Those that are at work are begun again when
	 * they have done what they do.
	 * @return how many of them there are that are not at work
	 */
	private int hasten(List<String> instances, Instant now) {
		return this.jdbc.sql("""
				update scheduled_tasks set execution_time = :now, version = version + 1
				where task_name = :task and task_instance in (:instances) and picked = false""")
			.param("now", now.atOffset(ZoneOffset.UTC))
			.param("task", PBX.getTaskName())
			.param("instances", instances)
			.update();
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
		if (this.scheduler.getSchedulerState().isShuttingDown()) {
			this.scheduler = scheduler();
		}
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
