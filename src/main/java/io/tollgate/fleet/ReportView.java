package io.tollgate.fleet;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A connection test in words.
 *
 * @param tone of the whole: {@code open}, {@code wait} or {@code stop}
 * @param title what came of it
 * @param software what the PBX says it is, {@code null} when it did not get that far
 * @param endpoints number of endpoints
 * @param fingerprint the certificate met, in pairs of digits, {@code null} without TLS
 * @param accept the certificate to accept, {@code null} when it is accepted already
 * @param lines each step
 */
record ReportView(String tone, String title, @Nullable String software, @Nullable Integer endpoints,
		@Nullable String fingerprint, @Nullable String accept, List<Line> lines) {

	/**
	 * One step.
	 *
	 * @param tone {@code open}, {@code wait}, {@code stop} or empty
	 * @param icon name in the sprite
	 * @param name what was tried
	 * @param word how it went
	 * @param problem what was wrong and what to do, {@code null} when nothing was
	 */
	record Line(String tone, String icon, String name, String word, @Nullable String problem) {
	}

}
