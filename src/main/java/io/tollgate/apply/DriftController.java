package io.tollgate.apply;

import java.util.Locale;

import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What to do about a PBX that somebody changed by hand. */
@Controller
class DriftController {

	private final PbxRegistry registry;

	private final DriftDesk desk;

	private final MessageSource messages;

	DriftController(PbxRegistry registry, DriftDesk desk, MessageSource messages) {
		this.registry = registry;
		this.desk = desk;
		this.messages = messages;
	}

	@PostMapping("/pbxs/{id}/drift/repair")
	@PreAuthorize("hasRole('OPERATOR')")
	String repair(@PathVariable long id, @RequestParam String seen, RedirectAttributes redirect, Locale locale) {
		return switch (this.desk.repair(pbx(id), seen)) {
			case StartResult.Started started -> "redirect:/applies/" + started.runId();
			case StartResult.Busy busy -> refused(id, "apply.drift.busy", redirect, locale);
			default -> refused(id, "apply.drift.changed", redirect, locale);
		};
	}

	@PostMapping("/pbxs/{id}/drift/adopt")
	@PreAuthorize("hasRole('OPERATOR')")
	String adopt(@PathVariable long id, @RequestParam String seen, RedirectAttributes redirect, Locale locale) {
		var adopted = this.desk.adopt(pbx(id), seen);
		if (adopted.isEmpty()) {
			return refused(id, "apply.drift.changed", redirect, locale);
		}
		redirect.addFlashAttribute("notice",
				this.messages.getMessage("apply.drift.adopted", new Object[] { adopted.get() }, locale));
		return "redirect:/review";
	}

	private Pbx pbx(long id) {
		return this.registry.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	private String refused(long id, String code, RedirectAttributes redirect, Locale locale) {
		redirect.addFlashAttribute("problem", this.messages.getMessage(code, null, locale));
		return "redirect:/pbxs/" + id;
	}

}
