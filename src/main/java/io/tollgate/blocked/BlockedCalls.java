package io.tollgate.blocked;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tollgate.apply.PbxTargets;
import io.tollgate.connector.Connector;
import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.Listening;
import io.tollgate.keys.SealedException;
import io.tollgate.pbx.GuardStatus;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps a line to each PBX that answers and has the guard, and hears of what it blocks.
 * Nothing depends on that: a line that breaks is made anew at one of the next looks, and
 * what is blocked meanwhile is blocked all the same and not counted. Of several portals
 * each has its own lines, so that none has to know which others live.
 */
@Component
@EnableConfigurationProperties(BlockedProperties.class)
class BlockedCalls implements DisposableBean {

	private static final Logger LOG = LoggerFactory.getLogger(BlockedCalls.class);

	/** Lines that are being made at a time. */
	private static final int SIGN_INS = 16;

	private final PbxRegistry registry;

	private final PbxTargets targets;

	private final Policies policies;

	private final Connector connector;

	private final BlockedMeters meters;

	private final BlockedProperties properties;

	private final ExecutorService lines = Executors.newVirtualThreadPerTaskExecutor();

	private final Semaphore signIns = new Semaphore(SIGN_INS);

	private final Map<Long, Line> open = new ConcurrentHashMap<>();

	/** How numbers read, by policy. */
	private volatile Map<Long, PolicyRules> rules = Map.of();

	BlockedCalls(PbxRegistry registry, PbxTargets targets, Policies policies, Connector connector, BlockedMeters meters,
			BlockedProperties properties) {
		this.registry = registry;
		this.targets = targets;
		this.policies = policies;
		this.connector = connector;
		this.meters = meters;
		this.properties = properties;
	}

	/** A line, or one that is being made. */
	private record Line(Pbx pbx, Future<?> listening) {

		/** Whether it leads where that PBX is now. */
		boolean fits(Pbx other) {
			return this.pbx.host().equals(other.host()) && this.pbx.port() == other.port()
					&& this.pbx.tls() == other.tls() && this.pbx.amiUser().equals(other.amiUser())
					&& Objects.equals(this.pbx.fingerprint(), other.fingerprint())
					&& this.pbx.policyId() == other.policyId();
		}

	}

	@Scheduled(initialDelayString = "${tollgate.blocked.look:10s}", fixedDelayString = "${tollgate.blocked.look:10s}")
	void look() {
		if (!this.properties.listen()) {
			return;
		}
		var wanted = this.registry.all()
			.stream()
			.filter((pbx) -> Boolean.TRUE.equals(pbx.reachable())
					&& (pbx.guard() == GuardStatus.CURRENT || pbx.guard() == GuardStatus.CHANGED))
			.collect(Collectors.toMap(Pbx::id, Function.identity()));
		if (!wanted.isEmpty()) {
			this.rules = this.policies.all().stream().collect(Collectors.toMap(PolicyRules::id, Function.identity()));
		}
		this.open.forEach((id, line) -> {
			var pbx = wanted.get(id);
			if (line.listening().isDone() || pbx == null || !line.fits(pbx)) {
				line.listening().cancel(true);
				this.open.remove(id);
			}
		});
		wanted.forEach(
				(id, pbx) -> this.open.computeIfAbsent(id, (_) -> new Line(pbx, this.lines.submit(() -> listen(pbx)))));
	}

	/** Until the line breaks, or is of no more use. */
	private void listen(Pbx pbx) {
		try {
			try (var listening = open(pbx)) {
				listening.await();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ConnectorException | SealedException ex) {
			// the watch says on the page what is the matter with it
			LOG.debug("{} is not listened to", pbx.name(), ex);
		}
		catch (RuntimeException ex) {
			LOG.error("{} is not listened to", pbx.name(), ex);
		}
	}

	private Listening open(Pbx pbx) throws InterruptedException {
		this.signIns.acquire();
		try {
			return this.connector.listen(this.targets.of(pbx),
					(call) -> this.meters.count(call, this.rules.get(pbx.policyId())));
		}
		finally {
			this.signIns.release();
		}
	}

	@Override
	public void destroy() {
		this.lines.shutdownNow();
	}

}
