package io.tollgate.policy;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import io.tollgate.api.RefusedException;
import io.tollgate.pbx.NotThereException;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.RestrictionChange.Gone;
import io.tollgate.policy.RestrictionChange.Refused;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Who may dial restricted numbers, for scripts. Each exemption stands for itself, so no
 * change of one takes another back.
 */
@RestController
class ExemptionApi {

	private static final String PATH = PolicyApi.PATH + "/{policy}/exemptions";

	private final RestrictionLists lists;

	private final SeenPolicies seen;

	private final PbxRegistry pbxs;

	private final MessageSource messages;

	private final Clock clock;

	ExemptionApi(RestrictionLists lists, SeenPolicies seen, PbxRegistry pbxs, MessageSource messages, Clock clock) {
		this.lists = lists;
		this.seen = seen;
		this.pbxs = pbxs;
		this.messages = messages;
		this.clock = clock;
	}

	@GetMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_policy:read')")
	@Operation(summary = "Who may dial numbers that a policy restricts")
	Listing exemptions(@PathVariable long policy) {
		return new Listing(granted(policy).stream().map(this::item).toList());
	}

	/** One that is there already gets the new end. */
	@PostMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_policy:write') and hasRole('OPERATOR')")
	@Operation(summary = "Lets an extension or a group dial what is restricted, or changes until when")
	Item grant(@PathVariable long policy, @Valid @RequestBody Wanted wanted) {
		this.seen.find(policy);
		var who = wanted.who();
		if (this.pbxs.ofPolicy(policy).stream().map(Pbx::id).noneMatch(wanted.pbx()::equals)) {
			throw new NotThereException();
		}
		switch ((who != null) ? this.lists.exempt(wanted.pbx(), who, wanted.meant(), wanted.until())
				: new RestrictionChange.ExtensionAndGroup()) {
			case Gone _ -> throw new NotThereException();
			case Refused refused ->
				throw new RefusedException(path(refused), this.messages.getMessage(refused, Locale.ENGLISH));
			case RestrictionChange.Changed _, RestrictionChange.Unchanged _ -> {
			}
		}
		return granted(policy).stream()
			.filter((granted) -> granted.pbxId() == wanted.pbx() && granted.extension().equals(who)
					&& granted.target().equals(wanted.meant()))
			.findFirst()
			.map(this::item)
			.orElseThrow(NotThereException::new);
	}

	@DeleteMapping(PATH + "/{exemption}")
	@PreAuthorize("hasAuthority('SCOPE_policy:write') and hasRole('OPERATOR')")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Ends an exemption")
	void end(@PathVariable long policy, @PathVariable long exemption) {
		if (granted(policy).stream().noneMatch((granted) -> granted.id() == exemption)
				|| this.lists.removeExemption(exemption) instanceof Refused) {
			throw new NotThereException();
		}
	}

	private List<GrantedExemption> granted(long policy) {
		this.seen.find(policy);
		return this.lists.exemptions(policy);
	}

	private static String path(Refused refused) {
		return switch (refused) {
			case RestrictionChange.UnknownGroup _, RestrictionChange.ExtensionAndGroup _ -> "/group";
			case RestrictionChange.EndIsPast _ -> "/until";
			case RestrictionChange.NotRestricted _ -> "/target";
			default -> "/extension";
		};
	}

	private Item item(GrantedExemption granted) {
		var preset = granted.preset();
		return new Item(granted.id(), granted.pbxId(), granted.ofGroup() ? null : granted.extension(),
				granted.ofGroup() ? granted.extension().substring(ExtensionNumbers.GROUP.length()) : null,
				(preset != null) ? RestrictionPages.word(preset) : granted.target(), granted.until(),
				granted.ended(Instant.now(this.clock)));
	}

	/** All exemptions on the PBXs of the policy. */
	record Listing(List<Item> items) {
	}

	/**
	 * An exemption.
	 *
	 * @param extension its number, {@code null} for a group
	 * @param group the key of the group, {@code null} for an extension
	 * @param target a restricted entry, or the word of a preset
	 * @param until when it ends, {@code null} for never
	 * @param ended whether it is over
	 */
	record Item(long id, long pbx, @Nullable String extension, @Nullable String group, String target,
			@Nullable Instant until, boolean ended) {
	}

	/**
	 * An exemption to grant; either an extension or a group.
	 *
	 * @param pbx one that follows the policy
	 * @param target a restricted entry as it is listed, or the word of a preset
	 * @param until when it ends, never if it is not given
	 */
	record Wanted(@NotNull Long pbx, @Nullable @Size(max = 40) String extension, @Nullable @Size(max = 40) String group,
			@NotNull @Size(max = 40) String target, @Nullable Instant until) {

		/** As it is stored; {@code null} for both or neither. */
		private @Nullable String who() {
			if ((this.extension == null) == (this.group == null)) {
				return null;
			}
			return (this.group != null) ? ExtensionNumbers.GROUP + this.group
					: Objects.requireNonNull(this.extension).strip();
		}

		/** As it is stored. */
		private String meant() {
			return PresetApi.find(this.target).map(Enum::name).orElse(this.target);
		}

	}

}
