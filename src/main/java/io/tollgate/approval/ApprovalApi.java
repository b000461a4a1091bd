package io.tollgate.approval;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import io.tollgate.pbx.NotThereException;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * What became of something that a script asked for and that waits for a second person. It
 * can be looked at only: a token agrees to nothing.
 */
@RestController
class ApprovalApi {

	private final Approvals approvals;

	ApprovalApi(Approvals approvals) {
		this.approvals = approvals;
	}

	@GetMapping("/api/v1/approvals/{approval}")
	@PreAuthorize("hasAuthority('SCOPE_apply:read')")
	@Operation(summary = "What became of something that waits for a second person")
	Item approval(@PathVariable long approval) {
		return this.approvals.find(approval).map(Item::of).orElseThrow(NotThereException::new);
	}

	/**
	 * What was asked for.
	 *
	 * @param state {@code waiting}, {@code approved}, {@code declined}, {@code withdrawn}
	 * or {@code outdated}
	 * @param changes what becomes different
	 * @param decidedBy who ended it, {@code null} while it waits
	 * @param result the path of what came of it, {@code null} for nothing
	 * @param page where people decide it
	 */
	record Item(long id, String state, Instant askedAt, String askedBy, String reason, String subject,
			List<String> changes, @Nullable Instant decidedAt, @Nullable String decidedBy, @Nullable String remark,
			@Nullable String result, String page) {

		static Item of(Approvals.Standing standing) {
			var request = standing.request();
			var decided = standing.decided();
			return (decided == null)
					? new Item(request.id(), standing.over() ? "outdated" : "waiting", request.askedAt(),
							request.askedBy(), request.reason(), request.subject(), request.words(), null, null, null,
							null, ApprovalController.PATH)
					: new Item(request.id(), decided.decision().name().toLowerCase(Locale.ROOT), request.askedAt(),
							request.askedBy(), request.reason(), request.subject(), request.words(), decided.at(),
							decided.by(), decided.remark(), result(decided.path()), ApprovalController.PATH);
		}

		/** As scripts reach it. */
		private static @Nullable String result(@Nullable String path) {
			return (path != null && path.startsWith("/applies/")) ? "/api/v1" + path : null;
		}

	}

}
