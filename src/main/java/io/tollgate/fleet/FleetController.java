package io.tollgate.fleet;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

import io.tollgate.apply.FleetStatus;
import io.tollgate.apply.FleetStatus.PbxStatus;
import io.tollgate.extension.Extensions;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of all PBXs. */
@Controller
class FleetController {

	private final PbxRegistry registry;

	private final FleetStatus statuses;

	private final Policies policies;

	private final Extensions extensions;

	private final FleetWords words;

	FleetController(PbxRegistry registry, FleetStatus statuses, Policies policies, Extensions extensions,
			FleetWords words) {
		this.registry = registry;
		this.statuses = statuses;
		this.policies = policies;
		this.extensions = extensions;
		this.words = words;
	}

	@GetMapping("/pbxs")
	String list(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String status,
			Model model) {
		var all = rows();
		var found = all.stream().filter((row) -> row.holds(q)).toList();
		model.addAttribute("q", q);
		model.addAttribute("status", status);
		model.addAttribute("chips", chips(found));
		model.addAttribute("rows",
				found.stream().filter((row) -> status.isEmpty() || row.state().equals(status)).toList());
		model.addAttribute("found", found.size());
		model.addAttribute("total", all.size());
		model.addAttribute("extensions", all.stream().mapToLong(FleetRow::extensions).sum());
		model.addAttribute("seal", this.registry.seal());
		return "fleet/list";
	}

	private List<FleetRow> rows() {
		var statuses = this.statuses.all();
		var counts = this.extensions.counts();
		var names = this.policies.names();
		var rows = new ArrayList<FleetRow>();
		for (Pbx pbx : this.registry.all()) {
			var status = statuses.get(pbx.id());
			// a PBX that was added between two of these looks is in the next list
			if (status != null) {
				rows.add(new FleetRow(pbx, names.getOrDefault(pbx.policyId(), ""), status,
						counts.getOrDefault(pbx.id(), 0L), this.words.ago(pbx.lastContactAt()),
						this.words.ago(status.appliedAt())));
			}
		}
		return rows;
	}

	private static List<Chip> chips(List<FleetRow> rows) {
		var counts = new EnumMap<PbxStatus.State, Integer>(PbxStatus.State.class);
		rows.forEach((row) -> counts.merge(row.status().state(), 1, Integer::sum));
		return counts.entrySet()
			.stream()
			.map((entry) -> new Chip(FleetRow.key(entry.getKey()), entry.getValue()))
			.toList();
	}

	/**
	 * A filter by state.
	 *
	 * @param state as in {@link FleetRow#state()}
	 * @param count how many PBXs are in it
	 */
	record Chip(String state, int count) {
	}

}
