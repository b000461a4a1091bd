package io.tollgate.apply;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tollgate.announcement.Announcements;
import io.tollgate.decision.Snapshot;
import io.tollgate.extension.Extensions;
import io.tollgate.extension.Groups;
import io.tollgate.pbx.Pbx;
import io.tollgate.pin.PinList;
import io.tollgate.pin.PinLists;
import io.tollgate.policy.Policies;
import io.tollgate.policy.RestrictionLists;
import io.tollgate.policy.WorkingWeek;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Routes;
import io.tollgate.route.StoredRoute;
import io.tollgate.route.StoredTrunk;
import io.tollgate.route.Trunk;
import io.tollgate.route.Trunks;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What decides about a PBX's calls: as it stands in the portal now, and as it was last
 * applied.
 */
@Service
@Transactional(readOnly = true)
public class Snapshots {

	private final Policies policies;

	private final WorkingWeek week;

	private final Extensions extensions;

	private final Routes routes;

	private final Trunks trunks;

	private final RestrictionLists restrictions;

	private final Groups groups;

	private final PinLists pins;

	private final Announcements announcements;

	private final Generations generations;

	private final StopState stop;

	private final JsonMapper json = JsonMapper.builder().build();

	Snapshots(Policies policies, WorkingWeek week, Extensions extensions, Routes routes, Trunks trunks,
			RestrictionLists restrictions, Groups groups, PinLists pins, Announcements announcements,
			Generations generations, StopState stop) {
		this.policies = policies;
		this.week = week;
		this.extensions = extensions;
		this.routes = routes;
		this.trunks = trunks;
		this.restrictions = restrictions;
		this.groups = groups;
		this.pins = pins;
		this.announcements = announcements;
		this.generations = generations;
		this.stop = stop;
	}

	/** With every edit in it, applied or not. */
	public Snapshot draft(Pbx pbx) {
		return Objects.requireNonNull(drafts(List.of(pbx)).get(pbx.id()));
	}

	/**
	 * The same of several PBXs at once, by PBX: the same number of queries for one and
	 * for hundreds. Who asks for thousands asks in parts, as all are in memory.
	 */
	public Map<Long, Snapshot> drafts(Collection<Pbx> pbxs) {
		if (pbxs.isEmpty()) {
			return Map.of();
		}
		var ids = pbxs.stream().map(Pbx::id).toList();
		var policies = this.policies.rules(pbxs.stream().map(Pbx::policyId).collect(Collectors.toSet()));
		var hours = this.week.hours();
		var extensions = this.extensions.restrictions(ids);
		var groups = this.groups.of(ids);
		var trunks = this.trunks.all(ids);
		var routes = this.routes.list(ids);
		var restrictions = this.restrictions.of(pbxs);
		var pins = this.pins.all();
		var announcements = this.announcements.all();
		var drafts = new LinkedHashMap<Long, Snapshot>();
		for (var pbx : pbxs) {
			var own = of(routes, pbx).stream().map(StoredRoute::route).toList();
			drafts.put(pbx.id(),
					new Snapshot(Objects.requireNonNull(policies.get(pbx.policyId())), hours, of(extensions, pbx),
							of(groups, pbx), trunks(of(trunks, pbx), own), own, of(restrictions, pbx), asked(pins, own),
							announcements));
		}
		return drafts;
	}

	/** Each bulk reader has an answer for every PBX that it is asked for. */
	private static <T> T of(Map<Long, T> answers, Pbx pbx) {
		return Objects.requireNonNull(answers.get(pbx.id()));
	}

	private static SortedMap<String, PinList> asked(SortedMap<String, PinList> all, List<OutboundRoute> routes) {
		var pins = new TreeMap<>(all);
		pins.keySet().retainAll(routes.stream().map(OutboundRoute::pins).collect(Collectors.toSet()));
		return pins;
	}

	/**
	 * Those that the PBX has, and those that it has lost while a route still names them:
	 * when they are back they must read as they did.
	 */
	private static SortedMap<String, Trunk> trunks(SortedMap<String, StoredTrunk> all, List<OutboundRoute> routes) {
		var named = routes.stream().flatMap((route) -> route.trunks().stream()).collect(Collectors.toSet());
		var trunks = new TreeMap<String, Trunk>();
		all.forEach((name, stored) -> {
			if (stored.present() || named.contains(name)) {
				trunks.put(name, stored.trunk());
			}
		});
		return trunks;
	}

	/**
	 * What an apply would make a PBX enforce: every edit, but no way abroad while a fleet
	 * stop is on.
	 */
	public Snapshot afterApply(Pbx pbx) {
		return enforced(draft(pbx), this.stop.isOn());
	}

	/** What the PBX was last proved to run; empty when nothing was ever applied there. */
	public Optional<Snapshot> applied(long pbxId) {
		return this.generations.findFirstByPbxIdOrderByIdDesc(pbxId).map(this::enforced);
	}

	/**
	 * The same of several PBXs at once, by PBX; without those to which nothing was ever
	 * applied. One query.
	 */
	public Map<Long, Snapshot> applied(Collection<Long> pbxIds) {
		return newest(pbxIds, (each) -> enforced(read(each.snapshot()), each.stopped()));
	}

	/** What the PBX enforces by a generation. */
	Snapshot enforced(Generation generation) {
		return enforced(read(generation.getSnapshot()), generation.isStopped());
	}

	/**
	 * What a PBX is held to: the one place where a fleet stop takes the ways abroad from
	 * rules. What is stored are always the rules as people made them.
	 */
	static Snapshot enforced(Snapshot rules, boolean stopped) {
		return stopped ? rules.withoutInternational() : rules;
	}

	/**
	 * The rules that were last applied, as people made them: what edits are compared with
	 * and go back to, also while a fleet stop keeps the PBX from some of it.
	 */
	Optional<Snapshot> rules(long pbxId) {
		return this.generations.findFirstByPbxIdOrderByIdDesc(pbxId)
			.map((generation) -> read(generation.getSnapshot()));
	}

	/**
	 * The same of several PBXs at once, by PBX; without those to which nothing was ever
	 * applied. One query.
	 */
	Map<Long, Snapshot> rules(Collection<Long> pbxIds) {
		return newest(pbxIds, (each) -> read(each.snapshot()));
	}

	private Map<Long, Snapshot> newest(Collection<Long> pbxIds, Function<Generations.Text, Snapshot> reader) {
		var found = new HashMap<Long, Snapshot>();
		if (!pbxIds.isEmpty()) {
			this.generations.texts(pbxIds).forEach((each) -> found.put(each.pbxId(), reader.apply(each)));
		}
		return found;
	}

	/** What each PBX was last proved to run. One query. */
	public List<InForce> inForce() {
		return this.generations.newest()
			.stream()
			.map((head) -> new InForce(head.getPbxId(), head.getId(), head.getNumber(), head.getChecksum(),
					head.getAppliedAt()))
			.toList();
	}

	/**
	 * Compiles.
	 * @throws io.tollgate.keys.SealedException when it asks for a PIN and the key file is
	 * not there
	 */
	Compiled compile(Snapshot snapshot) {
		return Compiler.compile(snapshot, (key, list) -> this.pins.salt(list));
	}

	/** Whether that is what these rules compile to. */
	boolean compilesTo(Snapshot snapshot, String checksum) {
		return compile(snapshot) instanceof Compiled.Ready ready && Checksum.of(ready.config()).equals(checksum);
	}

	/** Of what these rules compile to; empty when they do not. */
	String checksum(Snapshot snapshot) {
		return (compile(snapshot) instanceof Compiled.Ready ready) ? Checksum.of(ready.config()) : "";
	}

	String write(Snapshot snapshot) {
		return this.json.writeValueAsString(snapshot);
	}

	Snapshot read(String text) {
		return this.json.readValue(text, Snapshot.class);
	}

}
