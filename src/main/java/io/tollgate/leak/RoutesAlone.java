package io.tollgate.leak;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.tollgate.apply.Snapshots;
import io.tollgate.leak.LeakPage.LeakCard;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.proof.LeakCheck;
import org.springframework.stereotype.Component;

/**
 * What the routes of a PBX would let out by themselves, on a PBX without guard. Asked by
 * people, kept nowhere: nothing here is in force.
 */
@Component
class RoutesAlone {

	/** Leaks shown. */
	private static final int SHOWN = 20;

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final PbxRegistry registry;

	private final Snapshots snapshots;

	private final LeakCards cards;

	private final LeakWords words;

	private final Clock clock;

	private final CheckPlace place;

	RoutesAlone(PbxRegistry registry, Snapshots snapshots, LeakCards cards, LeakWords words, Clock clock,
			CheckPlace place) {
		this.registry = registry;
		this.snapshots = snapshots;
		this.cards = cards;
		this.words = words;
		this.clock = clock;
		this.place = place;
	}

	/** The PBXs to choose from. */
	List<Pbx> fleet() {
		return this.registry.all();
	}

	/** The answer for a PBX, as it is drafted. */
	Answer ask(Pbx pbx, Locale locale) {
		try {
			if (!this.place.take(PATIENCE)) {
				return new Answer(pbx.id(), "", "hourglass", this.words.say("alone.busy", locale), "", List.of(), 0);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		try {
			return answer(pbx, locale);
		}
		finally {
			this.place.leave();
		}
	}

	private Answer answer(Pbx pbx, Locale locale) {
		var draft = this.snapshots.draft(pbx);
		var report = LeakCheck.ofRoutesAlone(draft, Instant.now(this.clock));
		var leaks = report.leaks()
			.stream()
			.limit(SHOWN)
			.map((leak) -> this.cards.alone(pbx.id(), pbx.name(), leak, draft, locale))
			.toList();
		var scope = this.words.scope(report.scope(), locale);
		int more = report.leaks().size() - leaks.size();
		return switch (report.result()) {
			case PROVED -> new Answer(pbx.id(), "open", "shield-check",
					this.words.say("alone.proved", locale, pbx.name()), scope, leaks, more);
			case LEAKS -> new Answer(pbx.id(), "stop", "shield-alert",
					this.words.say("alone.leaks", locale, report.leaks().size(), pbx.name()), scope, leaks, more);
			case NOT_PROVED ->
				new Answer(pbx.id(), "wait", "hourglass", this.words.say("alone.not-proved", locale, pbx.name()),
						this.words.gaps(report, locale), leaks, more);
		};
	}

	/** A PBX of the fleet. */
	Optional<Pbx> find(long id) {
		return this.registry.find(id);
	}

	/**
	 * The answer.
	 *
	 * @param pbx of which PBX
	 * @param leaks how they work
	 * @param more how many are not shown
	 */
	record Answer(long pbx, String tone, String icon, String title, String text, List<LeakCard> leaks, int more) {
	}

}
