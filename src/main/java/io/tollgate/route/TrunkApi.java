package io.tollgate.route;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import io.swagger.v3.oas.annotations.Operation;
import io.tollgate.api.IfMatch;
import io.tollgate.api.Next;
import io.tollgate.api.RefusedException;
import io.tollgate.api.Wrong;
import io.tollgate.pbx.NotThereException;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.route.TrunkAnswer.Changed;
import io.tollgate.route.TrunkAnswer.Found;
import io.tollgate.route.TrunkAnswer.Gone;
import io.tollgate.route.TrunkAnswer.InUse;
import io.tollgate.route.TrunkAnswer.Refused;
import io.tollgate.route.TrunkAnswer.Unchanged;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
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

/** The trunks for scripts: those of the PBXs that the token sees. */
@RestController
class TrunkApi {

	private static final String PATH = "/api/v1/trunks";

	private static final String OF_PBX = "/api/v1/pbxs/{pbx}/trunks";

	private static final String ONE = OF_PBX + "/{trunk}";

	private static final String READING = "as-dialled|e164";

	private static final int MOST = 1_000;

	private final Trunks trunks;

	private final SeenTrunks seen;

	private final Routes routes;

	private final PbxRegistry registry;

	private final MessageSource messages;

	TrunkApi(Trunks trunks, SeenTrunks seen, Routes routes, PbxRegistry registry, MessageSource messages) {
		this.trunks = trunks;
		this.seen = seen;
		this.routes = routes;
		this.registry = registry;
		this.messages = messages;
	}

	/**
	 * In the order in which they became known, also those that are no longer on their
	 * PBX.
	 * @param pbx only of that one
	 * @param after as {@code next} says it
	 */
	@GetMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_route:read')")
	@Operation(summary = "Trunks, in parts")
	Page trunks(@RequestParam(required = false) @Nullable Long pbx, @RequestParam(defaultValue = "0") long after,
			@RequestParam(defaultValue = "100") @Min(1) @Max(MOST) int limit, HttpServletRequest request) {
		var pbxs = this.registry.ids().stream().filter((id) -> pbx == null || pbx.equals(id)).toList();
		var found = this.seen.after(pbxs, after, limit + 1);
		var shown = found.subList(0, Math.min(limit, found.size()));
		return new Page(shown.stream().map((trunk) -> Head.of(trunk.pbx(), trunk.stored())).toList(),
				(found.size() > limit) ? Next.path(request, "after", shown.getLast().id()) : null);
	}

	@GetMapping(ONE)
	@PreAuthorize("hasAuthority('SCOPE_route:read')")
	@Operation(summary = "One trunk and the routes that use it")
	ResponseEntity<Item> trunk(@PathVariable long pbx, @PathVariable String trunk) {
		return answer(pbx, trunk);
	}

	private ResponseEntity<Item> answer(long pbx, String name) {
		var trunk = this.seen.find(pbx, name);
		return ResponseEntity.ok().eTag(tag(trunk)).body(item(pbx, trunk));
	}

	private Item item(long pbx, StoredTrunk stored) {
		var using = this.routes.list(pbx)
			.stream()
			.filter((route) -> route.route().trunks().contains(stored.name()))
			.map((route) -> new Use(route.id(), route.route().name()))
			.toList();
		var trunk = stored.trunk();
		return new Item(pbx, stored.name(), stored.present(), stored.byHand(), trunk.dial(), word(trunk.reading()),
				trunk.accessCode(), using);
	}

	private static String tag(StoredTrunk trunk) {
		return IfMatch.tag(SeenTrunks.revision(trunk));
	}

	private static String word(Trunk.Reading reading) {
		return reading.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Reading the PBX does not take it away. */
	@PostMapping(OF_PBX)
	@PreAuthorize("hasAuthority('SCOPE_route:write') and hasRole('OPERATOR')")
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Adds a trunk by hand")
	ResponseEntity<Item> create(@PathVariable long pbx, @Valid @RequestBody New wanted) {
		this.seen.requireSeen(pbx);
		var name = Objects.requireNonNullElse(wanted.name(), "").strip();
		done(this.trunks.add(pbx, name, wished(Trunk.PLAIN, wanted.dial(), wanted.reading(), wanted.accessCode())));
		var made = this.seen.find(pbx, name);
		return ResponseEntity.created(URI.create(OF_PBX.replace("{pbx}", String.valueOf(pbx)) + "/" + name))
			.eTag(tag(made))
			.body(item(pbx, made));
	}

	/**
	 * Changes what is given; of a trunk that was found on the PBX, not how it is dialed.
	 */
	@PatchMapping(ONE)
	@PreAuthorize("hasAuthority('SCOPE_route:write') and hasRole('OPERATOR')")
	@Operation(summary = "Changes a trunk")
	ResponseEntity<Item> change(@PathVariable long pbx, @PathVariable String trunk,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
			@Valid @RequestBody Wanted wanted) {
		var match = IfMatch.of(ifMatch);
		var known = this.seen.find(pbx, trunk);
		if (!known.byHand() && wanted.dial() != null && !wanted.dial().equals(known.trunk().dial())) {
			match.require(SeenTrunks.revision(known));
			throw new RefusedException("/dial", say("trunks.api.found"));
		}
		done(this.seen.change(pbx, trunk, match, (before) -> this.trunks.change(pbx, trunk,
				wished(before, wanted.dial(), wanted.reading(), wanted.accessCode()))));
		return answer(pbx, trunk);
	}

	private static Trunk wished(Trunk before, @Nullable String dial, @Nullable String reading,
			@Nullable String accessCode) {
		return new Trunk(
				(dial != null) ? dial.strip() : before.dial(), (reading != null)
						? Trunk.Reading.valueOf(reading.toUpperCase(Locale.ROOT).replace('-', '_')) : before.reading(),
				(accessCode != null) ? accessCode : before.accessCode());
	}

	/** One that was found on the PBX, or that routes use, stays. */
	@DeleteMapping(ONE)
	@PreAuthorize("hasAuthority('SCOPE_route:write') and hasRole('OPERATOR')")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Removes a trunk that was added by hand")
	void delete(@PathVariable long pbx, @PathVariable String trunk,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
		switch (this.seen.change(pbx, trunk, IfMatch.of(ifMatch), (_) -> this.trunks.remove(pbx, trunk))) {
			case InUse(var routes) ->
				throw new RefusedException("", say("trunks.kept", trunk, routes.getFirst(), routes.size() - 1));
			case Found _ -> throw new RefusedException("", say("trunks.api.found"));
			case Gone _ -> throw new NotThereException();
			case Changed _, Unchanged _, Refused _ -> {
			}
		}
	}

	private void done(TrunkAnswer answer) {
		switch (answer) {
			case Refused(var refusals) -> throw new RefusedException(refusals.stream()
				.map((refusal) -> new Wrong("/" + refusal.field(), this.messages.getMessage(refusal, Locale.ENGLISH)))
				.toList());
			case Gone _, Found _, InUse _ -> throw new NotThereException();
			case Changed _, Unchanged _ -> {
			}
		}
	}

	private String say(String code, Object... arguments) {
		return this.messages.getMessage(code, arguments, Locale.ENGLISH);
	}

	/**
	 * Some of the trunks.
	 *
	 * @param next the path of those behind them, {@code null} when these are the last
	 */
	record Page(List<Head> items, @Nullable String next) {
	}

	/**
	 * A trunk in a list.
	 *
	 * @param pbx the id of its PBX
	 * @param present whether routes can use it
	 * @param byHand whether a person or a script added it
	 * @param dial empty for the PJSIP endpoint of its name
	 * @param reading {@code as-dialled} or {@code e164}
	 * @param etag what {@code If-Match} wants for it
	 */
	record Head(long pbx, String name, boolean present, boolean byHand, String dial, String reading, String accessCode,
			String etag) {

		static Head of(long pbx, StoredTrunk stored) {
			var trunk = stored.trunk();
			return new Head(pbx, stored.name(), stored.present(), stored.byHand(), trunk.dial(), word(trunk.reading()),
					trunk.accessCode(), tag(stored));
		}

	}

	/**
	 * A trunk.
	 *
	 * @param pbx the id of its PBX
	 * @param present whether routes can use it
	 * @param byHand whether a person or a script added it
	 * @param dial empty for the PJSIP endpoint of its name
	 * @param reading {@code as-dialled} or {@code e164}
	 * @param routes those that use it, in their order
	 */
	record Item(long pbx, String name, boolean present, boolean byHand, String dial, String reading, String accessCode,
			List<Use> routes) {
	}

	/** A route that uses it. */
	record Use(long id, String name) {
	}

	/**
	 * What is to change; what is not given stays.
	 *
	 * @param dial with {@code $OUTNUM$} where the number stands, empty for an endpoint
	 */
	record Wanted(@Nullable @Size(max = 200) String dial, @Nullable @Pattern(regexp = READING) String reading,
			@Nullable @Size(max = 40) String accessCode) {
	}

	/**
	 * A new one.
	 *
	 * @param dial with {@code $OUTNUM$} where the number stands; not given, the PJSIP
	 * endpoint of its name
	 * @param reading {@code as-dialled} if not given
	 */
	record New(@Nullable @Size(max = 80) String name, @Nullable @Size(max = 200) String dial,
			@Nullable @Pattern(regexp = READING) String reading, @Nullable @Size(max = 40) String accessCode) {
	}

}
