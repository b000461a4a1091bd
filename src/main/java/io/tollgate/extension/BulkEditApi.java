package io.tollgate.extension;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.tollgate.api.RefusedException;
import io.tollgate.extension.ExtensionApi.NewRestrictions;
import io.tollgate.pbx.NotThereException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The bulk edit for scripts: all of it happens or nothing, beside the request that asked
 * for it.
 */
@RestController
class BulkEditApi {

	private static final String PATH = ExtensionApi.PATH + "/bulk-edits";

	private final Extensions extensions;

	private final ExtensionLists lists;

	private final BulkEdits edits;

	private final MessageSource messages;

	BulkEditApi(Extensions extensions, ExtensionLists lists, BulkEdits edits, MessageSource messages) {
		this.extensions = extensions;
		this.lists = lists;
		this.edits = edits;
		this.messages = messages;
	}

	/** A quick one is done when this answers. */
	@PostMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_extension:write') and hasRole('OPERATOR')")
	@ResponseStatus(HttpStatus.ACCEPTED)
	@Operation(summary = "Begins to change the call restrictions of many extensions, wholly or not at all")
	Progress start(@Valid @RequestBody Wanted wanted) {
		var change = (wanted.change() != null) ? wanted.change().edit() : RestrictionEdit.NOTHING;
		if (change.equals(RestrictionEdit.NOTHING)) {
			throw refused("/change", "extension.api.nothing");
		}
		var meant = meant(wanted);
		int selected = this.extensions.picked(meant.which()).count();
		if (selected == 0) {
			throw refused(meant.path(), "extension.api.none");
		}
		if (wanted.expected() != null && wanted.expected() != selected) {
			throw refused("/expected", "extension.api.count", wanted.expected(), selected);
		}
		return Progress.of(this.edits.start(meant.which(), change, selected, meant.words(), ExtensionFilter.PATH));
	}

	/** Who is limited to some PBXs sees the edits of this token only. */
	@GetMapping(PATH + "/{edit}")
	@PreAuthorize("hasAuthority('SCOPE_extension:read')")
	@Operation(summary = "How a bulk edit stands")
	Progress progress(@PathVariable UUID edit) {
		return Progress.of(this.edits.find(edit).orElseThrow(NotThereException::new));
	}

	private Meant meant(Wanted wanted) {
		var ids = wanted.ids();
		var filter = wanted.filter();
		if (ids != null && filter == null) {
			return new Meant(this.extensions.seen().and(Where.PRESENT).and(Where.in("e.id", new HashSet<>(ids))), "",
					"/ids");
		}
		if (filter == null || ids != null) {
			throw refused("", "extension.api.which");
		}
		var found = WantedExtensions.of(filter.q(), filter.show(), filter.pbx(), filter.group(), filter.policy(),
				"/filter/show", this.messages);
		return new Meant(this.lists.picked(found), this.lists.words(found), "/filter");
	}

	private RefusedException refused(String path, String key, Object... arguments) {
		return new RefusedException(path, this.messages.getMessage(key, arguments, Locale.ENGLISH));
	}

	/**
	 * What is to change for whom: either by ids or by a filter.
	 *
	 * @param ids of extensions; what is not there or not seen counts for nothing
	 * @param filter as of the list; an empty one stands for all
	 * @param expected how many extensions that must be, {@code null} for any number
	 */
	record Wanted(@Nullable @Size(max = 10_000) List<@NotNull Long> ids, @Nullable @Valid Filter filter,
			@Nullable @Valid NewRestrictions change, @Nullable Integer expected) {
	}

	/**
	 * Which extensions; what is not given does not matter.
	 *
	 * @param q words that number, name and PBX must hold together
	 * @param show {@code all}, {@code international} or {@code unapplied}
	 * @param pbx its id
	 * @param group the name of a group, on whatever PBX
	 * @param policy the id of a policy, for the PBXs that it is on
	 */
	record Filter(@Nullable @Size(max = 80) String q, @Nullable String show, @Nullable Long pbx,
			@Nullable @Size(max = 63) String group, @Nullable Long policy) {
	}

	/**
	 * How it stands.
	 *
	 * @param state {@code running}; {@code done}: all of it happened; {@code failed} or
	 * {@code stopped}: nothing did
	 * @param selected how many extensions it is meant for
	 * @param done how many are written; nobody sees them before the end
	 * @param changed how many have other restrictions now, once it is done
	 */
	record Progress(UUID id, String state, String actor, Instant startedAt, int selected, int done, int changed) {

		static Progress of(BulkEdit edit) {
			return new Progress(edit.id(), edit.state().name().toLowerCase(Locale.ROOT), edit.actor(), edit.startedAt(),
					edit.selected(), edit.done(), edit.changed());
		}

	}

	/**
	 * The extensions that are meant.
	 *
	 * @param words for the trail; empty when they were named one by one
	 * @param path where the request says it
	 */
	private record Meant(Where which, String words, String path) {
	}

}
