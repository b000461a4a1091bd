package io.tollgate.connector.asterisk;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.tollgate.connector.asterisk.LoadedDialplan.Context;
import io.tollgate.connector.asterisk.LoadedDialplan.Include;
import io.tollgate.connector.asterisk.LoadedDialplan.Step;

/**
 * Tells what the portal never wrote into the contexts that belong to it. The guard is the
 * same on every PBX; of a slot it is the form that counts, since its lines are compared
 * with what was applied anyway, where the slot is in use.
 */
final class OwnContexts {

	private static final Pattern SLOT = Pattern.compile(
			"tollgate-(?:(?<list>emergency|codes|routes)-(?<slot>[ab])|[ab]-(?<number>[0-9]{1,4})(?:-(?<part>go|from))?)");

	private static final Pattern HERE = Pattern.compile("tollgate-[ab]-[0-9]+-go,[+0-9]*\\$\\{EXTEN(?::[0-9]+)?\\},1");

	private static final Pattern NEXT = Pattern.compile("(?:tollgate-[ab]-[0-9]+|tollgate-noroute)");

	private static final Set<String> LEAVING = Set.of("Gosub", "GotoIf", "Set", "Dial", "ExecIf", "Hangup", "UserEvent",
			"Progress", "Answer", "Playback");

	private OwnContexts() {
	}

	/** The first line of a context that the portal did not write; empty for none. */
	static String foreign(String name, Context context) {
		if (GuardText.parsed().contextNames().contains(name)) {
			return difference(context.text(), GuardText.parsed().steps(name));
		}
		var slot = SLOT.matcher(name);
		if (!slot.matches()) {
			return "";
		}
		if (!context.switches().isEmpty()) {
			return "switch => " + context.switches().getFirst();
		}
		var list = slot.group("list");
		if (list == null) {
			return sectionPart(context, (slot.group("part") != null) ? slot.group("part") : "");
		}
		return switch (list) {
			case "emergency" -> first(context, OwnContexts::isEmergency, Set.of());
			case "codes" -> first(context, OwnContexts::isFeatureCode, Set.of());
			default -> first(context, (extension, step) -> false, null);
		};
	}

	private static String sectionPart(Context context, String part) {
		return switch (part) {
			case "go" -> first(context,
					(extension, step) -> extension.equals("_[+0-9]!") && LEAVING.contains(step.application()),
					Set.of());
			case "from" -> first(context, (extension, step) -> step.application().equals("NoOp"), Set.of());
			default -> first(context, OwnContexts::leadsOn, null);
		};
	}

	/** What it has and we do not, or we and it does not. */
	private static String difference(List<String> running, List<String> own) {
		var more = new ArrayList<>(running);
		own.forEach(more::remove);
		if (!more.isEmpty()) {
			return more.getFirst();
		}
		return running.equals(own) ? "" : own.stream().filter((step) -> !running.contains(step)).findFirst().orElse("");
	}

	/**
	 * @param includes those that it may have; {@code null} for any section
	 */
	private static String first(Context context, Rule rule, @org.jspecify.annotations.Nullable Set<String> includes) {
		for (var extension : context.extensions().entrySet()) {
			for (var step : extension.getValue()) {
				if (!rule.allows(extension.getKey(), step)) {
					return extension.getKey() + "," + step.priority() + "," + step;
				}
			}
		}
		return context.includes()
			.stream()
			.map(Include::toString)
			.filter((include) -> (includes != null) ? !includes.contains(include) : !NEXT.matcher(include).matches())
			.map((include) -> "include => " + include)
			.findFirst()
			.orElse("");
	}

	private static boolean isEmergency(String extension, Step step) {
		return extension.matches("[0-9]{2,15}") && (step.application().equals("Hangup")
				|| (step.application().equals("Dial") && !step.data().contains("${")));
	}

	private static boolean isFeatureCode(String extension, Step step) {
		return extension.matches("\\*[0-9*]+") && step.toString().equals("Goto(tollgate-announce,${EXTEN},1)");
	}

	/** To its own trunks, or with a condition to the next section. */
	private static boolean leadsOn(String extension, Step step) {
		if (!extension.startsWith("_") || !step.priority().equals("1")) {
			return false;
		}
		if (step.application().equals("Goto")) {
			return HERE.matcher(step.data()).matches();
		}
		int question = step.data().lastIndexOf("]?");
		if (!step.application().equals("GotoIf") || question < 0) {
			return false;
		}
		var branches = Applications.split(step.data().substring(question + 2), ':');
		return branches.size() == 2 && HERE.matcher(branches.getFirst()).matches()
				&& branches.getLast().matches(NEXT.pattern() + ",\\$\\{EXTEN},1");
	}

	private interface Rule {

		boolean allows(String extension, Step step);

	}

}
