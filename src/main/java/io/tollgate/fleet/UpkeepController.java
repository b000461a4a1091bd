package io.tollgate.fleet;

import io.tollgate.pbx.Upkeeps;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.ui.Model;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The group of a PBX, and when it may be worked on. */
@Controller
class UpkeepController {

	private final Upkeeps upkeeps;

	private final PbxPage page;

	private final FleetWords words;

	UpkeepController(Upkeeps upkeeps, PbxPage page, FleetWords words) {
		this.upkeeps = upkeeps;
		this.page = page;
		this.words = words;
	}

	@PostMapping("/pbxs/{id}/upkeep")
	@PreAuthorize("hasRole('OPERATOR')")
	String save(@PathVariable long id, UpkeepForm form, Model model, RedirectAttributes redirect) {
		this.page.pbx(id);
		var errors = form.errors();
		if (!errors.isEmpty()) {
			return this.page.show(id, new PbxPage.Typed(null, errors, null, form), model);
		}
		this.upkeeps.save(id, form.toUpkeep());
		redirect.addFlashAttribute("notice", this.words.say("pbx.upkeep.saved"));
		return "redirect:/pbxs/" + id + "#upkeep";
	}

}
