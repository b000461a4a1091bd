package io.tollgate.fleet;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.tollgate.apply.DriftDesk;
import io.tollgate.apply.FleetStatus;
import io.tollgate.connector.ConnectorException;
import io.tollgate.extension.Extensions;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.Upkeeps;
import io.tollgate.pin.PinList;
import io.tollgate.pin.PinLists;
import io.tollgate.policy.Policies;
import io.tollgate.policy.TimeZones;
import io.tollgate.route.DialRule;
import io.tollgate.route.Routes;
import io.tollgate.route.StoredRoute;
import io.tollgate.route.Trunks;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.server.ResponseStatusException;

/** Puts together the page of one PBX: what is known, and what was typed last. */
@Component
class PbxPage {

	private static final int SHOWN_PATTERNS = 4;

	private final PbxRegistry registry;

	private final FleetStatus statuses;

	private final DriftDesk drift;

	private final Policies policies;

	private final Extensions extensions;

	private final Routes routes;

	private final Trunks trunks;

	private final PinLists pins;

	private final FleetWords words;

	private final CopyTexts texts;

	private final Upkeeps upkeeps;

	PbxPage(PbxRegistry registry, FleetStatus statuses, DriftDesk drift, Policies policies, Extensions extensions,
			Routes routes, Trunks trunks, PinLists pins, FleetWords words, CopyTexts texts, Upkeeps upkeeps) {
		this.registry = registry;
		this.statuses = statuses;
		this.drift = drift;
		this.policies = policies;
		this.extensions = extensions;
		this.routes = routes;
		this.trunks = trunks;
		this.pins = pins;
		this.words = words;
		this.texts = texts;
		this.upkeeps = upkeeps;
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
				this.words.ago(FleetRow.contactAt(pbx, status)), this.words.ago(status.appliedAt())));
		var locale = LocaleContextHolder.getLocale();
		model.addAttribute("drift", this.drift.of(pbx, locale).orElse(null));
		model.addAttribute("repaired", this.drift.repaired(id).orElse(null));
		model.addAttribute("unseen", this.drift.failure(id).orElse(null));
		model.addAttribute("policies", this.policies.names());
		model.addAttribute("form", (typed.connection() != null) ? typed.connection() : form(pbx));
		model.addAttribute("editing", typed.connection() != null);
		model.addAttribute("removing", typed.errors().containsKey("confirm"));
		model.addAttribute("errors", typed.errors());
		model.addAttribute("report", typed.report());
		model.addAttribute("upkeep", (typed.upkeep() != null) ? typed.upkeep() : UpkeepForm.of(this.upkeeps.of(id)));
		model.addAttribute("groups", this.upkeeps.groups());
		model.addAttribute("grouping", this.upkeeps.mayGroup());
		model.addAttribute("days", days());
		model.addAttribute("zones", TimeZones.byArea());
		model.addAttribute("texts", this.texts.of(pbx.amiUser()));
		model.addAttribute("slot", slot(pbx));
		model.addAttribute("trunks", this.trunks.names(id));
		var lists = this.pins.all();
		var lines = this.routes.list(id).stream().map((stored) -> line(stored, lists)).toList();
		model.addAttribute("routes", lines);
		model.addAttribute("used",
				lines.stream().flatMap((line) -> line.trunks().stream()).collect(Collectors.toSet()));
		return "fleet/pbx";
	}

	private static Map<String, String> days() {
		var days = new LinkedHashMap<String, String>();
		for (DayOfWeek day : DayOfWeek.values()) {
			days.put(String.valueOf(day.getValue()),
					day.getDisplayName(TextStyle.SHORT, LocaleContextHolder.getLocale()));
		}
		return days;
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

	private RouteLine line(StoredRoute stored, Map<String, PinList> lists) {
		var route = stored.route();
		return new RouteLine(stored.id(), route.name(), route.enabled(), route.blocks(), route.trunks(),
				route.rules().stream().map(DialRule::dialled).limit(SHOWN_PATTERNS).toList(),
				Math.max(0, route.rules().size() - SHOWN_PATTERNS), asks(route.pins(), lists));
	}

	/** The list that has no name is the password of one route. */
	private String asks(String pins, Map<String, PinList> lists) {
		if (pins.isEmpty()) {
			return "";
		}
		var list = lists.get(pins);
		return this.words.say((list != null && list.name().isEmpty()) ? "pbx.routes.asks.password" : "pbx.routes.asks");
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
	 * @param errors message codes under {@code pbx.error.} by field
	 * @param report a connection test
	 * @param upkeep its group and maintenance window
	 */
	record Typed(@Nullable ConnectionForm connection, Map<String, String> errors, @Nullable ReportView report,
			@Nullable UpkeepForm upkeep) {

		static final Typed NOTHING = new Typed(null, Map.of(), null, null);

		Typed(@Nullable ConnectionForm connection, Map<String, String> errors, @Nullable ReportView report) {
			this(connection, errors, report, null);
		}

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
	 * One of its outbound routes, in brief.
	 *
	 * @param trunks where its calls leave; empty when it blocks them
	 * @param patterns the first of its patterns
	 * @param more how many others there are
	 * @param asks in words, for what it asks before it lets a call out; empty for nothing
	 */
	record RouteLine(long id, String name, boolean enabled, boolean blocks, List<String> trunks, List<String> patterns,
			int more, String asks) {
	}

}
