package io.tollgate.fleet;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.wimdeblauwe.htmx.spring.boot.mvc.HtmxRequest;
import io.tollgate.connector.ConnectionReport;
import io.tollgate.connector.ConnectorException;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConflictException;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.route.Routes;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Connecting a PBX. Nothing is kept until it answered and was read. */
@Controller
@PreAuthorize("hasRole('ADMINISTRATOR')")
class ConnectController {

	private static final String PAGE = "fleet/connect";

	private final Fleet fleet;

	private final PbxRegistry registry;

	private final Policies policies;

	private final Routes routes;

	private final FleetWords words;

	private final CopyTexts texts;

	ConnectController(Fleet fleet, PbxRegistry registry, Policies policies, Routes routes, FleetWords words,
			CopyTexts texts) {
		this.fleet = fleet;
		this.registry = registry;
		this.policies = policies;
		this.routes = routes;
		this.words = words;
		this.texts = texts;
	}

	@GetMapping("/pbxs/new")
	String page(Model model) {
		return show(ConnectionForm.EMPTY, Map.of(), null, model);
	}

	@PostMapping("/pbxs/test")
	String test(@ModelAttribute ConnectionForm form, Model model) {
		var checked = CheckedConnection.of(form, false);
		var errors = new LinkedHashMap<>(checked.errors());
		requireSecret(checked, errors);
		var connection = checked.connection();
		var secret = checked.secret();
		if (connection == null || secret == null || !errors.isEmpty()) {
			return show(form, errors, null, model);
		}
		var report = this.fleet.test(connection, secret);
		return show(form, Map.of(), this.words.of(report, connection.fingerprint()), model);
	}

	@PostMapping("/pbxs")
	String connect(@ModelAttribute ConnectionForm form, HtmxRequest htmx, Model model, RedirectAttributes redirect) {
		var checked = CheckedConnection.of(form, true);
		var errors = new LinkedHashMap<>(checked.errors());
		requireSecret(checked, errors);
		var connection = checked.connection();
		var policy = policy(form, errors);
		if (connection != null) {
			Conflicts.note(this.registry.conflicts(connection, null), errors);
		}
		var secret = checked.secret();
		if (connection == null || secret == null || policy == null || !errors.isEmpty()) {
			return show(form, errors, null, model);
		}
		var report = this.fleet.test(connection, secret);
		if (mustAccept(connection, report) || report.endpoints() == null) {
			return show(form, mustAccept(connection, report) ? Map.of("fingerprint", "fingerprint") : Map.of(),
					this.words.of(report, connection.fingerprint()), model);
		}
		try {
			var reading = this.fleet.connect(new NewPbx(connection, false, policy), secret);
			redirect.addFlashAttribute("notice", this.words.found(reading, this.routes.first(reading.pbx().id())));
			return (htmx.isHtmxRequest() ? "redirect:htmx:" : "redirect:") + "/pbxs/" + reading.pbx().id();
		}
		catch (ConnectorException ex) {
			model.addAttribute("failure", this.words.of(ex.problem()));
			return show(form, Map.of(), null, model);
		}
		catch (PbxConflictException ex) {
			Conflicts.note(ex.conflicts(), errors);
			return show(form, errors, null, model);
		}
	}

	/**
	 * A certificate is met for the first time: a person has to say that it is the PBX's.
	 */
	static boolean mustAccept(PbxConnection connection, ConnectionReport report) {
		var met = report.fingerprint();
		return connection.tls() && met != null && !met.equals(connection.fingerprint());
	}

	private static void requireSecret(CheckedConnection checked, Map<String, String> errors) {
		if (checked.secret() == null) {
			errors.putIfAbsent("secret", "secret");
		}
	}

	private @Nullable Long policy(ConnectionForm form, Map<String, String> errors) {
		for (long id : this.policies.names().keySet()) {
			if (String.valueOf(id).equals(form.policy())) {
				return id;
			}
		}
		errors.put("policy", "policy");
		return null;
	}

	private String show(ConnectionForm form, Map<String, String> errors, @Nullable ReportView report, Model model) {
		model.addAttribute("form", form);
		model.addAttribute("errors", errors);
		model.addAttribute("report", report);
		model.addAttribute("policies", this.policies.names());
		model.addAttribute("texts", this.texts.of(form.user()));
		return PAGE;
	}

}
