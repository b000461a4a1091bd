package io.tollgate.connector.asterisk;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.ConnectorException.Kind;
import org.springframework.stereotype.Component;

/** Counts and times the lines to PBXs: made, refused, not made, and made again. */
@Component
class AmiMeters {

	/** For lines that nobody counts. */
	static final AmiMeters NONE = new AmiMeters(new CompositeMeterRegistry());

	private final Lines fresh;

	private final Lines again;

	AmiMeters(MeterRegistry registry) {
		this.fresh = new Lines(registry, "tollgate.ami.sign.ins", "Sign-ins to Asterisk's manager interface");
		this.again = new Lines(registry, "tollgate.ami.reconnects",
				"Lines that an apply made anew to see that the PBX lets itself be reached under its new rules");
	}

	/** A line for something new to do. */
	<T> T signIn(Supplier<T> work) {
		return this.fresh.timed(work);
	}

	/** Another one in the place of one that there is. */
	<T> T reconnect(Supplier<T> work) {
		return this.again.timed(work);
	}

	private static final class Lines {

		private final Timer made;

		private final Map<Kind, Timer> failed = new EnumMap<>(Kind.class);

		Lines(MeterRegistry registry, String name, String text) {
			this.made = timer(registry, name, text, "made");
			for (var kind : Kind.values()) {
				this.failed.put(kind,
						timer(registry, name, text, kind.name().toLowerCase(Locale.ROOT).replace('_', '-')));
			}
		}

		private static Timer timer(MeterRegistry registry, String name, String text, String outcome) {
			return Timer.builder(name).description(text).tag("outcome", outcome).register(registry);
		}

		<T> T timed(Supplier<T> work) {
			var begun = System.nanoTime();
			try {
				var line = work.get();
				this.made.record(since(begun));
				return line;
			}
			catch (ConnectorException ex) {
				Objects.requireNonNull(this.failed.get(ex.kind())).record(since(begun));
				throw ex;
			}
		}

		private static Duration since(long begun) {
			return Duration.ofNanos(System.nanoTime() - begun);
		}

	}

}
