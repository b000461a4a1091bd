package io.tollgate.decision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.tollgate.decision.Verdict.Leg;
import io.tollgate.decision.Verdict.Reason;
import io.tollgate.decision.Verdict.Step;
import io.tollgate.decision.Verdict.Step.Outcome;
import io.tollgate.decision.Verdict.Step.Rule;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.policy.PolicyRules;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Trunk;
import org.jspecify.annotations.Nullable;

/**
 * Who may dial what: the one function that everything else must agree with. Pure. It
 * reads the policy as people wrote it; what the compiler makes of the same policy is
 * judged by the guard on the PBX, and a test asks both.
 */
public final class Decision {

	/** Longer than any number with any prefix; the guard has the same limit. */
	static final int MAX_DIALLED = 32;

	/** Digits of a +1 territory's code: 1876. */
	private static final int TERRITORY_LENGTH = 4;

	private final Snapshot snapshot;

	private final Call call;

	private final List<Step> steps = new ArrayList<>();

	private @Nullable International international;

	private @Nullable CallingCodeEntry country;

	private @Nullable String sent;

	private String full = "";

	private List<Leg> legs = List.of();

	private Decision(Snapshot snapshot, Call call) {
		this.snapshot = snapshot;
		this.call = call;
	}

	/** Judges a call. */
	public static Verdict judge(Snapshot snapshot, Call call) {
		return new Decision(snapshot, call).verdict();
	}

	/**
	 * Where a number leads abroad under a policy.
	 * @param dialled digits, with {@code +} at most in front
	 * @return empty when it is not international, or when nobody has that code
	 */
	public static Optional<CallingCodeEntry> abroad(PolicyRules policy, String dialled) {
		return classify(policy, dialled).flatMap((abroad) -> CallingCodes.longestMatch(abroad.e164()));
	}

	/**
	 * How a number reads under a policy.
	 * @param dialled digits, with {@code +} at most in front
	 * @return what it is abroad, empty when it is not international
	 */
	static Optional<International> classify(PolicyRules policy, String dialled) {
		var prefix = policy.internationalPrefixes()
			.stream()
			.filter(dialled::startsWith)
			.max(Comparator.comparingInt(String::length));
		// from a +1 country the other +1 territories are a long-distance call away:
		// 1876…, or 876… with ten digits
		boolean nanp = NumberingPlan.of(policy.homeCountry()).isNanp();
		boolean longerPrefix = prefix.isPresent() && prefix.get().length() >= TERRITORY_LENGTH;
		if (nanp && !longerPrefix && isForeignTerritory(policy.homeCountry(), dialled)) {
			return Optional.of(new International("", dialled, dialled));
		}
		if (prefix.isPresent()) {
			String e164 = dialled.substring(prefix.get().length());
			boolean national = nanp && e164.startsWith("1");
			return Optional.of(new International(prefix.get(), e164, national ? e164 : policy.dialingCode() + e164));
		}
		if (nanp && dialled.length() > 9 && isForeignTerritory(policy.homeCountry(), "1" + dialled)) {
			return Optional.of(new International("", "1" + dialled, dialled));
		}
		return Optional.empty();
	}

	private static boolean isForeignTerritory(String homeCountry, String e164) {
		return CallingCodes.longestMatch(e164)
			.filter((entry) -> entry.kind() == CallingCodeEntry.Kind.TERRITORY)
			.filter((entry) -> !entry.regions().contains(homeCountry))
			.isPresent();
	}

	private Verdict verdict() {
		return finish(decide());
	}

	private Reason decide() {
		// the PBX's matcher does not see a dialled dash
		var emergency = Emergency.numbers(this.snapshot).get(this.call.dialled().replace("-", ""));
		if (emergency != null) {
			this.legs = emergency.trunks()
				.stream()
				.map((trunk) -> new Leg(trunk, this.snapshot.trunk(trunk).accessCode() + emergency.number()))
				.toList();
			pass(Rule.EMERGENCY, "emergency");
			return Reason.EMERGENCY;
		}
		pass(Rule.EMERGENCY, "ordinary");
		var reason = number();
		if (reason == null) {
			reason = outbound();
		}
		if (reason == null) {
			reason = judged(this.call.dialled());
		}
		return (reason != null) ? reason : route();
	}

	private @Nullable Reason number() {
		String dialled = this.call.dialled();
		if (!isPlain(dialled)) {
			return stop(Rule.NUMBER, "characters", Reason.NUMBER);
		}
		if (dialled.length() > MAX_DIALLED) {
			return stop(Rule.NUMBER, "length", Reason.NUMBER, String.valueOf(dialled.length()),
					String.valueOf(MAX_DIALLED));
		}
		if (this.call.endpoint().isEmpty()) {
			return stop(Rule.NUMBER, "nobody", Reason.WHO);
		}
		pass(Rule.NUMBER, "");
		return null;
	}

	private static boolean isPlain(String dialled) {
		for (int i = 0; i < dialled.length(); i++) {
			char c = dialled.charAt(i);
			if ((c < '0' || c > '9') && !(c == '+' && i == 0)) {
				return false;
			}
		}
		return !dialled.isEmpty();
	}

	private @Nullable Reason outbound() {
		String endpoint = this.call.endpoint();
		if (this.snapshot.isTrunk(endpoint)) {
			return stop(Rule.OUTBOUND, "trunk", Reason.OUTBOUND, endpoint);
		}
		if (restrictions().disallowOutbound()) {
			return stop(Rule.OUTBOUND, "never", Reason.OUTBOUND, endpoint);
		}
		if (!restrictions().disallowOutsideBusinessHours()) {
			pass(Rule.OUTBOUND, "always", endpoint);
			return null;
		}
		if (!this.snapshot.hours().isOpen(this.call.at())) {
			return stop(Rule.OUTBOUND, "closed", Reason.HOURS, endpoint);
		}
		pass(Rule.OUTBOUND, "open", endpoint);
		return null;
	}

	private CallRestrictions restrictions() {
		return this.snapshot.extensions().getOrDefault(this.call.endpoint(), CallRestrictions.DEFAULT);
	}

	/** Where a number leads and whether it may be called. */
	private @Nullable Reason judged(String number) {
		var abroad = classify(this.snapshot.policy(), number).orElse(null);
		this.international = abroad;
		this.sent = (abroad != null) ? abroad.sent() : number;
		this.full = Restriction.inFull(this.snapshot, number, (abroad != null) ? abroad.e164() : null);
		if (abroad == null) {
			pass(Rule.CLASSIFICATION, "national", this.snapshot.policy().dialingCode());
		}
		else {
			this.country = CallingCodes.longestMatch(abroad.e164()).orElse(null);
			pass(Rule.CLASSIFICATION, abroad.prefix().isEmpty() ? "territory" : "international", abroad.prefix(),
					abroad.e164());
		}
		var entry = restriction(number, abroad);
		if (entry != null) {
			return stop(Rule.RESTRICTION, "", Reason.RESTRICTED, entry);
		}
		pass(Rule.RESTRICTION, "");
		return (abroad != null) ? country(abroad) : null;
	}

	private @Nullable String restriction(String number, @Nullable International abroad) {
		return Restriction.of(this.snapshot, number, (abroad != null) ? abroad.e164() : null)
			.filter((entry) -> !Restriction.exempt(this.snapshot, this.call, entry))
			.orElse(null);
	}

	private @Nullable Reason country(International abroad) {
		var policy = this.snapshot.policy();
		if (!policy.protectionEnabled()) {
			pass(Rule.COUNTRY, "protection-off", policy.name());
			return null;
		}
		if (restrictions().disallowInternational()) {
			return stop(Rule.EXTENSION, "", Reason.EXTENSION, this.call.endpoint());
		}
		pass(Rule.EXTENSION, "", this.call.endpoint());
		if (this.country == null) {
			return stop(Rule.COUNTRY, "unknown-code", Reason.COUNTRY, abroad.e164());
		}
		if (!policy.allowedCodes().contains(this.country.code())) {
			return stop(Rule.COUNTRY, "", Reason.COUNTRY, this.country.code(), policy.name());
		}
		pass(Rule.COUNTRY, "", this.country.code(), policy.name());
		return null;
	}

	private Reason route() {
		String number = (this.sent != null) ? this.sent : this.call.dialled();
		var chosen = Routing.choose(this.snapshot, this.call, number).orElse(null);
		if (chosen == null) {
			return stop(Rule.ROUTE, "no-pattern", Reason.NO_ROUTE, number);
		}
		var route = chosen.route();
		if (route.blocks()) {
			return stop(Rule.ROUTE, "blocked", Reason.BLOCKED, number, chosen.rule().dialled(), route.name());
		}
		var sent = chosen.rule().send(number);
		var trunk = String.join(", ", route.trunks());
		var seconds = restrictions().maxDurationSeconds();
		if (seconds != null) {
			pass(Rule.ROUTE, "limited", number, chosen.rule().dialled(), trunk, seconds.toString(), route.name());
		}
		else {
			pass(Rule.ROUTE, "", number, chosen.rule().dialled(), trunk, route.name());
		}
		var reason = Routing.unchanged(chosen) ? same(sent) : sent(sent);
		if (reason != null) {
			return reason;
		}
		this.legs = legs(route, sent);
		if (this.legs.isEmpty()) {
			this.steps.removeLast();
			return stop(Rule.SENT, "short", Reason.SHORT, sent, trunk);
		}
		return pins(route);
	}

	private @Nullable Reason same(String number) {
		pass(Rule.SENT, "same", number);
		return null;
	}

	/** What each trunk that can take the number would be sent. */
	private List<Leg> legs(OutboundRoute route, String number) {
		var legs = new ArrayList<Leg>();
		for (var name : route.trunks()) {
			var trunk = this.snapshot.trunk(name);
			if (trunk.reading() == Trunk.Reading.AS_DIALLED) {
				legs.add(new Leg(name, trunk.accessCode() + number));
			}
			else if (!this.full.isEmpty()) {
				legs.add(new Leg(name, trunk.accessCode() + "+" + this.full));
			}
		}
		return legs;
	}

	/**
	 * Whether the caller knows a PIN, nobody can tell before; without any there is none.
	 */
	private Reason pins(OutboundRoute route) {
		if (route.pins().isEmpty()) {
			pass(Rule.PIN, "");
			return Reason.ROUTED;
		}
		var list = this.snapshot.pins().get(route.pins());
		if (list == null || list.labels().isEmpty()) {
			return stop(Rule.PIN, "", Reason.PIN, route.name());
		}
		pass(Rule.PIN, list.name().isEmpty() ? "password" : "list", route.name(), list.name());
		return Reason.ROUTED;
	}

	/**
	 * A number that the route has changed is judged as it is sent: 9 0062… with the 9
	 * taken off is a call to Indonesia.
	 */
	private @Nullable Reason sent(String number) {
		if (!isPlain(number) || number.length() > MAX_DIALLED) {
			return stop(Rule.SENT, "characters", Reason.NUMBER, number);
		}
		var again = new Decision(this.snapshot, this.call);
		var reason = again.judged(number);
		if (reason != null) {
			var why = again.steps.getLast();
			this.international = again.international;
			this.country = again.country;
			return stop(Rule.SENT, "", reason, number, why.arguments().isEmpty() ? "" : why.arguments().getFirst());
		}
		this.full = again.full;
		pass(Rule.SENT, "", number);
		return null;
	}

	private void pass(Rule rule, String detail, String... arguments) {
		this.steps.add(new Step(rule, Outcome.PASS, detail, List.of(arguments)));
	}

	private Reason stop(Rule rule, String detail, Reason reason, String... arguments) {
		this.steps.add(new Step(rule, Outcome.STOP, detail, List.of(arguments)));
		return reason;
	}

	private Verdict finish(Reason reason) {
		var last = this.steps.getLast().rule();
		for (var rule : Rule.values()) {
			if (rule.compareTo(last) > 0) {
				this.steps.add(new Step(rule, Outcome.NOT_REACHED, "", List.of()));
			}
		}
		var abroad = this.international;
		boolean allowed = reason == Reason.EMERGENCY || reason == Reason.ROUTED;
		return new Verdict(reason, this.steps, abroad != null, (abroad != null) ? abroad.e164() : null,
				(this.country != null) ? this.country.code() : null, allowed ? this.legs : List.of());
	}

	/**
	 * An international number.
	 *
	 * @param prefix what made it international, empty for a +1 territory in national form
	 * @param e164 the number with its calling code, digits
	 * @param sent how it is sent on: in one form, whichever prefix was dialled, so that
	 * the routes need only one
	 */
	record International(String prefix, String e164, String sent) {
	}

}
