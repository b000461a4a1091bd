package io.tollgate.fleet;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import io.swagger.v3.oas.annotations.Operation;
import io.tollgate.api.IfMatch;
import io.tollgate.api.RefusedException;
import io.tollgate.api.Wrong;
import io.tollgate.apply.FleetStatus;
import io.tollgate.connector.ConnectionReport;
import io.tollgate.connector.ConnectorException;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.NotThereException;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxConflictException;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.Upkeeps;
import io.tollgate.policy.Policies;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Connecting PBXs by script, with the rules of the pages: nothing is kept until the PBX
 * answered and was read, a certificate counts once somebody said that it is the PBX's,
 * and a stored secret goes to no other machine. The page asks who does this to sign in
 * again; here the scope stands for that, which was given by somebody who had.
 */
@RestController
class ConnectApi {

	private static final String PATH = "/api/v1/pbxs";

	private static final String MAY = "hasAuthority('SCOPE_pbx:connect') and hasRole('ADMINISTRATOR')";

	private final Fleet fleet;

	private final PbxRegistry registry;

	private final Upkeeps upkeeps;

	private final SeenUpkeeps seen;

	private final Policies policies;

	private final FleetStatus statuses;

	private final FleetWords words;

	ConnectApi(Fleet fleet, PbxRegistry registry, Upkeeps upkeeps, SeenUpkeeps seen, Policies policies,
			FleetStatus statuses, FleetWords words) {
		this.fleet = fleet;
		this.registry = registry;
		this.upkeeps = upkeeps;
		this.seen = seen;
		this.policies = policies;
		this.statuses = statuses;
		this.words = words;
	}

	@PostMapping(PATH)
	@PreAuthorize(MAY)
	@Operation(summary = "Connects a PBX, which has to answer")
	ResponseEntity<Read> connect(@Valid @RequestBody NewConnection wanted) {
		var checked = CheckedConnection.of(wanted.form(), true);
		var errors = new LinkedHashMap<>(checked.errors());
		if (checked.secret() == null) {
			errors.putIfAbsent("secret", "secret");
		}
		var policy = wanted.policy();
		if (policy == null || !this.policies.names().containsKey(policy)) {
			errors.put("policy", "policy");
		}
		var connection = checked.connection();
		if (connection != null) {
			Conflicts.note(this.registry.conflicts(connection, null), errors);
		}
		require(errors);
		var usable = Objects.requireNonNull(connection);
		var secret = Objects.requireNonNull(checked.secret());
		var rules = Objects.requireNonNull(policy);
		requireAnswer(usable, this.fleet.test(usable, secret));
		var read = reading(() -> this.fleet.connect(new NewPbx(usable, false, rules), secret));
		return ResponseEntity.created(URI.create(PATH + "/" + read.id())).body(read);
	}

	@GetMapping(PATH + "/{pbx}/connection")
	@PreAuthorize(MAY)
	@Operation(summary = "How a PBX is reached")
	ResponseEntity<Connection> connection(@PathVariable long pbx) {
		return answer(found(pbx));
	}

	private ResponseEntity<Connection> answer(Pbx pbx) {
		return ResponseEntity.ok().eTag(IfMatch.tag(fingerprint(pbx))).body(Connection.of(pbx));
	}

	/** Another one for every other way to reach it, its secret included. */
	private String fingerprint(Pbx pbx) {
		return IfMatch.fingerprint(Connection.of(pbx) + this.registry.secretMark(pbx.id()));
	}

	/** All of it; without a secret the stored one stays, on the same machine only. */
	@PutMapping(PATH + "/{pbx}/connection")
	@PreAuthorize(MAY)
	@Operation(summary = "Changes how a PBX is reached, which has to answer there")
	ResponseEntity<Connection> reach(@PathVariable long pbx,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
			@Valid @RequestBody WantedConnection wanted) {
		var match = IfMatch.of(ifMatch);
		var before = found(pbx);
		match.require(fingerprint(before));
		var checked = CheckedConnection.of(wanted.form(), true);
		var errors = new LinkedHashMap<>(checked.errors());
		var connection = checked.connection();
		if (connection != null) {
			if (checked.secret() == null && !before.connection().sameMachine(connection)) {
				errors.putIfAbsent("secret", "secret.again");
			}
			Conflicts.note(this.registry.conflicts(connection, pbx), errors);
		}
		require(errors);
		var usable = Objects.requireNonNull(connection);
		requireAnswer(usable, this.fleet.test(before, usable, checked.secret()));
		reading(() -> this.fleet.change(before, usable, checked.secret(), (now) -> match.require(fingerprint(now))));
		return answer(found(pbx));
	}

	@PostMapping(PATH + "/{pbx}/readings")
	@PreAuthorize("hasAuthority('SCOPE_pbx:write') and hasRole('OPERATOR')")
	@Operation(summary = "Reads the extensions and trunks of a PBX again")
	Read read(@PathVariable long pbx) {
		var found = found(pbx);
		return reading(() -> this.fleet.read(found));
	}

	@GetMapping(PATH + "/{pbx}/upkeep")
	@PreAuthorize("hasAuthority('SCOPE_pbx:read')")
	@Operation(summary = "The group and the maintenance window of a PBX")
	ResponseEntity<WantedUpkeep> upkeep(@PathVariable long pbx) {
		found(pbx);
		return kept(pbx);
	}

	private ResponseEntity<WantedUpkeep> kept(long pbx) {
		var upkeep = this.upkeeps.of(pbx);
		return ResponseEntity.ok()
			.eTag(IfMatch.tag(SeenUpkeeps.fingerprint(upkeep)))
			.body(WantedUpkeep.of(UpkeepForm.of(upkeep)));
	}

	@PutMapping(PATH + "/{pbx}/upkeep")
	@PreAuthorize("hasAuthority('SCOPE_pbx:connect') and hasRole('OPERATOR')")
	@Operation(summary = "Sets the group and the maintenance window of a PBX")
	ResponseEntity<WantedUpkeep> keep(@PathVariable long pbx,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
			@Valid @RequestBody WantedUpkeep wanted) {
		var match = IfMatch.of(ifMatch);
		found(pbx);
		if (wanted.group() == null) {
			throw new RefusedException("/group", this.words.say("pbx.error.group"));
		}
		var form = wanted.form();
		require(form.errors());
		this.seen.save(pbx, match, form.toUpkeep());
		return kept(pbx);
	}

	/**
	 * The PBX itself is not touched.
	 * @param pbx its id
	 * @param name as it is called, so that a mistaken id removes nothing
	 */
	@DeleteMapping(PATH + "/{pbx}")
	@PreAuthorize(MAY)
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Takes a PBX out of the fleet")
	void remove(@PathVariable long pbx, @RequestParam(defaultValue = "") String name) {
		var found = found(pbx);
		if (!name.equals(found.name())) {
			throw new RefusedException("/name", this.words.say("pbx.error.confirm"));
		}
		if (this.statuses.isApplying(pbx)) {
			throw new RefusedException("", this.words.say("pbx.error.confirm.applying"));
		}
		this.registry.remove(pbx);
	}

	private Pbx found(long pbx) {
		return this.registry.find(pbx).orElseThrow(NotThereException::new);
	}

	/** Of message codes by field. */
	private void require(Map<String, String> errors) {
		if (!errors.isEmpty()) {
			throw new RefusedException(errors.entrySet()
				.stream()
				.map((error) -> new Wrong("/" + error.getKey(), this.words.say("pbx.error." + error.getValue())))
				.toList());
		}
	}

	private void requireAnswer(PbxConnection connection, ConnectionReport report) {
		if (ConnectController.mustAccept(connection, report)) {
			throw new RefusedException("/fingerprint",
					this.words.say("pbx.api.fingerprint", Objects.requireNonNull(report.fingerprint())));
		}
		if (report.endpoints() == null) {
			var problems = new ArrayList<Wrong>();
			for (var check : report.checks()) {
				var problem = check.problem();
				if (problem != null) {
					problems.add(new Wrong("", this.words.of(problem)));
				}
			}
			throw new RefusedException(problems);
		}
	}

	private Read reading(Supplier<Reading> work) {
		try {
			return Read.of(work.get());
		}
		catch (PbxConflictException ex) {
			var errors = new LinkedHashMap<String, String>();
			Conflicts.note(ex.conflicts(), errors);
			require(errors);
			throw ex;
		}
		catch (ConnectorException ex) {
			throw new RefusedException("", this.words.of(ex.problem()));
		}
	}

	/**
	 * A PBX to connect.
	 *
	 * @param fingerprint SHA-256 of its certificate, 64 hexadecimal digits; the refusal
	 * of one that is met for the first time says it
	 * @param policy that it follows, by its id
	 */
	record NewConnection(@Nullable String name, @Nullable String host, @Nullable Integer port, @Nullable Boolean tls,
			@Nullable String fingerprint, @Nullable String user, @Nullable @Size(max = 1000) String secret,
			@Nullable Long policy) {

		ConnectionForm form() {
			return ConnectApi.form(this.name, this.host, this.port, this.tls, this.fingerprint, this.user, this.secret);
		}

		/** Leaves the secret out. */
		@Override
		public String toString() {
			return "NewConnection[" + this.name + ", " + this.host + "]";
		}

	}

	/**
	 * How it is to be reached.
	 *
	 * @param secret {@code null} for the one that is stored
	 */
	record WantedConnection(@Nullable String name, @Nullable String host, @Nullable Integer port, @Nullable Boolean tls,
			@Nullable String fingerprint, @Nullable String user, @Nullable @Size(max = 1000) String secret) {

		ConnectionForm form() {
			return ConnectApi.form(this.name, this.host, this.port, this.tls, this.fingerprint, this.user, this.secret);
		}

		/** Leaves the secret out. */
		@Override
		public String toString() {
			return "WantedConnection[" + this.name + ", " + this.host + "]";
		}

	}

	private static ConnectionForm form(@Nullable String name, @Nullable String host, @Nullable Integer port,
			@Nullable Boolean tls, @Nullable String fingerprint, @Nullable String user, @Nullable String secret) {
		boolean secured = Boolean.TRUE.equals(tls);
		int usual = secured ? 5039 : 5038;
		return new ConnectionForm(name, host, String.valueOf((port != null) ? port : usual), secured, user, secret,
				null, fingerprint, null);
	}

	/** How a PBX is reached; its secret is told to nobody. */
	record Connection(String name, String host, int port, boolean tls, @Nullable String fingerprint, String user) {

		static Connection of(Pbx pbx) {
			return new Connection(pbx.name(), pbx.host(), pbx.port(), pbx.tls(), pbx.fingerprint(), pbx.amiUser());
		}

	}

	/**
	 * What a PBX said when it was read.
	 *
	 * @param guard {@code current}, {@code changed}, {@code missing}, or {@code unknown}
	 * when the account may not look
	 * @param extensions how many it has
	 * @param trunks how many of them can be used
	 */
	record Read(long id, String name, String software, String guard, int extensions, int trunks) {

		static Read of(Reading reading) {
			return new Read(reading.pbx().id(), reading.pbx().name(), reading.software(),
					reading.guard().name().toLowerCase(Locale.ROOT), reading.extensions(), reading.trunks());
		}

	}

	/**
	 * When a PBX may be changed by an apply that keeps to windows, and its group.
	 *
	 * @param group empty for none
	 * @param days on which the window opens, Monday is 1; none for always
	 * @param from {@code 22:00}
	 * @param to {@code 04:00}, on the next day when it is not later
	 * @param zone IANA time zone
	 */
	record WantedUpkeep(@Nullable String group, @Nullable @Size(max = 7) List<@NotNull @Min(1) @Max(7) Integer> days,
			@Nullable String from, @Nullable String to, @Nullable String zone) {

		/** Without a window, which days it has is all there is to say. */
		static WantedUpkeep of(UpkeepForm form) {
			var days = Objects.requireNonNullElse(form.day(), List.<String>of())
				.stream()
				.map(Integer::valueOf)
				.toList();
			return days.isEmpty() ? new WantedUpkeep(form.group(), days, null, null, null)
					: new WantedUpkeep(form.group(), days, form.from(), form.to(), form.zone());
		}

		UpkeepForm form() {
			var chosen = (this.days != null) ? this.days : List.<Integer>of();
			return new UpkeepForm(this.group, chosen.stream().map(String::valueOf).toList(), this.from, this.to,
					this.zone);
		}

	}

}
