package io.tollgate.keys;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Tells a monitor a sealed portal from one that is broken. */
@Component("sealHealthIndicator")
class SealHealth implements HealthIndicator {

	private final Keys keys;

	SealHealth(Keys keys) {
		this.keys = keys;
	}

	@Override
	public Health health() {
		var seal = this.keys.seal();
		return (seal == Seal.OPEN) ? Health.up().build() : Health.outOfService().withDetail("why", seal.name()).build();
	}

}
