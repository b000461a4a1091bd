package io.tollgate.route;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

import io.swagger.v3.oas.annotations.Operation;
import io.tollgate.api.IfMatch;
import io.tollgate.api.Next;
import io.tollgate.api.RefusedException;
import io.tollgate.pbx.NotThereException;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.route.SeenRoutes.Seen;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The outbound routes for scripts: those of the PBXs that the token sees. */
@RestController
class RouteApi {

	static final String OF_PBX = "/api/v1/pbxs/{pbx}/routes";

	static final String ONE = OF_PBX + "/{route}";

	private static final String PATH = "/api/v1/routes";

	private static final int MOST_PBXS = 100;

	private static final String WORD = "[a-z]{1,10}";

	private final Routes routes;

	private final SeenRoutes seen;

	private final RouteAnswers answers;

	private final PbxRegistry registry;

	RouteApi(Routes routes, SeenRoutes seen, RouteAnswers answers, PbxRegistry registry) {
		this.routes = routes;
		this.seen = seen;
		this.answers = answers;
		this.registry = registry;
	}

	/**
	 * PBX by PBX in the order of their ids, the routes of each in the order in which it
	 * asks them; never a part of a PBX.
	 * @param after only PBXs with a higher id
	 * @param limit of how many PBXs
	 */
	@GetMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_route:read')")
	@Operation(summary = "Routes of all PBXs, in parts of whole PBXs")
	Page all(@RequestParam(defaultValue = "0") long after,
			@RequestParam(defaultValue = "20") @Min(1) @Max(MOST_PBXS) int limit, HttpServletRequest request) {
		var behind = this.registry.ids().stream().filter((id) -> id > after).sorted().toList();
		var pbxs = behind.subList(0, Math.min(limit, behind.size()));
		var routes = this.seen.list(pbxs);
		var heads = new ArrayList<Head>();
		pbxs.forEach((pbx) -> routes.getOrDefault(pbx, List.of())
			.forEach((route) -> heads.add(RouteAnswers.head(pbx, route))));
		return new Page(heads, (behind.size() > limit) ? Next.path(request, "after", pbxs.getLast()) : null);
	}

	/** The {@code ETag} is that of the order and of all routes. */
	@GetMapping(OF_PBX)
	@PreAuthorize("hasAuthority('SCOPE_route:read')")
	@Operation(summary = "The routes of a PBX in the order in which it asks them")
	ResponseEntity<Listing> routes(@PathVariable long pbx) {
		return listing(pbx);
	}

	private ResponseEntity<Listing> listing(long pbx) {
		var routes = this.seen.list(pbx);
		return ResponseEntity.ok()
			.eTag(IfMatch.tag(SeenRoutes.revision(routes)))
			.body(new Listing(routes.stream().map((route) -> RouteAnswers.head(pbx, route)).toList()));
	}

	/** Emergency routes stay above all others. */
	@PutMapping(OF_PBX + "/order")
	@PreAuthorize("hasAuthority('SCOPE_route:write') and hasRole('OPERATOR')")
	@Operation(summary = "Puts all routes of a PBX into another order")
	ResponseEntity<Listing> order(@PathVariable long pbx,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
			@Valid @RequestBody Order wanted) {
		if (!this.seen.order(pbx, IfMatch.of(ifMatch), Objects.requireNonNullElse(wanted.routes(), List.of()))) {
			throw new RefusedException("/routes", this.answers.say("route.api.order"));
		}
		return listing(pbx);
	}

	@GetMapping(ONE)
	@PreAuthorize("hasAuthority('SCOPE_route:read')")
	@Operation(summary = "One route with its patterns, and what there is to say about it")
	ResponseEntity<Item> route(@PathVariable long pbx, @PathVariable long route) {
		return answer(pbx, this.seen.find(pbx, route));
	}

	/** At the bottom, where it takes nothing from those above. */
	@PostMapping(OF_PBX)
	@PreAuthorize("hasAuthority('SCOPE_route:write') and hasRole('OPERATOR')")
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Adds a route below the others")
	ResponseEntity<Item> create(@PathVariable long pbx, @Valid @RequestBody Wanted wanted) {
		var at = this.seen.pbx(pbx);
		done(this.routes.add(pbx, this.answers.route(at, wanted), wanted.digits()), wanted);
		var name = Objects.requireNonNullElse(wanted.name(), "").strip();
		var made = this.seen.list(pbx)
			.stream()
			.filter((each) -> each.stored().route().name().equals(name))
			.findFirst()
			.orElseThrow(NotThereException::new);
		return ResponseEntity.created(URI.create("/api/v1/pbxs/%d/routes/%d".formatted(pbx, made.stored().id())))
			.eTag(IfMatch.tag(made.revision()))
			.body(this.answers.item(at, made));
	}

	/** What is not given is not there any more, but for its place. */
	@PutMapping(ONE)
	@PreAuthorize("hasAuthority('SCOPE_route:write') and hasRole('OPERATOR')")
	@Operation(summary = "Replaces a route, wholly or not at all")
	ResponseEntity<Item> replace(@PathVariable long pbx, @PathVariable long route,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
			@Valid @RequestBody Wanted wanted) {
		this.seen.find(pbx, route);
		var replacement = this.answers.route(this.seen.pbx(pbx), wanted);
		done(this.seen.save(pbx, route, IfMatch.of(ifMatch), (_) -> replacement, wanted.digits()), wanted);
		return answer(pbx, this.seen.find(pbx, route));
	}

	/** The switch of the list. */
	@PatchMapping(ONE)
	@PreAuthorize("hasAuthority('SCOPE_route:write') and hasRole('OPERATOR')")
	@Operation(summary = "Switches a route on or off")
	ResponseEntity<Item> change(@PathVariable long pbx, @PathVariable long route,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
			@Valid @RequestBody Switch wanted) {
		var enabled = wanted.enabled();
		var result = this.seen.save(pbx, route, IfMatch.of(ifMatch),
				(before) -> (enabled != null) ? before.withEnabled(enabled) : before, "");
		if (result instanceof SaveResult.Refused(var problems)) {
			throw this.answers.refused(problems, RouteCheck.MOST_RULES);
		}
		return answer(pbx, this.seen.find(pbx, route));
	}

	@DeleteMapping(ONE)
	@PreAuthorize("hasAuthority('SCOPE_route:write') and hasRole('OPERATOR')")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Deletes a route")
	void delete(@PathVariable long pbx, @PathVariable long route,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
		this.seen.delete(pbx, route, IfMatch.of(ifMatch));
	}

	private void done(SaveResult result, Wanted wanted) {
		if (result instanceof SaveResult.Refused(var problems)) {
			throw this.answers.refused(problems, wanted.given().size());
		}
	}

	private ResponseEntity<Item> answer(long pbx, Seen seen) {
		return ResponseEntity.ok().eTag(IfMatch.tag(seen.revision())).body(this.answers.item(this.seen.pbx(pbx), seen));
	}

	/**
	 * Some of the routes.
	 *
	 * @param next the path of those behind them, {@code null} when these are the last
	 */
	record Page(List<Head> items, @Nullable String next) {
	}

	/** All routes of a PBX, in their order. */
	record Listing(List<Head> items) {
	}

	/**
	 * A route in a list.
	 *
	 * @param pbx the id of its PBX
	 * @param etag what {@code If-Match} wants for it
	 */
	record Head(long id, long pbx, String name, String type, boolean enabled, boolean blocks, List<String> trunks,
			int patterns, String etag) {
	}

	/**
	 * A route.
	 *
	 * @param pbx the id of its PBX
	 * @param type {@code emergency}, {@code normal} or {@code internal}
	 * @param trunks tried in this order
	 * @param block how it ends the call, {@code null} when it does not
	 * @param extensions that may use it; with no group either, all
	 * @param groups names of groups that may use it
	 * @param hours when it is there, {@code null} for always
	 * @param callerId what the called sees, empty for the caller's own
	 * @param asks what it asks for before it lets a call out, {@code null} for nothing
	 * @param warnings what the page of the route says about it
	 */
	record Item(long id, long pbx, String name, String type, boolean enabled, List<Rule> patterns, List<String> trunks,
			@Nullable Ending block, List<String> extensions, List<String> groups, @Nullable Hours hours,
			String callerId, @Nullable Asks asks, List<Note> warnings) {
	}

	/**
	 * A dial pattern; what is not given is empty.
	 *
	 * @param prepend put in front of what is sent
	 * @param prefix must be dialed and is not sent
	 * @param match {@code NXXNXXXXXX}
	 * @param callerId a pattern of the calling extension's number
	 */
	record Rule(@Nullable @Size(max = 100) String prepend, @Nullable @Size(max = 100) String prefix,
			@NotNull @Size(max = 200) String match, @Nullable @Size(max = 200) String callerId) {

		static Rule of(DialRule rule) {
			return new Rule(rule.prepend(), rule.prefix(), rule.match(), rule.callerId());
		}

		DialRule toRule() {
			return new DialRule(text(this.prepend), text(this.prefix), this.match.strip(), text(this.callerId));
		}

		private static String text(@Nullable String given) {
			return Objects.requireNonNullElse(given, "").strip();
		}

	}

	/**
	 * How a blocked call ends.
	 *
	 * @param cause Q.850, 1-127; 21 is told to a SIP phone as 403
	 * @param announcement the name of what the caller hears first, {@code null} for
	 * nothing
	 */
	record Ending(int cause, @Nullable @Size(max = 63) String announcement) {
	}

	/**
	 * When a route is there.
	 *
	 * @param zone IANA time zone
	 * @param days {@code monday} to {@code sunday}
	 * @param from {@code 08:00}
	 * @param to {@code 18:00}; {@code 00:00} is the end of the day
	 */
	record Hours(@NotNull @Size(max = 50) String zone,
			@NotNull @Size(max = 7) List<@NotNull @Pattern(regexp = WORD) String> days,
			@NotNull @Size(max = 5) String from, @NotNull @Size(max = 5) String to) {

		static Hours of(RouteTime time) {
			return new Hours(time.zone(), RouteAnswers.words(new TreeSet<>(time.days())),
					RouteForm.Hours.clock(time.from()), RouteForm.Hours.clock(time.to() % 1440));
		}

	}

	/**
	 * What a route asks for: one of both.
	 *
	 * @param pinList the id of a PIN list
	 * @param password digits; empty in an answer, and to keep those that it has
	 */
	record Asks(@Nullable @Size(max = 63) String pinList, @Nullable String password) {

		/** Without the digits: this may stand in a log. */
		@Override
		public String toString() {
			return "Asks[pinList=" + this.pinList + "]";
		}

	}

	/**
	 * Something to know about a route. It was saved nevertheless.
	 *
	 * @param path the field it is about, a JSON pointer; empty for the route
	 * @param code one word for programs
	 * @param message the same in words
	 * @param offer a match pattern that does what was probably meant, {@code null}
	 * without
	 */
	record Note(String path, String code, String message, @Nullable String offer) {
	}

	/**
	 * A wished route.
	 *
	 * @param name unique on its PBX
	 * @param type {@code normal} if not given
	 * @param enabled {@code true} if not given
	 * @param presets names of patterns that come after these
	 * @param block ends the call instead; then without trunks
	 */
	record Wanted(@Nullable @Size(max = 100) String name,
			@Nullable @Pattern(regexp = "emergency|normal|internal") String type, @Nullable Boolean enabled,
			@Nullable @Size(max = 2000) List<@NotNull @Valid Rule> patterns,
			@Nullable @Size(max = 100) List<@NotNull @Size(max = 40) String> presets,
			@Nullable @Size(max = 100) List<@NotNull @Size(max = 80) String> trunks, @Nullable @Valid Ending block,
			@Nullable @Size(max = 10_000) List<@NotNull @Size(max = 40) String> extensions,
			@Nullable @Size(max = 1000) List<@NotNull @Size(max = 63) String> groups, @Nullable @Valid Hours hours,
			@Nullable @Size(max = 40) String callerId, @Nullable @Valid Asks asks) {

		List<Rule> given() {
			return Objects.requireNonNullElse(this.patterns, List.of());
		}

		/** What becomes its password. */
		String digits() {
			return (this.asks != null) ? Objects.requireNonNullElse(this.asks.password(), "") : "";
		}

	}

	/** Whether it takes part; not given, that stays. */
	record Switch(@Nullable Boolean enabled) {
	}

	/**
	 * The order.
	 *
	 * @param routes the ids of all routes of the PBX
	 */
	record Order(@Nullable @Size(max = 10_000) List<@NotNull Long> routes) {
	}

}
