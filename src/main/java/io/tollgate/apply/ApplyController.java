package io.tollgate.apply;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.tollgate.approval.Approvals;
import io.tollgate.listing.ListQuery;
import io.tollgate.pbx.Upkeeps;
import io.tollgate.pbx.VisiblePbxs;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Review, apply, watch, look back, discard. */
@Controller
class ApplyController {

	private static final String REVIEW = "redirect:/review";

	private static final int REASON_LENGTH = 500;

	private static final Set<String> SHOWN = Set.of("all", "working", "waiting", "failed", "done");

	/** Which applies the history can be asked for; empty for all. */
	private static final List<String> HISTORIES = List.of("", "running", "failed");

	private final ReviewPage review;

	private final RunPages pages;

	private final ApplyRuns runs;

	private final Rollouts rollouts;

	private final Upkeeps upkeeps;

	private final Approvals approvals;

	private final VisiblePbxs visible;

	private final Discard discard;

	private final MessageSource messages;

	ApplyController(ReviewPage review, RunPages pages, ApplyRuns runs, Rollouts rollouts, Upkeeps upkeeps,
			VisiblePbxs visible, Approvals approvals, Discard discard, MessageSource messages) {
		this.review = review;
		this.pages = pages;
		this.runs = runs;
		this.rollouts = rollouts;
		this.upkeeps = upkeeps;
		this.approvals = approvals;
		this.visible = visible;
		this.discard = discard;
		this.messages = messages;
	}

	@GetMapping("/review")
	String review(@RequestParam(defaultValue = "") String block, Model model, Locale locale) {
		model.addAttribute("opened", block);
		model.addAttribute("review", this.review.show(locale));
		model.addAttribute("groups", this.upkeeps.groups());
		model.addAttribute("twoPersons", this.approvals.required());
		if (!model.containsAttribute("rollout")) {
			model.addAttribute("rollout", RolloutForm.UNTOUCHED);
		}
		return "apply/review";
	}

	/** What takes longer than the page waited for; htmx asks until it is there. */
	@GetMapping("/review/check")
	String check(@RequestParam(defaultValue = "") String confirmation, Model model, Locale locale) {
		model.addAttribute("typed", confirmation);
		model.addAttribute("review", this.review.show(locale));
		return "apply/review :: checked";
	}

	/** Opens a block, or closes one, and keeps what was chosen and typed. */
	@PostMapping("/review/choose")
	@PreAuthorize("hasRole('OPERATOR')")
	String choose(@RequestParam(name = "target", defaultValue = "") List<String> targets,
			@RequestParam(defaultValue = "") String reason, @RequestParam(defaultValue = "") String confirmation,
			@RequestParam(defaultValue = "") String block, RolloutForm rollout, RedirectAttributes redirect,
			Locale locale) {
		redirect.addFlashAttribute("rollout", rollout);
		redirect.addFlashAttribute("reason", reason.strip());
		redirect.addFlashAttribute("typed", confirmation);
		var each = this.review.each(targets).orElse(null);
		if (each == null) {
			return refused(redirect, "apply.refused.block", locale);
		}
		redirect.addFlashAttribute("ticked", Set.copyOf(reviewed(each).keySet()));
		redirect.addAttribute("block", block);
		return REVIEW;
	}

	@PostMapping("/applies")
	@PreAuthorize("hasRole('OPERATOR')")
	String start(@RequestParam(name = "target", defaultValue = "") List<String> targets,
			@RequestParam(defaultValue = "") String reason, @RequestParam(defaultValue = "") String confirmation,
			RolloutForm rollout, RedirectAttributes redirect, Locale locale) {
		redirect.addFlashAttribute("rollout", rollout);
		var plan = rollout.toRollout().orElse(null);
		var each = this.review.each(targets).orElse(null);
		if (each == null) {
			return refused(redirect, "apply.refused.block", locale);
		}
		var reviewed = reviewed(each);
		String why = reason.strip();
		redirect.addFlashAttribute("reason", why);
		redirect.addFlashAttribute("ticked", Set.copyOf(reviewed.keySet()));
		redirect.addFlashAttribute("typed", confirmation);
		if (reviewed.isEmpty() || why.length() > REASON_LENGTH) {
			return refused(redirect, reviewed.isEmpty() ? "apply.refused.none" : "apply.refused.reason", locale,
					String.valueOf(REASON_LENGTH));
		}
		if (plan == null) {
			return refused(redirect, "apply.refused.rollout", locale);
		}
		if (!plan.hasFirst(reviewed.keySet(), this.upkeeps.groupNames())) {
			return refused(redirect, "apply.refused.first", locale);
		}
		var confirmed = new Confirmation(confirmation, locale);
		return switch (this.runs.start(reviewed, why.isEmpty() ? null : why, confirmed, plan)) {
			case StartResult.Started started -> "redirect:/applies/" + started.runId();
			case StartResult.Busy busy ->
				refused(redirect, "apply.refused.busy", locale, String.join(", ", busy.pbxNames()));
			case StartResult.ChangedMeanwhile changed ->
				refused(redirect, "apply.refused.changed", locale, String.join(", ", changed.pbxNames()));
			case StartResult.BeingChecked checked ->
				refused(redirect, "apply.refused.checking", locale, String.join(", ", checked.pbxNames()));
			case StartResult.Unconfirmed unconfirmed -> {
				redirect.addFlashAttribute("unconfirmed", true);
				yield refused(redirect,
						unconfirmed.administrator() ? "apply.refused.unconfirmed" : "apply.refused.administrator",
						locale, String.join(", ", unconfirmed.pbxNames()));
			}
			case StartResult.NothingToDo nothing -> refused(redirect, "apply.refused.nothing", locale);
			case StartResult.ReasonNeeded needed -> refused(redirect, "apply.refused.reason-needed", locale);
			case StartResult.Asked asked -> asked(asked, redirect, locale);
		};
	}

	/** What needs no second person has begun: the page of that run says so. */
	private String asked(StartResult.Asked asked, RedirectAttributes redirect, Locale locale) {
		redirect.getFlashAttributes().clear();
		redirect.addFlashAttribute("notice",
				this.messages.getMessage("apply.asked", new Object[] { String.join(", ", asked.pbxNames()) }, locale));
		return "redirect:" + ((asked.runId() != null) ? "/applies/" + asked.runId() : "/approvals");
	}

	/** {@code 7:checksum} for each PBX that the reviewer left ticked. */
	private Map<Long, String> reviewed(List<String> targets) {
		var reviewed = new LinkedHashMap<Long, String>();
		for (String target : targets) {
			int colon = target.indexOf(':');
			if (colon < 1 || !target.substring(0, colon).matches("[0-9]{1,18}")) {
				throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
			}
			reviewed.put(Long.valueOf(target.substring(0, colon)), target.substring(colon + 1));
		}
		this.visible.require(reviewed.keySet());
		return reviewed;
	}

	private String refused(RedirectAttributes redirect, String code, Locale locale, String... arguments) {
		redirect.addFlashAttribute("problem", this.messages.getMessage(code, arguments, locale));
		return REVIEW;
	}

	@GetMapping("/applies")
	String history(ListQuery query, @RequestParam(defaultValue = "") String show, Model model, Locale locale) {
		var shown = HISTORIES.contains(show) ? show : "";
		model.addAttribute("list", this.pages.history(query, shown, locale));
		model.addAttribute("show", shown);
		model.addAttribute("shows", HISTORIES);
		return "apply/history";
	}

	@GetMapping("/applies/{id}")
	String run(@PathVariable UUID id, @RequestParam(defaultValue = RunPages.ALL) String show, ListQuery query,
			Model model, Locale locale) {
		model.addAttribute("run", found(id, show, query, locale));
		return "apply/run";
	}

	/** The part of the page that moves; htmx asks for it until the run has ended. */
	@GetMapping("/applies/{id}/progress")
	String progress(@PathVariable UUID id, @RequestParam(defaultValue = RunPages.ALL) String show, ListQuery query,
			Model model, Locale locale) {
		model.addAttribute("run", found(id, show, query, locale));
		return "apply/run :: live";
	}

	private RunPages.RunPage found(UUID id, String show, ListQuery query, Locale locale) {
		var known = SHOWN.contains(show) ? show : RunPages.ALL;
		return this.pages.run(id, known, query, locale)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	@PostMapping("/applies/{id}/stop")
	@PreAuthorize("hasRole('OPERATOR')")
	String stop(@PathVariable UUID id, RedirectAttributes redirect, Locale locale) {
		int cancelled = this.rollouts.stop(whole(id));
		redirect.addFlashAttribute("notice",
				this.messages.getMessage("apply.stopped", new Object[] { cancelled }, locale));
		return "redirect:/applies/" + id;
	}

	@PostMapping("/applies/{id}/continue")
	@PreAuthorize("hasRole('OPERATOR')")
	String goOn(@PathVariable UUID id, @RequestParam int wave, RedirectAttributes redirect, Locale locale) {
		if (!this.rollouts.goOn(whole(id), wave)) {
			redirect.addFlashAttribute("problem", this.messages.getMessage("apply.no-wave", null, locale));
		}
		return "redirect:/applies/" + id;
	}

	/** For what is decided about all PBXs of a run. */
	private UUID whole(UUID id) {
		if (!found(id, RunPages.ALL, ListQuery.USUAL, Locale.ENGLISH).whole()) {
			throw new AccessDeniedException("the run is about other PBXs, too");
		}
		return id;
	}

	@PostMapping("/discard")
	@PreAuthorize("hasRole('OPERATOR')")
	String discard(RedirectAttributes redirect, Locale locale) {
		int left = this.discard.all();
		redirect.addFlashAttribute((left == 0) ? "notice" : "problem", this.messages
			.getMessage((left == 0) ? "apply.discarded" : "apply.discarded.left", new Object[] { left }, locale));
		return REVIEW;
	}

}
