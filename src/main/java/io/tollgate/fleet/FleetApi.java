package io.tollgate.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.tollgate.apply.FleetStatus;
import io.tollgate.apply.FleetStatus.PbxStatus;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The PBXs for scripts: those that the token's maker sees. */
@RestController
class FleetApi {

	private static final int MOST = 1_000;

	private final PbxRegistry registry;

	private final FleetStatus statuses;

	FleetApi(PbxRegistry registry, FleetStatus statuses) {
		this.registry = registry;
		this.statuses = statuses;
	}

	/**
	 * In the order of their ids.
	 * @param after only PBXs with a higher id
	 */
	@GetMapping("/api/v1/pbxs")
	@PreAuthorize("hasAuthority('SCOPE_pbx:read')")
	@Operation(summary = "PBXs and how they stand, in parts")
	Page pbxs(@RequestParam(defaultValue = "0") long after,
			@RequestParam(defaultValue = "100") @Min(1) @Max(MOST) int limit) {
		var statuses = this.statuses.all();
		var behind = this.registry.all()
			.stream()
			// one that was added between these two looks is there the next time
			.filter((pbx) -> pbx.id() > after && statuses.containsKey(pbx.id()))
			.sorted(Comparator.comparingLong(Pbx::id))
			.toList();
		var items = new ArrayList<Item>();
		for (var pbx : behind.subList(0, Math.min(limit, behind.size()))) {
			var status = statuses.get(pbx.id());
			if (status != null) {
				items.add(Item.of(pbx, status));
			}
		}
		return new Page(items,
				(behind.size() > limit) ? "/api/v1/pbxs?after=" + items.getLast().id() + "&limit=" + limit : null);
	}

	/**
	 * Some of the PBXs.
	 *
	 * @param next the path of those behind them, {@code null} when these are the last
	 */
	record Page(List<Item> items, @Nullable String next) {
	}

	/**
	 * A PBX.
	 *
	 * @param state how it stands: {@code in-sync}, {@code pending}, {@code drifted} and
	 * so on, as on the page
	 * @param drifted whether it does not run what was applied
	 * @param generation what was last confirmed there, {@code null} for nothing
	 * @param pendingChanges how many changes the next apply would bring
	 * @param lastContactAt when it last answered
	 */
	record Item(long id, String name, boolean simulated, String state, boolean drifted, @Nullable Integer generation,
			@Nullable Instant appliedAt, @Nullable String appliedBy, int pendingChanges,
			@Nullable Instant lastContactAt) {

		static Item of(Pbx pbx, PbxStatus status) {
			return new Item(pbx.id(), pbx.name(), pbx.simulated(), FleetRow.key(status.state()),
					status.state() == PbxStatus.State.DRIFTED, status.generation(), status.appliedAt(),
					status.appliedBy(), status.pendingChanges(), FleetRow.contactAt(pbx, status));
		}

	}

}
