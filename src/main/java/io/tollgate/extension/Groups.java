package io.tollgate.extension;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.extension.GroupChange.Changed;
import io.tollgate.extension.GroupChange.ChangedMeanwhile;
import io.tollgate.extension.GroupChange.Gone;
import io.tollgate.extension.GroupChange.InUse;
import io.tollgate.extension.GroupChange.NameTaken;
import io.tollgate.extension.GroupChange.NoName;
import io.tollgate.extension.GroupChange.Unchanged;
import io.tollgate.extension.GroupChange.UnknownNumbers;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.StableKey;
import io.tollgate.policy.GrantedExemption;
import io.tollgate.policy.RestrictionLists;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The groups of extensions of each PBX. A group is known to routes and exemptions by its
 * key, which never changes, so that a new name breaks nothing.
 */
@Service
@Transactional
public class Groups {

	private static final int NAME_LENGTH = 63;

	/** PBXs in one statement: well below every database's limit of parameters. */
	private static final int CHUNK = 1_000;

	private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1," + NAME_LENGTH + "}");

	private final GroupRows rows;

	private final Extensions extensions;

	private final RestrictionLists restrictions;

	private final ObjectProvider<GroupUses> uses;

	private final PbxRegistry registry;

	private final AuditTrail audit;

	Groups(GroupRows rows, Extensions extensions, RestrictionLists restrictions, ObjectProvider<GroupUses> uses,
			PbxRegistry registry, AuditTrail audit) {
		this.rows = rows;
		this.extensions = extensions;
		this.restrictions = restrictions;
		this.uses = uses;
		this.registry = registry;
		this.audit = audit;
	}

	/** All of a PBX by key. */
	@Transactional(readOnly = true)
	public SortedMap<String, ExtensionGroup> of(long pbxId) {
		return this.rows.findByPbxId(pbxId)
			.stream()
			.collect(Collectors.toMap(GroupRow::getGroupKey, GroupRow::toGroup, (a, b) -> a, TreeMap::new));
	}

	/**
	 * The same of several PBXs at once, by PBX; one that has no group is there with none.
	 * One query for a thousand PBXs.
	 */
	@Transactional(readOnly = true)
	public Map<Long, SortedMap<String, ExtensionGroup>> of(Collection<Long> pbxIds) {
		var members = new HashMap<Long, SortedMap<String, Draft>>();
		pbxIds.forEach((pbxId) -> members.put(pbxId, new TreeMap<>()));
		var ids = List.copyOf(members.keySet());
		for (int from = 0; from < ids.size(); from += CHUNK) {
			for (var row : this.rows.memberships(ids.subList(from, Math.min(from + CHUNK, ids.size())))) {
				members.getOrDefault(row.pbxId(), new TreeMap<>())
					.computeIfAbsent(row.groupKey(), (key) -> new Draft(row.name(), new TreeSet<>()))
					.add(row.number());
			}
		}
		var groups = new HashMap<Long, SortedMap<String, ExtensionGroup>>();
		members.forEach((pbxId, drafts) -> {
			var of = new TreeMap<String, ExtensionGroup>();
			drafts.forEach((key, draft) -> of.put(key, new ExtensionGroup(draft.name(), draft.members())));
			groups.put(pbxId, of);
		});
		return groups;
	}

	/** One group. */
	@Transactional(readOnly = true)
	public Optional<ExtensionGroup> find(long pbxId, String key) {
		return this.rows.findByPbxIdAndGroupKey(pbxId, key).map(GroupRow::toGroup);
	}

	/** Their names by key, by PBX; a PBX without groups is missing. */
	@Transactional(readOnly = true)
	Map<Long, SortedMap<String, String>> names(Collection<Long> pbxIds) {
		var names = new HashMap<Long, SortedMap<String, String>>();
		this.rows.heads(pbxIds)
			.forEach((head) -> names.computeIfAbsent(head.pbxId(), (fresh) -> new TreeMap<>())
				.put(head.key(), head.name()));
		return names;
	}

	/**
	 * All groups without their members.
	 * @param pbxId only those of that PBX, {@code null} for all
	 */
	@Transactional(readOnly = true)
	List<GroupRows.Head> heads(@Nullable Long pbxId) {
		return this.rows.heads(pbxId);
	}

	/** What names each group of a PBX; a group that nothing names is missing. */
	@Transactional(readOnly = true)
	SortedMap<String, GroupUsage> usage(long pbxId) {
		return usage(List.of(pbxId)).getOrDefault(pbxId, new TreeMap<>());
	}

	/** The same of several PBXs at once, by PBX. */
	@Transactional(readOnly = true)
	Map<Long, SortedMap<String, GroupUsage>> usage(Collection<Long> pbxIds) {
		var exemptions = this.restrictions.exemptionsOn(pbxIds)
			.stream()
			.filter((exemption) -> exemption.extension().startsWith(ExtensionGroup.PREFIX))
			.collect(Collectors.groupingBy(GrantedExemption::pbxId,
					Collectors.groupingBy(
							(exemption) -> exemption.extension().substring(ExtensionGroup.PREFIX.length()),
							Collectors.summingInt((exemption) -> 1))));
		var routes = new HashMap<Long, SortedMap<String, List<GroupUse>>>();
		this.uses.forEach((source) -> routes.putAll(source.routes(pbxIds)));
		var usage = new HashMap<Long, SortedMap<String, GroupUsage>>();
		pbxIds.forEach((pbxId) -> usage.put(pbxId,
				usage(routes.getOrDefault(pbxId, new TreeMap<>()), exemptions.getOrDefault(pbxId, Map.of()))));
		return usage;
	}

	private static SortedMap<String, GroupUsage> usage(Map<String, List<GroupUse>> routes,
			Map<String, Integer> exemptions) {
		var keys = new TreeSet<>(routes.keySet());
		keys.addAll(exemptions.keySet());
		var usage = new TreeMap<String, GroupUsage>();
		keys.forEach((key) -> usage.put(key,
				new GroupUsage(routes.getOrDefault(key, List.of()), exemptions.getOrDefault(key, 0))));
		return usage;
	}

	/**
	 * Makes a group.
	 * @param members as typed, see {@link Members}
	 */
	public GroupChange create(long pbxId, String name, String members) {
		var pbx = this.registry.find(pbxId).orElse(null);
		if (pbx == null) {
			return new Gone();
		}
		this.registry.hold(pbxId);
		var wanted = Members.read(members, numbers(pbxId));
		var refused = refused(pbx, null, name.strip(), wanted);
		if (refused != null) {
			return refused;
		}
		var group = new ExtensionGroup(name.strip(), wanted.numbers());
		var row = this.rows.saveAndFlush(new GroupRow(pbxId, StableKey.make(), group));
		note(pbx, "group.added", row, null, GroupWords.of(group, pbx.name(), names(pbxId)));
		return new Changed(row.getGroupKey());
	}

	/**
	 * Gives a group another name and other members.
	 * @param members as typed, see {@link Members}. Those that the PBX does not have any
	 * more may stay
	 */
	public GroupChange save(long pbxId, String key, String name, String members) {
		return save(pbxId, key, name, members, null);
	}

	/**
	 * The same for somebody who saw it.
	 * @param seen the fingerprint of what they saw, {@code null} when it does not matter
	 */
	GroupChange save(long pbxId, String key, String name, String members, @Nullable String seen) {
		this.registry.hold(pbxId);
		var pbx = this.registry.find(pbxId).orElse(null);
		var row = this.rows.lock(pbxId, key).orElse(null);
		if (pbx == null || row == null) {
			return new Gone();
		}
		var before = row.toGroup();
		var allowed = numbers(pbxId);
		allowed.addAll(before.members());
		var wanted = Members.read(members, allowed);
		var refused = refused(pbx, row, name.strip(), wanted);
		if (refused != null) {
			return refused;
		}
		var after = new ExtensionGroup(name.strip(), wanted.numbers());
		if (seen != null && !seen.equals(before.fingerprint()) && !after.equals(before)) {
			return new ChangedMeanwhile(before);
		}
		return become(pbx, row, "group.changed", after);
	}

	private GroupChange become(Pbx pbx, GroupRow row, String action, ExtensionGroup wanted) {
		var before = row.toGroup();
		if (before.equals(wanted)) {
			return new Unchanged();
		}
		row.become(wanted.name(), wanted.members());
		this.rows.saveAndFlush(row);
		var names = names(pbx.id());
		note(pbx, action, row, GroupWords.change(before, wanted, false, pbx.name(), names),
				GroupWords.change(wanted, before, true, pbx.name(), names));
		return new Changed(row.getGroupKey());
	}

	private GroupChange.@Nullable Refused refused(Pbx pbx, @Nullable GroupRow self, String name, Members members) {
		if (!NAME.matcher(name).matches()) {
			return new NoName();
		}
		if (isTaken(pbx.id(), self, name)) {
			return new NameTaken(name);
		}
		return members.unknown().isEmpty() ? null : new UnknownNumbers(members.unknown(), pbx.name());
	}

	private boolean isTaken(long pbxId, @Nullable GroupRow self, String name) {
		return this.rows.findByPbxId(pbxId)
			.stream()
			.filter((row) -> self == null || !row.getGroupKey().equals(self.getGroupKey()))
			.anyMatch((row) -> row.getName().equalsIgnoreCase(name));
	}

	/** Takes a group away, unless something names it. */
	public GroupChange delete(long pbxId, String key) {
		this.registry.hold(pbxId);
		var pbx = this.registry.find(pbxId).orElse(null);
		var row = this.rows.findByPbxIdAndGroupKey(pbxId, key).orElse(null);
		if (pbx == null || row == null) {
			return new Gone();
		}
		var usage = usage(pbxId).get(key);
		if (usage != null) {
			return new InUse(row.getName(), usage.routes().stream().map(GroupUse::name).toList(), usage.exemptions());
		}
		var before = GroupWords.of(row.toGroup(), pbx.name(), names(pbxId));
		this.rows.delete(row);
		this.rows.flush();
		note(pbx, "group.deleted", row, before, null);
		return new Changed(key);
	}

	/**
	 * Gives those groups the names and members that they had, and makes again those that
	 * are gone. Other groups stay; one whose name is needed gets another one.
	 */
	public void restore(long pbxId, SortedMap<String, ExtensionGroup> groups) {
		this.registry.hold(pbxId);
		var pbx = this.registry.find(pbxId).orElseThrow();
		groups.forEach((key, group) -> makeWay(pbx, key, group.name(), groups.keySet()));
		groups.forEach((key, group) -> {
			var row = this.rows.findByPbxIdAndGroupKey(pbxId, key).orElse(null);
			if (row != null) {
				become(pbx, row, "group.restored", group);
			}
			else {
				row = this.rows.saveAndFlush(new GroupRow(pbxId, key, group));
				note(pbx, "group.restored", row, null, GroupWords.of(group, pbx.name(), names(pbxId)));
			}
		});
	}

	/** Groups that are restored too get their own name back after that. */
	private void makeWay(Pbx pbx, String key, String name, Set<String> restored) {
		var all = this.rows.findByPbxId(pbx.id());
		var taken = all.stream().map((row) -> row.getName().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
		all.stream()
			.filter((row) -> row.getName().equalsIgnoreCase(name) && !row.getGroupKey().equals(key))
			.forEach((row) -> {
				var before = row.toGroup();
				row.rename(another(name, taken));
				this.rows.saveAndFlush(row);
				if (!restored.contains(row.getGroupKey())) {
					note(pbx, "group.changed", row, before.name(), row.getName());
				}
			});
	}

	private static String another(String name, Set<String> taken) {
		return IntStream.iterate(2, (number) -> number + 1)
			.mapToObj((number) -> " (" + number + ")")
			.map((end) -> name.substring(0, Math.min(name.length(), NAME_LENGTH - end.length())) + end)
			.filter((candidate) -> !taken.contains(candidate.toLowerCase(Locale.ROOT)))
			.findFirst()
			.orElseThrow();
	}

	private SortedSet<String> numbers(long pbxId) {
		return new TreeSet<>(this.extensions.restrictions(pbxId).keySet());
	}

	private SortedMap<String, String> names(long pbxId) {
		return this.extensions.names(pbxId);
	}

	private void note(Pbx pbx, String action, GroupRow row, @Nullable String before, @Nullable String after) {
		this.registry.touch(pbx.id());
		this.audit.record(action, AuditObject.of("group", row.getGroupKey(), row.getName()).on(pbx.id()), before,
				after);
	}

	/** A group while its members are read. */
	private record Draft(String name, SortedSet<String> members) {

		void add(@Nullable String number) {
			if (number != null) {
				this.members.add(number);
			}
		}

	}

}
