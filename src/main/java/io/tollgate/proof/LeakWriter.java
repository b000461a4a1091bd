package io.tollgate.proof;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.tollgate.decision.Call;
import io.tollgate.decision.Decision;
import io.tollgate.decision.Snapshot;
import io.tollgate.numbering.NumberSet;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.policy.PolicyRules;
import io.tollgate.route.Trunk;

/**
 * Says of what was found why it is not stopped, what would stop it, and how it leaves.
 */
final class LeakWriter {

	/** An exchange of the +1 plan as an entry of the restrictions. */
	private static final String EXCHANGE = "1XXX";

	/** So many digits behind the calling code make an entry that is not too wide. */
	private static final int CLOSE = 2;

	private final Snapshot snapshot;

	private final RouteRules rules;

	private final Automata automata;

	private final List<Form> dialled;

	private final List<Form> carried;

	private final boolean guarded;

	/** The snapshot with one prefix more. */
	private final Map<String, Snapshot> mended = new HashMap<>();

	private final Map<List<String>, Boolean> stopped = new HashMap<>();

	LeakWriter(Snapshot snapshot, RouteRules rules, Automata automata, List<Form> dialled, List<Form> carried,
			boolean guarded) {
		this.snapshot = snapshot;
		this.rules = rules;
		this.automata = automata;
		this.dialled = dialled;
		this.carried = carried;
		this.guarded = guarded;
	}

	/** Which way out it is, however many numbers take it. */
	Way way(Prover.Hit hit, Callers.Kind kind, Instant at, List<Boolean> there) {
		var route = this.rules.ways().get(hit.way()).route();
		if (hit.kind() == Leak.Kind.BLOCKED) {
			return blocked(hit, there, route);
		}
		if (!this.guarded) {
			return new Way(route, hit.kind(), Leak.Cause.NOTHING_JUDGES, "", "");
		}
		var prefix = (hit.form() < 0) ? "" : this.carried.get(hit.form()).drop();
		boolean stops = !prefix.isEmpty() && stops(prefix, new Call(kind.example(), hit.dialled(), at));
		return new Way(route, hit.kind(), Leak.Cause.UNKNOWN_PREFIX, "", stops ? prefix : "");
	}

	/** Whether a call is blocked once the policy knows a prefix. */
	private boolean stops(String prefix, Call call) {
		var mended = this.mended.computeIfAbsent(prefix, this::knowing);
		return this.stopped.computeIfAbsent(List.of(prefix, call.endpoint(), call.dialled()),
				(key) -> !Decision.judge(mended, call).allowed());
	}

	private Snapshot knowing(String prefix) {
		var policy = this.snapshot.policy();
		var prefixes = new TreeSet<>(policy.internationalPrefixes());
		prefixes.add(prefix);
		return this.snapshot
			.withPolicy(new PolicyRules(policy.id(), policy.name(), policy.homeCountry(), policy.protectionEnabled(),
					policy.dialingCode(), prefixes, policy.allowedCodes(), policy.emergencyNumbers()));
	}

	private Way blocked(Prover.Hit hit, List<Boolean> there, int route) {
		var routed = routed(hit.dialled());
		var block = this.rules.rules()
			.stream()
			.filter((rule) -> there.get(rule.condition()) && isBlock(rule, hit.subject()))
			.toList();
		if (block.stream().anyMatch((rule) -> rule.pattern().matches(routed))) {
			return new Way(route, hit.kind(), Leak.Cause.BLOCK_BELOW, hit.subject(), hit.subject());
		}
		var way = rule(hit, there);
		var number = number(hit, sent(hit, way));
		// a restriction is for everybody at any time
		var entry = block.stream()
			.filter((rule) -> this.rules.conditions().get(rule.condition()).none() && isReadAs(number, hit, way))
			.flatMap((rule) -> entry(rule, number).stream())
			.findFirst()
			.orElse("");
		return new Way(route, hit.kind(), Leak.Cause.OTHER_SPELLING, hit.subject(), entry);
	}

	private boolean isBlock(RouteRules.Rule rule, String name) {
		var route = this.rules.route(rule.route());
		return route.blocks() && route.name().equals(name);
	}

	/** Whether the policy knows which number it is: else no entry would stop it. */
	private boolean isReadAs(String number, Prover.Hit hit, RouteRules.Rule rule) {
		var sent = rule.row().send(routed(hit.dialled()));
		return isReadAs(number, hit.dialled())
				|| (this.rules.ways().get(rule.way()).changes() && isReadAs(number, sent));
	}

	private boolean isReadAs(String number, String text) {
		if (!this.guarded) {
			return false;
		}
		var form = form(this.dialled, text);
		return form.full() != null && inFull(form, text).equals(number);
	}

	/**
	 * What would restrict what a rule blocks, when that is close enough. Nothing
	 * restricts anything where there is no guard.
	 */
	private Optional<String> entry(RouteRules.Rule rule, String number) {
		return this.dialled.stream()
			.filter((form) -> this.guarded && form.full() != null && form.isSeenByRoutes())
			.flatMap((form) -> inFull(rule.pattern().numbers(), form, number).stream())
			.flatMap((numbers) -> entry(numbers).stream())
			.filter((entry) -> number.startsWith(entry) || entry.startsWith(EXCHANGE))
			.filter((entry) -> !entry.startsWith("0"))
			.findFirst();
	}

	/** Numbers in one form in full, if a number or a beginning of it is among them. */
	private Optional<NumberSet> inFull(NumberSet texts, Form form, String number) {
		var full = (form.full() != null) ? form.full() : "";
		return texts.meet(NumberSet.of(form.drop()).orLonger())
			.map((some) -> some.rewrite(form.drop().length(), NumberSet.of(full)))
			.filter((numbers) -> IntStream.rangeClosed(Math.max(numbers.shortest(), full.length()), number.length())
				.mapToObj((length) -> number.substring(0, length))
				.anyMatch((beginning) -> numbers.covers(NumberSet.of(beginning))
						&& isIn(form, form.drop() + beginning.substring(full.length()))));
	}

	private boolean isIn(Form form, String text) {
		return this.automata.label(this.automata.walk(form.texts(), text)) != 0;
	}

	private Optional<String> entry(NumberSet numbers) {
		var plan = NumberingPlan.of(this.snapshot.policy().homeCountry());
		var beginning = numbers.fixedBeginning();
		if (beginning.length() >= plan.callingCode().length() + CLOSE) {
			return Optional.of(beginning.substring(0, Math.min(beginning.length(), 15)));
		}
		var exchange = new StringBuilder(EXCHANGE);
		for (int place = EXCHANGE.length(); place < EXCHANGE.length() + 3; place++) {
			exchange.append(numbers.characters(place));
		}
		boolean isOne = plan.isNanp() && beginning.startsWith("1") && exchange.length() == EXCHANGE.length() + 3;
		return isOne ? Optional.of(exchange.toString()) : Optional.empty();
	}

	/** The whole story. */
	Leak leak(Way way, Prover.Hit hit, Callers.Kind kind, int endpoints, Instant at, boolean always,
			List<Boolean> there, Set<String> subjects) {
		var rule = rule(hit, there);
		var sent = sent(hit, rule);
		var route = this.rules.route(way.route());
		var name = route.trunks()
			.stream()
			.filter((trunk) -> this.snapshot.trunk(trunk).reading() == hit.reading())
			.findFirst()
			.orElseThrow();
		var endpoint = kind.extensions().isEmpty() ? "" : kind.extensions().getFirst();
		return new Leak(hit.kind(), way.cause(), hit.dialled(), endpoint, endpoints, at, always, route.name(),
				rule.row().dialled(), name, this.snapshot.trunk(name).accessCode() + sent, number(hit, sent),
				hit.subject(), new TreeSet<>(subjects), way.remedy());
	}

	private RouteRules.Rule rule(Prover.Hit hit, List<Boolean> there) {
		var routed = routed(hit.dialled());
		return this.rules.rules()
			.stream()
			.filter((rule) -> there.get(rule.condition()) && rule.pattern().matches(routed))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("no rule takes " + hit.dialled()));
	}

	/** As the routes see what is dialled. */
	private String routed(String text) {
		if (!this.guarded) {
			return text;
		}
		var form = form(this.dialled, text);
		return form.routed() + text.substring(form.drop().length());
	}

	private Form form(List<Form> forms, String text) {
		return forms.stream()
			.filter((form) -> isIn(form, text))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("no form: " + text));
	}

	/** What the trunk is sent behind its access code. */
	private String sent(Prover.Hit hit, RouteRules.Rule rule) {
		var changed = rule.row().send(routed(hit.dialled()));
		if (!this.guarded || hit.reading() == Trunk.Reading.AS_DIALLED) {
			return changed;
		}
		var judged = this.rules.ways().get(rule.way()).changes() ? changed : hit.dialled();
		return "+" + inFull(form(this.dialled, judged), judged);
	}

	/** What the carrier takes it for. */
	private String number(Prover.Hit hit, String sent) {
		var text = sent.replace("-", "");
		if (hit.reading() == Trunk.Reading.E164) {
			return text.startsWith("+") ? text.substring(1) : text;
		}
		return inFull(form(this.carried, text), text);
	}

	private static String inFull(Form form, String text) {
		return (form.full() != null) ? form.full() + text.substring(form.drop().length()) : text;
	}

	/**
	 * A way out.
	 *
	 * @param route place of the route
	 * @param block the route that would block, empty for none
	 */
	record Way(int route, Leak.Kind kind, Leak.Cause cause, String block, String remedy) {
	}

}
