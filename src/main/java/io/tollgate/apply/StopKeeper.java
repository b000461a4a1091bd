package io.tollgate.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import io.tollgate.pbx.Pbx;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps every PBX at what a stop wants of it, also one that was just applied to for the
 * first time when the stop came, and one on which the stop was not through.
 */
@Component
class StopKeeper {

	/** Until what was refused is tried again. */
	private static final Duration AGAIN = Duration.ofMinutes(5);

	private final StopState state;

	private final Generations generations;

	private final ApplyTargets targets;

	private final RunStarter starter;

	private final MessageSource messages;

	private final Clock clock;

	StopKeeper(StopState state, Generations generations, ApplyTargets targets, RunStarter starter,
			MessageSource messages, Clock clock) {
		this.state = state;
		this.generations = generations;
		this.targets = targets;
		this.starter = starter;
		this.messages = messages;
		this.clock = clock;
	}

	/**
	 * Wants it brought to that where it is not.
	 * @return whether there is something to do for it now
	 */
	@Transactional
	public boolean consider(Pbx pbx) {
		var head = this.generations.newest(pbx.id()).orElse(null);
		boolean on = this.state.isOn();
		if (head == null || head.isStopped() == on || isUnderWay(pbx)) {
			return false;
		}
		var words = this.messages.getMessage(on ? "stop.words" : "stop.lift.words", null, Locale.ENGLISH);
		this.starter.start(on ? RunKind.STOP : RunKind.LIFT, Repairs.ACTOR, null,
				List.of(Wanted.asItRuns(pbx.id(), pbx.name(), head.getNumber(), words, on ? Wanted.ANY_DRIFT : "")));
		return true;
	}

	/** What is wanted there already sees to it, or has just failed to. */
	private boolean isUnderWay(Pbx pbx) {
		return this.targets.next(pbx.id()).filter((next) -> next.stage() != Progress.WINDOW).isPresent()
				|| this.targets.latestFailure(pbx.id())
					.filter((at) -> at.plus(AGAIN).isAfter(Instant.now(this.clock)))
					.isPresent();
	}

}
