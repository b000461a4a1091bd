package io.tollgate.audit;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The audit log; who is limited to some PBXs reads what happened on these. */
@Controller
class AuditController {

	private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);

	private static final String VIEW = "audit/log";

	private final AuditLog log;

	private final Verifications verifications;

	private final Checkpoints checkpoints;

	private final Forwarder forwarder;

	private final AuditExport export;

	private final CurrentActor actor;

	private final Clock clock;

	AuditController(AuditLog log, Verifications verifications, Checkpoints checkpoints, Forwarder forwarder,
			AuditExport export, CurrentActor actor, Clock clock) {
		this.log = log;
		this.verifications = verifications;
		this.checkpoints = checkpoints;
		this.forwarder = forwarder;
		this.export = export;
		this.actor = actor;
		this.clock = clock;
	}

	@GetMapping("/audit")
	String show(@ModelAttribute("filter") AuditFilter filter, BindingResult errors,
			@RequestParam(required = false) @Nullable Long below, @RequestParam(required = false) @Nullable Long above,
			Model model, Locale locale, HttpServletRequest request) {
		filter.check(errors);
		var page = errors.hasErrors() ? AuditPage.EMPTY : this.log.page(filter, below, above, locale);
		model.addAttribute("page", page);
		model.addAttribute("narrowed", filter.narrows());
		model.addAttribute("actors", this.log.actors());
		model.addAttribute("types", this.log.objectTypes(locale));
		model.addAttribute("newer", at(request, "above", page.newer()));
		model.addAttribute("older", at(request, "below", page.older()));
		chain(model);
		return VIEW;
	}

	/** Whether the chain is whole; htmx asks for it while it is being verified. */
	@GetMapping("/audit/chain")
	String chain(Model model) {
		model.addAttribute("whole", !this.log.limited());
		model.addAttribute("chain", this.verifications.state());
		model.addAttribute("utc", ZoneOffset.UTC);
		model.addAttribute("forward", this.forwarder.state().orElse(null));
		model.addAttribute("failing", this.checkpoints.failingSince());
		return VIEW + " :: chain";
	}

	/** Has the whole chain be verified. */
	@PostMapping("/audit/verify")
	@PreAuthorize("hasRole('OPERATOR')")
	String verify(Model model, @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx) {
		if (this.log.limited()) {
			throw new AccessDeniedException("limited to some PBXs");
		}
		this.verifications.want(this.actor.name());
		return (htmx != null) ? chain(model) : "redirect:/audit";
	}

	/** The filtered log as a file. */
	@PostMapping("/audit/export")
	@PreAuthorize("hasRole('OPERATOR')")
	void export(@ModelAttribute("filter") AuditFilter filter, BindingResult errors, @RequestParam String format,
			Locale locale, HttpServletResponse response) throws IOException {
		filter.check(errors);
		boolean csv = "csv".equals(format);
		if (errors.hasErrors() || !csv && !"jsonl".equals(format)) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
		}
		var query = this.export.begin(this.log.query(filter, locale), csv ? "CSV" : "JSON lines", filter.words());
		response.setContentType(csv ? "text/csv;charset=UTF-8" : "application/jsonl");
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"tollgate-audit-"
				+ NAME.format(Instant.now(this.clock).atOffset(ZoneOffset.UTC)) + "." + format + "\"");
		var out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
		if (csv) {
			this.export.csv(query, out);
		}
		else {
			this.export.lines(query, out);
		}
	}

	/** The same filter on another page. */
	private static @Nullable String at(HttpServletRequest request, String side, @Nullable Long row) {
		return (row == null) ? null
				: ServletUriComponentsBuilder.fromRequestUri(request)
					.query(request.getQueryString())
					.replaceQueryParam("above")
					.replaceQueryParam("below")
					.replaceQueryParam(side, row)
					.scheme(null)
					.host(null)
					.port(null)
					.build(true)
					.toUriString();
	}

}
