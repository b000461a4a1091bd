package io.tollgate.apply;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import io.tollgate.api.Idempotency;
import io.tollgate.api.RefusedException;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * The fleet stop for scripts: what watches over calls can end all of those abroad without
 * waiting for a person.
 */
@RestController
class StopApi {

	private static final String PATH = "/api/v1/stop";

	private static final String LIFT = PATH + "/lift";

	private final FleetStop stop;

	private final StopState state;

	private final StopLift lift;

	private final Idempotency idempotency;

	private final TransactionTemplate transaction;

	private final MessageSource messages;

	StopApi(FleetStop stop, StopState state, StopLift lift, Idempotency idempotency, TransactionTemplate transaction,
			MessageSource messages) {
		this.stop = stop;
		this.state = state;
		this.lift = lift;
		this.idempotency = idempotency;
		this.transaction = transaction;
		this.messages = messages;
	}

	@GetMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_apply:read')")
	@Operation(summary = "Whether all international calls are stopped")
	State state() {
		return this.state.current()
			.map((on) -> new State(true, on.since(), on.by(), on.reason(), on.runId()))
			.orElseGet(() -> new State(false, null, null, null, null));
	}

	/** One that is on stays what it is: the answer is its apply. */
	@PostMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_apply:write') and hasRole('OPERATOR')")
	@Operation(summary = "Stops all international calls, on every PBX, at once")
	ResponseEntity<ApplyApi.Begun> start(
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
			@Valid @RequestBody Wanted wanted) {
		return once(key, PATH, wanted, () -> begun(
				this.stop.start(ScriptedApply.reason(wanted.reason())).orElseThrow(() -> refused("", "stop.nothing"))));
	}

	/** Each PBX gets back what it had. */
	@PostMapping(LIFT)
	@PreAuthorize("hasAuthority('SCOPE_apply:write') and hasRole('ADMINISTRATOR')")
	@Operation(summary = "Ends the stop")
	ResponseEntity<ApplyApi.Begun> lift(@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
			@Valid @RequestBody Wanted wanted) {
		return once(key, LIFT, wanted, () -> {
			var reason = ScriptedApply.reason(wanted.reason());
			if (this.lift.waits()) {
				if (reason == null) {
					throw refused("/reason", "stop.lift.reason", "500");
				}
				return new ApplyApi.Begun("waiting", null,
						this.lift.ask(reason).orElseThrow(() -> refused("", "stop.lifted.already")), List.of());
			}
			var lifted = this.stop.lift(Objects.requireNonNullElse(reason, ""));
			if (!lifted.wasOn()) {
				throw refused("", "stop.lifted.already");
			}
			return lifted.run().map(StopApi::begun).orElseGet(() -> new ApplyApi.Begun("done", null, null, List.of()));
		});
	}

	private ResponseEntity<ApplyApi.Begun> once(@Nullable String key, String path, Wanted wanted, Work work) {
		return this.idempotency
			.once(key, path, wanted, ApplyApi.Begun.class,
					(keep) -> Objects.requireNonNull(this.transaction.execute((_) -> kept(work.run(), keep))))
			.answer();
	}

	private static ApplyApi.Begun kept(ApplyApi.Begun begun, Consumer<ApplyApi.Begun> keep) {
		keep.accept(begun);
		return begun;
	}

	private static ApplyApi.Begun begun(UUID run) {
		return ApplyApi.Begun.of(new StartResult.Started(run));
	}

	private RefusedException refused(String path, String code, String... arguments) {
		return new RefusedException(path, this.messages.getMessage(code, arguments, Locale.ENGLISH));
	}

	/** What is to be done. */
	@FunctionalInterface
	private interface Work {

		ApplyApi.Begun run();

	}

	/**
	 * The stop.
	 *
	 * @param since when it was asked for; {@code null}, as all that follows, while none
	 * is on
	 * @param reason for the audit log; only for those who see all PBXs
	 * @param apply the run that brings it to the PBXs
	 */
	record State(boolean on, @Nullable Instant since, @Nullable String by, @Nullable String reason,
			@Nullable UUID apply) {
	}

	/**
	 * What is said about it.
	 *
	 * @param reason for the audit log; needed where a second person has to agree
	 */
	record Wanted(@Nullable @Size(max = 500) String reason) {
	}

}
