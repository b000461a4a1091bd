package io.tollgate.apply;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import io.tollgate.api.Idempotency;
import io.tollgate.listing.ListQuery;
import io.tollgate.pbx.NotThereException;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Applies for scripts: started as on the review page, with the same checks and the same
 * second person, and looked at.
 */
@RestController
class ApplyApi {

	static final String PATH = "/api/v1/applies";

	/** Of the PBXs of a run. */
	private static final String ALL = "all";

	private static final int LAST_PAGE = 1_000_000;

	private final ScriptedApply scripted;

	private final Idempotency idempotency;

	private final RunPages pages;

	private final Rollouts rollouts;

	private final EventStreams streams;

	ApplyApi(ScriptedApply scripted, Idempotency idempotency, RunPages pages, Rollouts rollouts, EventStreams streams) {
		this.scripted = scripted;
		this.idempotency = idempotency;
		this.pages = pages;
		this.rollouts = rollouts;
		this.streams = streams;
	}

	/** Wholly or not at all, but for what has to wait for a second person. */
	@PostMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_apply:write') and hasRole('OPERATOR')")
	@Operation(summary = "Applies what was reviewed")
	ResponseEntity<Begun> start(@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
			@Valid @RequestBody ScriptedApply.Wanted wanted) {
		var begun = this.idempotency.once(key, PATH, wanted, Begun.class,
				(keep) -> this.scripted.start(wanted, (result) -> keep.accept(Begun.of(result))));
		return begun.answer();
	}

	/** The newest first. */
	@GetMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_apply:read')")
	@Operation(summary = "Applies, the newest first")
	Page applies(@RequestParam(defaultValue = "0") @Min(0) @Max(LAST_PAGE) int page) {
		var history = this.pages.history(page, Locale.ENGLISH);
		boolean more = (page + 1L) * history.size() < history.total();
		return new Page(history.runs().stream().map(Head::of).toList(), more ? PATH + "?page=" + (page + 1) : null);
	}

	/**
	 * One of them.
	 * @param show which of its PBXs: {@code all}, {@code working}, {@code waiting},
	 * {@code failed} or {@code done}
	 * @param page of these
	 */
	@GetMapping(PATH + "/{apply}")
	@PreAuthorize("hasAuthority('SCOPE_apply:read')")
	@Operation(summary = "One apply and its PBXs")
	Item apply(@PathVariable UUID apply,
			@RequestParam(defaultValue = ALL) @Pattern(regexp = "all|working|waiting|failed|done") String show,
			@RequestParam(defaultValue = "0") @Min(0) @Max(LAST_PAGE) int page) {
		return item(apply, show, page);
	}

	/**
	 * One as it goes on: an event {@code step} for each PBX as it stands and whenever
	 * that changes, and {@code end} when it is over.
	 * @param after the id of the last event that was heard, to go on from there
	 */
	@GetMapping(path = PATH + "/{apply}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	@PreAuthorize("hasAuthority('SCOPE_apply:read')")
	@Operation(summary = "One apply as it goes on, as server-sent events")
	SseEmitter events(@PathVariable UUID apply,
			@RequestHeader(name = "Last-Event-ID",
					required = false) @Nullable @Pattern(regexp = "\\d{1,17}-\\d{1,18}") String after,
			HttpServletResponse response) {
		found(apply, ALL, 0);
		// else nginx collects them, and nobody hears anything until the end
		response.setHeader("X-Accel-Buffering", "no");
		return this.streams.tell(new RunEvents(apply, this.pages, after));
	}

	/** What has not begun never does; what has goes on to its end. */
	@PostMapping(PATH + "/{apply}/stop")
	@PreAuthorize("hasAuthority('SCOPE_apply:write') and hasRole('OPERATOR')")
	@Operation(summary = "Stops what has not begun of an apply")
	Item stop(@PathVariable UUID apply) {
		this.rollouts.stop(whole(apply));
		return item(apply, ALL, 0);
	}

	/**
	 * Has the next wave begin now; asked again, it finds what the first one has begun.
	 */
	@PostMapping(PATH + "/{apply}/continue")
	@PreAuthorize("hasAuthority('SCOPE_apply:write') and hasRole('OPERATOR')")
	@Operation(summary = "Begins the next wave of an apply")
	Item goOn(@PathVariable UUID apply, @Valid @RequestBody Seen seen) {
		this.scripted.requireWave(this.rollouts.goOn(whole(apply), seen.wave()));
		return item(apply, ALL, 0);
	}

	/**
	 * Nothing stands on a page beyond the last one, so that who counts pages comes to an
	 * end.
	 */
	private Item item(UUID apply, String show, int page) {
		var run = found(apply, show, page);
		return Item.of(run, run.list().page() == page);
	}

	private RunPages.RunPage found(UUID apply, String show, int page) {
		return this.pages.run(apply, show, ListQuery.page(page), Locale.ENGLISH).orElseThrow(NotThereException::new);
	}

	/** For what is decided about all PBXs of a run. */
	private UUID whole(UUID apply) {
		if (!found(apply, ALL, 0).whole()) {
			throw new AccessDeniedException("the run is about other PBXs, too");
		}
		return apply;
	}

	/**
	 * What somebody saw before saying that it goes on.
	 *
	 * @param wave the one that has begun last
	 */
	record Seen(@NotNull @Min(1) @Max(10) Integer wave) {
	}

	/**
	 * What became of the request.
	 *
	 * @param state {@code started}; {@code waiting} when some of it has to wait for a
	 * second person; {@code done} when no PBX had to be brought to it
	 * @param apply the run that has begun, {@code null} for none
	 * @param approval what waits, {@code null} for nothing
	 * @param waiting the PBXs of that
	 */
	record Begun(String state, @Nullable UUID apply, @Nullable Long approval, List<String> waiting) {

		static Begun of(StartResult result) {
			return switch (result) {
				case StartResult.Started(var run) -> new Begun("started", run, null, List.of());
				case StartResult.Asked asked ->
					new Begun("waiting", asked.runId(), asked.requestId(), asked.pbxNames());
				case StartResult other -> throw new IllegalArgumentException("nothing began: " + other);
			};
		}

		/** Where it is looked at. */
		ResponseEntity<Begun> answer() {
			if (this.approval == null && this.apply == null) {
				return ResponseEntity.ok(this);
			}
			var place = (this.approval != null) ? "/api/v1/approvals/" + this.approval : PATH + "/" + this.apply;
			return ResponseEntity.status((this.approval != null) ? HttpStatus.ACCEPTED : HttpStatus.CREATED)
				.location(URI.create(place))
				.body(this);
		}

	}

	/**
	 * Some of the applies.
	 *
	 * @param next the path of older ones, {@code null} when these are the oldest
	 */
	record Page(List<Head> items, @Nullable String next) {
	}

	/**
	 * An apply in the list of all.
	 *
	 * @param kind why PBXs were brought to something: {@code apply}, {@code rollback},
	 * {@code repair}, {@code stop} or {@code lift}
	 * @param pbxs how many PBXs stand how
	 * @param names some of them, in words
	 * @param changes what became different on these
	 */
	record Head(UUID id, String kind, String actor, Instant startedAt, boolean running, Map<String, Long> pbxs,
			String names, List<String> changes) {

		static Head of(RunPages.Past run) {
			return new Head(run.id(), run.kind(), run.actor(), run.startedAt(), run.running(), run.totals().parts(),
					run.pbxNames(), run.words());
		}

	}

	/**
	 * An apply.
	 *
	 * @param reason what was said about it; only for those who see all of its PBXs
	 * @param approvedBy the second person who agreed, {@code null} where none had to
	 * @param totals how many PBXs stand how
	 * @param staging how far it has come in waves, {@code null} without any
	 * @param changes what becomes different
	 * @param pbxs those of its PBXs that were asked for
	 * @param next the path of more of these, {@code null} when there are none
	 */
	record Item(UUID id, String kind, String actor, Instant startedAt, @Nullable Instant finishedAt, boolean running,
			@Nullable String reason, @Nullable String approvedBy, Map<String, Long> totals,
			RunPages.@Nullable Staging staging, List<String> changes, List<Target> pbxs, @Nullable String next) {

		static Item of(RunPages.RunPage run, boolean there) {
			var list = run.list();
			boolean more = there && list.next() != null;
			return new Item(run.id(), run.kind(), run.actor(), run.startedAt(), run.finishedAt(), run.running(),
					run.reason(), run.approvedBy(), run.totals().parts(), run.staging(), run.words(),
					there ? run.rows().stream().map(Target::of).toList() : List.of(),
					more ? "%s/%s?show=%s&page=%d".formatted(PATH, run.id(), run.show(), list.page() + 1) : null);
		}

	}

	/**
	 * One PBX of an apply.
	 *
	 * @param pbx {@code null} when it was removed since
	 * @param from the generation that it ran, {@code null} for none
	 * @param to the generation that it got, {@code null} for none
	 * @param stage what is done there, or was done last
	 * @param outcome how it ended, {@code null} as long as it has not
	 * @param state either of them in words
	 * @param cause why it waits or went wrong, in words
	 * @param proved what the PBX said of numbers before the new rules were confirmed
	 */
	record Target(@Nullable Long pbx, String name, @Nullable Integer from, @Nullable Integer to, String stage,
			@Nullable String outcome, String state, @Nullable String cause, @Nullable String proved,
			Instant updatedAt) {

		static Target of(RunPages.Row row) {
			return new Target(row.pbxId(), row.pbxName(), row.from(), row.to(), code(row.stage()),
					(row.outcome() != null) ? code(row.outcome()) : null, row.state(), row.cause(), row.proved(),
					row.updatedAt());
		}

		private static String code(Enum<?> value) {
			return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
