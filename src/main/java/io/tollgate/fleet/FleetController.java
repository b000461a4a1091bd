package io.tollgate.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.tollgate.apply.FleetStatus;
import io.tollgate.apply.FleetStatus.PbxStatus;
import io.tollgate.extension.Extensions;
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

	/** PBXs on one page. */
	private static final int PAGE = 50;

	private static final Comparator<@Nullable Instant> NEVER_FIRST = Comparator
		.nullsFirst(Comparator.<Instant>naturalOrder());

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

	@GetMapping(FleetFilter.PATH)
	String list(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String status,
			@RequestParam(defaultValue = "") String sort, @RequestParam(defaultValue = "") String dir,
			@RequestParam(defaultValue = "0") int page, Model model) {
		var filter = FleetFilter.of(q, status, sort, dir, page);
		var all = entries();
		var counts = this.extensions.counts();
		var found = all.stream().filter((entry) -> entry.holds(q)).sorted(order(filter, counts)).toList();
		var shown = found.stream().filter((entry) -> status.isEmpty() || entry.state().equals(status)).toList();
		int place = Math.clamp(page, 0, Math.max(0, (shown.size() - 1) / PAGE));
		model.addAttribute("q", q);
		model.addAttribute("status", status);
		model.addAttribute("filter", filter);
		model.addAttribute("columns", columns(filter));
		model.addAttribute("whole", filter.with("").url());
		model.addAttribute("chips", chips(filter, found));
		model.addAttribute("rows", rows(counts, shown.stream().skip((long) place * PAGE).limit(PAGE).toList()));
		model.addAttribute("pager",
				new Pager(place, shown.size(), PAGE, (place > 0) ? filter.at(place - 1).url() : null,
						((place + 1) * PAGE < shown.size()) ? filter.at(place + 1).url() : null));
		model.addAttribute("found", found.size());
		model.addAttribute("total", all.size());
		model.addAttribute("extensions", counts.values().stream().mapToLong(Long::longValue).sum());
		return "fleet/list";
	}

	/** Those that are alike stay in the order of their names. */
	private static Comparator<Entry> order(FleetFilter filter, Map<Long, Long> counts) {
		Comparator<Entry> order = switch (filter.sort()) {
			case PBX -> Comparator.comparing((entry) -> entry.pbx().name(), String.CASE_INSENSITIVE_ORDER);
			case STATUS -> Comparator.comparing((entry) -> entry.status().state());
			case POLICY -> Comparator.comparing(Entry::policy, String.CASE_INSENSITIVE_ORDER);
			case APPLIED -> Comparator.comparing((entry) -> entry.status().appliedAt(), NEVER_FIRST);
			case EXTENSIONS -> Comparator.comparing((entry) -> counts.getOrDefault(entry.pbx().id(), 0L));
			case CONTACT ->
				Comparator.comparing((entry) -> FleetRow.contactAt(entry.pbx(), entry.status()), NEVER_FIRST);
		};
		return filter.descending() ? order.reversed() : order;
	}

	private static List<Column> columns(FleetFilter filter) {
		return Arrays.stream(FleetFilter.Sort.values())
			.map((sort) -> new Column(sort.word(), filter.by(sort).url(), filter.direction(sort), switch (sort) {
				case PBX, STATUS, APPLIED -> "";
				case POLICY, CONTACT -> "cell-lo";
				case EXTENSIONS -> "num cell-lo";
			}))
			.toList();
	}

	private List<Entry> entries() {
		var statuses = this.statuses.all();
		var names = this.policies.names();
		var entries = new ArrayList<Entry>();
		for (Pbx pbx : this.registry.all()) {
			var status = statuses.get(pbx.id());
			// a PBX that was added between two of these looks is in the next list
			if (status != null) {
				entries.add(new Entry(pbx, names.getOrDefault(pbx.policyId(), ""), status));
			}
		}
		return entries;
	}

	/** Words are only made for those that are shown. */
	private List<FleetRow> rows(Map<Long, Long> counts, List<Entry> entries) {
		return entries.stream()
			.map((entry) -> new FleetRow(entry.pbx(), entry.policy(), entry.status(),
					counts.getOrDefault(entry.pbx().id(), 0L),
					this.words.ago(FleetRow.contactAt(entry.pbx(), entry.status())),
					this.words.ago(entry.status().appliedAt())))
			.toList();
	}

	private static List<Chip> chips(FleetFilter filter, List<Entry> entries) {
		var counts = new EnumMap<PbxStatus.State, Integer>(PbxStatus.State.class);
		entries.forEach((entry) -> counts.merge(entry.status().state(), 1, Integer::sum));
		return counts.entrySet()
			.stream()
			.map((entry) -> new Chip(FleetRow.key(entry.getKey()), entry.getValue(),
					filter.with(FleetRow.key(entry.getKey())).url()))
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

	/**
	 * The head of a column.
	 *
	 * @param sort as in {@link FleetFilter.Sort#word()}
	 * @param url where the list is sorted by it
	 * @param direction as of {@link FleetFilter#direction}
	 * @param css how it looks
	 */
	record Column(String sort, String url, @Nullable String direction, String css) {
	}

	/**
	 * Part of the list.
	 *
	 * @param page from 0
	 * @param total how many PBXs match
	 */
	record Pager(int page, int total, int size, @Nullable String previous, @Nullable String next) {
	}

	/** One PBX before it is put in words. */
	private record Entry(Pbx pbx, String policy, PbxStatus status) {

		String state() {
			return FleetRow.key(this.status.state());
		}

		boolean holds(String search) {
			var software = (this.pbx.software() != null) ? this.pbx.software() : "";
			var text = String.join("\n", this.pbx.name(), this.pbx.host(), this.policy, software);
			return text.toLowerCase(Locale.ROOT).contains(search.strip().toLowerCase(Locale.ROOT));
		}

	}

}
