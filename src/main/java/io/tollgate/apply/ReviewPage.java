package io.tollgate.apply;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the review page shows. */
@Component
class ReviewPage {

	private final PendingChanges pending;

	private final ChangeWords words;

	private final MessageSource messages;

	ReviewPage(PendingChanges pending, ChangeWords words, MessageSource messages) {
		this.pending = pending;
		this.words = words;
		this.messages = messages;
	}

	@Transactional(readOnly = true)
	Review show(Locale locale) {
		var all = this.pending.all();
		var cards = all.stream().filter(PbxPending::applicable).map((pbx) -> card(pbx, locale)).toList();
		var left = all.stream()
			.filter((pbx) -> !pbx.problems().isEmpty())
			.map((pbx) -> new LeftOut(pbx.pbxId(), pbx.pbxName(), words("apply.rejected.", pbx.problems(), locale)))
			.toList();
		var summary = PendingChanges.summary(all);
		return new Review(summary.count(), cards, left, (int) all.stream().filter((p) -> p.changes().isEmpty()).count(),
				all.size(), opened(cards), closed(cards));
	}

	private Card card(PbxPending pbx, Locale locale) {
		var lines = pbx.changes()
			.stream()
			.map((change) -> new Line(change.effect(), this.words.line(change, locale),
					this.words.detail(change, locale)))
			.toList();
		return new Card(pbx.pbxId(), pbx.pbxName(), pbx.generation(), pbx.pbxId() + ":" + pbx.checksum(), lines,
				words("apply.warning.", pbx.warnings(), locale));
	}

	private String words(String prefix, List<String> codes, Locale locale) {
		return String.join(" ",
				codes.stream().map((code) -> this.messages.getMessage(prefix + code, null, locale)).toList());
	}

	private static int opened(List<Card> cards) {
		return (int) cards.stream().filter((card) -> card.has(Change.Effect.OPENS)).count();
	}

	private static int closed(List<Card> cards) {
		return (int) cards.stream().filter((card) -> card.has(Change.Effect.CLOSES)).count();
	}

	/**
	 * The page.
	 *
	 * @param count number of changes in the whole fleet
	 * @param cards PBXs that an apply would change
	 * @param leftOut PBXs that cannot be applied to, and why
	 * @param unchanged PBXs that run what they should
	 * @param fleet number of PBXs
	 * @param opening PBXs where something becomes dialable
	 * @param closing PBXs where something stops being dialable
	 */
	record Review(int count, List<Card> cards, List<LeftOut> leftOut, int unchanged, int fleet, int opening,
			int closing) {
	}

	record Card(long id, String name, @Nullable Integer generation, String target, List<Line> lines, String warning) {

		boolean has(Change.Effect effect) {
			return this.lines.stream().anyMatch((line) -> line.effect() == effect);
		}

		public boolean isOpening() {
			return has(Change.Effect.OPENS);
		}

		public boolean isClosing() {
			return has(Change.Effect.CLOSES);
		}

	}

	record Line(Change.Effect effect, String text, String detail) {

		/** The mark's colour and icon follow the effect. */
		public String mark() {
			return switch (this.effect) {
				case OPENS -> "open";
				case CLOSES -> "stop";
				case NEUTRAL -> "move";
			};
		}

		public String icon() {
			return switch (this.effect) {
				case OPENS -> "plus";
				case CLOSES -> "minus";
				case NEUTRAL -> "arrow-right";
			};
		}

	}

	record LeftOut(long id, String name, String why) {
	}

}
