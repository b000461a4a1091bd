package io.tollgate.connector.asterisk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.Probe;
import io.tollgate.connector.Probe.Expected;
import io.tollgate.connector.ProbeReport;
import io.tollgate.connector.ProbeReport.Answer;
import io.tollgate.connector.Problem;

/**
 * Runs numbers through the guard on the PBX, in the context {@code tollgate-probe}: the
 * same steps and rows as for a call, except that a verdict is noted where a call would
 * leave.
 */
final class Prober {

	private static final int MOST = 10;

	/** For all of them; each takes some two milliseconds. */
	private static final Duration LIMIT = Duration.ofSeconds(2);

	private static final Pattern VERDICT = Pattern
		.compile("(?<word>emergency|blocked|allowed)(?:-(?<generation>[0-9]*))?(?:-[ab]-(?<sent>.*))?");

	private final AmiClient client;

	private final Rights rights;

	private final int generation;

	private final char slot;

	private final DialplanText text;

	/**
	 * @param generation the one whose verdicts are asked for
	 * @param slot its slot
	 * @param text what stands in it
	 */
	Prober(AmiClient client, Rights rights, int generation, char slot, DialplanText text) {
		this.client = client;
		this.rights = rights;
		this.generation = generation;
		this.slot = slot;
		this.text = text;
	}

	ProbeReport run(List<Probe> probes) {
		if (probes.size() > MOST) {
			throw new IllegalArgumentException("too many probes: " + probes.size());
		}
		return this.rights.originate() ? new ProbeReport(true, asked(probes))
				: new ProbeReport(false, lookedUp(probes));
	}

	private List<Answer> lookedUp(List<Probe> probes) {
		var replies = this.client.pipeline(
				probes.stream().map((probe) -> AmiAction.showDialPlan("tollgate-outbound", probe.number())).toList());
		var answers = new ArrayList<Answer>();
		for (int i = 0; i < probes.size(); i++) {
			// the emergency contexts come first, so what is found there is dialled
			boolean emergency = replies.get(i)
				.events()
				.stream()
				.findFirst()
				.filter((event) -> event.get("Context").startsWith("tollgate-emergency-"))
				.isPresent();
			answers.add(new Answer(probes.get(i), emergency ? Expected.EMERGENCY : null));
		}
		return answers;
	}

	private List<Answer> asked(List<Probe> probes) {
		var verdicts = verdicts(probes);
		var allowed = new ArrayList<Integer>();
		var sent = new ArrayList<AmiAction>();
		for (int i = 0; i < probes.size(); i++) {
			var number = (verdicts.get(i) != null) ? verdicts.get(i).sent() : "";
			if (number.matches("\\+?[0-9]{1,32}")) {
				allowed.add(i);
				sent.add(AmiAction.showDialPlan(SlotText.routesContext(this.slot), number));
			}
		}
		var routes = this.client.pipeline(sent);
		var answers = new ArrayList<Answer>();
		for (int i = 0; i < probes.size(); i++) {
			var verdict = verdicts.get(i);
			var found = (verdict != null) ? verdict.found() : null;
			if (found == Expected.ALLOWED && (!allowed.contains(i) || !leaves(routes.get(allowed.indexOf(i))))) {
				found = Expected.BLOCKED;
			}
			answers.add(new Answer(probes.get(i), found));
		}
		return answers;
	}

	private Map<Integer, Verdict> verdicts(List<Probe> probes) {
		var actions = new ArrayList<AmiAction>();
		// a line that broke may have left some
		actions.add(AmiAction.forgetProbes());
		var limit = LIMIT.dividedBy(Math.max(1, probes.size()));
		for (int i = 0; i < probes.size(); i++) {
			actions.add(AmiAction.probe(i, probes.get(i).endpoint(), probes.get(i).number(), limit));
		}
		actions.add(AmiAction.readProbes());
		actions.add(AmiAction.forgetProbes());
		var replies = this.client.pipeline(actions);
		var verdicts = new HashMap<Integer, Verdict>();
		for (var event : replies.get(probes.size() + 1).required().events()) {
			var key = event.get("Key");
			var id = key.substring(key.lastIndexOf('/') + 1);
			var verdict = verdict(event.get("Val"));
			if (id.matches("[0-9]{1,4}") && verdict != null) {
				verdicts.put(Integer.valueOf(id), verdict);
			}
		}
		return verdicts;
	}

	private @Nullable Verdict verdict(String text) {
		var matcher = VERDICT.matcher(text);
		if (!matcher.matches()) {
			return null;
		}
		var found = switch (matcher.group("word")) {
			case "emergency" -> Expected.EMERGENCY;
			case "allowed" -> Expected.ALLOWED;
			default -> Expected.BLOCKED;
		};
		if (found != Expected.EMERGENCY && !Integer.toString(this.generation).equals(matcher.group("generation"))) {
			throw new ConnectorException(ConnectorException.Kind.REFUSED,
					Problem.of("reverted-meanwhile", this.generation));
		}
		return new Verdict(found, (matcher.group("sent") != null) ? matcher.group("sent") : "");
	}

	/** Whether one of the parts of the routes that take the number dials a line. */
	private boolean leaves(AmiReply routes) {
		for (var event : routes.events()) {
			var there = event.get("Context") + "-go";
			if (this.text.steps(there).stream().anyMatch((step) -> step.contains("Dial("))) {
				return true;
			}
			if ("Goto".equals(event.get("Application"))) {
				// taken without a condition: those after it are not asked
				return false;
			}
		}
		return false;
	}

	/**
	 * One note.
	 *
	 * @param sent the number as the routes get it; empty when it does not come there
	 */
	private record Verdict(Expected found, String sent) {
	}

}
