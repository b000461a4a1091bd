package io.tollgate.apply;

import java.time.Duration;
import java.util.List;

import io.tollgate.api.Part;
import io.tollgate.pbx.NotThereException;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The review page for scripts: what is edited and not applied, and what it would mean.
 */
@RestController
class ChangesApi {

	private static final String PATH = "/api/v1/changes";

	private static final int MOST = 1_000;

	/** How long one PBX is waited for. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final PendingChanges pending;

	private final Unapplied unapplied;

	ChangesApi(PendingChanges pending, Unapplied unapplied) {
		this.pending = pending;
		this.unapplied = unapplied;
	}

	/**
	 * PBXs that have something to apply, or cannot be applied to, in the order of their
	 * ids.
	 * @param after only PBXs with a higher id
	 */
	@GetMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_apply:read')")
	@Operation(summary = "PBXs with unapplied changes, in parts")
	Page changes(@RequestParam(defaultValue = "0") long after,
			@RequestParam(defaultValue = "100") @Min(1) @Max(MOST) int limit) {
		var waiting = this.unapplied.waiting();
		var reviews = this.unapplied.reviews(waiting);
		var part = Part.of(waiting, PbxPending::pbxId, after, limit, PATH + "?");
		return new Page(PendingChanges.summary(waiting).count(), reviews.size(), Unapplied.review(reviews),
				this.unapplied.items(part.items(), Duration.ZERO), part.next());
	}

	/** One PBX, also when nothing waits there. */
	@GetMapping("/api/v1/pbxs/{pbx}/changes")
	@PreAuthorize("hasAuthority('SCOPE_apply:read')")
	@Operation(summary = "What waits on a PBX, and what it would mean")
	Unapplied.Item change(@PathVariable long pbx) {
		var pending = this.pending.of(pbx).orElseThrow(NotThereException::new);
		return this.unapplied.items(List.of(pending), PATIENCE).getFirst();
	}

	/**
	 * Some of the PBXs.
	 *
	 * @param changes how many changes there are; an edit that shows on several PBXs is
	 * one
	 * @param pbxs how many PBXs an apply of all of them would change
	 * @param review what such an apply sends to say that all of this was seen
	 * @param next the path of those behind them, {@code null} when these are the last
	 */
	record Page(int changes, int pbxs, String review, List<Unapplied.Item> items, @Nullable String next) {
	}

}
