package io.tollgate.route;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.tollgate.numbering.DialPattern;
import io.tollgate.numbering.NumberSet;
import io.tollgate.numbering.NumberingPlan;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rules of a route as people should: what each takes, what takes it before, and
 * what is wrong with it although it is a pattern.
 */
public final class RuleInsights {

	private final OutboundRoute route;

	private final PatternShape shape;

	private final List<CostlyNumbers> costly;

	/**
	 * Rules that take calls before this route, or in it, for everybody and at any time.
	 */
	private final RuleIndex takers = new RuleIndex();

	/** Those of them that end the call. */
	private final RuleIndex blocks = new RuleIndex();

	/** The rules of the route itself; empty where one is none. */
	private final List<Optional<ReadRule>> own;

	private final Map<CostlyNumbers.Form, List<NumberSet>> blocksOfForms = new IdentityHashMap<>();

	private RuleInsights(OutboundRoute route, List<OutboundRoute> earlier, NumberingPlan home,
			SortedSet<String> restricted) {
		this.route = route;
		this.shape = new PatternShape(home);
		this.costly = CostlyNumbers.dialledFrom(home)
			.stream()
			.filter((numbers) -> restricted.stream().noneMatch(numbers.name()::startsWith))
			.toList();
		for (int place = 0; place < earlier.size(); place++) {
			var other = earlier.get(place);
			if (other.enabled() && other.users().isEmpty() && other.time() == null) {
				add(other, other.name(), place);
			}
		}
		this.own = add(route, "", earlier.size());
	}

	private List<Optional<ReadRule>> add(OutboundRoute from, String name, int place) {
		var all = new ArrayList<Optional<ReadRule>>();
		for (int i = 0; i < from.rules().size(); i++) {
			var read = ReadRule.of(name, place, i + 1, from.rules().get(i));
			all.add(read);
			read.ifPresent((rule) -> {
				this.takers.add(rule);
				if (from.blocks() && rule.caller() == null) {
					this.blocks.add(rule);
				}
			});
		}
		return all;
	}

	/**
	 * What there is to say about a route.
	 * @param route saved or not
	 * @param earlier the routes that are asked before it, in order
	 * @param home where the PBX is: what its people dial
	 * @return one for each rule, in the same order
	 */
	public static List<RuleInsight> of(OutboundRoute route, List<OutboundRoute> earlier, NumberingPlan home) {
		return of(route, earlier, home, Collections.emptySortedSet());
	}

	/**
	 * The same where the policy restricts numbers: what nobody may dial, no rule lets
	 * through.
	 * @param restricted its entries
	 */
	public static List<RuleInsight> of(OutboundRoute route, List<OutboundRoute> earlier, NumberingPlan home,
			SortedSet<String> restricted) {
		var insights = new RuleInsights(route, earlier, home, restricted);
		var all = new ArrayList<RuleInsight>();
		for (int i = 0; i < route.rules().size(); i++) {
			var rule = insights.own.get(i);
			all.add(rule.isPresent() ? insights.of(rule.get()) : unreadable(route.rules().get(i)));
		}
		return all;
	}

	private static RuleInsight unreadable(DialRule rule) {
		for (var typed : rule.callerId().isBlank() ? List.of(rule.dialled())
				: List.of(rule.dialled(), rule.callerId())) {
			if (DialPattern.parse(typed) instanceof DialPattern.Problem problem) {
				return RuleInsight.none(typed, problem);
			}
		}
		var stranger = rule.prefix().replaceAll("[0-9*#+\\s()-]", "");
		return RuleInsight.none(rule.dialled(), new DialPattern.Problem("character",
				List.of(stranger.isEmpty() ? rule.prefix() : stranger.substring(0, 1))));
	}

	private RuleInsight of(ReadRule rule) {
		var numbers = rule.dialled();
		var example = numbers.example();
		RuleInsight.@Nullable Shadow shadow = shadow(rule);
		return new RuleInsight(rule.pattern().text(), null, example, this.route.blocks() ? "" : rule.sentFor(example),
				numbers.count(), numbers.shortest(), numbers.longest(), shadow, warnings(rule, shadow != null));
	}

	private RuleInsight.@Nullable Shadow shadow(ReadRule rule) {
		var first = new AtomicReference<@Nullable ReadRule>();
		this.takers.forWider(rule.dialled(), (other) -> {
			@Nullable ReadRule found = first.get();
			if ((found == null || isEarlier(other, found)) && rule.isHiddenBy(other)) {
				first.set(other);
			}
		});
		@Nullable ReadRule found = first.get();
		return (found == null) ? null : new RuleInsight.Shadow(found.route(), found.line(), found.pattern().text());
	}

	private static boolean isEarlier(ReadRule one, ReadRule other) {
		return one.place() < other.place() || (one.place() == other.place() && one.line() < other.line());
	}

	private List<RuleWarning> warnings(ReadRule rule, boolean shadowed) {
		var warnings = new ArrayList<RuleWarning>();
		if (this.route.blocks()) {
			var exchange = this.shape.exchange976(rule).stream().filter((warning) -> !hasIt(warning)).toList();
			warnings.addAll(exchange);
			if (exchange.isEmpty()) {
				warnings.addAll(this.shape.length(rule, rule.dialled()));
				longerPasses(rule, warnings);
			}
		}
		else {
			warnings.addAll(this.shape.length(rule, rule.sent()));
			if (!shadowed) {
				letsThrough(rule, warnings);
			}
		}
		warnings.addAll(this.shape.never(rule));
		warnings.addAll(this.shape.lowerCase(rule));
		return warnings;
	}

	/** Whether the route has what would be offered. */
	private boolean hasIt(RuleWarning warning) {
		return this.route.rules().stream().anyMatch((rule) -> rule.dialled().equals(warning.offered()));
	}

	private void letsThrough(ReadRule rule, List<RuleWarning> warnings) {
		var sent = rule.sent();
		for (boolean premium : List.of(true, false)) {
			var names = new ArrayList<String>();
			var example = "";
			for (var numbers : this.costly) {
				var number = (numbers.premium() == premium) ? passing(rule, sent, numbers) : "";
				if (!number.isEmpty()) {
					names.add(numbers.name());
					example = example.isEmpty() ? number : example;
				}
			}
			if (!names.isEmpty()) {
				warnings.add(RuleWarning.of(premium ? "premium" : "offshore", rule.pattern().text(),
						String.join(", ", names), example, names.size()));
			}
		}
	}

	/**
	 * A costly number that the rule sends and no block before it ends, as it is dialled;
	 * empty for none. A block of exact length is taken for its prefix here: what is wrong
	 * with it is said where it stands.
	 */
	private String passing(ReadRule rule, NumberSet sent, CostlyNumbers costly) {
		for (var form : costly.forms()) {
			var some = sent.meet(form.open());
			if (some.isPresent()) {
				var dialled = rule.dialledFor(some.get().beginning(form.numbers().shortest()));
				var left = dialled.without(blocksOf(rule, form, dialled));
				if (left.isPresent()) {
					return left.get().example();
				}
			}
		}
		return "";
	}

	/** The same blocks are asked for again and again. */
	private List<NumberSet> blocksOf(ReadRule rule, CostlyNumbers.Form form, NumberSet dialled) {
		return rule.sendsWhatIsDialled()
				? this.blocksOfForms.computeIfAbsent(form, (some) -> this.blocks.overlapping(some.numbers()))
				: this.blocks.overlapping(dialled);
	}

	private void longerPasses(ReadRule rule, List<RuleWarning> warnings) {
		OptionalInt longest = rule.dialled().longest();
		if (longest.isEmpty() || longest.getAsInt() <= PatternShape.LONGEST_SHORT_NUMBER) {
			return;
		}
		var longer = rule.dialled().longer();
		var covered = new AtomicBoolean();
		this.blocks.forWider(longer, (other) -> {
			if (other.dialled().covers(longer)) {
				covered.set(true);
			}
		});
		if (!covered.get()) {
			warnings.add(RuleWarning.of("longer-passes", rule.pattern().text(), rule.dialled().example() + "0")
				.offering(this.shape.prefixForm(rule)));
		}
	}

}
