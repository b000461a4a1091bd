package io.tollgate.apply;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.tollgate.api.Idempotency;
import io.tollgate.pbx.NotThereException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a PBX has run, and the way back to it, for scripts. */
@RestController
class GenerationApi {

	private static final String PATH = "/api/v1/pbxs/{pbx}/generations";

	private static final int LAST_PAGE = 1_000_000;

	private final GenerationPages pages;

	private final Restores restores;

	private final ScriptedApply scripted;

	private final Idempotency idempotency;

	GenerationApi(GenerationPages pages, Restores restores, ScriptedApply scripted, Idempotency idempotency) {
		this.pages = pages;
		this.restores = restores;
		this.scripted = scripted;
		this.idempotency = idempotency;
	}

	/** The newest first; it is what runs. */
	@GetMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_apply:read')")
	@Operation(summary = "What a PBX has run, the newest first")
	Page generations(@PathVariable long pbx, @RequestParam(defaultValue = "0") @Min(0) @Max(LAST_PAGE) int page) {
		var history = this.pages.history(pbx, page, Locale.ENGLISH).orElseThrow(NotThereException::new);
		boolean more = (page + 1L) * history.size() < history.total();
		return new Page(history.rows().stream().map(Item::of).toList(),
				more ? PATH.replace("{pbx}", String.valueOf(pbx)) + "?page=" + (page + 1) : null);
	}

	/** What restoring it would mean. */
	@GetMapping(PATH + "/{generation}")
	@PreAuthorize("hasAuthority('SCOPE_apply:read')")
	@Operation(summary = "One generation, and what going back to it would mean")
	Review review(@PathVariable long pbx, @PathVariable long generation) {
		return this.restores.review(pbx, generation)
			.map((restore) -> Review.of(this.pages.restore(restore, Locale.ENGLISH)))
			.orElseThrow(NotThereException::new);
	}

	@PostMapping(PATH + "/{generation}/restore")
	@PreAuthorize("hasAuthority('SCOPE_apply:write') and hasRole('OPERATOR')")
	@Operation(summary = "Goes back to a generation that was reviewed")
	ResponseEntity<ApplyApi.Begun> restore(@PathVariable long pbx, @PathVariable long generation,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
			@Valid @RequestBody Wanted wanted) {
		var path = "/api/v1/pbxs/%d/generations/%d/restore".formatted(pbx, generation);
		return this.idempotency.once(key, path, wanted, ApplyApi.Begun.class,
				(keep) -> this.scripted.restored(this.restores.start(pbx, generation, wanted.review(),
						ScriptedApply.reason(wanted.reason()), ScriptedApply.confirmation(wanted.confirmation()),
						(result) -> keep.accept(ApplyApi.Begun.of(result)))))
			.answer();
	}

	/**
	 * Some of the generations.
	 *
	 * @param next the path of older ones, {@code null} when these are the oldest
	 */
	record Page(List<Item> items, @Nullable String next) {
	}

	/**
	 * A generation.
	 *
	 * @param number its number on the PBX
	 * @param running whether it is what runs now
	 * @param stopped whether it is enforced without any way abroad
	 * @param apply the run that brought it, {@code null} when nobody knows
	 * @param kind why that run was started
	 * @param changes what became different by it
	 */
	record Item(long id, int number, boolean running, boolean stopped, Instant appliedAt, String appliedBy,
			@Nullable UUID apply, String kind, @Nullable String reason, List<Line> changes) {

		static Item of(GenerationPages.Row row) {
			var head = row.head();
			return new Item(head.id(), head.number(), row.running(), head.stopped(), head.appliedAt(), head.appliedBy(),
					head.runId(), row.kind(), head.reason(), row.lines().stream().map(Line::of).toList());
		}

	}

	/** What is different: {@code opens}, {@code closes} or {@code neutral}, in words. */
	record Line(String effect, String text, String detail) {

		static Line of(ReviewPage.Line line) {
			return new Line(line.effect().name().toLowerCase(Locale.ROOT), line.text(), line.detail());
		}

	}

	/**
	 * What going back would mean.
	 *
	 * @param running the number of what runs now
	 * @param possible whether it can be restored and would change anything
	 * @param review what restoring it sends to say that this was seen; {@code null} when
	 * it cannot be
	 * @param changes what would become different
	 * @param problems why it cannot be restored
	 * @param overwrites how the PBX differs from what was applied, which is lost
	 * @param checking whether it is still looked at what it would mean
	 * @param dangers what would be worse
	 * @param confirmation what an administrator sends when the dangers are meant
	 * @param difference what becomes dialable or stops being so
	 * @param more how many lines more there are
	 * @param complete whether all numbers could be looked at
	 */
	record Review(long id, int number, int running, boolean possible, @Nullable String review, List<Line> changes,
			List<String> problems, List<String> overwrites, boolean checking, List<String> dangers,
			@Nullable String confirmation, List<Line> difference, int more, boolean complete) {

		static Review of(GenerationPages.RestorePage page) {
			return new Review(page.restored().id(), page.restored().number(), page.running().number(), page.possible(),
					page.possible() ? page.seen() : null, page.lines().stream().map(Line::of).toList(), page.problems(),
					page.drift(), page.possible() && page.waiting(), page.alarms(),
					page.wanted().isEmpty() ? null : page.wanted(), page.means().stream().map(Line::of).toList(),
					page.moreMeans(), page.complete());
		}

	}

	/**
	 * What to go back to.
	 *
	 * @param review what was said of it when it was looked at
	 * @param reason for the audit log; needed where a second person has to agree
	 * @param confirmation what an administrator sends when dangers are meant
	 */
	record Wanted(@NotNull @Size(max = 300) String review, @Nullable @Size(max = 500) String reason,
			@Nullable @Size(max = 200) String confirmation) {
	}

}
