package io.tollgate.proof;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dk.brics.automaton.Automaton;
import io.tollgate.decision.Emergency;
import io.tollgate.decision.Snapshot;
import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.DialPattern;
import io.tollgate.proof.LeakReference.Way;
import io.tollgate.route.OutboundRoute;

/**
 * The leaks of a PBX in the United States as languages, put together by a library of
 * automata from what patterns, prefixes and entries say. Trunks read as dialled; there is
 * one kind of callers and no time.
 */
final class Languages {

	private static final Automaton SYMBOL = Automaton.makeCharSet("0123456789+*#");

	private static final Automaton ANY = SYMBOL.repeat();

	private static final Automaton PLAIN = Automaton.makeChar('+')
		.optional()
		.concatenate(Automaton.makeCharRange('0', '9').repeat(1));

	private final Snapshot snapshot;

	private final boolean guarded;

	private final Automaton territories;

	/** As the policy reads. */
	private final List<Form> policy;

	/** As the carrier reads. */
	private final List<Form> carrier;

	private final Automaton restricted;

	private final Automaton local;

	private final Automaton notAllowed;

	Languages(Snapshot snapshot, boolean guarded, boolean mayCallAbroad) {
		this.snapshot = snapshot;
		this.guarded = guarded;
		this.territories = beginnings(CallingCodes.all()
			.stream()
			.filter((entry) -> entry.kind() == CallingCodeEntry.Kind.TERRITORY)
			.map(CallingCodeEntry::code)
			.toList());
		this.policy = policyForms(snapshot.policy().internationalPrefixes());
		this.carrier = carrierForms();
		var entries = snapshot.restrictions().entries();
		this.restricted = union(List.of(beginnings(entries.stream().filter((entry) -> !entry.contains("X")).toList()),
				union(entries.stream()
					.filter((entry) -> entry.contains("X"))
					.map((entry) -> pattern(entry).concatenate(ANY))
					.toList())));
		this.local = union(entries.stream()
			.filter((entry) -> entry.contains("X"))
			.map((entry) -> pattern(entry.substring(4)).concatenate(SYMBOL.repeat(0, 6)))
			.toList());
		this.notAllowed = ANY.minus(mayCallAbroad ? allowed() : Automaton.makeEmpty());
	}

	/** The dialled strings that leak, by what is forbidden about them. */
	Map<Leak.Kind, Automaton> leaks() {
		var forbidden = forbidden();
		var refused = this.guarded ? refused() : Automaton.makeEmpty();
		var never = union(List.of(refused,
				union(Emergency.numbers(this.snapshot).keySet().stream().map(Automaton::makeString).toList())));
		var leaks = new EnumMap<Leak.Kind, Automaton>(Leak.Kind.class);
		forbidden.forEach((kind, sent) -> {
			var parts = new ArrayList<Automaton>();
			var taken = Automaton.makeEmpty();
			for (var route : this.snapshot.routes()) {
				for (var way : Way.of(route)) {
					var takes = pattern(way.rule().dialled());
					if (!route.blocks()) {
						parts.add(dialled(takes.minus(taken).intersection(before(route, way, sent, refused))));
					}
					taken = union(List.of(taken, takes));
				}
			}
			leaks.put(kind, union(parts).minus(never));
		});
		return leaks;
	}

	/** What a rule makes something forbidden of. */
	private Automaton before(OutboundRoute route, Way way, Automaton sent, Automaton refused) {
		var rule = way.rule();
		boolean changes = route.rules().stream().anyMatch((each) -> !(each.prefix() + each.prepend()).isEmpty());
		var goes = (this.guarded && changes) ? sent.intersection(PLAIN).minus(refused) : sent;
		return Automaton.makeString(rule.prefix()).concatenate(after(goes, rule.prepend()));
	}

	/** What is dialled for what the routes see. */
	private Automaton dialled(Automaton seen) {
		if (!this.guarded) {
			return seen;
		}
		return union(this.policy.stream()
			.map((form) -> form.texts()
				.intersection(PLAIN)
				.intersection(Automaton.makeString(form.drop()).concatenate(after(seen, form.routed()))))
			.toList());
	}

	/** What the guard refuses. */
	private Automaton refused() {
		var parts = new ArrayList<Automaton>(List.of(this.local));
		for (var form : this.policy) {
			parts.add(form.reads(this.restricted));
			if (form.abroad() && this.snapshot.policy().protectionEnabled()) {
				parts.add(form.reads(this.notAllowed));
			}
		}
		return union(parts);
	}

	/** What may not be sent: the first of several reasons. */
	private Map<Leak.Kind, Automaton> forbidden() {
		var numbers = new EnumMap<Leak.Kind, Automaton>(Leak.Kind.class);
		var texts = new EnumMap<Leak.Kind, Automaton>(Leak.Kind.class);
		numbers.put(Leak.Kind.RESTRICTED, this.restricted);
		texts.put(Leak.Kind.RESTRICTED, this.local);
		numbers.put(Leak.Kind.COUNTRY,
				this.snapshot.policy().protectionEnabled() ? countries() : Automaton.makeEmpty());
		texts.put(Leak.Kind.COUNTRY, Automaton.makeEmpty());
		numbers.put(Leak.Kind.BLOCKED, blocked(true));
		texts.put(Leak.Kind.BLOCKED, blocked(false));
		var forbidden = new EnumMap<Leak.Kind, Automaton>(Leak.Kind.class);
		var before = Automaton.makeEmpty();
		for (var kind : Leak.Kind.values()) {
			forbidden.put(kind, Automaton.makeEmpty());
		}
		for (var kind : List.of(Leak.Kind.RESTRICTED, Leak.Kind.COUNTRY, Leak.Kind.BLOCKED)) {
			var parts = new ArrayList<Automaton>();
			this.carrier.forEach((form) -> parts.add((form.full() != null) ? form.reads(numbers.get(kind))
					: form.texts().intersection(texts.get(kind))));
			var all = union(parts);
			forbidden.put(kind, all.minus(before));
			before = union(List.of(before, all));
		}
		return forbidden;
	}

	private Automaton countries() {
		var home = beginnings(List.of("1")).minus(this.territories);
		return SYMBOL.repeat(1).minus(home).intersection(this.notAllowed);
	}

	private Automaton allowed() {
		var all = CallingCodes.all().stream().map(CallingCodeEntry::code).toList();
		return union(this.snapshot.policy()
			.allowedCodes()
			.stream()
			.map((code) -> beginnings(List.of(code)).minus(
					beginnings(all.stream().filter((other) -> other.startsWith(code) && !other.equals(code)).toList())))
			.toList());
	}

	/** The numbers, or texts that are none, that some route means to block. */
	private Automaton blocked(boolean numbers) {
		var parts = new ArrayList<Automaton>();
		var live = new ArrayList<Way>();
		for (var route : this.snapshot.routes()) {
			var ways = Way.of(route);
			if (route.blocks()) {
				var meant = live.stream()
					.filter((way) -> ways.stream().anyMatch((each) -> each.pattern().covers(way.pattern())))
					.toList();
				var listed = taken(ways, numbers);
				if (numbers) {
					var whole = beginnings(List.of("1")).intersection(SYMBOL.repeat(11))
						.union(ANY.minus(beginnings(List.of("1"))).intersection(SYMBOL.repeat(8)));
					listed = union(List.of(listed, listed.intersection(whole).concatenate(ANY)));
				}
				parts.add(listed.minus(taken(meant, numbers)).minus(sent(meant, numbers)));
			}
			else {
				live.addAll(ways);
			}
		}
		return union(parts);
	}

	/** What some rules take, as numbers in full or as texts that are none. */
	private Automaton taken(Collection<Way> ways, boolean numbers) {
		var texts = union(ways.stream().map((way) -> pattern(way.rule().dialled())).toList());
		return meant(texts,
				this.policy.stream().filter((form) -> !this.guarded || form.drop().equals(form.routed())).toList(),
				numbers);
	}

	/** What those of some rules that change numbers make of them, the same way. */
	private Automaton sent(Collection<Way> ways, boolean numbers) {
		var texts = union(ways.stream()
			.map(Way::rule)
			.filter((rule) -> !(rule.prefix() + rule.prepend()).isEmpty())
			.map((rule) -> Automaton.makeString(rule.prepend())
				.concatenate(after(pattern(rule.dialled()), rule.prefix())))
			.toList());
		return meant(texts, this.policy, numbers);
	}

	private static Automaton meant(Automaton texts, Collection<Form> forms, boolean numbers) {
		var parts = new ArrayList<Automaton>();
		for (var form : forms) {
			if (numbers && form.full() != null) {
				var rest = after(texts.intersection(form.texts()), form.drop());
				parts.add(Automaton.makeString(form.full()).concatenate(rest).intersection(SYMBOL.repeat(1)));
			}
			if (!numbers && form.full() == null) {
				parts.add(texts.intersection(form.texts()));
			}
		}
		return union(parts);
	}

	private List<Form> policyForms(Collection<String> prefixes) {
		var forms = new ArrayList<Form>();
		forms.add(new Form(this.territories, "", "", "", true));
		for (var prefix : prefixes) {
			var one = beginnings(List.of(prefix + "1"));
			forms.add(new Form(one, prefix, "", "", true));
			forms.add(new Form(beginnings(List.of(prefix)).minus(one), prefix, "", "011", true));
		}
		var ten = after(this.territories, "1").intersection(SYMBOL.repeat(10).concatenate(ANY));
		forms.add(new Form(ten, "", "1", "", true));
		var known = union(forms.stream().map(Form::texts).toList());
		var plus = beginnings(List.of("+")).minus(known);
		forms.add(new Form(plus, "", null, "", false));
		addNational(forms, union(List.of(known, plus)));
		return forms;
	}

	private static List<Form> carrierForms() {
		var forms = new ArrayList<Form>();
		for (var prefix : List.of("+", "00", "011")) {
			forms.add(new Form(beginnings(List.of(prefix)), prefix, "", "", true));
		}
		addNational(forms, union(forms.stream().map(Form::texts).toList()));
		return forms;
	}

	private static void addNational(List<Form> forms, Automaton known) {
		var one = beginnings(List.of("1")).minus(known);
		var ten = SYMBOL.repeat(10).concatenate(ANY).minus(beginnings(List.of("0", "1"))).minus(known);
		forms.add(new Form(one, "", "", "", false));
		forms.add(new Form(ten, "", "1", "", false));
		forms.add(new Form(ANY.minus(union(List.of(known, one, ten))), "", null, "", false));
	}

	private static Automaton beginnings(Collection<String> beginnings) {
		return union(beginnings.stream().map(Automaton::makeString).toList()).concatenate(ANY);
	}

	private static Automaton union(Collection<Automaton> parts) {
		var all = parts.isEmpty() ? Automaton.makeEmpty() : Automaton.union(parts);
		all.determinize();
		return all;
	}

	/** What is left of a language behind a beginning. */
	private static Automaton after(Automaton language, String beginning) {
		var rest = language.clone();
		rest.expandSingleton();
		rest.determinize();
		var state = rest.getInitialState();
		for (char c : beginning.toCharArray()) {
			state = state.step(c);
			if (state == null) {
				return Automaton.makeEmpty();
			}
		}
		rest.setInitialState(state);
		rest.restoreInvariant();
		rest.setDeterministic(true);
		return rest;
	}

	/** A dial pattern, read by itself. */
	private static Automaton pattern(String text) {
		if (!(DialPattern.parse(text) instanceof DialPattern.Ok)) {
			throw new IllegalArgumentException(text);
		}
		var parts = new ArrayList<Automaton>();
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			parts.add(switch (c) {
				case 'X' -> Automaton.makeCharRange('0', '9');
				case 'Z' -> Automaton.makeCharRange('1', '9');
				case 'N' -> Automaton.makeCharRange('2', '9');
				case '.' -> SYMBOL.repeat(1);
				case '!' -> ANY;
				case '[' -> Automaton.makeCharRange(text.charAt(i + 1), text.charAt(i + 3));
				default -> Automaton.makeChar(c);
			});
			i += (c == '[') ? 4 : 0;
		}
		return Automaton.concatenate(parts);
	}

	/**
	 * A way to write numbers.
	 *
	 * @param texts that are written so
	 * @param drop what they begin with
	 * @param full what stands there instead in full, {@code null} for no number in full
	 * @param routed what stands there when the routes see it
	 * @param abroad whether it is international
	 */
	private record Form(Automaton texts, String drop, String full, String routed, boolean abroad) {

		/** The texts that mean one of some numbers. */
		Automaton reads(Automaton numbers) {
			return (this.full == null) ? Automaton.makeEmpty()
					: this.texts.intersection(Automaton.makeString(this.drop).concatenate(after(numbers, this.full)));
		}

	}

}
