package io.tollgate.policy;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

import io.tollgate.api.IfMatch;
import io.tollgate.api.Part;
import io.tollgate.api.RefusedException;
import io.tollgate.audit.CurrentActor;
import io.tollgate.pbx.NotThereException;
import io.tollgate.policy.PolicyChange.Gone;
import io.tollgate.policy.PolicyChange.Refused;
import io.tollgate.policy.SeenPolicies.Seen;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The policies for scripts: the same rules, the same refusals as on the pages. */
@RestController
class PolicyApi {

	static final String PATH = "/api/v1/policies";

	private static final int MOST = 1_000;

	private final Policies policies;

	private final SeenPolicies seen;

	private final CurrentActor actor;

	private final MessageSource messages;

	PolicyApi(Policies policies, SeenPolicies seen, CurrentActor actor, MessageSource messages) {
		this.policies = policies;
		this.seen = seen;
		this.actor = actor;
		this.messages = messages;
	}

	/**
	 * In the order of their ids.
	 * @param after only policies with a higher id
	 */
	@GetMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_policy:read')")
	@Operation(summary = "Policies, in parts")
	Page policies(@RequestParam(defaultValue = "0") long after,
			@RequestParam(defaultValue = "100") @Min(1) @Max(MOST) int limit) {
		var part = Part.of(this.seen.all(), (each) -> each.rules().id(), after, limit, PATH + "?");
		var repairing = this.policies.repairingByThemselves();
		return new Page(
				part.items().stream().map((each) -> Item.of(each, repairing.contains(each.rules().id()))).toList(),
				part.next());
	}

	@GetMapping(PATH + "/{policy}")
	@PreAuthorize("hasAuthority('SCOPE_policy:read')")
	@Operation(summary = "One policy")
	ResponseEntity<Item> policy(@PathVariable long policy) {
		return answer(this.seen.find(policy));
	}

	/** Starts as a copy of another one, as on the page. */
	@PostMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_policy:write') and hasRole('ADMINISTRATOR')")
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Makes a policy from another one")
	ResponseEntity<Item> create(@Valid @RequestBody New wanted) {
		var change = this.policies.create(wanted.name(), wanted.homeCountry(), wanted.copyFrom());
		if (change instanceof Refused refused) {
			throw new RefusedException(switch (refused) {
				case PolicyChange.CountryUnknown _ -> "/homeCountry";
				case Gone _ -> "/copyFrom";
				default -> "/name";
			}, this.messages.getMessage(refused, Locale.ENGLISH));
		}
		var made = this.seen.find(((PolicyChange.Changed) change).rules().id());
		return ResponseEntity.created(URI.create(PATH + "/" + made.rules().id()))
			.eTag(IfMatch.tag(made.revision()))
			.body(item(made));
	}

	/** One that serves no PBX and is not the last. */
	@DeleteMapping(PATH + "/{policy}")
	@PreAuthorize("hasAuthority('SCOPE_policy:write') and hasRole('ADMINISTRATOR')")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Deletes a policy")
	void delete(@PathVariable long policy,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
		done(this.seen.delete(policy, IfMatch.of(ifMatch)), "");
	}

	/** Changes what is given, wholly or not at all, in the order of the fields. */
	@PatchMapping(PATH + "/{policy}")
	@PreAuthorize("hasAuthority('SCOPE_policy:write') and hasRole('OPERATOR')")
	@Operation(summary = "Changes a policy, wholly or not at all")
	ResponseEntity<Item> change(@PathVariable long policy,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
			@Valid @RequestBody Wanted wanted) {
		var seen = IfMatch.of(ifMatch);
		var name = wanted.name();
		if (name == null) {
			return answer(this.seen.change(policy, seen, (_) -> change(policy, wanted)));
		}
		if (!this.actor.is("ADMINISTRATOR")) {
			throw new AccessDeniedException("administrators alone name policies");
		}
		return answer(this.seen.changeAlone(policy, seen, (_) -> {
			done(this.policies.rename(policy, name), "/name");
			change(policy, wanted);
		}));
	}

	private void change(long policy, Wanted wanted) {
		if (wanted.homeCountry() != null) {
			done(this.policies.setHomeCountry(policy, wanted.homeCountry()), "/homeCountry");
		}
		if (wanted.emergencyNumbers() != null) {
			done(this.policies.setEmergencyNumbers(policy, new TreeSet<>(wanted.emergencyNumbers())),
					"/emergencyNumbers");
		}
		if (wanted.dialingCode() != null) {
			done(this.policies.setDialingCode(policy, wanted.dialingCode()), "/dialingCode");
		}
		if (wanted.prefixes() != null) {
			requireConfirmed(this.policies.rules(policy), wanted.prefixes(), wanted.removedPrefixes());
			done(this.policies.setPrefixes(policy, new TreeSet<>(wanted.prefixes())), "/prefixes");
		}
		if (wanted.protection() != null) {
			done(this.policies.setProtection(policy, wanted.protection()), "/protection");
		}
		if (wanted.repairsByItself() != null) {
			done(this.policies.setRepairsByItself(policy, wanted.repairsByItself()), "/repairsByItself");
		}
	}

	/** What the page asks for with a tick. */
	private void requireConfirmed(PolicyRules rules, List<String> wanted, @Nullable List<String> confirmed) {
		var removing = new TreeSet<>(rules.internationalPrefixes());
		removing.removeAll(wanted);
		removing.remove(rules.dialingCode());
		if (confirmed != null) {
			removing.removeAll(confirmed);
		}
		if (!removing.isEmpty()) {
			throw new RefusedException("/removedPrefixes", this.messages.getMessage("policy.api.prefixes.confirm",
					new Object[] { String.join(", ", removing) }, Locale.ENGLISH));
		}
	}

	private void done(PolicyChange change, String path) {
		switch (change) {
			case Gone _ -> throw new NotThereException();
			case Refused refused -> throw new RefusedException(path, this.messages.getMessage(refused, Locale.ENGLISH));
			case PolicyChange.Changed _, PolicyChange.Unchanged _ -> {
			}
		}
	}

	private ResponseEntity<Item> answer(Seen seen) {
		return ResponseEntity.ok().eTag(IfMatch.tag(seen.revision())).body(item(seen));
	}

	private Item item(Seen seen) {
		return Item.of(seen, this.policies.repairsByItself(seen.rules().id()));
	}

	/**
	 * Some of the policies.
	 *
	 * @param next the path of those behind them, {@code null} when these are the last
	 */
	record Page(List<Item> items, @Nullable String next) {
	}

	/**
	 * A policy.
	 *
	 * @param homeCountry ISO 3166 alpha-2
	 * @param protection whether only allowed countries may be dialed
	 * @param prefixes what makes a number international
	 * @param emergencyNumbers what always passes
	 * @param repairsByItself whether what a hand changed on a PBX is brought back at once
	 * @param etag what {@code If-Match} wants for it
	 */
	record Item(long id, String name, String homeCountry, boolean protection, String dialingCode,
			SortedSet<String> prefixes, SortedSet<String> emergencyNumbers, boolean repairsByItself, String etag) {

		static Item of(Seen seen, boolean repairsByItself) {
			var rules = seen.rules();
			return new Item(rules.id(), rules.name(), rules.homeCountry(), rules.protectionEnabled(),
					rules.dialingCode(), rules.internationalPrefixes(), rules.emergencyNumbers(), repairsByItself,
					IfMatch.tag(seen.revision()));
		}

	}

	/**
	 * A new one.
	 *
	 * @param homeCountry ISO 3166 alpha-2
	 * @param copyFrom the policy that it starts as; dialing code and emergency numbers
	 * are those of the home country where that is another one
	 */
	record New(@NotNull @Size(max = 100) String name, @NotNull @Size(max = 10) String homeCountry,
			@NotNull Long copyFrom) {
	}

	/**
	 * What is to change; what is not given stays.
	 *
	 * @param name only for administrators
	 * @param homeCountry ISO 3166 alpha-2; neither dialing code nor emergency numbers
	 * change with it
	 * @param prefixes all of them
	 * @param removedPrefixes those that are not among them any more, as a confirmation:
	 * numbers that begin with them are not checked against the countries afterwards
	 */
	record Wanted(@Nullable @Size(max = 100) String name, @Nullable @Size(max = 10) String homeCountry,
			@Nullable @Size(max = 100) List<@NotNull @Size(max = 10) String> emergencyNumbers,
			@Nullable @Size(max = 10) String dialingCode,
			@Nullable @Size(max = 100) List<@NotNull @Size(max = 10) String> prefixes,
			@Nullable @Size(max = 100) List<@NotNull @Size(max = 10) String> removedPrefixes,
			@Nullable Boolean protection, @Nullable Boolean repairsByItself) {
	}

}
