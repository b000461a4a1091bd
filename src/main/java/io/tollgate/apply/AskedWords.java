package io.tollgate.apply;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * What a second person reads before agreeing: all of the review, what lets somebody dial
 * more first. In English, as it goes to the audit log, too.
 */
@Component
class AskedWords {

	/** More lines nobody reads; that there are more is said. */
	private static final int MOST = 300;

	private final ChangeWords words;

	private final DifferenceWords differenceWords;

	private final DangerWords dangerWords;

	private final MessageSource messages;

	AskedWords(ChangeWords words, DifferenceWords differenceWords, DangerWords dangerWords, MessageSource messages) {
		this.words = words;
		this.differenceWords = differenceWords;
		this.dangerWords = dangerWords;
		this.messages = messages;
	}

	/** Of an apply to these PBXs. */
	List<String> of(List<PbxPending> pbxs, Map<Long, DraftCheck> checked) {
		var lines = new Lines();
		for (var pbx : pbxs) {
			var check = Objects.requireNonNull(checked.get(pbx.pbxId()));
			add(lines, pbx.pbxName(), check, pbx.changes());
		}
		return lines.said(pbxs.size());
	}

	/** Of a change of one PBX. */
	List<String> of(String pbx, DraftCheck check, List<Change> changes) {
		var lines = new Lines();
		add(lines, pbx, check, changes);
		return lines.said(1);
	}

	/** What was confirmed, so that nobody agrees to other dangers. */
	List<String> dangers(List<Danger> dangers) {
		return dangers.stream().map((danger) -> this.dangerWords.line(danger, Locale.ENGLISH)).sorted().toList();
	}

	private void add(Lines lines, String pbx, DraftCheck check, List<Change> changes) {
		dangers(check.dangers()).forEach((line) -> lines.add(pbx, 0, message("apply.asked.danger", line)));
		this.differenceWords.said(check.difference(), Locale.ENGLISH)
			.forEach((said) -> lines.add(pbx, (said.effect() == Change.Effect.OPENS) ? 1 : 3,
					with(said.text(), said.detail())));
		if (!check.difference().complete() || check.difference().more() > 0) {
			lines.add(pbx, 1, message("apply.asked.incomplete"));
		}
		changes.forEach((change) -> lines.add(pbx, (change.effect() == Change.Effect.CLOSES) ? 3 : 2,
				with(this.words.line(change, Locale.ENGLISH), this.words.detail(change, Locale.ENGLISH))));
	}

	private static String with(String line, String detail) {
		return detail.isEmpty() ? line : line + ": " + detail;
	}

	private String message(String code, Object... arguments) {
		return this.messages.getMessage(code, arguments, Locale.ENGLISH);
	}

	/** Each line once, with the PBXs that it is about unless it is about all. */
	private final class Lines {

		private final List<Map<String, List<String>>> ranks = List.of(new LinkedHashMap<>(), new LinkedHashMap<>(),
				new LinkedHashMap<>(), new LinkedHashMap<>());

		private void add(String pbx, int rank, String line) {
			this.ranks.get(rank).computeIfAbsent(line.replaceAll("\\R", " "), (key) -> new ArrayList<>()).add(pbx);
		}

		private List<String> said(int pbxs) {
			var said = new ArrayList<String>();
			this.ranks.forEach((rank) -> rank.forEach((line, names) -> said
				.add((names.size() == pbxs) ? line : message("apply.asked.of", line, String.join(", ", names)))));
			if (said.size() <= MOST) {
				return said;
			}
			var some = new ArrayList<>(said.subList(0, MOST));
			some.add(message("apply.asked.more", said.size() - MOST));
			return some;
		}

	}

}
