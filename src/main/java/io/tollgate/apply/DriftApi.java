package io.tollgate.apply;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.tollgate.api.Part;
import io.tollgate.pbx.NotThereException;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What somebody changed on a PBX by hand, for scripts, and the two things to do about it.
 */
@RestController
class DriftApi {

	private static final String FLEET = "/api/v1/drift";

	private static final String PATH = "/api/v1/pbxs/{pbx}/drift";

	private static final int MOST = 500;

	private final PbxRegistry registry;

	private final DriftDesk desk;

	private final ScriptedApply scripted;

	DriftApi(PbxRegistry registry, DriftDesk desk, ScriptedApply scripted) {
		this.registry = registry;
		this.desk = desk;
		this.scripted = scripted;
	}

	/**
	 * As they were found by the last comparison, in the order of their ids.
	 * @param after only PBXs with a higher id
	 */
	@GetMapping(FLEET)
	@PreAuthorize("hasAuthority('SCOPE_apply:read')")
	@Operation(summary = "PBXs that differ from what was applied to them, in parts")
	Page drifts(@RequestParam(defaultValue = "0") long after,
			@RequestParam(defaultValue = "100") @Min(1) @Max(MOST) int limit) {
		var differing = this.desk.differing();
		var part = Part.of(differing, Pbx::id, after, limit, FLEET + "?");
		return new Page(differing.size(),
				part.items().stream().map((pbx) -> new Differing(pbx.id(), pbx.name(), item(pbx))).toList(),
				part.next());
	}

	/** As it was found by the last comparison. */
	@GetMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_apply:read')")
	@Operation(summary = "How a PBX differs from what was applied to it")
	Item drift(@PathVariable long pbx) {
		return item(pbx(pbx));
	}

	private Item item(Pbx pbx) {
		return Item.of(this.desk.of(pbx, Locale.ENGLISH).orElse(null),
				this.desk.failure(pbx.id()).filter((failure) -> !failure.isEmpty()).orElse(null),
				this.desk.repaired(pbx.id()).orElse(null));
	}

	/** Brings it back, by an apply of what was applied last. */
	@PostMapping(PATH + "/repair")
	@PreAuthorize("hasAuthority('SCOPE_apply:write') and hasRole('OPERATOR')")
	@Operation(summary = "Brings a PBX back to what was applied to it")
	ResponseEntity<ApplyApi.Begun> repair(@PathVariable long pbx, @Valid @RequestBody Decided decided) {
		return this.scripted.repaired(this.desk.repair(pbx(pbx), decided.drift())).answer();
	}

	/** Makes ordinary edits of the draft of it, where the portal can say the same. */
	@PostMapping(PATH + "/adopt")
	@PreAuthorize("hasAuthority('SCOPE_policy:write') and hasAuthority('SCOPE_extension:write') and hasRole('OPERATOR')")
	@Operation(summary = "Takes what was changed on a PBX into the draft")
	Adopted adopt(@PathVariable long pbx, @Valid @RequestBody Decided decided) {
		return new Adopted(this.desk.adopt(pbx(pbx), decided.drift()).orElseThrow(this.scripted::otherDrift));
	}

	private Pbx pbx(long id) {
		return this.registry.find(id).orElseThrow(NotThereException::new);
	}

	/**
	 * Some of the PBXs.
	 *
	 * @param pbxs how many differ in all
	 * @param next the path of those behind them, {@code null} when these are the last
	 */
	record Page(int pbxs, List<Differing> items, @Nullable String next) {
	}

	/** One of them. */
	record Differing(long pbx, String name, Item found) {
	}

	/**
	 * How a PBX differs.
	 *
	 * @param drift names all that was found, for what is decided about it; {@code null}
	 * when it runs what was applied
	 * @param since when a difference was first seen
	 * @param repairable whether an apply would bring some of it back
	 * @param adoptable whether the draft can say some of it
	 * @param phones whether some is in the configuration of phones, which Tollgate never
	 * writes
	 * @param failure why it could not be looked at lately, {@code null} when it could
	 * @param repaired the last repair of the last day, {@code null} for none
	 */
	record Item(@Nullable String drift, @Nullable Instant since, boolean repairable, boolean adoptable, boolean phones,
			List<Difference> differences, @Nullable String failure, @Nullable Repair repaired) {

		static Item of(DriftDesk.@Nullable Found found, @Nullable String failure,
				DriftDesk.@Nullable Repaired repaired) {
			var repair = (repaired != null) ? new Repair(repaired.at(), repaired.runId(), repaired.lines()) : null;
			return (found == null) ? new Item(null, null, false, false, false, List.of(), failure, repair)
					: new Item(found.checksum(), found.since(), found.repairable(), found.adoptable(), found.phones(),
							found.lines().stream().map(Difference::of).toList(), failure, repair);
		}

	}

	/**
	 * One difference.
	 *
	 * @param text in words
	 * @param adoptable whether the draft can say the same
	 * @param kept why it cannot, where somebody might think so; empty for nothing
	 */
	record Difference(String text, boolean adoptable, String kept) {

		static Difference of(DriftDesk.Line line) {
			return new Difference(line.text(), line.adoptable(), line.kept());
		}

	}

	/**
	 * A repair.
	 *
	 * @param changes why, and what was brought back, in words
	 */
	record Repair(Instant at, UUID apply, List<String> changes) {
	}

	/**
	 * What somebody saw before deciding.
	 *
	 * @param drift as it was said
	 */
	record Decided(@NotNull @Size(max = 200) String drift) {
	}

	/**
	 * What came of it.
	 *
	 * @param adopted how many differences are in the draft now
	 */
	record Adopted(int adopted) {
	}

}
