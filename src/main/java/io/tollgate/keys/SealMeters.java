package io.tollgate.keys;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** Whether the portal is sealed, for monitoring. */
@Component
class SealMeters implements MeterBinder {

	private final Keys keys;

	SealMeters(Keys keys) {
		this.keys = keys;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("tollgate.sealed", this.keys, (keys) -> (keys.seal() == Seal.OPEN) ? 0 : 1)
			.description("1 while the key file does not fit the database and nothing can be done, otherwise 0")
			.register(registry);
	}

}
