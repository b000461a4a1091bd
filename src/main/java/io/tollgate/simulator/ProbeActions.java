package io.tollgate.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Places no calls, but runs a number through the guard where a real one would: on a
 * channel that leads into its context {@code tollgate-probe}.
 */
final class ProbeActions {

	private static final Pattern PROBE = Pattern.compile("Local/(?<number>\\+?[0-9]+)@tollgate-probe/n");

	private ProbeActions() {
	}

	static void originate(Machine machine, AmiLine line, AmiRequest request, Reply reply) {
		if (request.header("Channel").isEmpty()) {
			reply.error("Channel not specified");
			return;
		}
		if (request.header("Application").isEmpty()) {
			reply.error("Originate with 'Exten' requires 'Context' and 'Priority'");
			return;
		}
		var probe = PROBE.matcher(request.header("Channel"));
		if (probe.matches() && machine.dialplan().contexts().containsKey("tollgate-probe")) {
			var verdict = verdict(machine, variable(request, "_TGP_WHO"), probe.group("number"));
			if (!machine.faults().forgetsWrites()) {
				machine.astDb().put("tollgateprobe", variable(request, "_TGP_ID"), verdict);
				machine.changed();
			}
		}
		// nobody answers
		reply.error("Originate failed");
	}

	private static String variable(AmiRequest request, String name) {
		var start = "variable: " + name.toLowerCase(Locale.ROOT) + "=";
		return request.lines()
			.stream()
			.filter((line) -> line.toLowerCase(Locale.ROOT).startsWith(start))
			.map((line) -> line.substring(start.length()))
			.findFirst()
			.orElse("");
	}

	private static String verdict(Machine machine, String who, String number) {
		for (var slot : List.of("a", "b")) {
			var emergency = machine.dialplan().contexts().get("tollgate-emergency-" + slot);
			if (emergency != null && !emergency.matching(number).isEmpty()) {
				return "emergency";
			}
		}
		return new SimulatedGuard(machine.astDb(), Instant.now()).verdict(who, number);
	}

}
