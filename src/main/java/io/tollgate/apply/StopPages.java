package io.tollgate.apply;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.tollgate.pbx.VisiblePbxs;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the page of the fleet stop shows. */
@Component
class StopPages {

	/** More names than this help nobody. */
	private static final int NAMED = 12;

	/** PBXs whose rules are in memory at a time. */
	private static final int PART = 100;

	private final StopState state;

	private final VisiblePbxs visible;

	private final Generations generations;

	private final Snapshots snapshots;

	private final ChangeWords words;

	private final MessageSource messages;

	StopPages(StopState state, VisiblePbxs visible, Generations generations, Snapshots snapshots, ChangeWords words,
			MessageSource messages) {
		this.state = state;
		this.visible = visible;
		this.generations = generations;
		this.snapshots = snapshots;
		this.words = words;
		this.messages = messages;
	}

	@Transactional(readOnly = true)
	public Page show(Locale locale) {
		var newest = this.visible.of(this.generations.newest(), Generations.Newest::getPbxId);
		var stopped = newest.stream().filter(Generations.Newest::isStopped).map(Generations.Newest::getPbxId).toList();
		var on = this.state.current();
		return new Page(on, newest.size(), stopped.size(), on.isPresent() ? opens(stopped, locale) : "",
				!this.visible.limited());
	}

	/** What becomes dialable when the stop is lifted. */
	private String opens(List<Long> pbxIds, Locale locale) {
		var codes = new TreeSet<String>();
		int callers = 0;
		for (int from = 0; from < pbxIds.size(); from += PART) {
			var part = pbxIds.subList(from, Math.min(from + PART, pbxIds.size()));
			for (var rules : this.snapshots.rules(part).values()) {
				var reach = Reach.of(rules);
				var without = Reach.of(Snapshots.enforced(rules, true));
				var opened = new TreeSet<>(reach.codes());
				opened.removeAll(without.codes());
				codes.addAll(opened);
				callers += opened.isEmpty() ? 0 : reach.callers();
			}
		}
		if (codes.isEmpty()) {
			return this.messages.getMessage("stop.lift.opens.none", null, locale);
		}
		var names = codes.stream()
			.limit(NAMED)
			.map((code) -> this.words.code(code, locale))
			.collect(Collectors.joining(", "));
		var said = (codes.size() <= NAMED) ? names
				: this.messages.getMessage("apply.and-more", new Object[] { names, codes.size() - NAMED }, locale);
		return this.messages.getMessage("stop.lift.opens.codes", new Object[] { codes.size(), callers, said }, locale);
	}

	/**
	 * The page.
	 *
	 * @param on the stop that is on, empty for none
	 * @param pbxs how many PBXs enforce rules of ours
	 * @param stopped how many of them enforce no way abroad
	 * @param opens what becomes dialable when it is lifted, empty without a stop
	 * @param whole whether the reader sees every PBX
	 */
	record Page(Optional<StopState.Stop> on, int pbxs, int stopped, String opens, boolean whole) {
	}

}
