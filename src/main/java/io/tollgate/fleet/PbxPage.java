package io.tollgate.fleet;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import io.tollgate.apply.FleetStatus;
import io.tollgate.connector.ConnectorException;
import io.tollgate.extension.Extensions;
import io.tollgate.numbering.CountryNames;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.route.RouteProblem;
import io.tollgate.route.Routes;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.server.ResponseStatusException;

/** Puts together the page of one PBX: what is known, and what was typed last. */
@Component
class PbxPage {

	private final PbxRegistry registry;

	private final FleetStatus statuses;

	private final Policies policies;

	private final Extensions extensions;

	private final Routes routes;

	private final FleetWords words;

	private final CopyTexts texts;

	PbxPage(PbxRegistry registry, FleetStatus statuses, Policies policies, Extensions extensions, Routes routes,
			FleetWords words, CopyTexts texts) {
		this.registry = registry;
		this.statuses = statuses;
		this.policies = policies;
		this.extensions = extensions;
		this.routes = routes;
		this.words = words;
		this.texts = texts;
	}

	Pbx pbx(long id) {
		return this.registry.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	/** The page as it stands. */
	String show(long id, Model model) {
		return show(id, Typed.NOTHING, model);
	}

	/** The page with what was typed into one of its forms, and what is wrong with it. */
	String show(long id, Typed typed, Model model) {
		var pbx = pbx(id);
		var status = this.statuses.all().get(id);
		if (status == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}
		var policy = this.policies.rules(pbx.policyId());
		model.addAttribute("row", new FleetRow(pbx, policy.name(), status, extensionCount(id),
				this.words.ago(pbx.lastContactAt()), this.words.ago(status.appliedAt())));
		model.addAttribute("policies", this.policies.names());
		model.addAttribute("country", CountryNames.name(policy.homeCountry(), LocaleContextHolder.getLocale()));
		model.addAttribute("seal", this.registry.seal());
		model.addAttribute("form", (typed.connection() != null) ? typed.connection() : form(pbx));
		model.addAttribute("editing", typed.connection() != null);
		model.addAttribute("removing", typed.errors().containsKey("confirm"));
		model.addAttribute("errors", typed.errors());
		model.addAttribute("report", typed.report());
		model.addAttribute("texts", this.texts.of(pbx.amiUser()));
		model.addAttribute("slot", slot(pbx));
		var trunks = this.routes.trunks(id);
		model.addAttribute("trunks", trunks);
		var route = (typed.route() != null) ? typed.route() : RouteForm.of(this.routes.first(id));
		model.addAttribute("route", route);
		model.addAttribute("choices", choices(trunks, route));
		model.addAttribute("problems", problems(id, route));
		return "fleet/pbx";
	}

	/** What could not be applied must not keep people from the page that mends it. */
	private SlotText slot(Pbx pbx) {
		try {
			return new SlotText(this.texts.slot(pbx).orElse(null), this.words.say("pbx.slot.none"));
		}
		catch (ConnectorException ex) {
			return new SlotText(null, this.words.of(ex.problem()));
		}
	}

	/** A trunk that the PBX has no more stays visible until another one is chosen. */
	private static SortedSet<String> choices(SortedSet<String> trunks, RouteForm route) {
		var choices = new TreeSet<>(trunks);
		var chosen = route.toRoute().trunk();
		if (chosen != null) {
			choices.add(chosen);
		}
		return choices;
	}

	/** What there is to say about a route, line by line. */
	List<ProblemLine> problems(long id, RouteForm route) {
		return this.routes.problemsOfFirst(id, route.toRoute()).stream().map(this::line).toList();
	}

	private ProblemLine line(RouteProblem problem) {
		return new ProblemLine(problem.line(), this.words.of(problem), problem.refusal());
	}

	private long extensionCount(long id) {
		return this.extensions.counts().getOrDefault(id, 0L);
	}

	private static ConnectionForm form(Pbx pbx) {
		return new ConnectionForm(pbx.name(), pbx.host(), String.valueOf(pbx.port()), pbx.tls(), pbx.amiUser(), "",
				String.valueOf(pbx.policyId()), "", pbx.fingerprint());
	}

	/**
	 * What was typed, so that it is not lost.
	 *
	 * @param connection how the PBX shall be reached
	 * @param route the outbound route
	 * @param errors message codes under {@code pbx.error.} by field
	 * @param report a connection test
	 */
	record Typed(@Nullable ConnectionForm connection, @Nullable RouteForm route, Map<String, String> errors,
			@Nullable ReportView report) {

		static final Typed NOTHING = new Typed(null, null, Map.of(), null);

	}

	/**
	 * The route file for an account without the right to write files.
	 *
	 * @param text ready to copy, {@code null} when there is none
	 * @param otherwise what to do when there is none
	 */
	record SlotText(@Nullable String text, String otherwise) {
	}

	/**
	 * Something to know about a route.
	 *
	 * @param line which pattern, from 1; 0 for the route as a whole
	 * @param text in words
	 * @param refusal whether it cannot be saved like that
	 */
	record ProblemLine(int line, String text, boolean refusal) {
	}

}
