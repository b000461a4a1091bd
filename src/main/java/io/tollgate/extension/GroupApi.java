package io.tollgate.extension;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import io.swagger.v3.oas.annotations.Operation;
import io.tollgate.api.IfMatch;
import io.tollgate.api.RefusedException;
import io.tollgate.extension.GroupChange.Changed;
import io.tollgate.extension.GroupChange.Gone;
import io.tollgate.extension.GroupChange.Refused;
import io.tollgate.extension.GroupChange.Unchanged;
import io.tollgate.extension.GroupChange.UnknownNumbers;
import io.tollgate.pbx.NotThereException;
import io.tollgate.pbx.PbxRegistry;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The extension groups of a PBX, for scripts. */
@RestController
class GroupApi {

	private static final String PATH = "/api/v1/pbxs/{pbx}/groups";

	private static final String ONE = PATH + "/{group}";

	private final Groups groups;

	private final SeenGroups seen;

	private final PbxRegistry registry;

	private final MessageSource messages;

	GroupApi(Groups groups, SeenGroups seen, PbxRegistry registry, MessageSource messages) {
		this.groups = groups;
		this.seen = seen;
		this.registry = registry;
		this.messages = messages;
	}

	/** There are not many of a PBX, so they come whole. */
	@GetMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_extension:read')")
	@Operation(summary = "The extension groups of a PBX")
	Listing groups(@PathVariable long pbx) {
		mustBeThere(pbx);
		var usage = this.groups.usage(pbx);
		return new Listing(this.groups.of(pbx)
			.entrySet()
			.stream()
			.map((group) -> Item.of(group.getKey(), group.getValue(), usage.get(group.getKey())))
			.toList());
	}

	@GetMapping(ONE)
	@PreAuthorize("hasAuthority('SCOPE_extension:read')")
	@Operation(summary = "One extension group, and what names it")
	ResponseEntity<Item> group(@PathVariable long pbx, @PathVariable String group) {
		mustBeThere(pbx);
		return answer(pbx, group);
	}

	private ResponseEntity<Item> answer(long pbx, String key) {
		var item = item(pbx, key);
		return ResponseEntity.ok().eTag(item.etag()).body(item);
	}

	private Item item(long pbx, String key) {
		return this.groups.find(pbx, key)
			.map((group) -> Item.of(key, group, this.groups.usage(pbx).get(key)))
			.orElseThrow(NotThereException::new);
	}

	@PostMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_extension:write') and hasRole('OPERATOR')")
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Makes an extension group")
	ResponseEntity<Item> create(@PathVariable long pbx, @Valid @RequestBody Wanted wanted) {
		mustBeThere(pbx);
		return switch (this.groups.create(pbx, wanted.named(), wanted.typed())) {
			case Changed(var key) -> {
				var item = item(pbx, key);
				yield ResponseEntity
					.created(URI.create(ONE.replace("{pbx}", String.valueOf(pbx)).replace("{group}", key)))
					.eTag(item.etag())
					.body(item);
			}
			case Refused refused -> throw refused(refused);
			case Unchanged _ -> throw new IllegalStateException("a new group is a change");
		};
	}

	/** Members that the PBX does not have any more may stay. */
	@PutMapping(ONE)
	@PreAuthorize("hasAuthority('SCOPE_extension:write') and hasRole('OPERATOR')")
	@Operation(summary = "Gives an extension group a name and members")
	ResponseEntity<Item> replace(@PathVariable long pbx, @PathVariable String group,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
			@Valid @RequestBody Wanted wanted) {
		mustBeThere(pbx);
		done(this.seen.change(pbx, group, IfMatch.of(ifMatch),
				() -> this.groups.save(pbx, group, wanted.named(), wanted.typed())));
		return answer(pbx, group);
	}

	/** One that routes or exemptions name stays; the refusal names them. */
	@DeleteMapping(ONE)
	@PreAuthorize("hasAuthority('SCOPE_extension:write') and hasRole('OPERATOR')")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Deletes an extension group that nothing names")
	void delete(@PathVariable long pbx, @PathVariable String group,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
		mustBeThere(pbx);
		done(this.seen.change(pbx, group, IfMatch.of(ifMatch), () -> this.groups.delete(pbx, group)));
	}

	private void mustBeThere(long pbx) {
		if (this.registry.find(pbx).isEmpty()) {
			throw new NotThereException();
		}
	}

	private void done(GroupChange change) {
		if (change instanceof Refused refused) {
			throw refused(refused);
		}
	}

	private RuntimeException refused(Refused refused) {
		var path = switch (refused) {
			case UnknownNumbers _ -> "/members";
			case GroupChange.NoName _, GroupChange.NameTaken _ -> "/name";
			case Gone _, GroupChange.ChangedMeanwhile _, GroupChange.InUse _ -> "";
		};
		return (refused instanceof Gone) ? new NotThereException()
				: new RefusedException(path, this.messages.getMessage(refused, Locale.ENGLISH));
	}

	/** All of a PBX. */
	record Listing(List<Item> items) {
	}

	/**
	 * A group.
	 *
	 * @param members numbers of extensions
	 * @param routes names of the routes that are for it
	 * @param exemptions how many exemptions from number restrictions name it
	 * @param etag what {@code If-Match} wants for it
	 */
	record Item(String id, String name, List<String> members, List<String> routes, int exemptions, String etag) {

		static Item of(String key, ExtensionGroup group, @Nullable GroupUsage usage) {
			return new Item(key, group.name(), group.members().stream().sorted(Members.ORDER).toList(),
					(usage != null) ? usage.routes().stream().map(GroupUse::name).toList() : List.of(),
					(usage != null) ? usage.exemptions() : 0, IfMatch.tag(group.fingerprint()));
		}

	}

	/**
	 * What it shall be; what is not given is gone.
	 *
	 * @param members numbers, and ranges as {@code 1001-1010}, which stand for those
	 * extensions in it that there are
	 */
	record Wanted(@Nullable @Size(max = 200) String name,
			@Nullable @Size(max = 10_000) List<@NotNull @Size(max = 100) String> members) {

		String named() {
			return Objects.requireNonNullElse(this.name, "");
		}

		String typed() {
			return String.join(", ", Objects.requireNonNullElse(this.members, List.of()));
		}

	}

}
