package io.tollgate.leak;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import io.swagger.v3.oas.annotations.Operation;
import io.tollgate.api.Part;
import io.tollgate.api.RefusedException;
import io.tollgate.listing.ListQuery;
import io.tollgate.pbx.NotThereException;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The leak check for scripts: what it found, and the same edits that would close it. */
@RestController
class LeakApi {

	private static final String FLEET = "/api/v1/leaks";

	private static final String ONE = "/api/v1/pbxs/{pbx}/leaks";

	private static final String WHICH = "live|draft";

	private static final int MOST = 500;

	private final LeakPages pages;

	private final Summaries summaries;

	private final Checks checks;

	private final PbxVisits visits;

	private final Mends mends;

	private final PbxRegistry registry;

	private final LeakWords words;

	private final MessageSource messages;

	LeakApi(LeakPages pages, Summaries summaries, Checks checks, PbxVisits visits, Mends mends, PbxRegistry registry,
			LeakWords words, MessageSource messages) {
		this.pages = pages;
		this.summaries = summaries;
		this.checks = checks;
		this.visits = visits;
		this.mends = mends;
		this.registry = registry;
		this.words = words;
		this.messages = messages;
	}

	/**
	 * In the order of their ids.
	 * @param rules {@code live} for those in force, {@code draft} for those that an apply
	 * would bring
	 * @param after only PBXs with a higher id
	 */
	@GetMapping(FLEET)
	@PreAuthorize("hasAuthority('SCOPE_pbx:read')")
	@Operation(summary = "What the leak check says of PBXs, in parts")
	Page leaks(@RequestParam(defaultValue = "live") @Pattern(regexp = WHICH) String rules,
			@RequestParam(defaultValue = "0") long after,
			@RequestParam(defaultValue = "100") @Min(1) @Max(MOST) int limit) {
		var part = Part.of(this.pages.looks(Rules.of(rules)), (look) -> look.pbx().id(), after, limit,
				FLEET + "?rules=" + rules + "&");
		return new Page(part.items().stream().map(this::item).toList(), part.next());
	}

	/** One PBX, with how each leak works. */
	@GetMapping(ONE)
	@PreAuthorize("hasAuthority('SCOPE_pbx:read') and hasAuthority('SCOPE_route:read')")
	@Operation(summary = "What the leak check found on a PBX")
	Report report(@PathVariable long pbx, @RequestParam(defaultValue = "live") @Pattern(regexp = WHICH) String rules) {
		var of = pbx(pbx);
		var look = this.pages.looks(Rules.of(rules))
			.stream()
			.filter((each) -> each.pbx().id() == of.id())
			.findFirst()
			.orElseThrow(NotThereException::new);
		var page = this.pages.show(Rules.of(rules), of.id(), ListQuery.USUAL, Locale.ENGLISH);
		return new Report(item(look), page.leaks().stream().map(Found::of).toList(), page.moreLeaks(),
				page.holes().stream().map(Line::of).toList(), page.findings().stream().map(Line::of).toList(),
				page.moreFindings());
	}

	/** Has everything be looked at again; what is said meanwhile is {@code unchecked}. */
	@PostMapping(FLEET + "/checks")
	@PreAuthorize("hasAuthority('SCOPE_pbx:write') and hasRole('OPERATOR')")
	@ResponseStatus(HttpStatus.ACCEPTED)
	@Operation(summary = "Has the leak check look at all PBXs again")
	void checkAll() {
		this.visits.soon(null);
		this.checks.outdate(null);
	}

	/** Has one PBX be looked at again. */
	@PostMapping(ONE + "/checks")
	@PreAuthorize("hasAuthority('SCOPE_pbx:write') and hasRole('OPERATOR')")
	@ResponseStatus(HttpStatus.ACCEPTED)
	@Operation(summary = "Has the leak check look at a PBX again")
	void check(@PathVariable long pbx) {
		long id = pbx(pbx).id();
		this.visits.soon(id);
		this.checks.outdate(id);
	}

	/**
	 * Closes a leak by an edit of the draft, which takes effect with the next apply.
	 * @param leak as it was said
	 */
	@PostMapping(ONE + "/{leak}/mend")
	@PreAuthorize("hasAuthority('SCOPE_policy:write') and hasAuthority('SCOPE_route:write') and hasRole('OPERATOR')")
	@Operation(summary = "Closes a leak by an edit of the draft")
	Closed mend(@PathVariable long pbx, @PathVariable String leak,
			@RequestParam(defaultValue = "live") @Pattern(regexp = WHICH) String rules) {
		var of = pbx(pbx);
		var found = this.pages.find(pbx, Rules.of(rules), leak).orElseThrow(NotThereException::new);
		return switch (this.mends.mend(of, found, this.words.say("mend.note", Locale.ENGLISH))) {
			case Mended.Made _ -> new Closed(true);
			case Mended.Done _ -> new Closed(false);
			case Mended.Gone _ -> throw new NotThereException();
			case Mended.Refused(var why) ->
				throw new RefusedException("", this.messages.getMessage(why, Locale.ENGLISH));
		};
	}

	private Pbx pbx(long id) {
		return this.registry.find(id).orElseThrow(NotThereException::new);
	}

	private Item item(Look look) {
		return new Item(look.pbx().id(), look.pbx().name(), look.standing().code(), look.leaks(),
				this.summaries.result(look, Locale.ENGLISH), this.summaries.note(look, Locale.ENGLISH),
				look.checkedAt(), look.lookedAt());
	}

	/**
	 * Some of the PBXs.
	 *
	 * @param next the path of those behind them, {@code null} when these are the last
	 */
	record Page(List<Item> items, @Nullable String next) {
	}

	/**
	 * What is said of a PBX.
	 *
	 * @param state {@code proved} when no forbidden number can leave; {@code leaks} when
	 * some can; {@code unchecked} while it is not known yet; otherwise what stands
	 * against a claim
	 * @param leaks how many there are
	 * @param result the state in words
	 * @param note why, or what to do; empty for nothing
	 * @param checkedAt when its rules were checked, {@code null} for not as they are now
	 * @param lookedAt when it was last looked at, {@code null} for never
	 */
	record Item(long pbx, String name, String state, int leaks, String result, String note, @Nullable Instant checkedAt,
			@Nullable Instant lookedAt) {
	}

	/**
	 * All that is known of a PBX.
	 *
	 * @param more how many leaks are not among these
	 * @param holes what the PBX has besides that lets calls out
	 * @param findings what is odd about its routes
	 * @param moreFindings how many are not among these
	 */
	record Report(Item pbx, List<Found> leaks, int more, List<Line> holes, List<Line> findings, int moreFindings) {
	}

	/**
	 * A way out for a forbidden number.
	 *
	 * @param leak names it among those of its PBX
	 * @param caller who dials, in words
	 * @param dialed what
	 * @param pattern of the route
	 * @param sent what the trunk is sent
	 * @param reads what the carrier reads it as, in words
	 * @param number the number as it reads it
	 * @param why sentences
	 * @param others what else goes the same way
	 * @param closed whether the draft closes it already
	 * @param mend the edit that would close it, in words; {@code null} for none as simple
	 */
	record Found(String leak, String caller, String dialed, String route, String pattern, String trunk, String sent,
			String reads, String number, List<String> why, List<String> others, boolean closed, @Nullable String mend) {

		static Found of(LeakPage.LeakCard card) {
			var dialed = card.dialled();
			var mend = card.mend();
			return new Found(card.key(), card.caller(), dialed.prefix() + dialed.code() + dialed.rest(), card.route(),
					card.pattern(), card.trunk(), card.sent(), card.reads(), card.number(), card.why(), card.subjects(),
					card.closed() || mend != null && mend.done(), (mend != null) ? mend.title() : null);
		}

	}

	/**
	 * Something about a PBX or its routes.
	 *
	 * @param text what is the case, and what to do
	 */
	record Line(String title, String text) {

		static Line of(LeakPage.Line line) {
			return new Line(line.title(), line.text());
		}

	}

	/**
	 * What became of a leak.
	 *
	 * @param changed whether the draft was changed; otherwise it had the edit already
	 */
	record Closed(boolean changed) {
	}

}
