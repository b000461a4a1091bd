package io.tollgate.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;

import io.tollgate.api.IfMatch;
import io.tollgate.api.RefusedException;
import io.tollgate.numbering.RestrictionPreset;
import io.tollgate.pbx.NotThereException;
import io.tollgate.policy.RestrictionChange.Gone;
import io.tollgate.policy.RestrictionChange.Refused;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The ready-made lists of number restrictions, for scripts. */
@RestController
class PresetApi {

	private static final String PATH = PolicyApi.PATH + "/{policy}/presets";

	private final RestrictionLists lists;

	private final SeenPolicies seen;

	private final MessageSource messages;

	PresetApi(RestrictionLists lists, SeenPolicies seen, MessageSource messages) {
		this.lists = lists;
		this.seen = seen;
		this.messages = messages;
	}

	@GetMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_policy:read')")
	@Operation(summary = "The presets of number restrictions, and which of them a policy has")
	ResponseEntity<Listing> presets(@PathVariable long policy) {
		return answer(this.seen.find(policy));
	}

	/** Restricts what the preset holds. */
	@PutMapping(PATH + "/{preset}")
	@PreAuthorize("hasAuthority('SCOPE_policy:write') and hasRole('OPERATOR')")
	@Operation(summary = "Restricts the numbers of a preset")
	ResponseEntity<Listing> restrict(@PathVariable long policy, @PathVariable String preset,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
		return change(policy, preset, ifMatch, true);
	}

	/** Own restrictions of the same numbers stay. */
	@DeleteMapping(PATH + "/{preset}")
	@PreAuthorize("hasAuthority('SCOPE_policy:write') and hasRole('OPERATOR')")
	@Operation(summary = "Restricts the numbers of a preset no more")
	ResponseEntity<Listing> release(@PathVariable long policy, @PathVariable String preset,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
		return change(policy, preset, ifMatch, false);
	}

	private ResponseEntity<Listing> change(long policy, String preset, @Nullable String ifMatch, boolean on) {
		var meant = find(preset).orElseThrow(NotThereException::new);
		return answer(this.seen.change(policy, IfMatch.of(ifMatch), (_) -> {
			switch (this.lists.setPreset(policy, meant, on)) {
				case Gone _ -> throw new NotThereException();
				case Refused refused ->
					throw new RefusedException("", this.messages.getMessage(refused, Locale.ENGLISH));
				case RestrictionChange.Changed _, RestrictionChange.Unchanged _ -> {
				}
			}
		}));
	}

	/** By the word that pages and scripts call it. */
	static Optional<RestrictionPreset> find(String word) {
		return Arrays.stream(RestrictionPreset.values())
			.filter((preset) -> RestrictionPages.word(preset).equals(word))
			.findAny();
	}

	private ResponseEntity<Listing> answer(SeenPolicies.Seen policy) {
		var restrictions = this.lists.list(policy.rules().id());
		return ResponseEntity.ok()
			.eTag(IfMatch.tag(policy.revision()))
			.body(new Listing(Arrays.stream(RestrictionPreset.values())
				.map((preset) -> new Item(RestrictionPages.word(preset),
						restrictions.stream().anyMatch((restriction) -> restriction.preset() == preset),
						RestrictionLists.entries(preset, policy.rules())))
				.toList()));
	}

	/** All presets. */
	record Listing(List<Item> items) {
	}

	/**
	 * A preset.
	 *
	 * @param restricted whether the policy has it
	 * @param entries what it restricts there: never the home country
	 */
	record Item(String preset, boolean restricted, SortedSet<String> entries) {
	}

}
