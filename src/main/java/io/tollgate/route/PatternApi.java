package io.tollgate.route;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.tollgate.api.IfMatch;
import io.tollgate.api.RefusedException;
import io.tollgate.api.Wrong;
import io.tollgate.route.RouteApi.Note;
import io.tollgate.route.RouteApi.Rule;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Dial patterns for scripts: presets, and files as FreePBX reads and writes them. */
@RestController
class PatternApi {

	private static final String PRESETS = "/api/v1/pbxs/{pbx}/pattern-presets";

	private static final String PATTERNS = RouteApi.ONE + "/patterns";

	private final SeenRoutes seen;

	private final RouteEditor editor;

	private final RouteAnswers answers;

	PatternApi(SeenRoutes seen, RouteEditor editor, RouteAnswers answers) {
		this.seen = seen;
		this.editor = editor;
		this.answers = answers;
	}

	/** Those for where the PBX is. */
	@GetMapping(PRESETS)
	@PreAuthorize("hasAuthority('SCOPE_route:read')")
	@Operation(summary = "Presets of dial patterns for a PBX")
	Presets presets(@PathVariable long pbx) {
		return new Presets(this.editor.presetRules(this.seen.pbx(pbx))
			.entrySet()
			.stream()
			.map((preset) -> new Preset(preset.getKey(), preset.getValue().stream().map(Rule::of).toList()))
			.toList());
	}

	/**
	 * The saved patterns.
	 * @param freepbx whether FreePBX shall read it, which knows no {@code !}
	 */
	@GetMapping(path = PATTERNS, produces = "text/csv")
	@PreAuthorize("hasAuthority('SCOPE_route:read')")
	@Operation(summary = "The dial patterns of a route as CSV")
	ResponseEntity<String> export(@PathVariable long pbx, @PathVariable long route,
			@RequestParam(defaultValue = "false") boolean freepbx) {
		var found = this.seen.find(pbx, route);
		var rules = found.stored().route().rules();
		return ResponseEntity.ok()
			.eTag(IfMatch.tag(found.revision()))
			.contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
			.body(freepbx ? PatternCsv.exportForFreePbx(rules) : PatternCsv.export(rules));
	}

	/**
	 * Takes the patterns of a file over; a file with a line that is none changes nothing.
	 * @param append whether they come behind those that are there, instead of in their
	 * place
	 * @param dryRun whether only to say what would become of it
	 */
	@PostMapping(path = PATTERNS, consumes = "text/csv")
	@PreAuthorize("hasAuthority('SCOPE_route:write') and hasRole('OPERATOR')")
	@Operation(summary = "Takes the dial patterns of a CSV file over, or only looks at it",
			requestBody = @RequestBody(required = true,
					content = @Content(mediaType = "text/csv", schema = @Schema(type = "string"))))
	ResponseEntity<Taken> take(@PathVariable long pbx, @PathVariable long route,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
			@RequestParam(defaultValue = "false") boolean append, @RequestParam(defaultValue = "false") boolean dryRun,
			InputStream file) throws IOException {
		var match = IfMatch.of(ifMatch);
		var before = this.seen.find(pbx, route);
		// no more of it than one byte too many: nothing else bounds what is sent
		var read = read(file.readNBytes(PatternCsv.LARGEST + 1));
		if (dryRun) {
			match.require(before.revision());
			var changed = with(before.stored().route(), read.rules(), append);
			return ResponseEntity.ok()
				.eTag(IfMatch.tag(before.revision()))
				.body(taken(read, true, this.answers.notes(this.seen.pbx(pbx), route, changed)));
		}
		if (!read.bad().isEmpty()) {
			throw new RefusedException(
					read.bad().stream().map((row) -> new Wrong("/" + row.line(), words(row))).toList());
		}
		var result = this.seen.save(pbx, route, match, (now) -> with(now, read.rules(), append), "");
		if (result instanceof SaveResult.Refused(var problems)) {
			throw this.answers.refused(problems, Integer.MAX_VALUE);
		}
		var now = this.seen.find(pbx, route);
		return ResponseEntity.ok()
			.eTag(IfMatch.tag(now.revision()))
			.body(taken(read, false, this.answers.notes(this.seen.pbx(pbx), route, now.stored().route())));
	}

	private PatternCsv.Preview read(byte[] file) {
		return switch (PatternCsv.parse(file)) {
			case PatternCsv.Preview preview -> preview;
			case PatternCsv.Refused refused -> throw new RefusedException("",
					this.answers.say("route.csv.refused." + refused.code(), refused.arguments().toArray()));
		};
	}

	private static OutboundRoute with(OutboundRoute route, List<DialRule> rules, boolean append) {
		var all = new ArrayList<DialRule>(append ? route.rules() : List.of());
		all.addAll(rules);
		return route.withRules(all);
	}

	private Taken taken(PatternCsv.Preview read, boolean dryRun, List<Note> notes) {
		var lines = new ArrayList<Line>();
		read.rows().forEach((row) -> lines.add(new Line(row.line(), Rule.of(row.rule()), null)));
		read.bad().forEach((row) -> lines.add(new Line(row.line(), null, words(row))));
		lines.sort((one, other) -> Integer.compare(one.line(), other.line()));
		var assumptions = read.assumptions()
			.stream()
			.map((assumed) -> this.answers.say("route.csv.assumed." + assumed.code(), assumed.argument()))
			.toList();
		return new Taken(dryRun, lines, assumptions, notes);
	}

	private String words(PatternCsv.BadRow row) {
		return this.answers.say(row.message(), row.arguments().toArray());
	}

	/** Those there are. */
	record Presets(List<Preset> items) {
	}

	/**
	 * Patterns with a name.
	 *
	 * @param name what {@code presets} of a route takes
	 */
	record Preset(String name, List<Rule> patterns) {
	}

	/**
	 * What became of a file, or would.
	 *
	 * @param assumptions what was taken for granted, in words
	 * @param warnings about the route with these patterns
	 */
	record Taken(boolean dryRun, List<Line> lines, List<String> assumptions, List<Note> warnings) {
	}

	/**
	 * A line of the file.
	 *
	 * @param line from 1
	 * @param pattern {@code null} when it is none
	 * @param problem why it is none, else {@code null}
	 */
	record Line(int line, @Nullable Rule pattern, @Nullable String problem) {
	}

}
