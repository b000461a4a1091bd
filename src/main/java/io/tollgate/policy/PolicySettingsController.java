package io.tollgate.policy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tollgate.numbering.NumberingPlan;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.policy.PolicyChange.Gone;
import io.tollgate.policy.PolicyChange.InUse;
import io.tollgate.policy.PolicyChange.LastPolicy;
import io.tollgate.policy.PolicyChange.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * Security › Security Settings › Policy settings, and the policies themselves. Each
 * section is a form of its own; a refused one comes back with what was typed.
 */
@Controller
class PolicySettingsController {

	static final String PATH = "/security/settings";

	private static final String PAGE = "policy/settings";

	private static final String NEW = "policy/new";

	private final PolicyDesk desk;

	private final Policies policies;

	private final CountryDirectory directory;

	private final PolicyAnswers answers;

	PolicySettingsController(PolicyDesk desk, Policies policies, CountryDirectory directory, PolicyAnswers answers) {
		this.desk = desk;
		this.policies = policies;
		this.directory = directory;
		this.answers = answers;
	}

	@GetMapping(PATH)
	String show(@RequestParam(required = false) @Nullable Long policy, HttpServletRequest request, Model model) {
		return page(policy, Map.of(), Map.of(), request, model);
	}

	@PostMapping(PATH + "/{policy}/home-country")
	@PreAuthorize("hasRole('OPERATOR')")
	String homeCountry(@PathVariable long policy, @RequestParam String homeCountry, @RequestParam String seen,
			HttpServletRequest request, HttpServletResponse response, Model model) {
		return answer(this.policies.setHomeCountry(policy, homeCountry, seen), policy, "homeCountry",
				Map.of("homeCountry", homeCountry), request, response, model);
	}

	@PostMapping(PATH + "/{policy}/dialing-code")
	@PreAuthorize("hasRole('OPERATOR')")
	String dialingCode(@PathVariable long policy, @RequestParam String dialingCode, @RequestParam String seen,
			HttpServletRequest request, HttpServletResponse response, Model model) {
		return answer(this.policies.setDialingCode(policy, dialingCode, seen), policy, "homeCountry", Map.of(), request,
				response, model);
	}

	@PostMapping(PATH + "/{policy}/emergency-numbers")
	@PreAuthorize("hasRole('OPERATOR')")
	String emergencyNumbers(@PathVariable long policy, @RequestParam String numbers, @RequestParam String seen,
			HttpServletRequest request, HttpServletResponse response, Model model) {
		return answer(this.policies.setEmergencyNumbers(policy, words(numbers), words(seen)), policy, "numbers",
				Map.of("numbers", numbers), request, response, model);
	}

	/**
	 * Sets the international prefixes. Removing one needs a tick under the warning that
	 * says what would slip past.
	 * @param prefix the ticked ones
	 * @param add another one, or several
	 * @param confirmed the prefixes whose removal the warning was about
	 */
	@PostMapping(PATH + "/{policy}/prefixes")
	@PreAuthorize("hasRole('OPERATOR')")
	String prefixes(@PathVariable long policy, @RequestParam(defaultValue = "") Set<String> prefix,
			@RequestParam(defaultValue = "") String add, @RequestParam(defaultValue = "") String confirmed,
			@RequestParam String seen, HttpServletRequest request, HttpServletResponse response, Model model) {
		var wanted = new TreeSet<>(prefix);
		wanted.addAll(words(add));
		this.policies.find(policy).ifPresent((rules) -> wanted.add(rules.dialingCode()));
		var removing = words(seen);
		removing.removeAll(wanted);
		if (!words(confirmed).containsAll(removing)) {
			model.addAttribute("removing", removing).addAttribute("ticked", wanted);
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			return page(policy, Map.of("add", add), Map.of(), request, model);
		}
		model.addAttribute("ticked", wanted);
		return answer(this.policies.setPrefixes(policy, wanted, words(seen)), policy, "prefixes", Map.of("add", add),
				request, response, model);
	}

	@PostMapping(PATH + "/{policy}/repairs")
	@PreAuthorize("hasRole('OPERATOR')")
	String repairs(@PathVariable long policy, @RequestParam boolean repairs, HttpServletRequest request,
			HttpServletResponse response, Model model) {
		return answer(this.policies.setRepairsByItself(policy, repairs), policy, "repairs", Map.of(), request, response,
				model);
	}

	@PostMapping("/policies/{policy}/name")
	@PreAuthorize("hasRole('ADMINISTRATOR')")
	String rename(@PathVariable long policy, @RequestParam String name, @RequestParam String seen,
			HttpServletRequest request, HttpServletResponse response, Model model) {
		return answer(this.policies.rename(policy, name, seen), policy, "name", Map.of("name", name), request, response,
				model);
	}

	@PostMapping("/policies/{policy}/delete")
	@PreAuthorize("hasRole('ADMINISTRATOR')")
	String delete(@PathVariable long policy, HttpServletRequest request) {
		return switch (this.policies.delete(policy)) {
			case Changed(var _, var rules) ->
				this.answers.redirect(CountryFilter.PATH, request, "policy.said.deleted", rules.name());
			case Gone gone -> this.answers.redirect(gone, CountryFilter.PATH, request);
			case PolicyChange refused -> this.answers.redirect(refused, PATH + "?policy=" + policy, request);
		};
	}

	@GetMapping("/policies/new")
	@PreAuthorize("hasRole('ADMINISTRATOR')")
	String create(@RequestParam(required = false) @Nullable Long from, HttpServletRequest request, Model model) {
		var start = this.desk.head(from, request).rules();
		return creation(Map.of("name", "", "homeCountry", start.homeCountry(), "from", Long.toString(start.id())),
				Map.of(), request, model);
	}

	@PostMapping("/policies")
	@PreAuthorize("hasRole('ADMINISTRATOR')")
	String create(@RequestParam String name, @RequestParam String homeCountry, @RequestParam long from,
			HttpServletRequest request, HttpServletResponse response, Model model) {
		var change = this.policies.create(name, homeCountry, from);
		if (change instanceof Changed(var _, var rules)) {
			return this.answers.redirect(PATH + "?policy=" + rules.id(), request, "policy.said.created", rules.name(),
					rules.dialingCode(), String.join(", ", rules.emergencyNumbers()));
		}
		var refused = (Refused) change;
		response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
		return creation(Map.of("name", name, "homeCountry", homeCountry, "from", Long.toString(from)),
				Map.of((refused instanceof PolicyChange.CountryUnknown) ? "homeCountry" : "name",
						this.answers.text(refused, request)),
				request, model);
	}

	private String creation(Map<String, String> typed, Map<String, String> errors, HttpServletRequest request,
			Model model) {
		model.addAttribute("typed", typed)
			.addAttribute("errors", lookup(errors))
			.addAttribute("names", this.policies.names())
			.addAttribute("countries", this.directory.homeCountries(RequestContextUtils.getLocale(request)));
		return NEW;
	}

	private String answer(PolicyChange change, long policy, String field, Map<String, String> typed,
			HttpServletRequest request, HttpServletResponse response, Model model) {
		if (change instanceof Gone) {
			return this.answers.redirect(change, CountryFilter.PATH, request);
		}
		if (change instanceof Refused refused) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			return page(policy, typed, Map.of(field, this.answers.text(refused, request)), request, model);
		}
		return this.answers.redirect(change, PATH + "?policy=" + policy, request);
	}

	private String page(@Nullable Long policy, Map<String, String> typed, Map<String, String> errors,
			HttpServletRequest request, Model model) {
		var head = this.desk.head(policy, request);
		var rules = head.rules();
		var fields = new LinkedHashMap<>(Map.of("homeCountry", rules.homeCountry(), "numbers",
				String.join(" ", rules.emergencyNumbers()), "add", "", "name", rules.name()));
		fields.putAll(typed);
		model.addAttribute("head", head)
			.addAttribute("typed", fields)
			.addAttribute("errors", lookup(errors))
			.addAttribute("suggestion", Suggestion.of(rules))
			.addAttribute("countries", this.directory.homeCountries(RequestContextUtils.getLocale(request)))
			.addAttribute("repairs", this.policies.repairsByItself(rules.id()))
			.addAttribute("keep", head.manageable() ? reasonToKeep(head, request) : null);
		if (!model.containsAttribute("removing")) {
			model.addAttribute("removing", List.of());
		}
		model.addAttribute("prefixes", prefixes(rules, model.getAttribute("ticked")));
		return PAGE;
	}

	/** Keys that are not there read as null in the template. */
	private static Map<String, @Nullable String> lookup(Map<String, String> errors) {
		return new LinkedHashMap<>(errors);
	}

	private static List<Prefix> prefixes(PolicyRules rules, @Nullable Object ticked) {
		Set<?> on = (ticked instanceof Set<?> set) ? set : rules.internationalPrefixes();
		return Stream.concat(Policies.USUAL_PREFIXES.stream(), rules.internationalPrefixes().stream())
			.distinct()
			.sorted()
			.map((value) -> {
				boolean own = value.equals(rules.dialingCode());
				return new Prefix(value, own || on.contains(value), own);
			})
			.toList();
	}

	private @Nullable String reasonToKeep(PolicyHead head, HttpServletRequest request) {
		if (!head.pbxs().isEmpty()) {
			return this.answers.text(new InUse(head.pbxs()), request);
		}
		return (head.names().size() == 1) ? this.answers.text(new LastPolicy(), request) : null;
	}

	private static SortedSet<String> words(String text) {
		return Arrays.stream(text.strip().split("[\\s,;]+"))
			.filter((word) -> !word.isEmpty())
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * One international prefix.
	 *
	 * @param ticked whether it counts
	 * @param own whether it is the dialing code itself, which always counts
	 */
	record Prefix(String value, boolean ticked, boolean own) {
	}

	/**
	 * What is usual in the home country and different here.
	 *
	 * @param dialingCode the usual one, {@code null} where the policy has it
	 * @param emergencyNumbers usual ones that the policy lacks
	 * @param all the policy's and the usual ones
	 * @param usual all usual ones
	 */
	record Suggestion(@Nullable String dialingCode, SortedSet<String> emergencyNumbers, SortedSet<String> all,
			SortedSet<String> usual) {

		static Suggestion of(PolicyRules rules) {
			var plan = NumberingPlan.of(rules.homeCountry());
			var usual = Policies.emergencyNumbers(plan);
			var missing = new TreeSet<>(usual);
			missing.removeIf(
					(number) -> rules.emergencyNumbers().contains(number) || number.startsWith(rules.dialingCode()));
			var all = new TreeSet<>(rules.emergencyNumbers());
			all.addAll(missing);
			return new Suggestion(plan.dialingCode().equals(rules.dialingCode()) ? null : plan.dialingCode(), missing,
					all, usual);
		}

	}

}
