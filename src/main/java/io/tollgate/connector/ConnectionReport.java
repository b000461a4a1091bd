package io.tollgate.connector;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a connection test found, in the order in which it was tried.
 *
 * @param checks each step; after a failed step that others need, the rest is
 * {@code SKIPPED}
 * @param software {@code Asterisk 22.10.1}, {@code null} when it did not get that far
 * @param endpoints number of endpoints, {@code null} when it did not get that far
 * @param fingerprint SHA-256 of the certificate met, {@code null} without TLS
 */
public record ConnectionReport(List<Check> checks, @Nullable String software, @Nullable Integer endpoints,
		@Nullable String fingerprint) {

	public ConnectionReport {
		checks = List.copyOf(checks);
	}

	/** Whether an apply would work. */
	public boolean usable() {
		return this.checks.stream().noneMatch((check) -> check.result() == Result.FAILED);
	}

	/**
	 * One thing tried.
	 *
	 * @param name {@code reach}, {@code tls}, {@code sign-in}, {@code version},
	 * {@code rights}, {@code probe}, {@code endpoints}, {@code guard}, {@code routes}
	 * @param result how it went
	 * @param problem what was wrong and what to do; {@code null} when nothing was
	 */
	public record Check(String name, Result result, @Nullable Problem problem) {
	}

	public enum Result {

		PASSED, WARNING, FAILED, SKIPPED

	}

}
