package io.tollgate.fleet;

import java.util.Map;

import io.tollgate.fleet.PbxPage.Typed;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.policy.Policies;
import io.tollgate.route.Routes;
import io.tollgate.route.SaveResult;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The outbound route of one PBX. */
@Controller
@PreAuthorize("hasRole('OPERATOR')")
class RouteController {

	private final Routes routes;

	private final Policies policies;

	private final FleetWords words;

	private final PbxPage page;

	RouteController(Routes routes, Policies policies, FleetWords words, PbxPage page) {
		this.routes = routes;
		this.policies = policies;
		this.words = words;
		this.page = page;
	}

	@PostMapping("/pbxs/{id}/route")
	String save(@PathVariable long id, @ModelAttribute RouteForm form, Model model, RedirectAttributes redirect) {
		var pbx = this.page.pbx(id);
		return switch (this.routes.saveFirst(id, form.toRoute())) {
			case SaveResult.Refused refused ->
				this.page.show(id, new Typed(null, form, Map.of("route", "route"), null), model);
			case SaveResult.Saved saved -> {
				redirect.addFlashAttribute("notice",
						this.words.say(saved.changed() ? "route.saved" : "route.unchanged", pbx.name()));
				yield "redirect:/pbxs/" + id;
			}
		};
	}

	/** Adds the usual patterns of the policy's home country; saves nothing. */
	@PostMapping("/pbxs/{id}/route/suggest")
	String suggest(@PathVariable long id, @ModelAttribute RouteForm form, Model model) {
		var policy = this.policies.rules(this.page.pbx(id).policyId());
		var suggested = NumberingPlan.of(policy.homeCountry()).defaultPatterns(policy.dialingCode());
		return this.page.show(id, new Typed(null, form.with(suggested), Map.of(), null), model);
	}

	/** What there is to say about a route while it is being typed. */
	@PostMapping("/pbxs/{id}/route/check")
	String check(@PathVariable long id, @ModelAttribute RouteForm form, Model model) {
		this.page.pbx(id);
		model.addAttribute("problems", this.page.problems(id, form));
		return "fleet/pbx :: problems";
	}

}
