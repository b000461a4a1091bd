package io.tollgate.connector.asterisk;

import java.util.ArrayList;
import java.util.List;

import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.Problem;

/**
 * Writes one of the files that the portal owns. {@code UpdateConfig} is not atomic and
 * says nothing about what Asterisk makes of the file: only the caller's reload and
 * {@code ShowDialPlan} do.
 */
final class PortalFile {

	private static final String MISSING = "Config file not found";

	private PortalFile() {
	}

	/** Replaces the whole file. */
	static void write(AmiClient client, String file, DialplanText text) {
		var edits = new ArrayList<AmiAction.Edit>();
		contexts(client, file).forEach((context) -> edits.add(AmiAction.Edit.deleteContext(context)));
		edits.addAll(text.edits());
		apply(client, file, edits);
	}

	/**
	 * Replaces the files of a slot; those that are left over from longer routes become
	 * empty.
	 */
	static void writeSlot(AmiClient client, char slot, DialplanText text) {
		var pieces = text.pieces(AsteriskDialect.MAX_FILE_LINES);
		for (int piece = 0; piece < pieces.size(); piece++) {
			write(client, GuardText.slotFile(slot, piece), pieces.get(piece));
		}
		for (int piece = pieces.size(); exists(client, GuardText.slotFile(slot, piece)); piece++) {
			write(client, GuardText.slotFile(slot, piece), new DialplanText());
		}
	}

	private static boolean exists(AmiClient client, String file) {
		var listed = client.call(AmiAction.readFile(file));
		return listed.succeeded() || !MISSING.equals(listed.response().get("Message"));
	}

	/**
	 * Makes the files of a slot say what runs in it. Bytes of a broken line that came
	 * late, or a hand, may have left them otherwise, and the next reload would load that.
	 * What is written here comes into force without being compared with anything, so it
	 * must have been read the same twice.
	 */
	static void keep(AmiClient client, PbxState.Slot slot) {
		if (slot.contexts().isEmpty() || says(client, slot)) {
			return;
		}
		var again = PbxState.Slot.read(client, slot.letter());
		if (!again.equals(slot)) {
			throw new ConnectorException(ConnectorException.Kind.REFUSED, Problem.of("changed-meanwhile"));
		}
		writeSlot(client, slot.letter(), slot.text());
	}

	private static boolean says(AmiClient client, PbxState.Slot slot) {
		var text = new DialplanText();
		var pieces = 0;
		AmiReply reply = client.call(AmiAction.readFile(GuardText.slotFile(slot.letter(), pieces)));
		while (reply.succeeded()) {
			if (!text.add(reply.response())) {
				return false;
			}
			reply = client.call(AmiAction.readFile(GuardText.slotFile(slot.letter(), ++pieces)));
		}
		return slot.matches(text);
	}

	/** Replaces one context and leaves the others as they are. */
	static void writeContext(AmiClient client, String file, String context, DialplanText text) {
		var edits = new ArrayList<AmiAction.Edit>();
		contexts(client, file).stream()
			.filter(context::equals)
			.forEach((name) -> edits.add(AmiAction.Edit.deleteContext(name)));
		edits.addAll(text.edits().stream().filter((edit) -> edit.context().equals(context)).toList());
		apply(client, file, edits);
	}

	/**
	 * Whether extensions.conf includes the file: a mark is put into the file and looked
	 * for. Nothing is reloaded, so what runs does not change, and the mark is taken out
	 * again.
	 */
	static boolean isIncluded(AmiClient client, String file) {
		var mark = "tollgate-mark";
		contexts(client, file).stream()
			.filter(mark::equals)
			.forEach((left) -> apply(client, file, List.of(AmiAction.Edit.deleteContext(left))));
		apply(client, file,
				List.of(AmiAction.Edit.newContext(mark), AmiAction.Edit.append(mark, "include", "tollgate-guard")));
		var found = client.call(AmiAction.readContext(mark)).response().has("Category-000000");
		apply(client, file, List.of(AmiAction.Edit.deleteContext(mark)));
		return found;
	}

	/** The contexts in the file; makes an empty file where there is none. */
	private static List<String> contexts(AmiClient client, String file) {
		var listed = client.call(AmiAction.readFile(file));
		if (!listed.succeeded() && MISSING.equals(listed.response().get("Message"))) {
			var created = client.call(AmiAction.createConfig(file));
			if (!created.succeeded() && !created.denied()) {
				throw new ConnectorException(ConnectorException.Kind.REFUSED,
						Problem.of("file-not-created", file, created.response().get("Message")));
			}
			created.required();
			return List.of();
		}
		listed.required();
		var contexts = new ArrayList<String>();
		for (int i = 0; i < listed.response().names().size(); i++) {
			if (listed.response().names().get(i).startsWith("Category-")) {
				contexts.add(listed.response().values().get(i));
			}
		}
		return contexts;
	}

	private static void apply(AmiClient client, String file, List<AmiAction.Edit> edits) {
		for (int from = 0; from < edits.size(); from += AmiAction.MAX_EDITS) {
			var part = edits.subList(from, Math.min(edits.size(), from + AmiAction.MAX_EDITS));
			var reply = client.call(AmiAction.updateConfig(file, part));
			if (!reply.succeeded() && !reply.denied()) {
				throw new ConnectorException(ConnectorException.Kind.REFUSED,
						Problem.of("file-not-written", file, reply.response().get("Message")));
			}
			reply.required();
		}
	}

}
