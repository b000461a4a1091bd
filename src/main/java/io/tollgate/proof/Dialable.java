package io.tollgate.proof;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tollgate.decision.Snapshot;
import io.tollgate.route.Trunk;

/**
 * All that callers can reach, in whatever spelling, as automata of numbers: those that
 * have a full form by that, the others as they leave. Emergency numbers are left out.
 */
final class Dialable {

	/** Label of what is reached. */
	static final int FREE = 1;

	/** Label of what is reached by those only who know a PIN. */
	static final int WITH_PIN = 2;

	private final Automata automata;

	private final RouteRules rules;

	private final Forbidden forbidden;

	private final List<Form> forms;

	private final int emergency;

	private final Map<Send, BitSet> sends = new LinkedHashMap<>();

	private final Map<Forbidden.Rights, Integer> judged = new HashMap<>();

	private final Map<Prover.Situation, Reached> known = new HashMap<>();

	Dialable(Automata automata, Snapshot snapshot, RouteRules rules) {
		this.automata = automata;
		this.rules = rules;
		this.forbidden = new Forbidden(automata, new Subjects(), snapshot);
		this.forms = Forms.ofPolicy(automata, snapshot.policy());
		this.emergency = rules.emergency();
		for (int way = 0; way < rules.ways().size(); way++) {
			var route = rules.route(rules.ways().get(way).route());
			if (rules.isLive(route)) {
				var each = rules.ways().get(way);
				boolean takesAny = route.trunks()
					.stream()
					.anyMatch((trunk) -> snapshot.trunk(trunk).reading() == Trunk.Reading.AS_DIALLED);
				this.sends
					.computeIfAbsent(
							new Send(each.changes(), each.strip(), each.prepend(), !route.pins().isEmpty(), takesAny),
							(send) -> new BitSet())
					.set(way);
			}
		}
	}

	/** What is reached where nothing is. */
	Reached nothing() {
		return new Reached(this.automata.nothing, this.automata.nothing);
	}

	/** What is reached in a situation. */
	Reached in(Prover.Situation situation) {
		var found = this.known.get(situation);
		if (found == null) {
			found = look(situation);
			this.known.put(situation, found);
		}
		return found;
	}

	private Reached look(Prover.Situation situation) {
		int routed = this.rules.leaving(situation.there());
		int refused = this.judged.computeIfAbsent(situation.rights(),
				(rights) -> this.forbidden.judged(this.forms, rights));
		var free = new Parts();
		var pin = new Parts();
		for (var form : this.forms) {
			int goes = this.automata.except(this.emergency,
					this.automata.except(refused, form.asRouted(this.automata, routed)));
			int rest = this.automata.walk(goes, form.drop());
			if (rest != this.automata.nothing) {
				this.sends.forEach((send, ways) -> {
					int some = this.automata.relabel(rest, (label) -> ways.get(label - 1) ? 1 : 0);
					if (some != this.automata.nothing) {
						add(send.pin() ? pin : free, form, send, some, refused);
					}
				});
			}
		}
		return new Reached(both(free.numbers(), pin.numbers()), both(free.texts(), pin.texts()));
	}

	/** Where one way asks for a PIN and another does not, it is reached without. */
	private int both(List<Integer> free, List<Integer> pin) {
		int asked = this.automata.relabel(first(pin), (label) -> WITH_PIN);
		return this.automata.first(first(free), asked);
	}

	private int first(List<Integer> parts) {
		return this.automata.first(parts.stream().mapToInt(Integer::intValue).toArray());
	}

	/**
	 * Adds what becomes of one form of what is dialled.
	 * @param rest what goes that way, without what the form drops
	 */
	private void add(Parts parts, Form form, Send send, int rest, int refused) {
		if (!send.changes()) {
			if (form.full() != null) {
				parts.numbers().add(this.automata.after(form.full(), rest));
			}
			else if (send.takesAny()) {
				parts.texts().add(this.automata.after(form.drop(), rest));
			}
			return;
		}
		int sent = this.automata.except(refused, sent(form, send, rest));
		for (var read : this.forms) {
			int some = this.automata.where(read.texts(), sent);
			if (read.full() != null) {
				parts.numbers().add(this.automata.after(read.full(), this.automata.walk(some, read.drop())));
			}
			else if (send.takesAny()) {
				parts.texts().add(some);
			}
		}
	}

	private int sent(Form form, Send send, int rest) {
		var kept = form.routed();
		if (!send.prepend().matches("\\+?[0-9]*")) {
			return this.automata.nothing;
		}
		if (send.strip() <= kept.length()) {
			return this.automata.after(send.prepend() + kept.substring(send.strip()), rest);
		}
		return this.automata.after(send.prepend(), beyond(rest, send.strip() - kept.length(), form.drop().isEmpty()));
	}

	/**
	 * What follows any so many symbols that the guard lets pass.
	 * @param first whether nothing stands in front of them, so that the first may be a +
	 */
	private int beyond(int state, int symbols, boolean first) {
		Set<Integer> states = Set.of(state);
		for (int i = 0; i < symbols; i++) {
			var after = new LinkedHashSet<Integer>();
			for (int from : states) {
				for (int symbol = 0; symbol < ((first && i == 0) ? Automata.PLUS + 1 : Automata.DIGITS); symbol++) {
					after.add(this.automata.next(from, symbol));
				}
			}
			states = after;
		}
		return first(List.copyOf(states));
	}

	/**
	 * What is reached.
	 *
	 * @param numbers in full
	 * @param texts without full form, as they leave
	 */
	record Reached(int numbers, int texts) {
	}

	/**
	 * How some ways send.
	 *
	 * @param changes whether they judge what they send
	 * @param strip how many symbols they take off
	 * @param prepend what they put in front
	 * @param pin whether they ask for a PIN
	 * @param takesAny whether a trunk of theirs takes numbers without full form
	 */
	private record Send(boolean changes, int strip, String prepend, boolean pin, boolean takesAny) {
	}

	private record Parts(List<Integer> numbers, List<Integer> texts) {

		Parts() {
			this(new ArrayList<>(), new ArrayList<>());
		}

	}

}
