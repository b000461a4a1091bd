package io.tollgate.apply;

import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What was chosen beside the button Apply; a session keeps it from one page to the next.
 *
 * @param first {@code all}, {@code one}, {@code tenth}, {@code steps},
 * {@code group:<name>} or {@code pbx:<id>}
 * @param pause minutes, as typed
 * @param failures percent that may fail, as chosen
 * @param windows whether maintenance windows are waited for
 */
record RolloutForm(@Nullable String first, @Nullable String pause, @Nullable String failures,
		@Nullable Boolean windows) implements Serializable {

	static final RolloutForm UNTOUCHED = new RolloutForm("all", "5", "0", false);

	private static final int LONGEST_MINUTES = 7 * 24 * 60;

	/** How that order would have been chosen. */
	static RolloutForm of(Rollout rollout) {
		var first = switch (rollout.first()) {
			case Rollout.First.All all -> "all";
			case Rollout.First.Some some -> "one";
			case Rollout.First.Tenth tenth -> "tenth";
			case Rollout.First.Steps steps -> "steps";
			case Rollout.First.Group(var name) -> "group:" + name;
			case Rollout.First.One(var pbx) -> "pbx:" + pbx;
		};
		return new RolloutForm(first, String.valueOf(rollout.pause().toMinutes()),
				String.valueOf(rollout.mostFailures()), rollout.inWindows());
	}

	/** Empty when what was typed means nothing. */
	Optional<Rollout> toRollout() {
		var order = order((this.first != null) ? this.first : "all");
		var minutes = number((this.pause != null) ? this.pause : "0", LONGEST_MINUTES);
		var most = number((this.failures != null) ? this.failures : "0", 100);
		if (order.isEmpty() || minutes.isEmpty() || most.isEmpty()) {
			return Optional.empty();
		}
		boolean inWindows = Boolean.TRUE.equals(this.windows);
		if (order.get() instanceof Rollout.First.All) {
			return Optional.of(new Rollout(order.get(), Duration.ZERO, 100, inWindows));
		}
		return Optional.of(new Rollout(order.get(), Duration.ofMinutes(minutes.get()), most.get(), inWindows));
	}

	private static Optional<Rollout.First> order(String text) {
		return switch (text) {
			case "all" -> Optional.of(new Rollout.First.All());
			case "one" -> Optional.of(new Rollout.First.Some(1));
			case "tenth" -> Optional.of(new Rollout.First.Tenth());
			case "steps" -> Optional.of(new Rollout.First.Steps());
			default -> named(text);
		};
	}

	private static Optional<Rollout.First> named(String text) {
		if (text.startsWith("group:") && text.length() > 6) {
			return Optional.of(new Rollout.First.Group(text.substring(6)));
		}
		return text.matches("pbx:[0-9]{1,18}") ? Optional.of(new Rollout.First.One(Long.parseLong(text.substring(4))))
				: Optional.empty();
	}

	private static Optional<Integer> number(String text, int most) {
		var digits = text.strip();
		return digits.matches("[0-9]{1,5}") && Integer.parseInt(digits) <= most ? Optional.of(Integer.valueOf(digits))
				: Optional.empty();
	}

}
