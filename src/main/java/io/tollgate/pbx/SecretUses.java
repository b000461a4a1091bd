package io.tollgate.pbx;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.audit.CurrentActor;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes down who had a secret unlocked, before it is. A person is a row each time. The
 * portal itself signs in to every PBX again and again; that is a row a day and portal,
 * with how often the day before.
 */
@Component
class SecretUses {

	private final AuditTrail audit;

	private final CurrentActor actor;

	private final TransactionTemplate beside;

	private final Clock clock;

	private final AtomicLong times = new AtomicLong();

	private final Set<Long> pbxs = ConcurrentHashMap.newKeySet();

	private @Nullable LocalDate noted;

	SecretUses(AuditTrail audit, CurrentActor actor, PlatformTransactionManager transactions, Clock clock) {
		this.audit = audit;
		this.actor = actor;
		this.beside = new TransactionTemplate(transactions);
		// whoever asks may only be reading, or fail later: the secret has been used
		this.beside.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.clock = clock;
	}

	void unlocks(long pbxId, String name) {
		if (CurrentActor.SYSTEM.equals(this.actor.name())) {
			noteToday();
			this.times.incrementAndGet();
			this.pbxs.add(pbxId);
			return;
		}
		this.beside.executeWithoutResult((status) -> this.audit.record("pbx.secret.used",
				AuditObject.of("pbx", pbxId, name), null, "to sign in to the PBX"));
	}

	private synchronized void noteToday() {
		var today = LocalDate.ofInstant(Instant.now(this.clock), ZoneOffset.UTC);
		var before = this.noted;
		if (today.equals(before)) {
			return;
		}
		this.beside.executeWithoutResult(
				(status) -> this.audit.record("pbx.secrets.used", AuditObject.of("fleet", null, null),
						(before != null) ? "%,d times for %,d PBXs since %s".formatted(this.times.get(),
								this.pbxs.size(), before) : null,
						"by the portal itself, to look at PBXs and to apply"));
		this.noted = today;
		this.times.set(0);
		this.pbxs.clear();
	}

}
