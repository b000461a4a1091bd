package io.tollgate.leak;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

import io.tollgate.apply.ApplyActivity;
import io.tollgate.apply.ChangeWords;
import io.tollgate.apply.DesiredConfigs;
import io.tollgate.apply.PbxTargets;
import io.tollgate.connector.Connector;
import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.Running;
import io.tollgate.connector.Session;
import io.tollgate.pbx.GuardStatus;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Looks at the PBXs: whether they run what was applied to them, and what they have
 * besides. A PBX is looked at again when the portal was in contact with it for another
 * reason, as something may be different since, and in any case after a while.
 */
@Component
class PbxVisits {

	private static final Logger logger = LoggerFactory.getLogger(PbxVisits.class);

	/** PBXs at a time. */
	private static final int PARALLEL = 8;

	/** In one go: then somebody may be waiting for an apply. */
	private static final int MOST = 50;

	private final PbxRegistry registry;

	private final PbxTargets targets;

	private final DesiredConfigs configs;

	private final Connector connector;

	private final Inspections inspections;

	private final ApplyActivity activity;

	private final ChangeWords words;

	private final Duration every;

	private final Clock clock;

	private final Semaphore places = new Semaphore(PARALLEL);

	/** When each was last tried, whatever came of it. */
	private final Map<Long, Instant> tried = new ConcurrentHashMap<>();

	/** Those that somebody asked for. */
	private final Set<Long> wanted = ConcurrentHashMap.newKeySet();

	PbxVisits(PbxRegistry registry, PbxTargets targets, DesiredConfigs configs, Connector connector,
			Inspections inspections, ApplyActivity activity, ChangeWords words,
			@Value("${tollgate.leak-check.look-every}") Duration every, Clock clock) {
		this.registry = registry;
		this.targets = targets;
		this.configs = configs;
		this.connector = connector;
		this.inspections = inspections;
		this.activity = activity;
		this.words = words;
		this.every = every;
		this.clock = clock;
	}

	/** Has a PBX, {@code null} for all of them, be looked at as soon as possible. */
	void soon(@Nullable Long pbxId) {
		if (pbxId == null) {
			this.registry.all().forEach((pbx) -> this.wanted.add(pbx.id()));
		}
		else {
			this.wanted.add(pbxId);
		}
	}

	/**
	 * Looks at those that are due, some at a time, and waits for them; at none while
	 * people wait for an apply.
	 */
	void run() {
		if (this.activity.isBusy()) {
			return;
		}
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			due().forEach((pbx) -> threads.execute(() -> visit(pbx)));
		}
	}

	private List<Pbx> due() {
		var now = Instant.now(this.clock);
		var times = this.inspections.times();
		var pbxs = this.registry.all();
		var ids = pbxs.stream().map(Pbx::id).collect(Collectors.toSet());
		this.tried.keySet().retainAll(ids);
		this.wanted.retainAll(ids);
		return pbxs.stream()
			.filter((pbx) -> this.wanted.contains(pbx.id()) || isDue(pbx, times.get(pbx.id()), now))
			.limit(MOST)
			.toList();
	}

	private boolean isDue(Pbx pbx, @Nullable Instant taken, Instant now) {
		var tried = this.tried.get(pbx.id());
		var last = (tried != null && (taken == null || tried.isAfter(taken))) ? tried : taken;
		var contact = pbx.lastContactAt();
		return last == null || contact != null && contact.isAfter(last) || last.plus(this.every).isBefore(now);
	}

	private void visit(Pbx pbx) {
		try {
			this.places.acquire();
			try {
				this.wanted.remove(pbx.id());
				look(pbx);
			}
			finally {
				this.places.release();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void look(Pbx pbx) {
		var at = Instant.now(this.clock);
		this.tried.put(pbx.id(), at);
		try (Session session = this.connector.open(this.targets.of(pbx))) {
			var running = running(session);
			var seen = new Seen(pbx.id(), at, (running != null) ? running.generation() : null,
					running != null && isAsApplied(session, pbx), session.inspect());
			var kept = this.inspections.store(seen, Objects.requireNonNullElse(pbx.software(), ""),
					(running != null) ? GuardStatus.valueOf(running.guard().name()) : GuardStatus.UNKNOWN);
			kept.ifPresentOrElse((when) -> this.tried.put(pbx.id(), when), () -> this.wanted.add(pbx.id()));
		}
		catch (ConnectorException ex) {
			logger.info("{} cannot be looked at: {}", pbx.name(), ex.getMessage());
			this.inspections.failed(pbx.id(), this.words.problem(ex.problem(), Locale.ENGLISH));
			if (ex.kind() == ConnectorException.Kind.UNREACHABLE && !hasAnswered(pbx.id(), at)) {
				this.registry.unreachable(pbx.id(), this.words.problem(ex.problem(), Locale.ENGLISH));
			}
		}
		catch (RuntimeException ex) {
			// shown on the page once what was seen before is too old
			logger.error("{} cannot be looked at", pbx.name(), ex);
			this.inspections.failed(pbx.id(), ex.getClass().getSimpleName());
		}
	}

	/** Whether somebody reached it during the look that did not. */
	private boolean hasAnswered(long pbxId, Instant since) {
		return this.registry.find(pbxId)
			.map(Pbx::lastContactAt)
			.filter((contact) -> contact.isAfter(since))
			.isPresent();
	}

	/**
	 * Whether it enforces exactly what was applied, row by row, as somebody may have
	 * changed it there. What cannot be compared is not.
	 */
	private boolean isAsApplied(Session session, Pbx pbx) {
		var applied = this.configs.applied(pbx.id());
		try {
			return applied.isPresent() && session.load(applied.get()).diff().isEmpty();
		}
		catch (ConnectorException ex) {
			if (ex.kind() != ConnectorException.Kind.REFUSED) {
				throw ex;
			}
			return false;
		}
	}

	/** An account that may not look at the dialplan can still be asked the rest. */
	private static @Nullable Running running(Session session) {
		try {
			return session.running();
		}
		catch (ConnectorException ex) {
			if (ex.kind() != ConnectorException.Kind.REFUSED) {
				throw ex;
			}
			return null;
		}
	}

}
