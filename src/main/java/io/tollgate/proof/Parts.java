package io.tollgate.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.OptionalLong;
import java.util.stream.Collectors;

import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.DialPattern;
import io.tollgate.proof.Difference.Change;
import io.tollgate.proof.Difference.Line;
import io.tollgate.proof.Difference.Numbers;
import io.tollgate.proof.Difference.Numbers.Kind;
import io.tollgate.proof.Difference.When;

/** Divides sets of numbers into what has a name, and says the rest as patterns. */
final class Parts {

	/** So many patterns of one line. */
	private static final int PATTERNS = 3;

	private static final int CALLERS = 5;

	/** Lengths of whole numbers in most countries, calling code and all. */
	private static final int[] USUAL = { 11, 12 };

	/** Of a whole number of the +1 plan: {@code 1NXXNXXXXXX}. */
	private static final String NANP = "NXXNXXXXXX";

	private static final double MOST = 0.5;

	private static final double ALL = 0.999999;

	private final Automata automata;

	private final Digits digits;

	private final List<Name> names = new ArrayList<>();

	private final Map<Integer, List<Part>> known = new LinkedHashMap<>();

	/**
	 * @param entries of the restrictions, told by themselves
	 */
	Parts(Automata automata, SortedSet<String> entries) {
		this.automata = automata;
		this.digits = new Digits(automata);
		entries.stream()
			.sorted(Comparator.comparingInt(String::length).reversed())
			.forEach((entry) -> this.names.add(new Name(Kind.RESTRICTION, entry, beginning(entry))));
		CallingCodes.all()
			.stream()
			.map(CallingCodeEntry::code)
			.sorted(Comparator.comparingInt(String::length).reversed())
			.forEach((code) -> this.names.add(new Name(Kind.NUMBERS, code, beginning(code))));
		this.names.add(new Name(Kind.NUMBERS, "", automata.sink(1)));
	}

	private int beginning(String text) {
		return pattern(text + "!");
	}

	private int pattern(String text) {
		return (DialPattern.parse(text) instanceof DialPattern.Ok ok) ? this.automata.of(ok.pattern().numbers(), 1)
				: this.automata.nothing;
	}

	/** Whether there is any number in it. */
	boolean any(Dialable.Reached what) {
		return this.digits.any(what.numbers()) || this.digits.any(what.texts())
				|| this.digits.any(this.automata.next(what.texts(), Automata.PLUS));
	}

	/** As lines, those with the same callers or the same numbers together. */
	List<Line> lines(List<Differences.Found> found, Set<String> everybody) {
		var callers = new LinkedHashMap<What, SortedSet<String>>();
		for (var each : found) {
			for (var part : parts(each.what())) {
				callers
					.computeIfAbsent(new What(each.change(), each.when(), part),
							(key) -> new TreeSet<>(
									Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder())))
					.addAll(each.callers());
			}
		}
		var alike = new LinkedHashMap<Alike, List<Part>>();
		callers.forEach(
				(what, who) -> alike
					.computeIfAbsent(new Alike(what.change(), what.when(), List.copyOf(who), what.part().shape()),
							(key) -> new ArrayList<>())
					.add(what.part()));
		return alike.entrySet()
			.stream()
			.map((entry) -> line(entry.getKey(), entry.getValue(), everybody))
			.sorted(Comparator.comparing(Line::change)
				.thenComparing((line) -> line.numbers().kind())
				.thenComparing(Line::when)
				.thenComparing((line) -> -line.callers().count()))
			.toList();
	}

	private Line line(Alike alike, List<Part> parts, Set<String> everybody) {
		boolean known = !everybody.isEmpty();
		var callers = new Difference.Callers(known ? alike.callers().size() : 0,
				known ? alike.callers().stream().limit(CALLERS).toList() : List.of(),
				!known || alike.callers().size() == everybody.size());
		return new Line(alike.change(), alike.when(), callers, numbers(parts));
	}

	private Numbers numbers(List<Part> parts) {
		var first = parts.getFirst();
		var codes = parts.stream()
			.filter((part) -> part.kind() != Kind.RESTRICTION && !part.name().isEmpty())
			.map(Part::name)
			.collect(Collectors.toCollection(TreeSet::new));
		var beginning = (parts.size() == 1) ? first.beginning() : "";
		var patterns = (first.kind() == Kind.RESTRICTION) ? List.of(first.name())
				: this.digits.patterns(first.rest(), PATTERNS + 1).stream().map((rest) -> beginning + rest).toList();
		return new Numbers(first.kind(), codes, patterns.stream().limit(PATTERNS).toList(), patterns.size() > PATTERNS,
				count(parts), this.digits.example(first.beginning(), first.rest()));
	}

	private OptionalLong count(List<Part> parts) {
		long sum = 0;
		for (var part : parts) {
			var count = this.digits.howMany(part.rest());
			if (count.isEmpty() || count.getAsLong() > Long.MAX_VALUE - sum) {
				return OptionalLong.empty();
			}
			sum += count.getAsLong();
		}
		return OptionalLong.of(sum);
	}

	private List<Part> parts(Dialable.Reached what) {
		var parts = new ArrayList<>(this.known.computeIfAbsent(what.numbers(), this::divided));
		asDialled(parts, "", what.texts());
		asDialled(parts, "+", this.automata.next(what.texts(), Automata.PLUS));
		return parts;
	}

	private void asDialled(List<Part> parts, String beginning, int rest) {
		if (this.digits.any(rest)) {
			parts.add(new Part(Kind.AS_DIALLED, "", beginning, rest, List.of(Kind.AS_DIALLED, beginning, rest)));
		}
	}

	private List<Part> divided(int numbers) {
		var parts = new ArrayList<Part>();
		int left = numbers;
		for (var name : this.names) {
			int own = this.automata.where(name.numbers(), left);
			if (this.digits.any(own)) {
				parts.add(part(name, own));
			}
			left = this.automata.except(name.numbers(), left);
		}
		return parts;
	}

	private Part part(Name name, int own) {
		if (name.kind() == Kind.RESTRICTION) {
			return new Part(name.kind(), name.text(), "", own, List.of(name.kind(), name.text()));
		}
		int rest = this.automata.walk(own, name.text());
		double share = name.text().isEmpty() ? 0 : share(name.text(), own);
		var kind = (share > ALL) ? Kind.COUNTRY : (share > MOST) ? Kind.MOST_OF_COUNTRY : Kind.NUMBERS;
		var count = this.digits.howMany(rest);
		var shape = (kind == Kind.NUMBERS) ? List.<Object>of(kind, rest) : List.<Object>of(kind, count);
		return new Part(kind, name.text(), name.text(), rest, shape);
	}

	/**
	 * Which part of the numbers of a country it is. What has one length only is a country
	 * nowhere but in the +1 plan.
	 */
	private double share(String code, int own) {
		if (code.startsWith("1")) {
			int whole = where(pattern("1" + NANP), code);
			return (double) count(this.automata.where(whole, own)) / count(whole);
		}
		int rest = this.automata.walk(own, code);
		if (this.digits.howMany(rest).isPresent()) {
			return 0;
		}
		double share = 1;
		for (int length : USUAL) {
			share = Math.min(share, this.digits.share(rest, length - code.length()));
		}
		return share;
	}

	private int where(int numbers, String code) {
		int left = numbers;
		for (var name : this.names) {
			if (name.kind() == Kind.NUMBERS && name.text().equals(code)) {
				return this.automata.where(name.numbers(), left);
			}
			if (name.kind() == Kind.NUMBERS) {
				left = this.automata.except(name.numbers(), left);
			}
		}
		return this.automata.nothing;
	}

	private long count(int numbers) {
		return this.digits.howMany(numbers).orElse(Long.MAX_VALUE);
	}

	/**
	 * What is told by itself.
	 *
	 * @param numbers all that begin so
	 */
	private record Name(Kind kind, String text, int numbers) {
	}

	/**
	 * Numbers with a name.
	 *
	 * @param name calling code or entry, empty for none
	 * @param beginning what stands in front of the rest
	 * @param rest the rest of the numbers
	 * @param shape those with an equal one can be told together
	 */
	private record Part(Kind kind, String name, String beginning, int rest, List<Object> shape) {
	}

	private record What(Change change, When when, Part part) {
	}

	private record Alike(Change change, When when, List<String> callers, List<Object> shape) {
	}

}
