package io.tollgate.apply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tollgate.connector.Drift;
import io.tollgate.connector.DriftWords;
import io.tollgate.proof.Difference;
import io.tollgate.pbx.VisiblePbxs;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What the review page shows. */
@Component
class ReviewPage {

	/** How long the page waits for what may take long; then it asks again. */
	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private static final int MOST_ALARMS = 20;

	/** PBXs with the same changes that are shown one by one. */
	private static final int FEW = 5;

	private static final int MOST_LEFT = 50;

	/** What the form sends for many PBXs begins with it. */
	private static final String BLOCK = "block:";

	private final PendingChanges pending;

	private final VisiblePbxs visible;

	private final DraftChecks checks;

	private final ChangeWords words;

	private final DangerWords dangerWords;

	private final DifferenceWords differenceWords;

	private final Observations observations;

	private final DriftWords driftWords;

	private final MessageSource messages;

	ReviewPage(PendingChanges pending, VisiblePbxs visible, DraftChecks checks, ChangeWords words,
			DangerWords dangerWords, DifferenceWords differenceWords, Observations observations, DriftWords driftWords,
			MessageSource messages) {
		this.pending = pending;
		this.visible = visible;
		this.checks = checks;
		this.words = words;
		this.dangerWords = dangerWords;
		this.differenceWords = differenceWords;
		this.observations = observations;
		this.driftWords = driftWords;
		this.messages = messages;
	}

	/** Without a transaction, for it waits. */
	Review show(Locale locale) {
		var all = this.pending.all();
		var asked = all.stream().filter(PbxPending::applicable).toList();
		if (!this.visible.limited()) {
			this.checks.forgetAllBut(all.stream().map(PbxPending::pbxId).collect(Collectors.toSet()));
		}
		var found = this.checks.within(PATIENCE, asked);
		var drifted = drifted();
		var groups = groups(asked, drifted);
		var blocks = groups.stream().filter(ReviewPage::isMany).map((alike) -> block(alike, found, locale)).toList();
		var single = groups.stream()
			.filter((alike) -> !isMany(alike))
			.flatMap((alike) -> alike.pbxs().stream())
			.map(PbxPending::pbxId)
			.collect(Collectors.toSet());
		var cards = asked.stream()
			.filter((pbx) -> single.contains(pbx.pbxId()) || drifted.containsKey(pbx.pbxId()))
			.map((pbx) -> card(pbx, found.get(pbx.pbxId()), drifted.getOrDefault(pbx.pbxId(), ""), locale))
			.toList();
		var left = all.stream().filter((pbx) -> !pbx.problems().isEmpty()).toList();
		var named = left.stream()
			.limit(MOST_LEFT)
			.map((pbx) -> new LeftOut(pbx.pbxId(), pbx.pbxName(), words("apply.rejected.", pbx.problems(), locale)))
			.toList();
		var summary = PendingChanges.summary(all);
		return new Review(summary.count(), blocks, cards, asked.size(), named, left.size(),
				(int) all.stream().filter((p) -> p.changes().isEmpty()).count(), all.size(),
				having(Change.Effect.OPENS, asked), having(Change.Effect.CLOSES, asked), check(asked, found, locale));
	}

	/**
	 * What somebody changed by hand is shown, and answered for, on each PBX by itself.
	 */
	private static List<Alike> groups(List<PbxPending> asked, Map<Long, String> drifted) {
		return Alike.of(asked.stream().filter((pbx) -> !drifted.containsKey(pbx.pbxId())).toList());
	}

	/** PBXs that an apply would overwrite something on, with what a form says of it. */
	private Map<Long, String> drifted() {
		return this.observations.all()
			.values()
			.stream()
			.filter((seen) -> !seen.driftChecksum().isEmpty())
			.collect(Collectors.toMap(Observations.Seen::pbxId, Observations.Seen::driftChecksum));
	}

	/** A few are shown one by one. */
	private static boolean isMany(Alike alike) {
		return alike.pbxs().size() > FEW;
	}

	/**
	 * What a form meant, each PBX by itself.
	 * @param targets as sent: PBXs, or whole blocks of them
	 * @return empty when a block is no longer as it was shown
	 */
	Optional<List<String>> each(List<String> targets) {
		if (targets.stream().noneMatch((target) -> target.startsWith(BLOCK))) {
			return Optional.of(targets);
		}
		var blocks = groups(this.pending.all().stream().filter(PbxPending::applicable).toList(), drifted()).stream()
			.filter(ReviewPage::isMany)
			.collect(Collectors.toMap((alike) -> BLOCK + alike.id(), Function.identity()));
		var each = new ArrayList<String>();
		for (var target : targets) {
			var block = blocks.get(target);
			if (block != null) {
				block.pbxs().forEach((pbx) -> each.add(pbx.target()));
			}
			else if (target.startsWith(BLOCK)) {
				return Optional.empty();
			}
			else {
				each.add(target);
			}
		}
		return Optional.of(each);
	}

	private Block block(Alike alike, Map<Long, DraftCheck> found, Locale locale) {
		var changes = alike.changes();
		var lines = new ArrayList<Line>();
		for (int i = 0; i < changes.size(); i++) {
			var change = changes.get(i);
			lines.add(new Line(change.effect(), this.words.line(change, locale),
					alike.differs(i, change) ? "" : this.words.detail(change, locale)));
		}
		var checks = alike.pbxs().stream().flatMap((pbx) -> Stream.ofNullable(found.get(pbx.pbxId()))).toList();
		boolean all = checks.size() == alike.pbxs().size();
		return new Block(alike.id(), BLOCK + alike.id(),
				alike.pbxs().stream().map((pbx) -> new Member(pbx.pbxId(), pbx.pbxName(), pbx.target())).toList(),
				lines, words("apply.warning.", alike.pbxs().getFirst().warnings(), locale),
				all ? means(Alike.merged(checks.stream().map(DraftCheck::difference).toList()), locale) : null);
	}

	private Check check(List<PbxPending> asked, Map<Long, DraftCheck> found, Locale locale) {
		var alarms = new ArrayList<Alarm>();
		var dangerous = new ArrayList<String>();
		for (var pbx : asked) {
			var check = found.get(pbx.pbxId());
			if (check != null && !check.dangers().isEmpty()) {
				dangerous.add(pbx.pbxName());
				alarms.addAll(alarms(pbx.pbxName(), check.dangers(), locale));
			}
		}
		int unproved = (int) found.values().stream().filter((check) -> !check.complete()).count();
		return new Check(asked.size() - found.size(), asked.size(), alarms.stream().limit(MOST_ALARMS).toList(),
				Math.max(0, alarms.size() - MOST_ALARMS),
				dangerous.isEmpty() ? "" : this.dangerWords.wanted(dangerous, locale), dangerous.size() < asked.size(),
				found.values()
					.stream()
					.flatMap((check) -> check.dangers().stream())
					.anyMatch(Danger.Hidden.class::isInstance),
				found.values().stream().mapToInt(DraftCheck::closed).sum(), unproved);
	}

	/** One for each kind of danger. */
	private List<Alarm> alarms(String pbxName, List<Danger> dangers, Locale locale) {
		var kinds = dangers.stream().collect(Collectors.groupingBy((danger) -> switch (danger) {
			case Danger.Opened opened -> "leak";
			case Danger.Hidden hidden -> "emergency";
			case Danger.Unproved unproved -> "unknown";
			case Danger.Unknown unknown -> "unknown";
		}, TreeMap::new, Collectors.toList()));
		return kinds.entrySet()
			.stream()
			.map((kind) -> new Alarm(
					this.messages.getMessage("apply.danger.title." + kind.getKey(),
							new Object[] { pbxName, kind.getValue().size() }, locale),
					kind.getValue().stream().map((danger) -> this.dangerWords.line(danger, locale)).toList(),
					kind.getKey().equals("leak")))
			.toList();
	}

	private Card card(PbxPending pbx, @Nullable DraftCheck check, String drift, Locale locale) {
		var lines = pbx.changes()
			.stream()
			.map((change) -> new Line(change.effect(), this.words.line(change, locale),
					this.words.detail(change, locale)))
			.toList();
		return new Card(pbx.pbxId(), pbx.pbxName(), pbx.generation(),
				pbx.target() + (drift.isEmpty() ? "" : ":" + drift), lines,
				words("apply.warning.", pbx.warnings(), locale),
				drift.isEmpty() ? List.of() : overwritten(pbx.pbxId(), locale),
				(check != null) ? means(check.difference(), locale) : null);
	}

	/** What hands changed on a PBX, so that an apply overwrites it knowingly. */
	private List<String> overwritten(long pbxId, Locale locale) {
		return this.observations.drifts(pbxId)
			.stream()
			.filter((drift) -> drift.kind() == Drift.Kind.RULES || drift.kind() == Drift.Kind.GENERATION)
			.map((drift) -> this.driftWords.line(drift, locale))
			.toList();
	}

	private Means means(Difference difference, Locale locale) {
		return new Means(this.differenceWords.said(difference, locale)
			.stream()
			.map((said) -> new Line(said.effect(), said.text(), said.detail()))
			.toList(), difference.more(), difference.complete());
	}

	private String words(String prefix, List<String> codes, Locale locale) {
		return String.join(" ",
				codes.stream().map((code) -> this.messages.getMessage(prefix + code, null, locale)).toList());
	}

	private static int having(Change.Effect effect, List<PbxPending> pbxs) {
		return (int) pbxs.stream()
			.filter((pbx) -> pbx.changes().stream().anyMatch((change) -> change.effect() == effect))
			.count();
	}

	/**
	 * The page.
	 *
	 * @param count number of changes in the whole fleet
	 * @param blocks many PBXs each that an apply would change alike
	 * @param cards other PBXs that an apply would change
	 * @param pbxs number of PBXs that an apply would change
	 * @param leftOut PBXs that cannot be applied to, and why; the first of them
	 * @param left how many there are of those
	 * @param unchanged PBXs that run what they should
	 * @param fleet number of PBXs
	 * @param opening PBXs where something becomes dialable
	 * @param closing PBXs where something stops being dialable
	 * @param check what the apply would mean over all numbers
	 */
	record Review(int count, List<Block> blocks, List<Card> cards, int pbxs, List<LeftOut> leftOut, int left,
			int unchanged, int fleet, int opening, int closing, Check check) {
	}

	/**
	 * What the apply would mean over all numbers.
	 *
	 * @param waiting how many PBXs are still looked at
	 * @param all how many PBXs are looked at altogether
	 * @param alarms what would be worse
	 * @param more how many alarms more there are
	 * @param wanted what an administrator has to type, empty for nothing
	 * @param rest whether there are PBXs without an alarm
	 * @param emergency whether an emergency number would be hidden
	 * @param closed how many leaks it closes
	 * @param unproved for how many PBXs no leak was found, without proof
	 */
	record Check(int waiting, int all, List<Alarm> alarms, int more, String wanted, boolean rest, boolean emergency,
			int closed, int unproved) {
	}

	/** Of one kind, on one PBX; leaks have a page of their own. */
	record Alarm(String title, List<String> lines, boolean leak) {
	}

	/**
	 * Many PBXs on which the same was edited.
	 *
	 * @param id other than that of any other block
	 * @param target what the form sends for all of them
	 * @param members each of them
	 * @param lines what was edited
	 * @param warning what is probably not meant, empty for nothing
	 * @param means what that means for numbers, {@code null} while nobody knows
	 */
	record Block(String id, String target, List<Member> members, List<Line> lines, String warning,
			@Nullable Means means) {

		/** Some of them by name. */
		public String names() {
			return this.members.stream().limit(FEW).map(Member::name).collect(Collectors.joining(", "));
		}

		/** How many are not among those. */
		public int others() {
			return this.members.size() - FEW;
		}

		public boolean isOpening() {
			return this.lines.stream().anyMatch((line) -> line.effect() == Change.Effect.OPENS);
		}

		public boolean isClosing() {
			return this.lines.stream().anyMatch((line) -> line.effect() == Change.Effect.CLOSES);
		}

		/** Whether a form that came back had ticked all of them. */
		public boolean isTicked(@Nullable Set<Long> ticked) {
			return ticked == null || this.members.stream().allMatch((member) -> ticked.contains(member.id()));
		}

		/** Whether it had ticked some. */
		public boolean isPartlyTicked(@Nullable Set<Long> ticked) {
			return !isTicked(ticked) && ticked != null
					&& this.members.stream().anyMatch((member) -> ticked.contains(member.id()));
		}

	}

	/** One PBX of a block. */
	record Member(long id, String name, String target) {
	}

	/**
	 * One PBX.
	 *
	 * @param target what the form sends for it
	 * @param lines what was edited
	 * @param warning what is probably not meant, empty for nothing
	 * @param drift what hands changed there, which an apply overwrites
	 * @param means what that means for numbers, {@code null} while nobody knows
	 */
	record Card(long id, String name, @Nullable Integer generation, String target, List<Line> lines, String warning,
			List<String> drift, @Nullable Means means) {

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

	/**
	 * What becomes dialable or stops being so.
	 *
	 * @param more how many lines more there are
	 * @param complete whether all numbers could be looked at
	 */
	record Means(List<Line> lines, int more, boolean complete) {
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
