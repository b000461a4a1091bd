package io.tollgate.blocked;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.connector.BlockedCall;
import io.tollgate.decision.Decision;
import io.tollgate.decision.Verdict;
import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.policy.PolicyRules;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Counts blocked calls by what blocked them and where they would have gone. What a PBX
 * says decides nothing about how many counters there are: reasons and countries are those
 * that Tollgate knows.
 */
@Component
class BlockedMeters {

	private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{1,32}");

	private static final String NONE = "none";

	/** Of no generation: the guard has these besides. */
	private static final Set<String> REASONS = reasons();

	private final MeterRegistry registry;

	BlockedMeters(MeterRegistry registry) {
		this.registry = registry;
		REASONS.forEach((reason) -> counter(reason, NONE));
	}

	private static Set<String> reasons() {
		var reasons = Arrays.stream(Verdict.Reason.values())
			.map(Verdict.Reason::guardCode)
			.filter(Objects::nonNull)
			.collect(Collectors.toSet());
		reasons.add("no-policy");
		return reasons;
	}

	/**
	 * Counts one.
	 * @param policy that says how numbers read there, {@code null} when it is not known
	 */
	void count(BlockedCall call, @Nullable PolicyRules policy) {
		counter(REASONS.contains(call.why()) ? call.why() : "other", country(call.number(), policy)).increment();
	}

	private static String country(String number, @Nullable PolicyRules policy) {
		if (policy == null || !NUMBER.matcher(number).matches()) {
			return NONE;
		}
		return Decision.abroad(policy, number).map(CallingCodeEntry::label).orElse(NONE);
	}

	private Counter counter(String reason, String country) {
		return Counter.builder("tollgate.blocked.calls")
			.description(
					"Calls that PBXs blocked and this portal heard of, by the rule and the country that was dialed")
			.tag("reason", reason)
			.tag("country", country)
			.register(this.registry);
	}

}
