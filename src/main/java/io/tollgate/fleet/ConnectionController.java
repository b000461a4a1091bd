package io.tollgate.fleet;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.wimdeblauwe.htmx.spring.boot.mvc.HtmxRequest;
import io.tollgate.connector.ConnectorException;
import io.tollgate.fleet.PbxPage.Typed;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxConflictException;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Changing the name of a PBX or how it is reached. The stored secret stays where it was
 * meant to go: any other machine needs the secret typed again.
 */
@Controller
@PreAuthorize("hasRole('ADMINISTRATOR')")
class ConnectionController {

	private final Fleet fleet;

	private final PbxRegistry registry;

	private final FleetWords words;

	private final PbxPage page;

	ConnectionController(Fleet fleet, PbxRegistry registry, FleetWords words, PbxPage page) {
		this.fleet = fleet;
		this.registry = registry;
		this.words = words;
		this.page = page;
	}

	@PostMapping("/pbxs/{id}/connection/test")
	String test(@PathVariable long id, @ModelAttribute ConnectionForm form, Model model) {
		var pbx = this.page.pbx(id);
		var checked = CheckedConnection.of(form, false);
		var errors = new LinkedHashMap<>(checked.errors());
		var connection = checked.connection();
		if (connection != null) {
			requireSecret(pbx, connection, checked.secret(), errors);
		}
		if (connection == null || !errors.isEmpty()) {
			return this.page.show(id, new Typed(form, errors, null), model);
		}
		var report = this.words.of(this.fleet.test(pbx, connection, checked.secret()), connection.fingerprint());
		return this.page.show(id, new Typed(form, Map.of(), report), model);
	}

	@PostMapping("/pbxs/{id}/connection")
	String change(@PathVariable long id, @ModelAttribute ConnectionForm form, HtmxRequest htmx, Model model,
			RedirectAttributes redirect) {
		var pbx = this.page.pbx(id);
		var checked = CheckedConnection.of(form, true);
		var errors = new LinkedHashMap<>(checked.errors());
		var connection = checked.connection();
		if (connection != null) {
			requireSecret(pbx, connection, checked.secret(), errors);
			Conflicts.note(this.registry.conflicts(connection, id), errors);
		}
		if (connection == null || !errors.isEmpty()) {
			return this.page.show(id, new Typed(form, errors, null), model);
		}
		try {
			var refused = save(pbx, connection, checked.secret());
			if (refused != null) {
				return this.page.show(id, new Typed(form, refused.errors(), refused.report()), model);
			}
		}
		catch (ConnectorException ex) {
			model.addAttribute("failure", this.words.of(ex.problem()));
			return this.page.show(id, new Typed(form, Map.of(), null), model);
		}
		catch (PbxConflictException ex) {
			Conflicts.note(ex.conflicts(), errors);
			return this.page.show(id, new Typed(form, errors, null), model);
		}
		redirect.addFlashAttribute("notice", this.words.say("pbx.connection.saved", connection.name()));
		return (htmx.isHtmxRequest() ? "redirect:htmx:" : "redirect:") + "/pbxs/" + id;
	}

	/**
	 * Another name is nothing the PBX is asked about; anything else has to work first.
	 */
	private @Nullable Refused save(Pbx pbx, PbxConnection connection, @Nullable String secret) {
		var before = pbx.connection();
		if (secret == null && before.equals(renamed(connection, before.name()))) {
			this.registry.change(pbx.id(), connection, null);
			return null;
		}
		var report = this.fleet.test(pbx, connection, secret);
		boolean mustAccept = ConnectController.mustAccept(connection, report);
		if (mustAccept || report.endpoints() == null) {
			return new Refused(mustAccept ? Map.of("fingerprint", "fingerprint") : Map.of(),
					this.words.of(report, connection.fingerprint()));
		}
		this.fleet.change(pbx, connection, secret);
		return null;
	}

	private static PbxConnection renamed(PbxConnection connection, String name) {
		return new PbxConnection(name, connection.host(), connection.port(), connection.tls(), connection.fingerprint(),
				connection.amiUser());
	}

	private static void requireSecret(Pbx pbx, PbxConnection connection, @Nullable String secret,
			Map<String, String> errors) {
		if (secret == null && !pbx.connection().sameMachine(connection)) {
			errors.putIfAbsent("secret", "secret.again");
		}
	}

	private record Refused(Map<String, String> errors, ReportView report) {
	}

}
