package io.tollgate.audit;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import io.swagger.v3.oas.annotations.Operation;
import io.tollgate.api.Next;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The audit log for scripts: the same rows by the same filter as the page. */
@RestController
class AuditApi {

	private final AuditLog log;

	AuditApi(AuditLog log) {
		this.log = log;
	}

	/** Newest first. */
	@GetMapping("/api/v1/audit")
	@PreAuthorize("hasAuthority('SCOPE_audit:read')")
	@Operation(summary = "The audit log, newest first, in parts")
	Page rows(@ModelAttribute AuditFilter filter, BindingResult errors,
			@RequestParam(required = false) @Nullable Long below, HttpServletRequest request, Locale locale) {
		filter.check(errors);
		if (errors.hasErrors()) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "from and to are days in order: 2026-11-22");
		}
		var rows = this.log.rows(filter, below, locale);
		var shown = rows.subList(0, Math.min(rows.size(), AuditLog.PAGE_SIZE));
		var next = (rows.size() > shown.size()) ? Next.path(request, "below", shown.getLast().id()) : null;
		return new Page(shown.stream().map(Row::of).toList(), next);
	}

	/**
	 * Some of the rows.
	 *
	 * @param next the path of those behind them, {@code null} when these are the oldest
	 */
	record Page(List<Row> items, @Nullable String next) {
	}

	/**
	 * A row.
	 *
	 * @param action what happened, as a code
	 * @param hash the signature that chains it to the row before it
	 */
	record Row(long id, Instant at, String actor, @Nullable String address, @Nullable String request, String action,
			String objectType, @Nullable String objectId, @Nullable String objectName, @Nullable Long pbx,
			@Nullable String before, @Nullable String after, String hash) {

		static Row of(AuditRow row) {
			var content = row.content();
			return new Row(row.id(), content.at(), content.actor(), content.address(), content.requestId(),
					content.action(), content.objectType(), content.objectId(), content.objectName(), content.pbxId(),
					content.before(), content.after(), row.hash());
		}

	}

}
