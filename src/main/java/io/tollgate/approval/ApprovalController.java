package io.tollgate.approval;

import java.util.List;
import java.util.Locale;

import io.tollgate.account.Accounts;
import io.tollgate.account.Role;
import io.tollgate.approval.Approvals.Decided;
import io.tollgate.audit.CurrentActor;
import io.tollgate.listing.ListAddress;
import io.tollgate.listing.ListQuery;
import io.tollgate.listing.ListShape;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Apply › Approvals: what waits for a second person, and the rule. */
@Controller
@RequestMapping(ApprovalController.PATH)
class ApprovalController {

	static final String PATH = "/approvals";

	private static final String PAGE = "redirect:" + PATH;

	private static final String ADMINISTRATOR = "ADMINISTRATOR";

	private static final int REMARK_LENGTH = 500;

	/** Older ones are in the audit log. */
	private static final int MOST = 1_000;

	private static final ListShape<Decided> DECIDED = ListShape.<Decided>empty()
		.text("what", "approval.what", (each) -> each.request().subject())
		.text("by", "approval.asked-by", (each) -> each.request().askedBy())
		.value("outcome", "approval.outcome", Decided::decision)
		.time("at", "approval.decided-at", Decided::at)
		.usually("at");

	private final Approvals approvals;

	private final List<Approvable> kinds;

	private final Accounts accounts;

	private final CurrentActor actor;

	private final MessageSource messages;

	ApprovalController(Approvals approvals, List<Approvable> kinds, Accounts accounts, CurrentActor actor,
			MessageSource messages) {
		this.approvals = approvals;
		this.kinds = kinds;
		this.accounts = accounts;
		this.actor = actor;
		this.messages = messages;
	}

	@GetMapping
	String show(ListQuery query, Model model, Locale locale) {
		model.addAttribute("open", this.approvals.open().stream().map(this::row).toList());
		model.addAttribute("decided", DECIDED.show(ListAddress.of(PATH), query, this.approvals.decided(MOST),
				(each) -> texts(each, locale), locale));
		model.addAttribute("required", this.approvals.required());
		model.addAttribute("days", Approvals.LIFETIME.toDays());
		return "approval/list";
	}

	private List<String> texts(Decided decided, Locale locale) {
		var request = decided.request();
		return List.of(text("approval.kind." + request.kind(), locale, request.subject()), request.reason(),
				request.askedBy(), decided.by());
	}

	private Row row(Request request) {
		boolean own = isOwn(request);
		return new Row(request, own, !own && mayDecide(request), kind(request).isCurrent(request));
	}

	/** Also what a token asked for is its maker's own. */
	private boolean isOwn(Request request) {
		return request.account().equals(this.actor.account());
	}

	private boolean mayDecide(Request request) {
		return !isOwn(request) && (!request.administrator() || this.actor.is(ADMINISTRATOR));
	}

	/** Whether the one who asked could still do it, if it were not for the rule. */
	private boolean standsFor(Request request) {
		try {
			var asker = this.accounts.loadUserByUsername(request.account());
			var needed = request.administrator() ? Role.ADMINISTRATOR : Role.OPERATOR;
			return asker.isEnabled() && asker.getRole().compareTo(needed) >= 0;
		}
		catch (UsernameNotFoundException ex) {
			return false;
		}
	}

	@PostMapping("/{id}/approve")
	@PreAuthorize("hasRole('OPERATOR')")
	String approve(@PathVariable long id, @RequestParam(defaultValue = "") String remark, RedirectAttributes redirect,
			Locale locale) {
		var request = this.approvals.open(id).orElse(null);
		if (request == null) {
			return said(redirect, "problem", "approval.gone", locale);
		}
		if (!mayDecide(request)) {
			throw new ResponseStatusException(HttpStatus.FORBIDDEN);
		}
		if (!standsFor(request)) {
			this.approvals.end(request, Decision.OUTDATED, this.actor.name(), null);
			return said(redirect, "problem", "approval.asker", locale, request.askedBy());
		}
		if (remark.strip().length() > REMARK_LENGTH) {
			return said(redirect, "problem", "approval.remark.long", locale, String.valueOf(REMARK_LENGTH));
		}
		try {
			return switch (kind(request).carryOut(request, new Approval(this.actor.name(), orNull(remark)), locale)) {
				case Carried.Out out -> {
					redirect.addFlashAttribute("notice", text("approval.approved", locale, request.subject()));
					yield "redirect:" + out.path();
				}
				case Carried.NotNow notNow -> {
					redirect.addFlashAttribute("problem", notNow.why());
					yield PAGE;
				}
				case Carried.Outdated outdated -> {
					this.approvals.end(request, Decision.OUTDATED, this.actor.name(), null);
					yield said(redirect, "problem", "approval.outdated", locale, request.askedBy());
				}
			};
		}
		catch (DecidedMeanwhileException ex) {
			return said(redirect, "problem", "approval.gone", locale);
		}
	}

	@PostMapping("/{id}/decline")
	@PreAuthorize("hasRole('OPERATOR')")
	String decline(@PathVariable long id, @RequestParam(defaultValue = "") String remark, RedirectAttributes redirect,
			Locale locale) {
		var request = this.approvals.open(id).orElse(null);
		if (request == null) {
			return said(redirect, "problem", "approval.gone", locale);
		}
		boolean own = isOwn(request);
		if (!own && !mayDecide(request)) {
			throw new ResponseStatusException(HttpStatus.FORBIDDEN);
		}
		if (!own && (remark.isBlank() || remark.strip().length() > REMARK_LENGTH)) {
			return said(redirect, "problem", "approval.remark.needed", locale, String.valueOf(REMARK_LENGTH));
		}
		boolean ended = this.approvals.end(request, own ? Decision.WITHDRAWN : Decision.DECLINED, this.actor.name(),
				own ? null : orNull(remark));
		return said(redirect, ended ? "notice" : "problem",
				!ended ? "approval.gone" : own ? "approval.withdrawn" : "approval.declined", locale);
	}

	/** On at once; off waits for a second person. */
	@PostMapping("/rule")
	@PreAuthorize("hasRole('ADMINISTRATOR')")
	String rule(@RequestParam boolean on, @RequestParam(defaultValue = "") String reason, RedirectAttributes redirect,
			Locale locale) {
		if (on == this.approvals.required()) {
			return PAGE;
		}
		if (on) {
			this.approvals.require(true);
			return said(redirect, "notice", "approval.rule.turned-on", locale);
		}
		var why = reason.strip();
		if (why.isEmpty() || why.length() > REMARK_LENGTH) {
			redirect.addFlashAttribute("reason", why);
			return said(redirect, "problem", "approval.rule.reason", locale, String.valueOf(REMARK_LENGTH));
		}
		this.approvals.ask(RuleOff.wish(why));
		return said(redirect, "notice", "approval.rule.asked", locale);
	}

	private Approvable kind(Request request) {
		return this.kinds.stream()
			.filter((kind) -> kind.kind().equals(request.kind()))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("nobody carries out " + request.kind()));
	}

	private static @Nullable String orNull(String text) {
		return text.isBlank() ? null : text.strip();
	}

	private String said(RedirectAttributes redirect, String attribute, String code, Locale locale,
			String... arguments) {
		redirect.addFlashAttribute(attribute, text(code, locale, arguments));
		return PAGE;
	}

	private String text(String code, Locale locale, String... arguments) {
		return this.messages.getMessage(code, arguments, locale);
	}

	/**
	 * One that waits.
	 *
	 * @param own whether the reader has asked for it
	 * @param decidable whether the reader may decide it
	 * @param current whether it still is what was asked for
	 */
	record Row(Request request, boolean own, boolean decidable, boolean current) {
	}

}
