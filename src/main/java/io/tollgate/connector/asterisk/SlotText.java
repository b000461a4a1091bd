package io.tollgate.connector.asterisk;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.tollgate.connector.DesiredConfig;
import io.tollgate.connector.DialSection;
import io.tollgate.connector.DialSection.Ending;
import io.tollgate.connector.DialSection.Window;
import io.tollgate.connector.EmergencyCall;
import io.tollgate.connector.Line;

/**
 * The dialplan of a slot. {@code tollgate-routes-x} is the list of the sections' contexts
 * and the guard's last word; each section goes on with the next one, so that a number
 * that it does not take, or may not take, is tried there. A pattern is one line that
 * leads to the context of what happens then.
 */
final class SlotText {

	/** Seconds that a trunk may take to answer. */
	static final int RING_SECONDS = 120;

	private static final String NO_ROUTE = "tollgate-noroute";

	private static final String ENDPOINT = "${${TG_V}:6:-9}";

	private static final String LIMITED = "${IF($[\"${TG_X:2}\"!=\"\"]?S(${TG_X:2}))}";

	/** Empty is the status after a line that was passed over. */
	private static final String NEXT_LINE = "GotoIf($[\"${DIALSTATUS}\"=\"CHANUNAVAIL\" | \"${DIALSTATUS}\"=\"CONGESTION\" | \"${DIALSTATUS}\"=\"\"]?:end)";

	private final DialplanText text = new DialplanText();

	private final char slot;

	private SlotText(char slot) {
		this.slot = slot;
	}

	/** The whole text of a slot. */
	static DialplanText of(DesiredConfig desired, char slot) {
		var text = new SlotText(slot);
		text.emergency(desired.emergency());
		text.announcements(desired.announcements().keySet());
		text.routes(desired.sections());
		return text.text;
	}

	/** The emergency context alone. */
	static DialplanText emergency(SortedMap<String, EmergencyCall> calls, char slot) {
		var text = new SlotText(slot);
		text.emergency(calls);
		return text.text;
	}

	static String emergencyContext(char slot) {
		return "tollgate-emergency-" + slot;
	}

	static String announcementsContext(char slot) {
		return "tollgate-codes-" + slot;
	}

	static String routesContext(char slot) {
		return "tollgate-routes-" + slot;
	}

	/** The contexts of a section, from 1; the last two are not always there. */
	static List<String> sectionContexts(char slot, int section) {
		var name = section(slot, section);
		return List.of(name, name + "-go", name + "-from");
	}

	private static String section(char slot, int section) {
		return "tollgate-" + slot + "-" + section;
	}

	/** How many sections a list of routes has. */
	static int sections(List<String> routesSteps, char slot) {
		var own = "tollgate-" + slot + "-";
		return (int) routesSteps.stream()
			.filter((step) -> step.startsWith("include ") && step.substring(step.lastIndexOf(' ') + 1).startsWith(own))
			.count();
	}

	private void emergency(SortedMap<String, EmergencyCall> calls) {
		var context = emergencyContext(this.slot);
		this.text.context(context);
		calls.forEach((dialled, call) -> {
			var place = "exten => " + dialled + ",1,";
			for (var line : call.lines()) {
				step(context, place, "Dial(" + line.target(call.number()) + "," + RING_SECONDS + ")");
				place = "same => n,";
			}
			step(context, place, "Hangup()");
		});
	}

	/** What is heard stands in AstDB, so that the slot out of use plays nothing old. */
	private void announcements(Set<String> codes) {
		var context = announcementsContext(this.slot);
		if (!codes.isEmpty()) {
			this.text.context(context);
		}
		codes.forEach((code) -> step(context, "exten => " + code + ",1,", "Goto(tollgate-announce,${EXTEN},1)"));
	}

	private void step(String context, String place, String application) {
		int arrow = place.indexOf(" => ");
		this.text.line(context, place.substring(0, arrow), place.substring(arrow + 4) + application);
	}

	private void routes(List<DialSection> sections) {
		var list = routesContext(this.slot);
		this.text.context(list);
		for (int i = 1; i <= sections.size(); i++) {
			this.text.line(list, "include", section(this.slot, i));
		}
		this.text.line(list, "include", NO_ROUTE);
		for (int i = 1; i <= sections.size(); i++) {
			section(sections.get(i - 1), i, (i < sections.size()) ? section(this.slot, i + 1) : NO_ROUTE);
		}
	}

	private void section(DialSection section, int number, String next) {
		var context = section(this.slot, number);
		var conditions = conditions(section, number);
		this.text.context(context);
		for (var rule : section.rules()) {
			var strip = (rule.strip() > 0) ? ":" + rule.strip() : "";
			var there = context + "-go," + rule.prepend() + "${EXTEN" + strip + "},1";
			var application = conditions.isEmpty() ? "Goto(" + there + ")"
					: "GotoIf($[" + conditions + "]?" + there + ":" + next + ",${EXTEN},1)";
			step(context, "exten => _" + rule.pattern() + ",1,", application);
		}
		this.text.line(context, "include", next);
		var ending = section.ending();
		if (ending != null) {
			end(section, ending, context + "-go");
		}
		else {
			leave(section, context + "-go");
		}
		if (!section.caller().isEmpty()) {
			step(context + "-from", "exten => _" + section.caller() + ",1,", "NoOp()");
		}
	}

	private String conditions(DialSection section, int number) {
		var conditions = new ArrayList<String>();
		if (!section.users().isEmpty()) {
			conditions.add("\"${DB(tollgate/${TG_G}/who/" + number + "/" + ENDPOINT + ")}\"=\"1\"");
		}
		if (!section.caller().isEmpty()) {
			conditions.add("\"${DIALPLAN_EXISTS(" + section(this.slot, number) + "-from," + ENDPOINT + ")}\"=\"1\"");
		}
		var window = section.window();
		if (window != null) {
			conditions.add(open(window));
		}
		return conditions.stream().map((condition) -> "(" + condition + ")").collect(Collectors.joining(" & "));
	}

	/** The 1s in front keep 0800 a decimal number. */
	private static String open(Window window) {
		var days = window.days().stream().map((day) -> String.valueOf(day.getValue())).collect(Collectors.joining());
		var clock = "1${STRFTIME(${EPOCH}," + window.zone() + ",%H%M)}";
		return "\"${FILTER(" + days + ",${STRFTIME(${EPOCH}," + window.zone() + ",%u)})}\"!=\"\" & " + clock + ">=1"
				+ AsteriskDialect.clock(window.from()) + " & " + clock + "<1" + AsteriskDialect.clock(window.to());
	}

	private void leave(DialSection section, String context) {
		var steps = new ArrayList<String>();
		if (!section.unchanged()) {
			steps.add("Gosub(tollgate-sent,${EXTEN},1)");
		}
		if (section.lines().stream().allMatch(Line::inFull)) {
			steps.add("GotoIf($[\"${TG_E}\"=\"\"]?tollgate-short,s,1)");
		}
		if (!section.pins().isEmpty()) {
			steps.add("Gosub(tollgate-pin,s,1(" + section.pins() + "))");
		}
		if (!section.callerId().isEmpty()) {
			steps.add("Set(CALLERID(num)=" + section.callerId() + ")");
		}
		if (section.lines().size() > 1 && section.lines().stream().anyMatch(Line::inFull)) {
			// it may be there from a call before, as with who was transferred
			steps.add("Set(DIALSTATUS=)");
		}
		for (var line : section.lines()) {
			steps.add(dial(line));
			if (!line.equals(section.lines().getLast())) {
				steps.add(NEXT_LINE);
			}
		}
		var place = "exten => _[+0-9]!,1,";
		for (var step : steps) {
			step(context, place, step);
			place = "same => n,";
		}
		step(context, "same => n(end),", "Hangup()");
	}

	private static String dial(Line line) {
		var number = line.inFull() ? "+${TG_E}" : "${EXTEN}";
		var dial = "Dial(" + line.target(number) + "," + RING_SECONDS + "," + LIMITED + ")";
		return line.inFull() ? "ExecIf($[\"${TG_E}\"!=\"\"]?" + dial + ")" : dial;
	}

	private void end(DialSection section, Ending ending, String context) {
		step(context, "exten => _[+0-9]!,1,", "UserEvent(TollgateBlock,Who: " + ENDPOINT
				+ ",Number: ${EXTEN},Why: blocked,Generation: ${TG_G},Route: " + section.name() + ")");
		if (!ending.sounds().isEmpty()) {
			step(context, "same => n,", ending.answer() ? "Answer()" : "Progress()");
			step(context, "same => n,", "Playback(" + String.join("&", ending.sounds()) + ",noanswer)");
		}
		step(context, "same => n,", "Hangup(" + ending.cause() + ")");
	}

	/**
	 * The contexts by their names without the letter of the slot, their steps by
	 * extension: a form that does not depend on the slot.
	 */
	static SortedMap<String, String> lines(SortedMap<String, List<String>> contexts, char slot) {
		var lines = new TreeMap<String, String>();
		contexts.forEach((context, steps) -> {
			var byExtension = new TreeMap<String, List<String>>();
			for (var step : steps) {
				var extension = step.startsWith("include ") ? "include"
						: step.substring(0, Math.max(0, step.indexOf(',')));
				byExtension.computeIfAbsent(extension, (key) -> new ArrayList<>()).add(anonymous(step, slot));
			}
			var name = context.equals(emergencyContext(slot)) ? "emergency"
					: context.equals(announcementsContext(slot)) ? "codes" : context.equals(routesContext(slot))
							? "route" : "route/" + context.substring(("tollgate-" + slot + "-").length());
			byExtension.forEach((extension, found) -> lines.put(name + "/" + extension, String.join(" | ", found)));
		});
		return lines;
	}

	private static String anonymous(String step, char slot) {
		return step.replace("tollgate-" + slot + "-", "tollgate-*-");
	}

}
