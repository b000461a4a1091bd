package io.tollgate.policy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tollgate.policy.CountryFilter.View;
import io.tollgate.policy.PolicyChange.Gone;
import io.tollgate.policy.PolicyChange.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * Security › Security Settings › Allowed Country Codes, as a list and as a map. Every
 * change works as a plain form and, by htmx, answers with only the part that changed.
 */
@Controller
class CountryCodesController {

	private static final String PAGE = "policy/country-codes";

	private static final String PARTS = "policy/country-parts";

	private final PolicyDesk desk;

	private final Policies policies;

	private final CountryLists lists;

	private final WorldMap map;

	private final PolicyAnswers answers;

	private final MessageSource messages;

	CountryCodesController(PolicyDesk desk, Policies policies, CountryLists lists, WorldMap map, PolicyAnswers answers,
			MessageSource messages) {
		this.desk = desk;
		this.policies = policies;
		this.lists = lists;
		this.map = map;
		this.answers = answers;
		this.messages = messages;
	}

	@ModelAttribute("filter")
	CountryFilter filter(@RequestParam(required = false) @Nullable String q,
			@RequestParam(required = false) @Nullable String filter,
			@RequestParam(required = false) @Nullable String region,
			@RequestParam(required = false) @Nullable String view,
			@RequestParam(required = false) @Nullable String zoom,
			@RequestParam(required = false) @Nullable String sort,
			@RequestParam(required = false) @Nullable String dir) {
		return CountryFilter.of(q, filter, region, view, zoom).sorted(sort, dir);
	}

	@GetMapping(CountryFilter.PATH)
	String show(@RequestParam(required = false) @Nullable Long policy, @ModelAttribute("filter") CountryFilter filter,
			HttpServletRequest request, HttpServletResponse response, Model model) {
		var head = this.desk.head(policy, request);
		fill(model, head, filter, null, request);
		if (!PolicyAnswers.isHtmx(request) || request.getHeader("HX-History-Restore-Request") != null) {
			return PAGE;
		}
		response.setHeader("HX-Replace-Url", filter.url(CountryFilter.PATH, head.rules().id()));
		return PARTS + " :: found";
	}

	@GetMapping(CountryFilter.PATH + ".csv")
	ResponseEntity<byte[]> export(@RequestParam long policy, @ModelAttribute("filter") CountryFilter filter,
			HttpServletRequest request, Locale locale) {
		var rules = this.desk.head(policy, request).rules();
		var header = Stream.of("code", "name", "iso", "region", "status", "applied")
			.map((column) -> text("policy.csv." + column, locale))
			.toList();
		var csv = CountryCsv.of(rows(rules, filter, locale), header, text("policy.allowed", locale),
				text("policy.blocked", locale), text("policy.csv.unapplied", locale));
		return ResponseEntity.ok()
			.contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
			.header(HttpHeaders.CONTENT_DISPOSITION,
					"attachment; filename=\"allowed-country-codes-" + rules.id() + ".csv\"")
			.body(csv.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Switches the codes of one row, or of one country on the map.
	 * @param codes digits; several divided by commas
	 */
	@PostMapping(CountryFilter.PATH + "/{policy}/{codes:[0-9,]+}/{verb:allow|block}")
	@PreAuthorize("hasRole('OPERATOR')")
	Object toggle(@PathVariable long policy, @PathVariable String codes, @PathVariable String verb,
			@ModelAttribute("filter") CountryFilter filter, HttpServletRequest request, HttpServletResponse response,
			Model model) {
		var several = new TreeSet<>(Arrays.asList(codes.split(",")));
		var change = verb.equals("allow") ? this.policies.allow(policy, several) : this.policies.block(policy, several);
		if (!PolicyAnswers.isHtmx(request)) {
			return redirect(change, policy, filter, request);
		}
		if (change instanceof Refused refused) {
			return this.answers.refused(refused, request);
		}
		if (filter.view() == View.MAP) {
			this.answers.notice(change, request, response);
		}
		fill(model, this.desk.head(policy, request), filter, several.first(), request);
		return PARTS + ((filter.view() == View.MAP) ? " :: changed" : " :: switched");
	}

	/**
	 * Changes many codes: the ticked ones, all that match, or, without JavaScript, those
	 * whose switches were moved.
	 * @param on the codes whose switches are on
	 * @param was the codes whose switches were on when the page was drawn: only what a
	 * person moved is changed, so that nobody undoes what others did meanwhile
	 */
	@PostMapping(CountryFilter.PATH + "/{policy}/codes")
	@PreAuthorize("hasRole('OPERATOR')")
	Object change(@PathVariable long policy, @RequestParam String act, @RequestParam(required = false) boolean all,
			@RequestParam(defaultValue = "") Set<String> code, @RequestParam(defaultValue = "") Set<String> on,
			@RequestParam(defaultValue = "") Set<String> was, @ModelAttribute("filter") CountryFilter filter,
			HttpServletRequest request, HttpServletResponse response, Model model, Locale locale) {
		var codes = all ? matching(policy, filter, locale) : code;
		var change = switch (act) {
			case "allow" -> this.policies.allow(policy, codes);
			case "block" -> this.policies.block(policy, codes);
			case "save" -> this.policies.allowAndBlock(policy, without(on, was), without(was, on));
			default -> throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
		};
		if (!PolicyAnswers.isHtmx(request)) {
			return redirect(change, policy, filter, request);
		}
		if (change instanceof Refused refused) {
			return this.answers.refused(refused, request);
		}
		this.answers.notice(change, request, response);
		fill(model, this.desk.head(policy, request), filter, null, request);
		return PARTS + " :: changed";
	}

	private static Set<String> without(Set<String> all, Set<String> others) {
		var rest = new TreeSet<>(all);
		rest.removeAll(others);
		return rest;
	}

	private Set<String> matching(long policy, CountryFilter filter, Locale locale) {
		return this.policies.find(policy)
			.map((rules) -> rows(rules, filter, locale).stream().map(CountryRow::code).collect(Collectors.toSet()))
			.orElse(Set.of());
	}

	private List<CountryRow> rows(PolicyRules rules, CountryFilter filter, Locale locale) {
		var page = this.lists.page(rules, filter, null, locale);
		return Stream.concat(page.open().stream(), page.closed().stream()).toList();
	}

	@PostMapping(CountryFilter.PATH + "/{policy}/protection")
	@PreAuthorize("hasRole('OPERATOR')")
	Object protection(@PathVariable long policy, @RequestParam(required = false) boolean enabled,
			@ModelAttribute("filter") CountryFilter filter, HttpServletRequest request, HttpServletResponse response,
			Model model) {
		var change = this.policies.setProtection(policy, enabled);
		return protect(change, policy, filter, request, response, model);
	}

	/**
	 * Sets the International Dialing Code.
	 * @param seen the one that the form showed
	 */
	@PostMapping(CountryFilter.PATH + "/{policy}/dialing-code")
	@PreAuthorize("hasRole('OPERATOR')")
	Object dialingCode(@PathVariable long policy, @RequestParam String dialingCode, @RequestParam String seen,
			@ModelAttribute("filter") CountryFilter filter, HttpServletRequest request, HttpServletResponse response,
			Model model) {
		var change = this.policies.setDialingCode(policy, dialingCode, seen);
		if (change instanceof Refused refused && !(refused instanceof Gone)) {
			fill(model, this.desk.head(policy, request), filter, null, request);
			model.addAttribute("dialingCode", dialingCode);
			model.addAttribute("dialingCodeError", this.answers.text(refused, request));
			if (PolicyAnswers.isHtmx(request)) {
				return PARTS + " :: guarded";
			}
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			return PAGE;
		}
		return protect(change, policy, filter, request, response, model);
	}

	private Object protect(PolicyChange change, long policy, CountryFilter filter, HttpServletRequest request,
			HttpServletResponse response, Model model) {
		if (!PolicyAnswers.isHtmx(request)) {
			return redirect(change, policy, filter, request);
		}
		if (change instanceof Refused refused) {
			return this.answers.refused(refused, request);
		}
		this.answers.notice(change, request, response);
		fill(model, this.desk.head(policy, request), filter, null, request);
		return PARTS + " :: guarded";
	}

	private String redirect(PolicyChange change, long policy, CountryFilter filter, HttpServletRequest request) {
		return this.answers.redirect(change,
				(change instanceof Gone) ? CountryFilter.PATH : filter.url(CountryFilter.PATH, policy), request);
	}

	private void fill(Model model, PolicyHead head, CountryFilter filter, @Nullable String picked,
			HttpServletRequest request) {
		var locale = RequestContextUtils.getLocale(request);
		var rules = head.rules();
		model.addAttribute("head", head);
		model.addAttribute("dialingCode", rules.dialingCode());
		model.addAttribute("page", this.lists.page(rules, filter, picked, locale));
		if (filter.view() == View.MAP) {
			model.addAttribute("map", this.map.picture(rules, this.lists.appliedCodes(rules.id()), locale));
			model.addAttribute("openNow", this.lists.page(rules, filter.cleared(), null, locale).open());
		}
	}

	private String text(String key, Locale locale) {
		return this.messages.getMessage(key, null, locale);
	}

}
