package io.tollgate.fleet;

import java.util.Map;

import io.tollgate.apply.FleetStatus;
import io.tollgate.connector.ConnectorException;
import io.tollgate.fleet.PbxPage.Typed;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One PBX: what it is, reading it again, its policy, taking it out of the fleet. */
@Controller
class PbxController {

	private final Fleet fleet;

	private final PbxRegistry registry;

	private final Policies policies;

	private final FleetStatus statuses;

	private final FleetWords words;

	private final PbxPage page;

	PbxController(Fleet fleet, PbxRegistry registry, Policies policies, FleetStatus statuses, FleetWords words,
			PbxPage page) {
		this.fleet = fleet;
		this.registry = registry;
		this.policies = policies;
		this.statuses = statuses;
		this.words = words;
		this.page = page;
	}

	@GetMapping("/pbxs/{id}")
	String show(@PathVariable long id, Model model) {
		return this.page.show(id, model);
	}

	@PostMapping("/pbxs/{id}/read")
	@PreAuthorize("hasRole('OPERATOR')")
	String read(@PathVariable long id, RedirectAttributes redirect) {
		var pbx = this.page.pbx(id);
		try {
			redirect.addFlashAttribute("notice", this.words.changed(this.fleet.read(pbx)));
		}
		catch (ConnectorException ex) {
			var why = this.words.of(ex.problem());
			noteFailure(id, ex, why);
			redirect.addFlashAttribute("problem", why);
		}
		return "redirect:/pbxs/" + id;
	}

	@PostMapping("/pbxs/{id}/test")
	@PreAuthorize("hasRole('OPERATOR')")
	String test(@PathVariable long id, Model model) {
		var pbx = this.page.pbx(id);
		var report = this.fleet.test(pbx, pbx.connection(), null);
		return this.page.show(id, new Typed(null, Map.of(), this.words.of(report, pbx.fingerprint())), model);
	}

	@PostMapping("/pbxs/{id}/policy")
	@PreAuthorize("hasRole('ADMINISTRATOR')")
	String assign(@PathVariable long id, @RequestParam long policy, RedirectAttributes redirect) {
		var pbx = this.page.pbx(id);
		var name = this.policies.names().get(policy);
		if (name == null) {
			redirect.addFlashAttribute("problem", this.words.say("pbx.error.policy"));
		}
		else if (pbx.policyId() != policy) {
			this.registry.assignPolicy(id, policy);
			redirect.addFlashAttribute("notice", this.words.say("pbx.policy.assigned", pbx.name(), name));
		}
		return "redirect:/pbxs/" + id;
	}

	@PostMapping("/pbxs/{id}/remove")
	@PreAuthorize("hasRole('ADMINISTRATOR')")
	String remove(@PathVariable long id, @RequestParam(defaultValue = "") String confirm, Model model,
			RedirectAttributes redirect) {
		var pbx = this.page.pbx(id);
		var refused = refusal(id, pbx.name(), confirm);
		if (refused != null) {
			return this.page.show(id, new Typed(null, Map.of("confirm", refused), null), model);
		}
		this.registry.remove(id);
		redirect.addFlashAttribute("notice", this.words.say("pbx.removed", pbx.name()));
		return "redirect:/pbxs";
	}

	private @Nullable String refusal(long id, String name, String confirm) {
		if (!confirm.strip().equals(name)) {
			return "confirm";
		}
		return this.statuses.isApplying(id) ? "confirm.applying" : null;
	}

	/** Only a line that broke says that the PBX cannot be reached. */
	private void noteFailure(long id, ConnectorException ex, String why) {
		if (ex.kind() == ConnectorException.Kind.UNREACHABLE) {
			this.registry.unreachable(id, why);
		}
	}

}
