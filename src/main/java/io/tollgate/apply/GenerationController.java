package io.tollgate.apply;

import java.util.Locale;

import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a PBX has run, and back to it. */
@Controller
class GenerationController {

	private static final int REASON_LENGTH = 500;

	private final GenerationPages pages;

	private final Restores restores;

	private final MessageSource messages;

	GenerationController(GenerationPages pages, Restores restores, MessageSource messages) {
		this.pages = pages;
		this.restores = restores;
		this.messages = messages;
	}

	@GetMapping("/pbxs/{id}/generations")
	String history(@PathVariable long id, @RequestParam(defaultValue = "0") int page, Model model, Locale locale) {
		model.addAttribute("history",
				this.pages.history(id, Math.clamp(page, 0, 1_000_000), locale).orElseThrow(GenerationController::gone));
		return "apply/generations";
	}

	@GetMapping("/pbxs/{id}/generations/{generation}")
	String review(@PathVariable long id, @PathVariable long generation, Model model, Locale locale) {
		model.addAttribute("restore",
				this.restores.review(id, generation)
					.map((restore) -> this.pages.restore(restore, locale))
					.orElseThrow(GenerationController::gone));
		return "apply/restore";
	}

	@PostMapping("/pbxs/{id}/generations/{generation}/restore")
	@PreAuthorize("hasRole('OPERATOR')")
	String restore(@PathVariable long id, @PathVariable long generation, @RequestParam(defaultValue = "") String seen,
			@RequestParam(defaultValue = "") String reason, @RequestParam(defaultValue = "") String confirmation,
			RedirectAttributes redirect, Locale locale) {
		var back = "redirect:/pbxs/" + id + "/generations/" + generation;
		String why = reason.strip();
		redirect.addFlashAttribute("reason", why);
		redirect.addFlashAttribute("typed", confirmation);
		if (why.length() > REASON_LENGTH) {
			return refused(back, redirect, "apply.refused.reason", locale, String.valueOf(REASON_LENGTH));
		}
		var confirmed = new Confirmation(confirmation, locale);
		return switch (this.restores.start(id, generation, seen, why.isEmpty() ? null : why, confirmed)) {
			case StartResult.Started started -> "redirect:/applies/" + started.runId();
			case StartResult.Busy busy ->
				refused(back, redirect, "apply.refused.busy", locale, String.join(", ", busy.pbxNames()));
			case StartResult.ChangedMeanwhile changed ->
				refused(back, redirect, "generation.refused.changed", locale, String.join(", ", changed.pbxNames()));
			case StartResult.BeingChecked checked ->
				refused(back, redirect, "apply.refused.checking", locale, String.join(", ", checked.pbxNames()));
			case StartResult.Unconfirmed unconfirmed -> {
				redirect.addFlashAttribute("unconfirmed", true);
				yield refused(back, redirect, unconfirmed.administrator() ? "generation.refused.unconfirmed"
						: "generation.refused.administrator", locale);
			}
			case StartResult.NothingToDo nothing -> refused(back, redirect, "generation.refused.nothing", locale);
			case StartResult.ReasonNeeded needed -> refused(back, redirect, "apply.refused.reason-needed", locale);
			case StartResult.Asked asked -> {
				redirect.addFlashAttribute("notice", this.messages.getMessage("apply.asked",
						new Object[] { String.join(", ", asked.pbxNames()) }, locale));
				yield "redirect:/approvals";
			}
		};
	}

	private String refused(String back, RedirectAttributes redirect, String code, Locale locale, String... arguments) {
		redirect.addFlashAttribute("problem", this.messages.getMessage(code, arguments, locale));
		return back;
	}

	private static ResponseStatusException gone() {
		return new ResponseStatusException(HttpStatus.NOT_FOUND);
	}

}
