package io.tollgate;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;

import io.tollgate.keys.Keys;
import io.tollgate.keys.Seal;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.Trigger;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * While the portal is sealed nothing that is done again and again is done: what it would
 * change could not be written down in the audit trail. Each is due again after its usual
 * time, so all of them go on by themselves.
 */
@Configuration(proxyBeanMethods = false)
class PausedJobs {

	@Bean
	ThreadPoolTaskScheduler taskScheduler(ThreadPoolTaskSchedulerBuilder builder, Keys keys) {
		return builder.configure(new Scheduler(keys));
	}

	/**
	 * Wraps the job itself. A decorator of the scheduler's would wrap its next time too,
	 * and a job that is paused once would never be due again.
	 */
	private static final class Scheduler extends ThreadPoolTaskScheduler {

		private final transient Keys keys;

		Scheduler(Keys keys) {
			this.keys = keys;
		}

		private Runnable whileOpen(Runnable job) {
			return () -> {
				if (this.keys.seal() == Seal.OPEN) {
					job.run();
				}
			};
		}

		@Override
		public @Nullable ScheduledFuture<?> schedule(Runnable task, Trigger trigger) {
			return super.schedule(whileOpen(task), trigger);
		}

		@Override
		public ScheduledFuture<?> schedule(Runnable task, Instant startTime) {
			return super.schedule(whileOpen(task), startTime);
		}

		@Override
		public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, Instant startTime, Duration period) {
			return super.scheduleAtFixedRate(whileOpen(task), startTime, period);
		}

		@Override
		public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, Duration period) {
			return super.scheduleAtFixedRate(whileOpen(task), period);
		}

		@Override
		public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, Instant startTime, Duration delay) {
			return super.scheduleWithFixedDelay(whileOpen(task), startTime, delay);
		}

		@Override
		public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, Duration delay) {
			return super.scheduleWithFixedDelay(whileOpen(task), delay);
		}

	}

}
