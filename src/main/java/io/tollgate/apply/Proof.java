package io.tollgate.apply;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import io.tollgate.connector.PendingCommit;
import io.tollgate.connector.Probe.Expected;
import io.tollgate.connector.ProbeReport.Answer;
import io.tollgate.connector.Problem;
import io.tollgate.decision.Snapshot;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Has a PBX that was just switched say what becomes of numbers, and holds it against what
 * the portal says of them.
 */
@Component
class Proof {

	/** At one time. */
	private static final int MOST = 10;

	private final MessageSource messages;

	private final Clock clock;

	Proof(MessageSource messages, Clock clock) {
		this.messages = messages;
		this.clock = clock;
	}

	/** Asks. */
	Proved of(Snapshot snapshot, PendingCommit pending) {
		var asked = Probes.of(snapshot, Instant.now(this.clock));
		boolean ran = true;
		var answers = new ArrayList<Answer>();
		for (int from = 0; from < asked.size(); from += MOST) {
			var part = asked.subList(from, Math.min(from + MOST, asked.size()));
			var report = pending.probe(part.stream().map(Probes.Asked::probe).toList());
			ran = report.ran();
			var wrong = report.disagreements();
			if (!wrong.isEmpty()) {
				return new Proved("", Optional.of(problem(wrong.getFirst())));
			}
			answers.addAll(report.answers());
		}
		return new Proved(said(asked, answers, ran), Optional.empty());
	}

	private Problem problem(Answer answer) {
		return Problem.of("probe-differs", answer.probe().number(), answer.probe().endpoint(),
				word(answer.probe().expected()), word(answer.found()));
	}

	/** {@code 911 passes, +54… passes, +62… is blocked}. */
	private String said(List<Probes.Asked> asked, List<Answer> answers, boolean ran) {
		var numbers = new ArrayList<String>();
		for (int i = 0; i < asked.size(); i++) {
			var found = answers.get(i).found();
			if (found != null) {
				numbers.add(say("apply.probe.number", asked.get(i).shown(), word(found)));
			}
		}
		return say(ran ? "apply.probe.ran" : "apply.probe.not-run", numbers.stream().collect(Collectors.joining(", ")));
	}

	private String word(@Nullable Expected what) {
		return say("apply.probe." + switch (what) {
			case EMERGENCY, ALLOWED -> "passes";
			case BLOCKED -> "blocked";
			case null -> "silent";
		});
	}

	/** Stored, so in one language. */
	private String say(String code, Object... arguments) {
		return this.messages.getMessage(code, arguments, Locale.ENGLISH);
	}

	/**
	 * What came of it.
	 *
	 * @param words what the PBX says
	 * @param problem empty when it says what the portal says
	 */
	record Proved(String words, Optional<Problem> problem) {
	}

}
