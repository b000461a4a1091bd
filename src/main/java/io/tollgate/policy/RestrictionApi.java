package io.tollgate.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.tollgate.api.IfMatch;
import io.tollgate.api.RefusedException;
import io.tollgate.api.Wrong;
import io.tollgate.pbx.NotThereException;
import io.tollgate.policy.RestrictionChange.Changed;
import io.tollgate.policy.RestrictionChange.Gone;
import io.tollgate.policy.RestrictionChange.Refused;
import io.tollgate.policy.RestrictionChange.Unchanged;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * The number restrictions of a policy, for scripts. They come whole: there are not many,
 * and a change is one of the whole list.
 */
@RestController
class RestrictionApi {

	private static final String PATH = PolicyApi.PATH + "/{policy}/restrictions";

	private final RestrictionLists lists;

	private final SeenPolicies seen;

	private final MessageSource messages;

	RestrictionApi(RestrictionLists lists, SeenPolicies seen, MessageSource messages) {
		this.lists = lists;
		this.seen = seen;
		this.messages = messages;
	}

	@GetMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_policy:read')")
	@Operation(summary = "The number restrictions of a policy")
	ResponseEntity<Listing> restrictions(@PathVariable long policy) {
		return answer(policy, this.seen.find(policy).revision());
	}

	/**
	 * Removes and adds own restrictions, wholly or not at all. Those of presets stay, and
	 * so does what is there already.
	 */
	@PostMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_policy:write') and hasRole('OPERATOR')")
	@Operation(summary = "Adds and removes number restrictions, wholly or not at all")
	ResponseEntity<Listing> change(@PathVariable long policy,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
			@Valid @RequestBody Wanted wanted) {
		var now = this.seen.change(policy, IfMatch.of(ifMatch), (rules) -> {
			var added = added(wanted, rules);
			var remove = wanted.remove();
			if (remove != null && !remove.isEmpty()) {
				done(this.lists.remove(policy, new HashSet<>(remove)), "/remove");
			}
			if (!added.isEmpty()) {
				done(this.lists.add(policy, added), "/add");
			}
		});
		return answer(policy, now.revision());
	}

	/** Reads all of them as the page reads one, and refuses with all that is wrong. */
	private Map<String, String> added(Wanted wanted, PolicyRules rules) {
		var added = new LinkedHashMap<String, String>();
		var errors = new ArrayList<Wrong>();
		int at = 0;
		for (var one : (wanted.add() != null) ? wanted.add() : List.<New>of()) {
			var reading = RestrictionReading.of(one.number(), rules);
			if (reading.refused() != null) {
				errors.add(new Wrong("/add/" + at + "/number",
						this.messages.getMessage(reading.refused(), Locale.ENGLISH)));
			}
			reading.entries().forEach((entry) -> added.putIfAbsent(entry, Objects.requireNonNullElse(one.note(), "")));
			at++;
		}
		if (!errors.isEmpty()) {
			throw new RefusedException(errors);
		}
		return added;
	}

	private void done(RestrictionChange change, String path) {
		switch (change) {
			case Gone _ -> throw new NotThereException();
			case Refused refused -> throw new RefusedException(path, this.messages.getMessage(refused, Locale.ENGLISH));
			case Changed _, Unchanged _ -> {
			}
		}
	}

	private ResponseEntity<Listing> answer(long policy, long revision) {
		return ResponseEntity.ok()
			.eTag(IfMatch.tag(revision))
			.body(new Listing(this.lists.list(policy).stream().map(Item::of).toList()));
	}

	/** All restrictions of the policy. */
	record Listing(List<Item> items) {
	}

	/**
	 * What nobody may dial.
	 *
	 * @param entry the beginning of the number in full, without a plus sign
	 * @param preset what it came with, {@code null} for an own one
	 */
	record Item(String entry, @Nullable String preset, String note) {

		static Item of(Restriction restriction) {
			var preset = restriction.preset();
			return new Item(restriction.entry(), (preset != null) ? RestrictionPages.word(preset) : null,
					restriction.label());
		}

	}

	/**
	 * What is to change.
	 *
	 * @param remove entries as they are listed
	 */
	record Wanted(@Nullable @Size(max = 2000) List<@NotNull @Valid New> add,
			@Nullable @Size(max = 2000) List<@NotNull @Size(max = 20) String> remove) {
	}

	/**
	 * A new one.
	 *
	 * @param number written as on the page: {@code +1 900}, {@code 1-900-XXXXXXX}
	 */
	record New(@NotBlank @Size(max = 100) String number, @Nullable @Size(max = 80) String note) {
	}

}
