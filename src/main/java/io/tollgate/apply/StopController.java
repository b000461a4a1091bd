package io.tollgate.apply;

import java.util.Locale;

import org.springframework.context.MessageSource;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The fleet stop and its end. */
@Controller
class StopController {

	private static final String STOP = "redirect:/stop";

	private static final int REASON_LENGTH = 500;

	private final FleetStop stop;

	private final StopLift lift;

	private final StopPages pages;

	private final MessageSource messages;

	StopController(FleetStop stop, StopLift lift, StopPages pages, MessageSource messages) {
		this.stop = stop;
		this.lift = lift;
		this.pages = pages;
		this.messages = messages;
	}

	@GetMapping("/stop")
	String show(Model model, Locale locale) {
		model.addAttribute("stop", this.pages.show(locale));
		model.addAttribute("twoPersons", this.lift.waits());
		return "apply/stop";
	}

	@PostMapping("/stop")
	@PreAuthorize("hasRole('OPERATOR')")
	String stop(@RequestParam(defaultValue = "") String reason, RedirectAttributes redirect, Locale locale) {
		String why = reason.strip();
		if (why.length() > REASON_LENGTH) {
			redirect.addFlashAttribute("reason", why);
			return said(redirect, "problem", "stop.reason.long", locale, String.valueOf(REASON_LENGTH));
		}
		return this.stop.start(why.isEmpty() ? null : why)
			.map((run) -> "redirect:/applies/" + run)
			.orElseGet(() -> said(redirect, "problem", "stop.nothing", locale));
	}

	@PostMapping("/stop/lift")
	@PreAuthorize("hasRole('ADMINISTRATOR')")
	String lift(@RequestParam(defaultValue = "") String reason, RedirectAttributes redirect, Locale locale) {
		String why = reason.strip();
		boolean waits = this.lift.waits();
		if (waits && why.isEmpty() || why.length() > REASON_LENGTH) {
			redirect.addFlashAttribute("reason", why);
			return said(redirect, "problem", waits ? "stop.lift.reason" : "stop.reason.long", locale,
					String.valueOf(REASON_LENGTH));
		}
		if (waits) {
			this.lift.ask(why);
			redirect.addFlashAttribute("notice", this.messages.getMessage("stop.lift.asked", null, locale));
			return "redirect:/approvals";
		}
		var lifted = this.stop.lift(why);
		return lifted.run()
			.map((run) -> "redirect:/applies/" + run)
			.orElseGet(() -> said(redirect, "notice", lifted.wasOn() ? "stop.lifted.nothing" : "stop.lifted.already",
					locale));
	}

	private String said(RedirectAttributes redirect, String attribute, String code, Locale locale,
			String... arguments) {
		redirect.addFlashAttribute(attribute, this.messages.getMessage(code, arguments, locale));
		return STOP;
	}

}
