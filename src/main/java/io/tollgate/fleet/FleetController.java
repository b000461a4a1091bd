package io.tollgate.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.tollgate.apply.FleetStatus;
import io.tollgate.apply.FleetStatus.PbxStatus;
import io.tollgate.extension.Extensions;
import io.tollgate.listing.ListAddress;
import io.tollgate.listing.ListPage;
import io.tollgate.listing.ListQuery;
import io.tollgate.listing.ListShape;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of all PBXs. */
@Controller
class FleetController {

	private static final String PATH = "/pbxs";

	private static final ListShape<Entry> LIST = ListShape.<Entry>empty()
		.text("pbx", "pbx.column.pbx", (entry) -> entry.pbx().name())
		.value("status", "pbx.column.status", (entry) -> entry.status().state())
		.text("policy", "pbx.column.policy", Entry::policy)
		.looking("cell-lo")
		.time("applied", "pbx.column.applied", (entry) -> entry.status().appliedAt())
		.number("extensions", "pbx.column.extensions", Entry::extensions)
		.looking("num cell-lo")
		.time("contact", "pbx.column.contact", Entry::contactAt)
		.looking("cell-lo")
		.actions("pbx.column.actions");

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

	@GetMapping(PATH)
	String list(ListQuery query, @RequestParam(defaultValue = "") String status, Model model, Locale locale) {
		var counts = this.extensions.counts();
		var all = entries(counts);
		var found = query.find(all, Entry::texts);
		var shown = found.stream().filter((entry) -> status.isEmpty() || entry.state().equals(status)).toList();
		var list = LIST.show(ListAddress.of(PATH).with("status", status), query, shown, all.size(), locale);
		model.addAttribute("status", status);
		model.addAttribute("list", list);
		model.addAttribute("rows", rows(list.rows()));
		model.addAttribute("chips", chips(list, found));
		model.addAttribute("found", found.size());
		model.addAttribute("total", all.size());
		model.addAttribute("extensions", counts.values().stream().mapToLong(Long::longValue).sum());
		return "fleet/list";
	}

	private List<Entry> entries(Map<Long, Long> counts) {
		var statuses = this.statuses.all();
		var names = this.policies.names();
		var entries = new ArrayList<Entry>();
		for (Pbx pbx : this.registry.all()) {
			var status = statuses.get(pbx.id());
			// a PBX that was added between two of these looks is in the next list
			if (status != null) {
				entries.add(new Entry(pbx, names.getOrDefault(pbx.policyId(), ""), status,
						counts.getOrDefault(pbx.id(), 0L)));
			}
		}
		return entries;
	}

	/** Words are only made for those that are shown. */
	private List<FleetRow> rows(List<Entry> entries) {
		return entries.stream()
			.map((entry) -> new FleetRow(entry.pbx(), entry.policy(), entry.status(), entry.extensions(),
					this.words.ago(entry.contactAt()), this.words.ago(entry.status().appliedAt())))
			.toList();
	}

	private static List<Chip> chips(ListPage<Entry> list, List<Entry> entries) {
		var counts = new EnumMap<PbxStatus.State, Integer>(PbxStatus.State.class);
		entries.forEach((entry) -> counts.merge(entry.status().state(), 1, Integer::sum));
		return counts.entrySet()
			.stream()
			.map((entry) -> new Chip(FleetRow.key(entry.getKey()), entry.getValue(),
					list.with("status", FleetRow.key(entry.getKey()))))
			.toList();
	}

	/**
	 * A filter by state.
	 *
	 * @param state as in {@link FleetRow#state()}
	 * @param count how many PBXs are in it
	 * @param url where those are shown
	 */
	record Chip(String state, int count, String url) {
	}

	/** One PBX before it is put in words. */
	private record Entry(Pbx pbx, String policy, PbxStatus status, long extensions) {

		String state() {
			return FleetRow.key(this.status.state());
		}

		@Nullable Instant contactAt() {
			return FleetRow.contactAt(this.pbx, this.status);
		}

		/** What is searched. */
		List<String> texts() {
			var software = (this.pbx.software() != null) ? this.pbx.software() : "";
			return List.of(this.pbx.name(), this.pbx.host(), this.policy, software);
		}

	}

}
