package io.tollgate.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

import io.tollgate.api.IfMatch;
import io.tollgate.api.RefusedException;
import io.tollgate.api.Wrong;
import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.pbx.NotThereException;
import io.tollgate.policy.Countries.Listing;
import io.tollgate.policy.PolicyChange.Gone;
import io.tollgate.policy.PolicyChange.Refused;
import io.tollgate.policy.SeenPolicies.Seen;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The countries that a policy allows, for scripts. Countries that share a calling code
 * are allowed together, as no PBX could tell them apart; every answer names them all.
 */
@RestController
class CountryApi {

	private static final String PATH = PolicyApi.PATH + "/{policy}/countries";

	private final Policies policies;

	private final SeenPolicies seen;

	private final MessageSource messages;

	CountryApi(Policies policies, SeenPolicies seen, MessageSource messages) {
		this.policies = policies;
		this.seen = seen;
		this.messages = messages;
	}

	/**
	 * All of them, or those that match as on the page.
	 * @param q a name, an ISO code or a calling code
	 * @param filter {@code allowed}, {@code shared} or {@code territories}
	 */
	@GetMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_policy:read')")
	@Operation(summary = "The countries of a policy, and which are allowed")
	ResponseEntity<Listing> countries(@PathVariable long policy, @RequestParam(required = false) @Nullable String q,
			@RequestParam(required = false) @Nullable String filter,
			@RequestParam(required = false) @Nullable String region) {
		var found = this.seen.find(policy);
		var asked = CountryFilter.of(q, filter, region, null, null);
		return answer(found,
				CallingCodes.all()
					.stream()
					.filter((entry) -> asked.matches(entry, Locale.ENGLISH)
							&& asked.filter().matches(entry, found.rules().allowedCodes().contains(entry.code())))
					.toList());
	}

	/**
	 * One country, which may have several calling codes.
	 * @param country {@code AR} or {@code +54}
	 */
	@GetMapping(PATH + "/{country}")
	@PreAuthorize("hasAuthority('SCOPE_policy:read')")
	@Operation(summary = "One country, by ISO code or calling code")
	ResponseEntity<Listing> country(@PathVariable long policy, @PathVariable String country) {
		return answer(this.seen.find(policy), entries(known(country)));
	}

	@PutMapping(PATH + "/{country}")
	@PreAuthorize("hasAuthority('SCOPE_policy:write') and hasRole('OPERATOR')")
	@Operation(summary = "Allows a country")
	ResponseEntity<Listing> allow(@PathVariable long policy, @PathVariable String country,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
		var match = IfMatch.of(ifMatch);
		var codes = known(country);
		return answer(this.seen.change(policy, match, (_) -> done(this.policies.allow(policy, codes))), entries(codes));
	}

	@DeleteMapping(PATH + "/{country}")
	@PreAuthorize("hasAuthority('SCOPE_policy:write') and hasRole('OPERATOR')")
	@Operation(summary = "Disallows a country")
	ResponseEntity<Listing> disallow(@PathVariable long policy, @PathVariable String country,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
		var match = IfMatch.of(ifMatch);
		var codes = known(country);
		return answer(this.seen.change(policy, match, (_) -> done(this.policies.block(policy, codes))), entries(codes));
	}

	/** Many at once, wholly or not at all; answers with those that were named. */
	@PostMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_policy:write') and hasRole('OPERATOR')")
	@Operation(summary = "Allows and disallows many countries, wholly or not at all")
	ResponseEntity<Listing> change(@PathVariable long policy,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
			@Valid @RequestBody Wanted wanted) {
		var match = IfMatch.of(ifMatch);
		var named = new TreeSet<String>();
		var now = this.seen.change(policy, match, (_) -> {
			var errors = new ArrayList<Wrong>();
			var allow = codes(wanted.allow(), "/allow/", errors);
			var disallow = codes(wanted.disallow(), "/disallow/", errors);
			refuseBoth(wanted, allow, errors);
			if (!errors.isEmpty()) {
				throw new RefusedException(errors);
			}
			done(this.policies.allowAndBlock(policy, allow, disallow));
			named.addAll(allow);
			named.addAll(disallow);
		});
		return answer(now, entries(named));
	}

	private SortedSet<String> codes(@Nullable List<String> named, String path, List<Wrong> errors) {
		var codes = new TreeSet<String>();
		int at = 0;
		for (var country : (named != null) ? named : List.<String>of()) {
			var found = Countries.codes(country);
			if (found.isEmpty()) {
				errors.add(new Wrong(path + at, text("policy.api.country.unknown", country)));
			}
			codes.addAll(found);
			at++;
		}
		return codes;
	}

	/** Nobody can say which of the two was meant. */
	private void refuseBoth(Wanted wanted, SortedSet<String> allow, List<Wrong> errors) {
		int at = 0;
		for (var country : (wanted.disallow() != null) ? wanted.disallow() : List.<String>of()) {
			if (Countries.codes(country).stream().anyMatch(allow::contains)) {
				errors.add(new Wrong("/disallow/" + at, text("policy.api.country.both", country)));
			}
			at++;
		}
	}

	private static SortedSet<String> known(String country) {
		var codes = Countries.codes(country);
		if (codes.isEmpty()) {
			throw new NotThereException();
		}
		return codes;
	}

	private static List<CallingCodeEntry> entries(Collection<String> codes) {
		return CallingCodes.all().stream().filter((entry) -> codes.contains(entry.code())).toList();
	}

	private void done(PolicyChange change) {
		switch (change) {
			case Gone _ -> throw new NotThereException();
			case Refused refused -> throw new RefusedException("", this.messages.getMessage(refused, Locale.ENGLISH));
			case PolicyChange.Changed _, PolicyChange.Unchanged _ -> {
			}
		}
	}

	private static ResponseEntity<Listing> answer(Seen seen, List<CallingCodeEntry> entries) {
		return ResponseEntity.ok().eTag(IfMatch.tag(seen.revision())).body(Countries.listing(entries, seen.rules()));
	}

	private String text(String key, Object... arguments) {
		return this.messages.getMessage(key, arguments, Locale.ENGLISH);
	}

	/**
	 * What is to change.
	 *
	 * @param allow ISO codes and calling codes
	 */
	record Wanted(@Nullable @Size(max = 1000) List<@NotNull @Size(max = 20) String> allow,
			@Nullable @Size(max = 1000) List<@NotNull @Size(max = 20) String> disallow) {
	}

}
