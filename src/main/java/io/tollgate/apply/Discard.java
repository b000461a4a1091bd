package io.tollgate.apply;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.tollgate.announcement.Announcement;
import io.tollgate.announcement.Announcements;
import io.tollgate.decision.Snapshot;
import io.tollgate.extension.Extensions;
import io.tollgate.extension.Groups;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.VisiblePbxs;
import io.tollgate.pin.PinList;
import io.tollgate.pin.PinLists;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyScope;
import io.tollgate.policy.RestrictionLists;
import io.tollgate.policy.WorkingWeek;
import io.tollgate.route.Block;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Routes;
import io.tollgate.route.Trunks;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Returns everything that is edited but not applied to what was last applied. */
@Service
class Discard {

	private final PendingChanges pending;

	private final PbxRegistry registry;

	private final VisiblePbxs visible;

	private final PolicyScope scope;

	private final Snapshots snapshots;

	private final AppliedState applied;

	private final Generations generations;

	private final Policies policies;

	private final WorkingWeek week;

	private final Extensions extensions;

	private final Groups groups;

	private final Routes routes;

	private final Trunks trunks;

	private final RestrictionLists restrictions;

	private final Announcements announcements;

	private final PinLists pins;

	private final TransactionTemplate transaction;

	Discard(PendingChanges pending, PbxRegistry registry, VisiblePbxs visible, PolicyScope scope, Snapshots snapshots,
			AppliedState applied, Generations generations, Policies policies, WorkingWeek week, Extensions extensions,
			Groups groups, Routes routes, Trunks trunks, RestrictionLists restrictions, Announcements announcements,
			PinLists pins, TransactionTemplate transaction) {
		this.pending = pending;
		this.registry = registry;
		this.visible = visible;
		this.scope = scope;
		this.snapshots = snapshots;
		this.applied = applied;
		this.generations = generations;
		this.policies = policies;
		this.week = week;
		this.extensions = extensions;
		this.groups = groups;
		this.routes = routes;
		this.trunks = trunks;
		this.restrictions = restrictions;
		this.announcements = announcements;
		this.pins = pins;
		this.transaction = transaction;
	}

	/**
	 * Discards, for somebody who is limited to some PBXs what is those PBXs' alone.
	 * @return how many changes are left: those of PBXs where nothing was ever applied
	 * have nothing to return to
	 */
	int all() {
		this.transaction.executeWithoutResult((_) -> restore());
		// not in it: there a PBX still has the revision with which it was first read
		return this.pending.summary().count();
	}

	private void restore() {
		// policies before PBXs, as everybody who changes both
		this.policies.hold();
		var waiting = this.pending.all().stream().filter((pbx) -> !pbx.changes().isEmpty()).toList();
		// before the routes that ask for them
		pins(waiting).forEach((key, list) -> {
			if (this.pins.isWhole(key)) {
				this.pins.restore(key, list);
			}
		});
		this.registry.hold(waiting.stream().map(PbxPending::pbxId).collect(Collectors.toCollection(TreeSet::new)));
		for (var pbx : waiting) {
			this.snapshots.rules(pbx.pbxId()).ifPresent((snapshot) -> {
				this.extensions.restore(pbx.pbxId(), snapshot.extensions());
				this.groups.restore(pbx.pbxId(), UsedGroups.of(snapshot));
				this.routes.restore(pbx.pbxId(), snapshot.routes());
				this.trunks.restore(pbx.pbxId(), snapshot.trunks());
				long policy = snapshot.policy().id();
				if (policy != pbx.policyId() && this.policies.find(policy).isPresent()) {
					this.registry.assignPolicy(pbx.pbxId(), policy);
				}
			});
		}
		// the assignments are as they were again, so these are the policies that were
		// applied
		this.pending.all()
			.stream()
			.map(PbxPending::policyId)
			.distinct()
			.filter(this.scope::isWhole)
			.forEach((policyId) -> this.applied.latest(policyId).ifPresent((snapshot) -> {
				this.policies.restore(snapshot.policy());
				this.restrictions.restore(policyId, snapshot.restrictions().entries());
			}));
		// after the entries that they are exemptions from
		waiting.forEach((pbx) -> this.snapshots.rules(pbx.pbxId())
			.ifPresent((snapshot) -> this.restrictions.restoreExemptions(pbx.pbxId(),
					snapshot.restrictions().exemptions())));
		if (!this.visible.limited()) {
			restoreShared(waiting);
		}
		this.pins.forgetPasswords();
	}

	/** What is the company's. */
	private void restoreShared(List<PbxPending> waiting) {
		this.generations.newest()
			.stream()
			.max(Comparator.comparing(Generations.Newest::getAppliedAt))
			.flatMap((head) -> this.snapshots.rules(head.getPbxId()))
			.ifPresent((snapshot) -> {
				this.week.restore(snapshot.hours());
				this.announcements.restore(announcements(snapshot, waiting));
			});
	}

	/**
	 * What the waiting PBXs' routes ask for. Of a list that several PBXs were given that
	 * of the newest apply, on whichever PBX: what was taken away there must not come
	 * back.
	 */
	private SortedMap<String, PinList> pins(List<PbxPending> waiting) {
		var keys = waiting.stream()
			.flatMap((pbx) -> this.snapshots.rules(pbx.pbxId()).stream())
			.flatMap((snapshot) -> snapshot.pins().keySet().stream())
			.collect(Collectors.toSet());
		var lists = new TreeMap<String, PinList>();
		this.generations.newest()
			.stream()
			.sorted(Comparator.comparing(Generations.Newest::getAppliedAt))
			.forEach((head) -> this.snapshots.rules(head.getPbxId())
				.ifPresent((snapshot) -> lists.putAll(snapshot.pins())));
		lists.keySet().retainAll(keys);
		return lists;
	}

	private static @Nullable Announcement unheard(@Nullable Announcement now) {
		return (now != null) ? new Announcement(now.name(), now.sounds(), now.answer(), "") : null;
	}

	/**
	 * Those of the newest apply; of older ones on other PBXs what their routes play, for
	 * those routes are back.
	 */
	private SortedMap<String, Announcement> announcements(Snapshot newest, List<PbxPending> waiting) {
		var announcements = new TreeMap<>(newest.announcements());
		var heard = newest.routes()
			.stream()
			.map(OutboundRoute::block)
			.filter(Objects::nonNull)
			.map(Block::announcement)
			.collect(Collectors.toSet());
		// what nothing could play was compared with nothing: it stays as it is, or away
		var now = this.announcements.all();
		newest.announcements().forEach((key, applied) -> {
			if (applied.code().isEmpty() && !heard.contains(key)) {
				announcements.computeIfPresent(key, (_, _) -> unheard(now.get(key)));
			}
		});
		waiting.stream().flatMap((pbx) -> this.snapshots.rules(pbx.pbxId()).stream()).forEach((snapshot) -> {
			for (var route : snapshot.routes()) {
				var block = route.block();
				var played = (block != null) ? snapshot.announcements().get(block.announcement()) : null;
				if (block != null && played != null) {
					announcements.putIfAbsent(block.announcement(), played);
				}
			}
		});
		return announcements;
	}

}
