package io.tollgate.tester;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.tollgate.decision.Call;
import io.tollgate.decision.CompiledSnapshot;
import io.tollgate.decision.Decision;
import io.tollgate.decision.Snapshot;
import io.tollgate.decision.Verdict.Reason;
import io.tollgate.pbx.Pbx;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Asks for every extension of a PBX whether it may dial a number. What was compiled for
 * one number is kept for the next, until something in the snapshot is another.
 */
@Component
class WhoMayDial {

	private final MessageSource messages;

	private final Map<Rules, Known> known = new ConcurrentHashMap<>();

	WhoMayDial(MessageSource messages) {
		this.messages = messages;
	}

	/**
	 * Who may on one PBX.
	 * @param rules those that are asked for; empty when nothing was applied yet
	 */
	Answer.OnPbx on(Pbx pbx, Optional<Snapshot> rules, Question question, Instant at, Locale locale) {
		if (rules.isEmpty()) {
			return new Answer.OnPbx(pbx.id(), pbx.name(), 0, 0, List.of(), false);
		}
		var snapshot = rules.get();
		var compiled = compiled(new Rules(pbx.id(), question.live()), snapshot);
		// in the order of the reasons, those that let pass first
		var byReason = new TreeMap<Reason, List<String>>();
		for (var extension : snapshot.extensions().keySet()) {
			var reason = compiled.map((table) -> table.reason(extension, question.dialled(), at))
				.orElseGet(() -> Decision.judge(snapshot, new Call(extension, question.dialled(), at)).reason());
			byReason.computeIfAbsent(reason, (fresh) -> new ArrayList<>()).add(extension);
		}
		var parts = new ArrayList<Answer.Part>();
		byReason.forEach((reason, extensions) -> parts
			.add(new Answer.Part(reason.guardCode() == null, words(reason, locale), extensions)));
		int may = parts.stream().filter(Answer.Part::allowed).mapToInt((part) -> part.extensions().size()).sum();
		return new Answer.OnPbx(pbx.id(), pbx.name(), may, snapshot.extensions().size(), parts, true);
	}

	private Optional<CompiledSnapshot> compiled(Rules rules, Snapshot snapshot) {
		var found = this.known.get(rules);
		if (found == null || !found.snapshot().equals(snapshot)) {
			found = new Known(snapshot, CompiledSnapshot.of(snapshot));
			this.known.put(rules, found);
		}
		return found.compiled();
	}

	private String words(Reason reason, Locale locale) {
		return this.messages.getMessage("tester.who." + reason.name().toLowerCase(Locale.ROOT).replace('_', '-'), null,
				locale);
	}

	/**
	 * Which rules of a PBX.
	 *
	 * @param live those that it runs
	 */
	private record Rules(long pbx, boolean live) {
	}

	private record Known(Snapshot snapshot, Optional<CompiledSnapshot> compiled) {
	}

}
