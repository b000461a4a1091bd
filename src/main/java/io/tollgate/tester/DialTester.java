package io.tollgate.tester;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import io.tollgate.apply.PbxPending;
import io.tollgate.apply.PendingChanges;
import io.tollgate.apply.Snapshots;
import io.tollgate.decision.Call;
import io.tollgate.decision.Decision;
import io.tollgate.decision.Snapshot;
import io.tollgate.extension.Extension;
import io.tollgate.extension.Extensions;
import io.tollgate.numbering.DialledNumber;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.WorkingWeek;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Answers what would happen to a call, by the function that the PBXs are held to. */
@Service
@Transactional(readOnly = true)
class DialTester {

	/** A country and a number in it to try. */
	private static final List<String> SAMPLE_NUMBERS = List.of("541938384", "621938384", "18765550123");

	private final PbxRegistry registry;

	private final Extensions extensions;

	private final Snapshots snapshots;

	private final PendingChanges pending;

	private final WorkingWeek week;

	private final WhoMayDial whoMayDial;

	private final VerdictWords words;

	private final MessageSource messages;

	private final DialMeters meters;

	private final Clock clock;

	DialTester(PbxRegistry registry, Extensions extensions, Snapshots snapshots, PendingChanges pending,
			WorkingWeek week, WhoMayDial whoMayDial, VerdictWords words, MessageSource messages, DialMeters meters,
			Clock clock) {
		this.registry = registry;
		this.extensions = extensions;
		this.snapshots = snapshots;
		this.pending = pending;
		this.week = week;
		this.whoMayDial = whoMayDial;
		this.words = words;
		this.messages = messages;
		this.meters = meters;
		this.clock = clock;
	}

	List<Answer.Choice> fleet() {
		return this.registry.all().stream().map((pbx) -> new Answer.Choice(pbx.id(), pbx.name())).toList();
	}

	Answer answer(Question question, Locale locale) {
		if (!question.asked()) {
			return new Answer.Nothing();
		}
		if (question.caller().isEmpty() && !question.whoMay()) {
			return unclear("extension", "tester.unclear.extension", locale);
		}
		if (question.dialled().isEmpty()) {
			return unclear("number", "tester.unclear.number", locale);
		}
		return question.whoMay() ? who(question, locale) : call(question, locale);
	}

	private Answer who(Question question, Locale locale) {
		var at = moment(question);
		if (at.isEmpty()) {
			return unclear("when", "tester.unclear.when", locale);
		}
		var pbxs = new ArrayList<Answer.OnPbx>();
		for (var pbx : this.registry.all()) {
			if (question.pbx() == null || pbx.id() == question.pbx()) {
				var asked = question.live() ? this.snapshots.applied(pbx.id())
						: Optional.of(this.snapshots.afterApply(pbx));
				pbxs.add(this.whoMayDial.on(pbx, asked, question, at.get(), locale));
			}
		}
		return new Answer.Who(question.dialled(), pbxs, hints(question, locale));
	}

	private Answer call(Question question, Locale locale) {
		var found = callers(question);
		if (found.isEmpty()) {
			return unclear("extension", "tester.unclear.unknown", locale, question.caller());
		}
		if (found.size() > 1) {
			List<Answer.Choice> choices = found.stream()
				.map((each) -> new Answer.Choice(each.pbxId(), name(each.pbxId())))
				.toList();
			return new Answer.Unclear("extension", this.messages.getMessage("tester.unclear.several",
					new Object[] { question.caller(), found.size() }, locale), choices);
		}
		var caller = found.getFirst();
		var pbx = this.registry.find(caller.pbxId()).orElseThrow();
		var at = moment(question);
		if (at.isEmpty()) {
			return unclear("when", "tester.unclear.when", locale);
		}
		return told(question, pbx, caller, this.snapshots.afterApply(pbx), at.get(), locale);
	}

	private List<Extension> callers(Question question) {
		Long pbx = question.pbx();
		return (pbx != null) ? this.extensions.find(pbx, question.caller()).stream().toList()
				: this.extensions.withNumber(question.caller());
	}

	private String name(long pbxId) {
		return this.registry.find(pbxId).map(Pbx::name).orElse("");
	}

	/**
	 * The moment asked for; a typed time is in the zone of the business hours, which is
	 * what it is compared with.
	 */
	private Optional<Instant> moment(Question question) {
		if (question.when() == null || question.when().isBlank()) {
			return Optional.of(Instant.now(this.clock));
		}
		try {
			return Optional.of(LocalDateTime.parse(question.when()).atZone(this.week.hours().zone()).toInstant());
		}
		catch (DateTimeParseException ex) {
			return Optional.empty();
		}
	}

	private Answer told(Question question, Pbx pbx, Extension caller, Snapshot draft, Instant at, Locale locale) {
		var call = new Call(caller.number(), question.dialled(), at);
		var planned = this.meters.judge(draft, call);
		var running = this.snapshots.applied(pbx.id()).map((snapshot) -> this.meters.judge(snapshot, call));
		this.meters.told(question.live() ? running.orElse(planned) : planned);
		var after = this.words.judged(planned, call, locale);
		var live = running.map((verdict) -> this.words.judged(verdict, call, locale)).orElse(null);
		var waiting = this.pending.of(pbx.id());
		String name = caller.name().isEmpty() ? caller.number() : caller.number() + " " + caller.name();
		return new Answer.Told(name, pbx.name(), draft.policy().name(), shown(question, live, after), live, after,
				waiting.map((each) -> each.changes().size()).orElse(0),
				waiting.map(PbxPending::generation).orElse(null), hints(question, locale), samples(draft, call));
	}

	private List<String> hints(Question question, Locale locale) {
		return DialledNumber.hints(question.dialled())
			.stream()
			.map((hint) -> this.messages
				.getMessage("tester.hint." + hint.name().toLowerCase(Locale.ROOT).replace('_', '-'), null, locale))
			.toList();
	}

	private static Judged shown(Question question, @Nullable Judged live, Judged after) {
		return (question.live() && live != null) ? live : after;
	}

	private List<Answer.Sample> samples(Snapshot draft, Call call) {
		String code = draft.policy().dialingCode();
		return Stream
			.concat(SAMPLE_NUMBERS.stream().map((number) -> code + number),
					Stream.of(SAMPLE_NUMBERS.getFirst(), emergency(draft)))
			.map((number) -> new Answer.Sample(number, number,
					Decision.judge(draft, new Call(call.endpoint(), number, call.at())).allowed()))
			.toList();
	}

	/** The number that most people know, where it is one. */
	private static String emergency(Snapshot draft) {
		var numbers = draft.policy().emergencyNumbers();
		return Stream.of("911", "112").filter(numbers::contains).findFirst().orElse(numbers.first());
	}

	private Answer unclear(String field, String code, Locale locale, String... arguments) {
		return new Answer.Unclear(field, this.messages.getMessage(code, arguments, locale), List.of());
	}

}
