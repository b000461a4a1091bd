package io.tollgate.connector.asterisk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.Problem;
import io.tollgate.connector.Running;
import io.tollgate.connector.Running.GuardState;

/**
 * All that concerns the portal on one PBX, read in one go.
 *
 * @param active which generation is in force
 * @param last the highest generation number that was ever handed out
 * @param generations the rows of every generation that is there
 * @param clock the PBX's own clock, seconds since 1970
 * @param guardContexts the steps of the guard's contexts, as they run
 * @param slotA the first slot, as it runs
 * @param slotB the second slot, as it runs
 */
record PbxState(Active active, int last, SortedMap<Integer, SortedMap<String, String>> generations, long clock,
		SortedMap<String, List<String>> guardContexts, Slot slotA, Slot slotB) {

	/** Holds the highest generation number ever handed out, so that none comes twice. */
	static final String LAST = "last";

	static final String ACTIVE = "active";

	private static final String ROOT = "/" + AmiAction.FAMILY + "/";

	static PbxState read(AmiClient client) {
		var guard = GuardText.parsed().contextNames();
		var actions = new ArrayList<AmiAction>();
		actions.add(AmiAction.dbGetTree());
		actions.add(AmiAction.ping());
		actions.addAll(Slot.actions('a'));
		actions.addAll(Slot.actions('b'));
		guard.forEach((context) -> actions.add(AmiAction.showDialPlan(context)));
		var replies = client.pipeline(actions);
		var tree = tree(replies.getFirst().required());
		var generations = new TreeMap<Integer, SortedMap<String, String>>();
		tree.forEach((key, value) -> {
			int slash = key.indexOf('/');
			if (slash > 0 && key.substring(0, slash).matches("[0-9]{1,9}")) {
				generations.computeIfAbsent(Integer.valueOf(key.substring(0, slash)), (number) -> new TreeMap<>())
					.put(key.substring(slash + 1), value);
			}
		});
		var last = tree.getOrDefault(LAST, "");
		return new PbxState(Active.parse(tree.getOrDefault(ACTIVE, "")),
				last.matches("[0-9]{1,9}") ? Integer.parseInt(last) : 0, generations, clock(replies.get(1)),
				guardContexts(replies.subList(8, replies.size())), Slot.read(client, 'a', replies.subList(2, 5)),
				Slot.read(client, 'b', replies.subList(5, 8)));
	}

	/** The guard alone. */
	static GuardState readGuard(AmiClient client) {
		return guardState(guardContexts(
				client.pipeline(GuardText.parsed().contextNames().stream().map(AmiAction::showDialPlan).toList())));
	}

	/** Rows of a {@code DBGetTree} without {@code /tollgate/}. */
	static SortedMap<String, String> tree(AmiReply reply) {
		var tree = new TreeMap<String, String>();
		for (var event : reply.events()) {
			var key = event.get("Key");
			if (key.startsWith(ROOT)) {
				tree.put(key.substring(ROOT.length()), event.get("Val"));
			}
		}
		return tree;
	}

	static long clock(AmiReply ping) {
		var stamp = ping.required().response().get("Timestamp");
		if (!stamp.matches("[0-9]{1,12}(\\.[0-9]*)?")) {
			throw new ConnectorException(ConnectorException.Kind.REFUSED, Problem.of("no-clock", stamp));
		}
		int dot = stamp.indexOf('.');
		return Long.parseLong((dot < 0) ? stamp : stamp.substring(0, dot));
	}

	private static SortedMap<String, List<String>> guardContexts(List<AmiReply> replies) {
		var names = GuardText.parsed().contextNames();
		var contexts = new TreeMap<String, List<String>>();
		for (int i = 0; i < names.size(); i++) {
			var steps = context(replies.get(i));
			if (steps != null) {
				contexts.put(names.get(i), steps);
			}
		}
		return contexts;
	}

	private static GuardState guardState(SortedMap<String, List<String>> contexts) {
		if (contexts.isEmpty()) {
			return GuardState.MISSING;
		}
		boolean current = GuardText.parsed()
			.contextNames()
			.stream()
			.allMatch((name) -> GuardText.parsed().steps(name).equals(contexts.get(name)));
		return current ? GuardState.CURRENT : GuardState.CHANGED;
	}

	GuardState guard() {
		return guardState(this.guardContexts);
	}

	/** The steps of a context; {@code null} when the PBX has no such context. */
	private static @Nullable List<String> context(AmiReply reply) {
		if (!reply.succeeded() && reply.response().get("Message").startsWith("Did not find context")) {
			return null;
		}
		return DialplanText.steps(reply.required());
	}

	@Nullable Integer inForce() {
		return this.active.inForce(this.clock);
	}

	Slot slot(char letter) {
		return (letter == 'a') ? this.slotA : this.slotB;
	}

	/** The slot of the generation in force; {@code null} when there is none. */
	@Nullable Character slotInForce() {
		return slotOf(inForce());
	}

	@Nullable Character slotOf(@Nullable Integer generation) {
		var cfg = rows(generation).getOrDefault("cfg", "");
		return (cfg.length() > 1 && (cfg.charAt(1) == 'a' || cfg.charAt(1) == 'b')) ? cfg.charAt(1) : null;
	}

	SortedMap<String, String> rows(@Nullable Integer generation) {
		var rows = (generation != null) ? this.generations.get(generation) : null;
		return (rows != null) ? rows : Collections.emptySortedMap();
	}

	/** What is in force, in the form of {@link AsteriskDialect#lines}. */
	SortedMap<String, String> lines() {
		var slot = slotInForce();
		if (slot == null) {
			return AsteriskDialect.lines(rows(inForce()), Collections.emptySortedMap(), 'a');
		}
		return AsteriskDialect.lines(rows(inForce()), slot(slot).contexts(), slot);
	}

	Running running() {
		return new Running(inForce(), this.active.isPending(this.clock), lines(), guard());
	}

	/**
	 * One slot as it runs.
	 *
	 * @param letter which one
	 * @param present whether its emergency context and its list of routes are there
	 * @param contexts the steps of its contexts, by name
	 */
	record Slot(char letter, boolean present, SortedMap<String, List<String>> contexts) {

		List<String> emergency() {
			return this.contexts.getOrDefault(SlotText.emergencyContext(this.letter), List.of());
		}

		static Slot read(AmiClient client, char letter) {
			return read(client, letter, client.pipeline(actions(letter)));
		}

		/** Without its sections. */
		static Slot readLists(AmiClient client, char letter) {
			return lists(letter, client.pipeline(actions(letter)), new TreeMap<>());
		}

		/** The two contexts that every slot has, and the one that most have. */
		private static List<AmiAction> actions(char letter) {
			return List.of(AmiAction.showDialPlan(SlotText.emergencyContext(letter)),
					AmiAction.showDialPlan(SlotText.routesContext(letter)),
					AmiAction.showDialPlan(SlotText.announcementsContext(letter)));
		}

		private static Slot read(AmiClient client, char letter, List<AmiReply> replies) {
			var contexts = new TreeMap<String, List<String>>();
			boolean present = lists(letter, replies, contexts).present();
			int sections = SlotText.sections(contexts.getOrDefault(SlotText.routesContext(letter), List.of()), letter);
			var names = IntStream.rangeClosed(1, sections)
				.boxed()
				.flatMap((section) -> SlotText.sectionContexts(letter, section).stream())
				.toList();
			var rest = client.pipeline(names.stream().map(AmiAction::showDialPlan).toList());
			for (int i = 0; i < names.size(); i++) {
				put(contexts, names.get(i), rest.get(i));
			}
			return new Slot(letter, present, contexts);
		}

		private static Slot lists(char letter, List<AmiReply> replies, SortedMap<String, List<String>> contexts) {
			put(contexts, SlotText.emergencyContext(letter), replies.get(0));
			put(contexts, SlotText.routesContext(letter), replies.get(1));
			boolean present = contexts.size() == 2;
			put(contexts, SlotText.announcementsContext(letter), replies.get(2));
			return new Slot(letter, present, contexts);
		}

		private static void put(SortedMap<String, List<String>> contexts, String name, AmiReply reply) {
			var steps = context(reply);
			if (steps != null) {
				contexts.put(name, steps);
			}
		}

		/** What runs, as its files would have it: the emergency numbers first. */
		DialplanText text() {
			var text = new DialplanText();
			text.add(SlotText.emergencyContext(this.letter), emergency());
			this.contexts.forEach((context, steps) -> {
				if (!context.equals(SlotText.emergencyContext(this.letter))) {
					text.add(context, steps);
				}
			});
			return text;
		}

		/** Whether it runs exactly that text; the order of extensions does not matter. */
		boolean matches(DialplanText text) {
			var wanted = new TreeMap<String, List<String>>();
			text.contextNames().forEach((context) -> wanted.put(context, sorted(text.steps(context))));
			var running = new TreeMap<String, List<String>>();
			this.contexts.forEach((context, steps) -> running.put(context, sorted(steps)));
			return running.equals(wanted);
		}

		private static List<String> sorted(List<String> steps) {
			return steps.stream().sorted().toList();
		}

	}

}
