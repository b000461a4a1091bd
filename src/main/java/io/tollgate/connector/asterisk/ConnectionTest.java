package io.tollgate.connector.asterisk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.tollgate.connector.ConnectionReport;
import io.tollgate.connector.ConnectionReport.Check;
import io.tollgate.connector.ConnectionReport.Result;
import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.Problem;
import io.tollgate.connector.Target;

/**
 * Tries, one after the other, what an apply needs. The first failure of a step that the
 * next ones build on makes those {@code SKIPPED}.
 */
final class ConnectionTest {

	static final int OLDEST = 16;

	private static final List<String> NAMES = List.of("reach", "tls", "sign-in", "version", "rights", "probe",
			"endpoints", "guard", "routes");

	private final Target target;

	private final AmiClient.Deadlines deadlines;

	private final HostPolicy policy;

	private final List<Check> checks = new ArrayList<>();

	private @Nullable String software;

	private @Nullable Integer endpoints;

	private @Nullable String fingerprint;

	ConnectionTest(Target target, AmiClient.Deadlines deadlines, HostPolicy policy) {
		this.target = target;
		this.policy = policy;
		this.deadlines = deadlines;
	}

	ConnectionReport run() {
		var line = step("reach", () -> AmiLine.connect(this.target, this.deadlines.connect(), this.policy));
		if (line != null) {
			try (line) {
				secure(line);
				this.fingerprint = line.fingerprint();
			}
		}
		NAMES.stream().skip(this.checks.size()).forEach((name) -> add(name, Result.SKIPPED, null));
		return new ConnectionReport(this.checks, this.software, this.endpoints, this.fingerprint);
	}

	private void secure(AmiLine line) {
		var client = step("tls", () -> {
			line.secure();
			return AmiClient.greet(this.target, line, this.deadlines);
		});
		if (client == null) {
			return;
		}
		if (!this.target.tls() && !line.isLocal()) {
			// a secret never crosses a plain line, but the policy does, and no one proves
			// who answers
			replaceLast("tls", Result.WARNING, Problem.of("plain-line", this.target.host()));
		}
		try (client; var _ = client.budget(this.deadlines.verb())) {
			signIn(client);
		}
	}

	private void signIn(AmiClient client) {
		var signedIn = step("sign-in", () -> {
			client.signIn();
			return Boolean.TRUE;
		});
		if (signedIn == null || step("version", () -> version(client)) == null) {
			return;
		}
		var rights = step("rights", () -> checkedRights(client));
		if (rights == null) {
			return;
		}
		if (!rights.config()) {
			replaceLast("rights", Result.WARNING, Problem.of("no-config-right", this.target.user()));
		}
		// nothing that an apply needs
		boolean tries = rights.originate();
		add("probe", tries ? Result.PASSED : Result.SKIPPED,
				tries ? null : Problem.of("no-originate-right", this.target.user()));
		step("endpoints", () -> countEndpoints(client));
		if (this.endpoints != null && this.endpoints == 0) {
			replaceLast("endpoints", Result.WARNING, Problem.of("no-endpoints"));
		}
		guard(client, rights);
		routes(client);
	}

	private String version(AmiClient client) {
		var version = client.call(AmiAction.coreSettings()).required().response().get("AsteriskVersion");
		this.software = AsteriskSession.software(version);
		if (AsteriskSession.majorVersion(version) < OLDEST) {
			throw AsteriskSession.refused("too-old", this.software, OLDEST);
		}
		return version;
	}

	private Rights checkedRights(AmiClient client) {
		var rights = Rights.read(client);
		var missing = new ArrayList<String>();
		if (!rights.system()) {
			missing.add("system");
		}
		if (!rights.reporting()) {
			missing.add("reporting");
		}
		if (!missing.isEmpty()) {
			throw AsteriskSession.refused("missing-rights", String.join(",", missing), this.target.user());
		}
		if (!rights.may("PJSIPShowEndpoints")) {
			throw AsteriskSession.refused("no-pjsip");
		}
		return rights;
	}

	private Integer countEndpoints(AmiClient client) {
		this.endpoints = AsteriskSession.endpoints(client).size();
		return this.endpoints;
	}

	private void guard(AmiClient client, Rights rights) {
		var state = step("guard", () -> PbxState.readGuard(client));
		if (state == null) {
			return;
		}
		switch (state) {
			case CURRENT -> {
			}
			case CHANGED -> replaceLast("guard", rights.config() ? Result.WARNING : Result.FAILED,
					Problem.of(rights.config() ? "guard-will-be-replaced" : "guard-changed", GuardText.GUARD_FILE));
			case MISSING -> missingGuard(client, rights);
		}
	}

	private void missingGuard(AmiClient client, Rights rights) {
		if (!rights.config()) {
			replaceLast("guard", Result.FAILED, Problem.of("guard-missing", GuardText.GUARD_FILE));
			return;
		}
		this.checks.removeLast();
		var included = step("guard", () -> {
			if (!PortalFile.isIncluded(client, GuardText.GUARD_FILE)) {
				throw AsteriskSession.refused("include-lines-missing", GuardText.GUARD_FILE);
			}
			return Boolean.TRUE;
		});
		if (included != null) {
			replaceLast("guard", Result.WARNING, Problem.of("guard-will-be-installed", GuardText.GUARD_FILE));
		}
	}

	/** Calls are judged only where the phones' context leads to the guard. */
	private void routes(AmiClient client) {
		var including = step("routes",
				() -> client.call(AmiAction.showDialPlan())
					.required()
					.events()
					.stream()
					.filter((event) -> "tollgate-outbound".equals(event.get("IncludeContext")))
					.map((event) -> event.get("Context"))
					.toList());
		if (including != null && including.isEmpty()) {
			replaceLast("routes", Result.WARNING, Problem.of("no-context-includes"));
		}
	}

	/** Records how the step went; {@code null} when it failed. */
	private <T> @Nullable T step(String name, Supplier<T> work) {
		try {
			var result = work.get();
			add(name, Result.PASSED, null);
			return result;
		}
		catch (ConnectorException ex) {
			add(name, Result.FAILED, ex.problem());
			return null;
		}
	}

	private void add(String name, Result result, @Nullable Problem problem) {
		this.checks.add(new Check(name, result, problem));
	}

	private void replaceLast(String name, Result result, Problem problem) {
		this.checks.removeLast();
		add(name, result, problem);
	}

}
