package io.tollgate.extension;

import java.util.List;
import java.util.Locale;

import io.swagger.v3.oas.annotations.Operation;
import io.tollgate.api.IfMatch;
import io.tollgate.api.Next;
import io.tollgate.api.RefusedException;
import io.tollgate.extension.RestrictionEdit.MaxDuration;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The extensions for scripts: those of the PBXs that the token sees. */
@RestController
class ExtensionApi {

	static final String PATH = "/api/v1/extensions";

	static final int LONGEST = 86_400;

	private static final int MOST = 1_000;

	private final ExtensionLists lists;

	private final SeenExtensions seen;

	private final MessageSource messages;

	ExtensionApi(ExtensionLists lists, SeenExtensions seen, MessageSource messages) {
		this.lists = lists;
		this.seen = seen;
		this.messages = messages;
	}

	/**
	 * In the order of their ids, by the filter of the page.
	 * @param show {@code all}, {@code international}, {@code unapplied} or {@code gone}
	 * @param group the name of a group, on whatever PBX
	 * @param after only extensions with a higher id
	 */
	@GetMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_extension:read')")
	@Operation(summary = "Extensions and their call restrictions, in parts")
	Page extensions(@RequestParam(required = false) @Nullable @Size(max = 80) String q,
			@RequestParam(required = false) @Nullable String show, @RequestParam(required = false) @Nullable Long pbx,
			@RequestParam(required = false) @Nullable @Size(max = 63) String group,
			@RequestParam(required = false) @Nullable Long policy, @RequestParam(defaultValue = "0") long after,
			@RequestParam(defaultValue = "100") @Min(1) @Max(MOST) int limit, HttpServletRequest request) {
		var wanted = WantedExtensions.of(q, show, pbx, group, policy, "", this.messages);
		var found = this.lists.after(wanted, after, limit + 1);
		var shown = found.subList(0, Math.min(limit, found.size()));
		return new Page(shown.stream().map(Item::of).toList(),
				(found.size() > limit) ? Next.path(request, "after", shown.getLast().id()) : null);
	}

	@GetMapping(PATH + "/{extension}")
	@PreAuthorize("hasAuthority('SCOPE_extension:read')")
	@Operation(summary = "One extension")
	ResponseEntity<Item> extension(@PathVariable long extension) {
		return answer(this.seen.find(extension));
	}

	/** Changes what is given. */
	@PatchMapping(PATH + "/{extension}")
	@PreAuthorize("hasAuthority('SCOPE_extension:write') and hasRole('OPERATOR')")
	@Operation(summary = "Changes the call restrictions of an extension")
	ResponseEntity<Item> change(@PathVariable long extension,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
			@Valid @RequestBody NewRestrictions wanted) {
		var match = IfMatch.of(ifMatch);
		if (!this.seen.find(extension).present()) {
			throw new RefusedException("", this.messages.getMessage("extension.api.gone", null, Locale.ENGLISH));
		}
		return answer(this.seen.change(extension, match, wanted.edit()));
	}

	private static ResponseEntity<Item> answer(ExtensionListing extension) {
		return ResponseEntity.ok().eTag(tag(extension)).body(Item.of(extension));
	}

	private static String tag(ExtensionListing extension) {
		return IfMatch.tag(SeenExtensions.revision(extension));
	}

	/**
	 * Some of the extensions.
	 *
	 * @param next the path of those behind them, {@code null} when these are the last
	 */
	record Page(List<Item> items, @Nullable String next) {
	}

	/**
	 * An extension.
	 *
	 * @param pbx the id of its PBX
	 * @param present whether the PBX still has it
	 * @param unapplied whether the PBX runs other restrictions, as far as is known
	 * @param maxDurationSeconds {@code null} for no limit
	 * @param etag what {@code If-Match} wants for it
	 */
	record Item(long id, long pbx, String number, String name, boolean present, boolean unapplied,
			boolean disallowInternational, boolean disallowOutbound, boolean disallowOutsideBusinessHours,
			@Nullable Integer maxDurationSeconds, String etag) {

		static Item of(ExtensionListing listing) {
			var restrictions = listing.restrictions();
			return new Item(listing.id(), listing.extension().pbxId(), listing.number(), listing.name(),
					listing.present(), listing.unapplied(), restrictions.disallowInternational(),
					restrictions.disallowOutbound(), restrictions.disallowOutsideBusinessHours(),
					restrictions.maxDurationSeconds(), tag(listing));
		}

	}

	/**
	 * What is to change; what is not given stays.
	 *
	 * @param maxDurationSeconds 0 for no limit
	 */
	record NewRestrictions(@Nullable Boolean disallowInternational, @Nullable Boolean disallowOutbound,
			@Nullable Boolean disallowOutsideBusinessHours,
			@Nullable @Min(0) @Max(LONGEST) Integer maxDurationSeconds) {

		RestrictionEdit edit() {
			var seconds = this.maxDurationSeconds;
			return new RestrictionEdit(this.disallowInternational, this.disallowOutbound,
					this.disallowOutsideBusinessHours,
					(seconds != null) ? new MaxDuration((seconds > 0) ? seconds : null) : null);
		}

	}

}
