package io.tollgate.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.swagger.v3.oas.annotations.Operation;
import io.tollgate.connector.ConnectionReport;
import io.tollgate.pbx.NotThereException;
import io.tollgate.pbx.PbxRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The connection test of a PBX for scripts: asks it, and changes nothing there. */
@RestController
class ConnectionTestApi {

	private final Fleet fleet;

	private final PbxRegistry registry;

	private final FleetWords words;

	ConnectionTestApi(Fleet fleet, PbxRegistry registry, FleetWords words) {
		this.fleet = fleet;
		this.registry = registry;
		this.words = words;
	}

	@PostMapping("/api/v1/pbxs/{pbx}/connection-tests")
	@PreAuthorize("hasAuthority('SCOPE_pbx:write') and hasRole('OPERATOR')")
	@Operation(summary = "Tests the connection to a PBX as it is stored")
	Tested test(@PathVariable long pbx) {
		var found = this.registry.find(pbx).orElseThrow(NotThereException::new);
		var report = this.fleet.test(found, found.connection(), null);
		return Tested.of(report, this.words.of(report, found.fingerprint()));
	}

	/**
	 * What came of it.
	 *
	 * @param usable whether an apply would work
	 * @param title the same in words
	 * @param software what the PBX says it is, {@code null} when it did not get that far
	 * @param endpoints number of endpoints, {@code null} when it did not get that far
	 */
	record Tested(boolean usable, String title, @Nullable String software, @Nullable Integer endpoints,
			List<Step> steps) {

		static Tested of(ConnectionReport report, ReportView view) {
			var steps = new ArrayList<Step>();
			for (int i = 0; i < report.checks().size(); i++) {
				var check = report.checks().get(i);
				var line = view.lines().get(i);
				steps.add(new Step(check.name(), check.result().name().toLowerCase(Locale.ROOT), line.name(),
						line.problem()));
			}
			return new Tested(report.usable(), view.title(), report.software(), report.endpoints(), steps);
		}

	}

	/**
	 * One thing tried.
	 *
	 * @param result {@code passed}, {@code warning}, {@code failed} or {@code skipped}
	 * @param text what was tried, in words
	 * @param problem what was wrong and what to do, {@code null} when nothing was
	 */
	record Step(String name, String result, String text, @Nullable String problem) {
	}

}
