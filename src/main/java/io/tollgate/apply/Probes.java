package io.tollgate.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.tollgate.connector.Probe;
import io.tollgate.connector.Probe.Expected;
import io.tollgate.decision.Call;
import io.tollgate.decision.Decision;
import io.tollgate.decision.Emergency;
import io.tollgate.decision.Snapshot;
import io.tollgate.decision.Verdict;
import io.tollgate.decision.Verdict.Reason;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.DialPattern;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.route.DialRule;
import org.jspecify.annotations.Nullable;

/**
 * What a PBX is asked before its new rules last: every emergency number, a number that
 * leaves and one that does not, each with what the portal says of it. The same rules are
 * asked the same questions.
 */
final class Probes {

	/** An extension that the portal does not know. */
	private static final String SOMEBODY = "somebody";

	/** So many numbers of a kind are tried until one is found: it must cost nothing. */
	private static final int TRIES = 8;

	/** What the clocks of portal and PBX may differ must not change a verdict. */
	private static final Duration SKEW = Duration.ofHours(1);

	/**
	 * Blocked by the guard itself. What routes do with a number can hang on conditions of
	 * which the PBX says nothing.
	 */
	private static final Set<Reason> BY_THE_GUARD = Set.of(Reason.OUTBOUND, Reason.RESTRICTED, Reason.EXTENSION,
			Reason.COUNTRY);

	private final Snapshot snapshot;

	private final Instant at;

	private Probes(Snapshot snapshot, Instant at) {
		this.snapshot = snapshot;
		this.at = at;
	}

	static List<Asked> of(Snapshot snapshot, Instant at) {
		var probes = new Probes(snapshot, at);
		var asked = new ArrayList<Asked>();
		probes.emergency().forEach(asked::add);
		probes.allowed().ifPresent(asked::add);
		probes.blocked().ifPresent(asked::add);
		return asked;
	}

	/** Without those of a route that are patterns: no number is in them by itself. */
	private Stream<Asked> emergency() {
		var caller = this.snapshot.extensions().isEmpty() ? SOMEBODY : this.snapshot.extensions().firstKey();
		return Emergency.numbers(this.snapshot)
			.keySet()
			.stream()
			.filter((number) -> number.matches("[0-9]+"))
			.map((number) -> new Asked(new Probe(caller, number, Expected.EMERGENCY), number));
	}

	private Optional<Asked> allowed() {
		var abroad = caller((restrictions) -> !restrictions.disallowInternational());
		var codes = this.snapshot.policy().protectionEnabled() ? this.snapshot.policy().allowedCodes()
				: CallingCodes.all().stream().map(CallingCodeEntry::code).limit(TRIES).toList();
		return (abroad != null) ? first(abroad, Expected.ALLOWED, numbers(codes)).or(this::allowedInside)
				: allowedInside();
	}

	private Optional<Asked> allowedInside() {
		var caller = caller((restrictions) -> true);
		return first((caller != null) ? caller : SOMEBODY, Expected.ALLOWED,
				this.snapshot.routes()
					.stream()
					.filter((route) -> route.enabled() && !route.emergency() && !route.blocks())
					.flatMap((route) -> route.rules().stream().filter((rule) -> rule.callerId().isEmpty()).limit(2))
					.flatMap(Probes::example));
	}

	private static Stream<String> example(DialRule rule) {
		return (DialPattern.parse("_" + rule.dialled()) instanceof DialPattern.Ok ok)
				? Stream.of(ok.pattern().example()).filter((number) -> number.matches("\\+?[0-9]+")) : Stream.of();
	}

	/** Of one who may call abroad, so that it is the country that blocks. */
	private Optional<Asked> blocked() {
		var abroad = caller((restrictions) -> !restrictions.disallowInternational());
		var caller = (abroad != null) ? abroad : caller((restrictions) -> true);
		var number = first((caller != null) ? caller : SOMEBODY, Expected.BLOCKED,
				Stream.concat(countries(), restricted()));
		return number.or(() -> this.snapshot.extensions()
			.entrySet()
			.stream()
			.filter((extension) -> extension.getValue().disallowOutbound())
			.findFirst()
			.flatMap((locked) -> first(locked.getKey(), Expected.BLOCKED, Stream.of("2125550123"))));
	}

	private Stream<String> countries() {
		var policy = this.snapshot.policy();
		return numbers(CallingCodes.all()
			.stream()
			.filter((entry) -> entry.kind() == CallingCodeEntry.Kind.COUNTRY)
			.filter((entry) -> !entry.regions().contains(policy.homeCountry()))
			.map(CallingCodeEntry::code)
			.filter((code) -> !policy.allowedCodes().contains(code))
			.limit(TRIES)
			.toList());
	}

	private Stream<String> restricted() {
		return numbers(this.snapshot.restrictions()
			.entries()
			.stream()
			.filter((entry) -> entry.matches("[0-9]+"))
			.limit(TRIES)
			.toList());
	}

	/** A number that begins with each, dialled from the policy's country. */
	private Stream<String> numbers(Collection<String> beginnings) {
		boolean nanp = NumberingPlan.of(this.snapshot.policy().homeCountry()).isNanp();
		return beginnings.stream().map((beginning) -> {
			boolean inside = beginning.startsWith("1");
			var full = inside ? (beginning + "2125550123".substring(Math.clamp(beginning.length() - 1, 0, 9)))
					: beginning + "23456789";
			return (nanp && inside) ? full : this.snapshot.policy().dialingCode() + full;
		});
	}

	/** One of those whose rights do not hang on the hour. */
	private @Nullable String caller(Predicate<CallRestrictions> wanted) {
		return this.snapshot.extensions()
			.entrySet()
			.stream()
			.filter((extension) -> !extension.getValue().disallowOutbound()
					&& !extension.getValue().disallowOutsideBusinessHours() && wanted.test(extension.getValue()))
			.map(Map.Entry::getKey)
			.findFirst()
			.orElse(null);
	}

	private Optional<Asked> first(String caller, Expected expected, Stream<String> numbers) {
		return numbers.limit(2 * TRIES).flatMap((number) -> asked(caller, number, expected).stream()).findFirst();
	}

	private Optional<Asked> asked(String caller, String number, Expected expected) {
		var verdict = Decision.judge(this.snapshot, new Call(caller, number, this.at));
		boolean meant = Stream.of(this.at, this.at.minus(SKEW), this.at.plus(SKEW))
			.map((time) -> Decision.judge(this.snapshot, new Call(caller, number, time)).reason())
			.allMatch((reason) -> (expected == Expected.ALLOWED) ? reason == Reason.ROUTED
					: BY_THE_GUARD.contains(reason));
		return meant ? Optional.of(new Asked(new Probe(caller, number, expected), shown(verdict, number)))
				: Optional.empty();
	}

	private static String shown(Verdict verdict, String number) {
		var code = verdict.callingCode();
		return (code != null) ? CallingCodes.find(code).map((entry) -> entry.display() + "…").orElse(number) : number;
	}

	/**
	 * A question with the portal's own answer.
	 *
	 * @param probe the question
	 * @param shown the number, as people are told of it
	 */
	record Asked(Probe probe, String shown) {
	}

}
