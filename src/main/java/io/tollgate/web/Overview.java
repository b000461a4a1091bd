package io.tollgate.web;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.tollgate.apply.FleetStatus;
import io.tollgate.apply.FleetStatus.PbxStatus;
import io.tollgate.apply.PbxPending;
import io.tollgate.apply.PendingChanges;
import io.tollgate.apply.Reach;
import io.tollgate.leak.LeakFigures;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyRules;
import io.tollgate.policy.WorldMap;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the first page shows: the fleet, and where its calls can go. */
@Component
class Overview {

	/** PBXs listed here; the fleet page has them all. */
	private static final int LISTED = 8;

	private final PbxRegistry registry;

	private final FleetStatus status;

	private final PendingChanges pending;

	private final Policies policies;

	private final WorldMap map;

	private final LeakFigures figures;

	Overview(PbxRegistry registry, FleetStatus status, PendingChanges pending, Policies policies, WorldMap map,
			LeakFigures figures) {
		this.registry = registry;
		this.status = status;
		this.pending = pending;
		this.policies = policies;
		this.map = map;
		this.figures = figures;
	}

	/**
	 * The page.
	 * @param policyId the policy whose PBXs the map shows, {@code null} for all
	 */
	@Transactional(readOnly = true)
	Page show(@Nullable Long policyId, Locale locale) {
		var pbxs = this.registry.all();
		var statuses = this.status.all();
		var all = this.pending.all();
		var names = this.policies.all().stream().collect(Collectors.toMap(PolicyRules::id, PolicyRules::name));
		var shown = all.stream().filter((each) -> policyId == null || each.policyId() == policyId).toList();
		var live = codes(shown, true);
		var draft = codes(shown, false);
		var rows = pbxs.stream()
			.limit(LISTED)
			.map((pbx) -> new Row(pbx.id(), pbx.name(), pbx.simulated(), names.getOrDefault(pbx.policyId(), ""),
					statuses.get(pbx.id())))
			.toList();
		return new Page(pbxs.size(), pbxs.stream().anyMatch(Pbx::simulated), extensions(all), states(statuses),
				live.size(), draft.size(), CallingCodes.all().size(), callers(all, true), callers(all, false), rows,
				this.map.picture(draft, live, locale), policyId, options(), this.figures.live());
	}

	private static SortedSet<String> codes(List<PbxPending> pbxs, boolean live) {
		var codes = new TreeSet<String>();
		pbxs.forEach((pbx) -> codes.addAll(reach(pbx, live).codes()));
		return codes;
	}

	private static int callers(List<PbxPending> pbxs, boolean live) {
		return pbxs.stream().mapToInt((pbx) -> reach(pbx, live).callers()).sum();
	}

	private static int extensions(List<PbxPending> pbxs) {
		return pbxs.stream().mapToInt((pbx) -> pbx.draft().extensions()).sum();
	}

	private static Reach reach(PbxPending pbx, boolean live) {
		if (!live) {
			return pbx.draft();
		}
		return (pbx.live() != null) ? pbx.live() : new Reach(new TreeSet<>(), 0, 0);
	}

	/** How many PBXs are in each state, as parts of a bar. */
	private static List<Share> states(Map<Long, PbxStatus> statuses) {
		var counts = new EnumMap<PbxStatus.State, Integer>(PbxStatus.State.class);
		statuses.values().forEach((each) -> counts.merge(each.state(), 1, Integer::sum));
		var shares = new ArrayList<Share>();
		double from = 0;
		for (var entry : counts.entrySet()) {
			double width = 100.0 * entry.getValue() / statuses.size();
			shares.add(new Share(entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-'), entry.getValue(),
					percent(from), percent(Math.max(width - 1, 0.5))));
			from += width;
		}
		return shares;
	}

	private static String percent(double value) {
		return String.format(Locale.ROOT, "%.1f%%", value);
	}

	private List<Option> options() {
		Set<Long> used = this.registry.all().stream().map(Pbx::policyId).collect(Collectors.toSet());
		return this.policies.all()
			.stream()
			.filter((policy) -> used.contains(policy.id()))
			.map((policy) -> new Option(policy.id(), policy.name()))
			.toList();
	}

	/**
	 * The page.
	 *
	 * @param pbxs number of PBXs
	 * @param simulated whether some of them are simulated
	 * @param extensions number of extensions
	 * @param states how many PBXs are in each state
	 * @param live calling codes that at least one extension may dial now
	 * @param draft the same after an apply
	 * @param codes all calling codes
	 * @param callers extensions that may call abroad now
	 * @param draftCallers the same after an apply
	 * @param leaks what the leak checks of the rules in force came to
	 */
	record Page(int pbxs, boolean simulated, int extensions, List<Share> states, int live, int draft, int codes,
			int callers, int draftCallers, List<Row> rows, WorldMap.Picture map, @Nullable Long policy,
			List<Option> policies, LeakFigures.Live leaks) {

		/** Parts of a bar: leaking, nothing claimed, proved. */
		public List<Share> leakShares() {
			var shares = new ArrayList<Share>();
			double from = 0;
			for (var part : List.of(Map.entry("m-stop", this.leaks.leaking()), Map.entry("m-off", this.leaks.open()),
					Map.entry("m-open", this.leaks.proved()))) {
				double width = 100.0 * part.getValue() / Math.max(this.leaks.all(), 1);
				if (width > 0) {
					shares.add(new Share(part.getKey(), part.getValue(), percent(from),
							percent(Math.max(width - 1, 0.5))));
				}
				from += width;
			}
			return shares;
		}

		public String liveShare() {
			return percent(100.0 * this.live / this.codes);
		}

		public String callersShare() {
			return percent((this.extensions == 0) ? 0 : 100.0 * this.callers / this.extensions);
		}

	}

	record Share(String state, int count, String from, String width) {

		/** The bar's colour class. */
		public String css() {
			return switch (this.state) {
				case "in-sync" -> "m-open";
				case "drifted", "unknown" -> "m-drift";
				case "unreachable", "in-doubt" -> "m-stop";
				case "never-applied" -> "m-off";
				case "m-stop", "m-off", "m-open" -> this.state;
				default -> "m-wait";
			};
		}

	}

	record Row(long id, String name, boolean simulated, String policy, @Nullable PbxStatus status) {
	}

	record Option(long id, String name) {
	}

}
