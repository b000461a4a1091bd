package io.tollgate.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.extension.Extensions;
import io.tollgate.listing.SearchText;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.route.TrunkAnswer.Changed;
import io.tollgate.route.TrunkAnswer.Found;
import io.tollgate.route.TrunkAnswer.Gone;
import io.tollgate.route.TrunkAnswer.InUse;
import io.tollgate.route.TrunkAnswer.Refused;
import io.tollgate.route.TrunkAnswer.Unchanged;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The trunks of each PBX: those that were found there, and those that a person added. A
 * name is never changed: routes know trunks by it.
 */
@Service
@Transactional
public class Trunks {

	private final TrunkRows rows;

	private final RouteRows routes;

	private final Extensions extensions;

	private final PbxRegistry registry;

	private final AuditTrail audit;

	Trunks(TrunkRows rows, RouteRows routes, Extensions extensions, PbxRegistry registry, AuditTrail audit) {
		this.rows = rows;
		this.routes = routes;
		this.extensions = extensions;
		this.registry = registry;
		this.audit = audit;
	}

	/**
	 * The first trunks of PBXs that are seen whose name holds that.
	 * @param most how many at most
	 */
	@Transactional(readOnly = true)
	public List<FoundTrunk> named(String text, int most) {
		var found = this.rows.named(SearchText.like(text));
		var seen = found.isEmpty() ? Set.<Long>of() : Set.copyOf(this.registry.ids());
		return found.stream().filter((each) -> seen.contains(each.pbxId())).limit(most).toList();
	}

	/** Names of those that routes can use. */
	@Transactional(readOnly = true)
	public SortedSet<String> names(long pbxId) {
		return new TreeSet<>(present(pbxId).keySet());
	}

	/** The same with how each is dialled and how it reads numbers. */
	@Transactional(readOnly = true)
	public SortedMap<String, Trunk> present(long pbxId) {
		var present = new TreeMap<String, Trunk>();
		all(pbxId).values()
			.stream()
			.filter(StoredTrunk::present)
			.forEach((one) -> present.put(one.name(), one.trunk()));
		return present;
	}

	/** All by name, also those that are no longer on the PBX. */
	@Transactional(readOnly = true)
	public SortedMap<String, StoredTrunk> all(long pbxId) {
		var all = new TreeMap<String, StoredTrunk>();
		rows(pbxId).forEach((name, row) -> all.put(name, row.toStored()));
		return all;
	}

	/**
	 * The same of several PBXs at once, by PBX; one that has no trunk is there with none.
	 * One query.
	 */
	@Transactional(readOnly = true)
	public Map<Long, SortedMap<String, StoredTrunk>> all(Collection<Long> pbxIds) {
		var all = new HashMap<Long, SortedMap<String, StoredTrunk>>();
		pbxIds.forEach((pbxId) -> all.put(pbxId, new TreeMap<>()));
		this.rows.stored(pbxIds)
			.forEach((row) -> all.computeIfAbsent(row.pbxId(), (id) -> new TreeMap<>())
				.put(row.endpoint(), row.toStored()));
		return all;
	}

	private Map<String, TrunkRow> rows(long pbxId) {
		return this.rows.findByPbxId(pbxId)
			.stream()
			.collect(Collectors.toMap(TrunkRow::getEndpoint, Function.identity(), (a, b) -> a, TreeMap::new));
	}

	/**
	 * Adds one by hand. Reading the PBX does not take it away. The name of one that is no
	 * longer on the PBX is free: nobody sees that one any more.
	 */
	public TrunkAnswer add(long pbxId, String name, Trunk trunk) {
		this.registry.hold(pbxId);
		var clean = TrunkCheck.clean(trunk);
		var refusals = new ArrayList<>(TrunkCheck.refusals(clean));
		TrunkCheck.name(name.strip(), names(pbxId), this.extensions.restrictions(pbxId).keySet())
			.ifPresent((refusal) -> refusals.add(0, refusal));
		if (!refusals.isEmpty()) {
			return new Refused(refusals);
		}
		var row = rows(pbxId).getOrDefault(name.strip(), new TrunkRow(pbxId, name.strip(), clean));
		row.takeOver(clean);
		this.rows.saveAndFlush(row);
		note(pbxId, name.strip(), "trunk.added", null, words(clean));
		return new Changed();
	}

	/** Changes one; of one that was found on the PBX, not how it is dialled. */
	public TrunkAnswer change(long pbxId, String name, Trunk trunk) {
		this.registry.hold(pbxId);
		var row = rows(pbxId).get(name);
		if (row == null) {
			return new Gone();
		}
		var before = row.toTrunk();
		var wished = row.isByHand() ? trunk : new Trunk(before.dial(), trunk.reading(), trunk.accessCode());
		var clean = TrunkCheck.clean(wished);
		var refusals = TrunkCheck.refusals(clean);
		if (!refusals.isEmpty()) {
			return new Refused(refusals);
		}
		if (clean.equals(before)) {
			return new Unchanged();
		}
		row.become(clean);
		this.rows.saveAndFlush(row);
		note(pbxId, name, "trunk.changed", words(before), words(clean));
		return new Changed();
	}

	/** Removes one that was added by hand and that no route uses. */
	public TrunkAnswer remove(long pbxId, String name) {
		this.registry.hold(pbxId);
		var row = rows(pbxId).get(name);
		if (row == null) {
			return new Gone();
		}
		if (!row.isByHand()) {
			return new Found();
		}
		var users = uses(pbxId, name);
		if (!users.isEmpty()) {
			return new InUse(users);
		}
		remove(pbxId, row);
		return new Changed();
	}

	private void remove(long pbxId, TrunkRow row) {
		this.rows.delete(row);
		this.rows.flush();
		note(pbxId, row.getEndpoint(), "trunk.removed", words(row.toTrunk()), null);
	}

	/** Names of the routes that use it, in their order. */
	private List<String> uses(long pbxId, String name) {
		return this.routes.findByPbxIdOrderByPosition(pbxId)
			.stream()
			.map(RouteRow::toRoute)
			.filter((route) -> route.trunks().contains(name))
			.map(OutboundRoute::name)
			.toList();
	}

	/**
	 * Returns to how they were applied. After the routes: one that was added since stays
	 * when they use it. What the PBX no longer has stays away.
	 */
	public void restore(long pbxId, SortedMap<String, Trunk> applied) {
		this.registry.hold(pbxId);
		var known = rows(pbxId);
		applied.forEach((name, trunk) -> {
			var row = known.get(name);
			var before = (row != null) ? row.toTrunk() : null;
			if (row == null) {
				// added by hand: those that were found on the PBX keep their row
				this.rows.saveAndFlush(new TrunkRow(pbxId, name, trunk));
			}
			// an endpoint that was found meanwhile stays one: calls come in by it
			var back = (row != null && before != null && !row.isByHand())
					? new Trunk(before.dial(), trunk.reading(), trunk.accessCode()) : trunk;
			if (row != null && !back.equals(before)) {
				row.become(back);
				this.rows.saveAndFlush(row);
			}
			if (!back.equals(before)) {
				note(pbxId, name, "trunk.restored", words(before), words(back));
			}
		});
		known.forEach((name, row) -> {
			if (row.isByHand() && !applied.containsKey(name) && uses(pbxId, name).isEmpty()) {
				remove(pbxId, row);
			}
		});
	}

	/**
	 * Takes in the trunks that a PBX has now. One that was added by hand stays. When an
	 * endpoint turns up under the name of a dial string, the name is the endpoint's: else
	 * what comes in by that endpoint would pass for a phone.
	 */
	public TrunkSync discovered(long pbxId, Set<String> endpoints) {
		this.registry.hold(pbxId);
		var known = rows(pbxId);
		var sync = new TrunkSync(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
		for (String endpoint : endpoints) {
			var row = known.remove(endpoint);
			if (!TrunkCheck.usable(endpoint)) {
				sync.unusable().add(endpoint);
			}
			else if (row == null) {
				this.rows.save(new TrunkRow(pbxId, endpoint));
				sync.added().add(endpoint);
			}
			else if (!row.isPresent() || !row.toTrunk().isEndpoint()) {
				row.found();
				sync.added().add(endpoint);
			}
		}
		known.values().stream().filter((row) -> row.isPresent() && !row.isByHand()).forEach((row) -> {
			row.lost();
			sync.vanished().add(row.getEndpoint());
		});
		note(pbxId, sync);
		return sync;
	}

	private void note(long pbxId, TrunkSync sync) {
		if (sync.added().isEmpty() && sync.vanished().isEmpty()) {
			return;
		}
		this.rows.flush();
		this.registry.touch(pbxId);
		this.audit.record("trunk.discovered", AuditObject.of("route", pbxId, pbx(pbxId)).on(pbxId),
				sync.vanished().isEmpty() ? null : String.join(", ", sync.vanished()),
				sync.added().isEmpty() ? null : String.join(", ", sync.added()));
	}

	private void note(long pbxId, String name, String action, @Nullable String before, @Nullable String after) {
		this.registry.touch(pbxId);
		this.audit.record(action, AuditObject.of("trunk", pbxId, name + " at " + pbx(pbxId)).on(pbxId), before, after);
	}

	private @Nullable String pbx(long pbxId) {
		return this.registry.find(pbxId).map(Pbx::name).orElse(null);
	}

	/** For the audit log. */
	private static @Nullable String words(@Nullable Trunk trunk) {
		if (trunk == null) {
			return null;
		}
		var words = new ArrayList<String>();
		words.add(trunk.isEndpoint() ? "PJSIP endpoint" : trunk.dial());
		words.add((trunk.reading() == Trunk.Reading.E164) ? "numbers in full, E.164" : "numbers as dialled");
		if (!trunk.accessCode().isEmpty()) {
			words.add("access code " + trunk.accessCode());
		}
		return String.join(", ", words);
	}

}
