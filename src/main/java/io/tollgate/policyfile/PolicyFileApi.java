package io.tollgate.policyfile;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import io.tollgate.api.Idempotency;
import io.tollgate.audit.CurrentActor;
import io.tollgate.pbx.NotThereException;
import io.tollgate.policy.Policies;
import io.tollgate.policy.RestrictionWords;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Files of policies for scripts that hold a token and no database: what the commands do,
 * with the rights of the token.
 */
@RestController
class PolicyFileApi {

	static final String YAML = "application/yaml";

	private static final String PATH = "/api/v1/policy-files";

	private final Policies policies;

	private final WrittenPolicies written;

	private final PolicyImport imports;

	private final PlanWords words;

	private final Idempotency idempotency;

	private final CurrentActor actor;

	private final MessageSource messages;

	PolicyFileApi(Policies policies, WrittenPolicies written, PolicyImport imports, PlanWords words,
			Idempotency idempotency, CurrentActor actor, MessageSource messages) {
		this.policies = policies;
		this.written = written;
		this.imports = imports;
		this.words = words;
		this.idempotency = idempotency;
		this.actor = actor;
		this.messages = messages;
	}

	/**
	 * One policy, or all that the token sees.
	 * @param policy its id
	 */
	@GetMapping(path = "/api/v1/policies.yaml", produces = YAML)
	@PreAuthorize("hasAuthority('SCOPE_policy:read')")
	@Operation(summary = "Policies as a file, one or all")
	String export(@RequestParam(required = false) @Nullable Long policy) {
		return this.written.file((policy != null)
				? List.of(this.policies.find(policy).orElseThrow(NotThereException::new)) : this.policies.all());
	}

	@GetMapping(path = "/api/v1/policy-file.schema.json", produces = "application/schema+json")
	@PreAuthorize("hasAuthority('SCOPE_policy:read')")
	@Operation(summary = "The JSON schema of the files")
	Resource schema() {
		return new ClassPathResource(PolicyFileWriter.SCHEMA, PolicyFileApi.class);
	}

	/**
	 * Says what taking over the file would change, and changes nothing. It is done and
	 * taken back, which nobody else can edit beside, so it asks for the right to edit.
	 * @param prune whether policies that the file does not name are deleted
	 */
	@PostMapping(path = PATH + "/plan", consumes = YAML)
	@PreAuthorize("hasAuthority('SCOPE_policy:write') and hasRole('OPERATOR')")
	@Operation(summary = "What a file would change", requestBody = @RequestBody(required = true,
			content = @Content(mediaType = YAML, schema = @Schema(type = "string"))))
	Plan plan(@RequestParam(defaultValue = "false") boolean prune, InputStream body) throws IOException {
		try {
			var planned = this.imports.plan(PolicyFileReader.read(text(body)), terms(prune));
			var told = this.words.tell(planned.edits(), planned.pbxs(), Locale.ENGLISH);
			return new Plan(planned.review(), edits(planned.edits()), told.pending());
		}
		catch (FaultyFileException ex) {
			throw wrong(ex);
		}
	}

	/**
	 * Takes the file over, wholly or not at all, into the draft.
	 * @param review of the plan of the same file
	 * @param prune as it was planned
	 */
	@PostMapping(path = PATH + "/apply", consumes = YAML)
	@PreAuthorize("hasAuthority('SCOPE_policy:write') and hasRole('OPERATOR')")
	@Operation(summary = "Takes over a file as it was planned, wholly or not at all",
			requestBody = @RequestBody(required = true,
					content = @Content(mediaType = YAML, schema = @Schema(type = "string"))))
	Done apply(@RequestParam String review, @RequestParam(defaultValue = "false") boolean prune,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key, InputStream body)
			throws IOException {
		try {
			var text = text(body);
			return this.idempotency.once(key, PATH + "/apply", List.of(review, prune, text), Done.class,
					(keep) -> take(PolicyFileReader.read(text), terms(prune), review,
							(edits) -> keep.accept(new Done(edits(edits)))));
		}
		catch (FaultyFileException ex) {
			throw wrong(ex);
		}
	}

	private Done take(PolicyFile file, Terms terms, String review, Consumer<List<PolicyEdit>> kept) {
		return switch (this.imports.take(file, terms, review, kept)) {
			case Taken.Over(var edits) -> new Done(edits(edits));
			case Taken.ChangedMeanwhile _ -> throw new ErrorResponseException(HttpStatus.PRECONDITION_FAILED,
					ProblemDetail.forStatusAndDetail(HttpStatus.PRECONDITION_FAILED,
							this.messages.getMessage("policyfile.api.changed", null, Locale.ENGLISH)),
					null);
		};
	}

	private Terms terms(boolean prune) {
		return new Terms(prune, this.actor.is("ADMINISTRATOR"));
	}

	/** Of UTF-8 no character is longer than three bytes for each of Java's. */
	private static String text(InputStream body) throws IOException {
		var bytes = body.readNBytes(3 * PolicyFileReader.LONGEST + 1);
		return PolicyFileReader.text(bytes);
	}

	private ErrorResponseException wrong(FaultyFileException ex) {
		var errors = ex.faults()
			.stream()
			.map((fault) -> new WrongLine(fault.path(), fault.line(), this.words.fault(fault, Locale.ENGLISH)))
			.toList();
		var problem = ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT,
				"Line " + errors.getFirst().line() + ": " + errors.getFirst().message());
		problem.setProperty("errors", errors);
		return new ErrorResponseException(HttpStatus.UNPROCESSABLE_CONTENT, problem, null);
	}

	private List<Edit> edits(List<PolicyEdit> edits) {
		var told = this.words.tell(edits, List.of(), Locale.ENGLISH).policies();
		var answer = new ArrayList<Edit>();
		for (int at = 0; at < edits.size(); at++) {
			var edit = edits.get(at);
			answer.add(new Edit(told.get(at).policy(), told.get(at).change(), told.get(at).edits(),
					edit.created() ? null : State.of(edit.before()), State.of(edit.after())));
		}
		return answer;
	}

	/**
	 * A mistake in a file.
	 *
	 * @param path where it is, a pointer as in RFC 6901; empty for all of it
	 * @param line where it stands, counted from 1
	 */
	record WrongLine(String path, int line, String message) {
	}

	/**
	 * What a file would do.
	 *
	 * @param review stands for this; taking over sends it, so that nothing else is done
	 * @param policies those that would become different
	 * @param pending what an apply would then bring to their PBXs, also what waits for
	 * one already
	 */
	record Plan(String review, List<Edit> policies, List<Told.OnPbxs> pending) {
	}

	/**
	 * What a file did.
	 *
	 * @param policies those that are different now
	 */
	record Done(List<Edit> policies) {
	}

	/**
	 * What happens to one policy.
	 *
	 * @param change {@code created}, {@code changed} or {@code deleted}
	 * @param words a line for each thing that is different
	 * @param before {@code null} when it is created
	 * @param after {@code null} when it is deleted
	 */
	record Edit(String policy, String change, List<String> words, @Nullable State before, @Nullable State after) {
	}

	/**
	 * A policy, in full.
	 *
	 * @param homeCountry ISO 3166 alpha-2
	 * @param prefixes what makes a number international besides the dialing code
	 * @param allowedCodes calling codes
	 */
	record State(String name, @Nullable String homeCountry, @Nullable Boolean protection, @Nullable String dialingCode,
			List<String> prefixes, List<String> allowedCodes, List<String> emergencyNumbers,
			@Nullable Boolean repairsByItself, List<String> presets, List<Number> numbers, List<Exempted> exemptions) {

		static @Nullable State of(@Nullable WrittenPolicy policy) {
			if (policy == null) {
				return null;
			}
			return new State(policy.name(), policy.homeCountry(), policy.protection(), policy.dialingCode(),
					all(policy.prefixes()), all(policy.allowedCodes()), all(policy.emergencyNumbers()),
					policy.repairsByItself(), all(policy.presets()).stream().map(PolicyFileWriter::word).toList(),
					all(policy.numbers()).stream()
						.map((each) -> new Number(RestrictionWords.display(each.entry()), each.note()))
						.toList(),
					all(policy.exemptions()).stream().map(Exempted::of).toList());
		}

		private static <T> List<T> all(@Nullable Collection<T> values) {
			return (values != null) ? List.copyOf(values) : List.of();
		}

	}

	/** An own number restriction, as a file writes it. */
	record Number(String number, String note) {
	}

	/**
	 * Somebody may dial what is restricted.
	 *
	 * @param extension {@code null} when it is for a group
	 * @param group {@code null} when it is for an extension
	 * @param number {@code null} when it is about a preset
	 * @param preset {@code null} when it is about a number
	 * @param until when it ends, {@code null} for never
	 */
	record Exempted(String pbx, @Nullable String extension, @Nullable String group, @Nullable String number,
			@Nullable String preset, @Nullable String until) {

		static Exempted of(WrittenExemption each) {
			boolean number = Character.isDigit(each.target().charAt(0));
			var until = each.until();
			return new Exempted(each.pbx(), each.group() ? null : each.who(), each.group() ? each.who() : null,
					number ? RestrictionWords.display(each.target()) : null,
					number ? null : each.target().toLowerCase(Locale.ROOT).replace('_', '-'),
					(until != null) ? until.toString() : null);
		}

	}

}
