package io.tollgate.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.tollgate.apply.FleetStatus;
import io.tollgate.apply.FleetStatus.PbxStatus;
import io.tollgate.api.Part;
import io.tollgate.api.RefusedException;
import io.tollgate.pbx.NotThereException;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.Upkeeps;
import io.tollgate.policy.Policies;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The PBXs for scripts: those that the token's maker sees. */
@RestController
class FleetApi {

	private static final int MOST = 1_000;

	private final PbxRegistry registry;

	private final FleetStatus statuses;

	private final Upkeeps upkeeps;

	private final Policies policies;

	private final FleetWords words;

	FleetApi(PbxRegistry registry, FleetStatus statuses, Upkeeps upkeeps, Policies policies, FleetWords words) {
		this.registry = registry;
		this.statuses = statuses;
		this.upkeeps = upkeeps;
		this.policies = policies;
		this.words = words;
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
		var groups = this.upkeeps.groupNames();
		// one that was added between these two looks is there the next time
		var known = this.registry.all().stream().filter((pbx) -> statuses.containsKey(pbx.id())).toList();
		var part = Part.of(known, Pbx::id, after, limit, "/api/v1/pbxs?");
		var items = new ArrayList<Item>();
		for (var pbx : part.items()) {
			var status = statuses.get(pbx.id());
			if (status != null) {
				items.add(Item.of(pbx, groups.getOrDefault(pbx.id(), ""), status));
			}
		}
		return new Page(items, part.next());
	}

	@GetMapping("/api/v1/pbxs/{pbx}")
	@PreAuthorize("hasAuthority('SCOPE_pbx:read')")
	@Operation(summary = "One PBX and how it stands")
	Item pbx(@PathVariable long pbx) {
		var found = this.registry.find(pbx).orElseThrow(NotThereException::new);
		var status = this.statuses.all().get(pbx);
		if (status == null) {
			throw new NotThereException();
		}
		return Item.of(found, this.upkeeps.of(pbx).group(), status);
	}

	/** Says which rules it follows; they reach it with the next apply. */
	@PutMapping("/api/v1/pbxs/{pbx}/policy")
	@PreAuthorize("hasAuthority('SCOPE_policy:write') and hasRole('ADMINISTRATOR')")
	@Operation(summary = "Has a PBX follow another policy")
	Followed follow(@PathVariable long pbx, @Valid @RequestBody Followed wanted) {
		if (this.registry.find(pbx).isEmpty()) {
			throw new NotThereException();
		}
		if (!this.policies.names().containsKey(wanted.policy())) {
			throw new RefusedException("/policy", this.words.say("pbx.error.policy"));
		}
		this.registry.assignPolicy(pbx, wanted.policy());
		return wanted;
	}

	/** The policy that a PBX follows, by its id. */
	record Followed(@NotNull Long policy) {
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
	 * @param policy the policy that it follows, by its id
	 * @param group empty for none
	 * @param state how it stands: {@code in-sync}, {@code pending}, {@code drifted} and
	 * so on, as on the page
	 * @param drifted whether it does not run what was applied
	 * @param generation what was last confirmed there, {@code null} for nothing
	 * @param pendingChanges how many changes the next apply would bring
	 * @param lastContactAt when it last answered
	 */
	record Item(long id, String name, boolean simulated, long policy, String group, String state, boolean drifted,
			@Nullable Integer generation, @Nullable Instant appliedAt, @Nullable String appliedBy, int pendingChanges,
			@Nullable Instant lastContactAt) {

		static Item of(Pbx pbx, String group, PbxStatus status) {
			return new Item(pbx.id(), pbx.name(), pbx.simulated(), pbx.policyId(), group, FleetRow.key(status.state()),
					status.state() == PbxStatus.State.DRIFTED, status.generation(), status.appliedAt(),
					status.appliedBy(), status.pendingChanges(), FleetRow.contactAt(pbx, status));
		}

	}

}
