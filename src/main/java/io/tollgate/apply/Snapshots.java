package io.tollgate.apply;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.tollgate.announcement.Announcements;
import io.tollgate.decision.Snapshot;
import io.tollgate.extension.Extensions;
import io.tollgate.extension.Groups;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.SealedException;
import io.tollgate.pin.PinLists;
import io.tollgate.policy.Policies;
import io.tollgate.policy.RestrictionLists;
import io.tollgate.policy.WorkingWeek;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Routes;
import io.tollgate.route.StoredRoute;
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

	private final JsonMapper json = JsonMapper.builder().build();

	Snapshots(Policies policies, WorkingWeek week, Extensions extensions, Routes routes, Trunks trunks,
			RestrictionLists restrictions, Groups groups, PinLists pins, Announcements announcements,
			Generations generations) {
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
	}

	/** With every edit in it, applied or not. */
	public Snapshot draft(Pbx pbx) {
		var routes = this.routes.list(pbx.id()).stream().map(StoredRoute::route).toList();
		var asked = routes.stream().map(OutboundRoute::pins).collect(Collectors.toSet());
		var pins = new TreeMap<>(this.pins.all());
		pins.keySet().retainAll(asked);
		return new Snapshot(this.policies.rules(pbx.policyId()), this.week.hours(),
				this.extensions.restrictions(pbx.id()), this.groups.of(pbx.id()), trunks(pbx.id(), routes), routes,
				this.restrictions.of(pbx.policyId(), pbx.id()), pins, this.announcements.all());
	}

	/**
	 * Those that the PBX has, and those that it has lost while a route still names them:
	 * when they are back they must read as they did.
	 */
	private SortedMap<String, Trunk> trunks(long pbxId, List<OutboundRoute> routes) {
		var trunks = new TreeMap<>(this.trunks.present(pbxId));
		var named = routes.stream().flatMap((route) -> route.trunks().stream()).collect(Collectors.toSet());
		this.trunks.all(pbxId).forEach((name, stored) -> {
			if (named.contains(name)) {
				trunks.putIfAbsent(name, stored.trunk());
			}
		});
		return trunks;
	}

	/** What the PBX was last proved to run; empty when nothing was ever applied there. */
	public Optional<Snapshot> applied(long pbxId) {
		return this.generations.findFirstByPbxIdOrderByIdDesc(pbxId)
			.map((generation) -> read(generation.getSnapshot()));
	}

	/** What each PBX was last proved to run. One query. */
	public List<InForce> inForce() {
		return this.generations.newest()
			.stream()
			.map((head) -> new InForce(head.getPbxId(), head.getId(), head.getNumber(), head.getChecksum(),
					head.getAppliedAt()))
			.toList();
	}

	/** Compiles; without the key file only what asks for no PIN. */
	Compiled compile(Snapshot snapshot) {
		try {
			return Compiler.compile(snapshot, this.pins::salt);
		}
		catch (SealedException ex) {
			return new Compiled.Rejected(List.of("sealed"));
		}
	}

	/** Whether that is what these rules compile to. */
	boolean compilesTo(Snapshot snapshot, String checksum) {
		return compile(snapshot) instanceof Compiled.Ready ready && Checksum.of(ready.config()).equals(checksum);
	}

	String write(Snapshot snapshot) {
		return this.json.writeValueAsString(snapshot);
	}

	Snapshot read(String text) {
		return this.json.readValue(text, Snapshot.class);
	}

}
