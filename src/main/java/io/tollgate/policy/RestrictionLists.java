package io.tollgate.policy;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.numbering.CountryNames;
import io.tollgate.numbering.RestrictionPreset;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.RestrictionChange.Changed;
import io.tollgate.policy.RestrictionChange.EndIsPast;
import io.tollgate.policy.RestrictionChange.Gone;
import io.tollgate.policy.RestrictionChange.NoExtension;
import io.tollgate.policy.RestrictionChange.NotRestricted;
import io.tollgate.policy.RestrictionChange.PresetIsHome;
import io.tollgate.policy.RestrictionChange.Refused;
import io.tollgate.policy.RestrictionChange.TooMany;
import io.tollgate.policy.RestrictionChange.Unchanged;
import io.tollgate.policy.RestrictionChange.UnknownExtension;
import io.tollgate.policy.RestrictionChange.UnknownGroup;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The numbers that nobody may dial, for each policy, and the extensions of each PBX that
 * may. Every change holds the row of the policy for its transaction; one that changes
 * something raises the revision of the policy, or for exemptions of the PBX, by one and
 * leaves one audit event.
 */
@Service
public class RestrictionLists {

	/** More than any list in use; what a PBX is written with one apply stays small. */
	static final int MOST_ENTRIES = 2000;

	private static final int LABEL_LENGTH = 80;

	private final StoredRestrictions stored;

	private final StoredExemptions exemptions;

	private final StoredPolicies policies;

	private final PbxRegistry pbxs;

	private final PolicyScope scope;

	private final ObjectProvider<ExtensionNumbers> extensions;

	private final AuditTrail trail;

	private final Clock clock;

	RestrictionLists(StoredRestrictions stored, StoredExemptions exemptions, StoredPolicies policies, PbxRegistry pbxs,
			PolicyScope scope, ObjectProvider<ExtensionNumbers> extensions, AuditTrail trail, Clock clock) {
		this.stored = stored;
		this.exemptions = exemptions;
		this.policies = policies;
		this.pbxs = pbxs;
		this.scope = scope;
		this.extensions = extensions;
		this.trail = trail;
		this.clock = clock;
	}

	/**
	 * What a PBX has to know: the entries of that policy, and the exemptions of that PBX
	 * from them, one for each entry. Two queries.
	 */
	@Transactional(readOnly = true)
	public NumberRestrictions of(long policyId, long pbxId) {
		return restrictions(list(policyId), granted(List.of(pbxId)));
	}

	/** The same of several PBXs at once, by PBX. Two queries. */
	@Transactional(readOnly = true)
	public Map<Long, NumberRestrictions> of(Collection<Pbx> pbxs) {
		var lists = this.stored.findByPolicyIdInOrderByEntry(pbxs.stream().map(Pbx::policyId).distinct().toList())
			.stream()
			.collect(Collectors.groupingBy(StoredRestriction::policyId,
					Collectors.mapping(StoredRestriction::restriction, Collectors.toList())));
		var granted = granted(pbxs.stream().map(Pbx::id).toList()).stream()
			.collect(Collectors.groupingBy(GrantedExemption::pbxId));
		var restrictions = new HashMap<Long, NumberRestrictions>();
		for (var pbx : pbxs) {
			restrictions.put(pbx.id(), restrictions(lists.getOrDefault(pbx.policyId(), List.of()),
					granted.getOrDefault(pbx.id(), List.of())));
		}
		return restrictions;
	}

	private static NumberRestrictions restrictions(List<Restriction> restrictions, List<GrantedExemption> all) {
		var found = new TreeMap<Place, Exemption>();
		for (GrantedExemption granted : all) {
			for (String entry : entries(granted, restrictions)) {
				found.merge(new Place(granted.extension(), entry),
						new Exemption(granted.extension(), entry, granted.until()), RestrictionLists::longer);
			}
		}
		return new NumberRestrictions(entries(restrictions), List.copyOf(found.values()));
	}

	/** Of two exemptions from one entry the one that lasts longer. */
	private static Exemption longer(Exemption one, Exemption other) {
		if (one.until() == null || other.until() == null) {
			return (one.until() == null) ? one : other;
		}
		return one.until().isBefore(other.until()) ? other : one;
	}

	/** The restricted entries that an exemption is for. */
	public static SortedSet<String> entries(GrantedExemption granted, Collection<Restriction> restrictions) {
		var preset = granted.preset();
		return restrictions.stream()
			.filter((restriction) -> (preset != null) ? restriction.preset() == preset
					: restriction.entry().equals(granted.target()))
			.map(Restriction::entry)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static SortedSet<String> entries(Collection<Restriction> restrictions) {
		return restrictions.stream().map(Restriction::entry).collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * The entries of a policy with where they come from, in the order of their digits. An
	 * entry is here twice when it is an own one and one of a preset.
	 */
	@Transactional(readOnly = true)
	public List<Restriction> list(long policyId) {
		return this.stored.findByPolicyIdOrderByEntry(policyId).stream().map(StoredRestriction::restriction).toList();
	}

	/** The exemptions on the PBXs of a policy, as they were granted. */
	@Transactional(readOnly = true)
	public List<GrantedExemption> exemptions(long policyId) {
		return granted(this.pbxs.ofPolicy(policyId).stream().map(Pbx::id).toList());
	}

	/** The exemptions on one PBX, as they were granted. */
	@Transactional(readOnly = true)
	public List<GrantedExemption> exemptionsOn(long pbxId) {
		return granted(List.of(pbxId));
	}

	/** The exemptions on several PBXs. */
	@Transactional(readOnly = true)
	public List<GrantedExemption> exemptionsOn(Collection<Long> pbxIds) {
		return granted(List.copyOf(pbxIds));
	}

	/** The names of the groups of those PBXs by key, by PBX. */
	public Map<Long, SortedMap<String, String>> groups(Collection<Long> pbxIds) {
		var groups = new HashMap<Long, SortedMap<String, String>>();
		this.extensions.forEach((source) -> groups.putAll(source.groups(pbxIds)));
		return groups;
	}

	/** The names of a PBX's groups of extensions by key. */
	public SortedMap<String, String> groups(long pbxId) {
		var groups = new TreeMap<String, String>();
		this.extensions.forEach((source) -> groups.putAll(source.groups(pbxId)));
		return groups;
	}

	private List<GrantedExemption> granted(List<Long> pbxIds) {
		return this.exemptions.findByPbxIdInOrderByExtensionAscTargetAsc(pbxIds)
			.stream()
			.map(RestrictionLists::granted)
			.toList();
	}

	private static GrantedExemption granted(StoredExemption row) {
		return new GrantedExemption(row.id(), row.pbxId(), row.extension(), row.target(), row.endsAt());
	}

	/**
	 * Adds own entries. Those that are there already keep their labels.
	 * @param own labels by entry
	 */
	@Transactional
	public RestrictionChange add(long policyId, Map<String, String> own) {
		return change(policyId, "policy.restrictions.added", (rules, before) -> {
			var after = new LinkedHashMap<>(before);
			own.forEach((entry, label) -> put(after, entry, null, label));
			return new Wish(after, own.keySet());
		});
	}

	/**
	 * Has exactly these own entries; presets stay as they are.
	 * @param own labels by entry
	 */
	@Transactional
	public RestrictionChange replace(long policyId, Map<String, String> own) {
		return change(policyId, "policy.restrictions.replaced", (rules, before) -> {
			var after = new LinkedHashMap<>(before);
			after.keySet().removeIf((key) -> key.preset() == null && !own.containsKey(key.entry()));
			own.forEach((entry, label) -> put(after, entry, null, label));
			return new Wish(after, own.keySet());
		});
	}

	/**
	 * Has exactly these own entries with these notes, and exactly these presets on, in
	 * one event. A preset that is on already stays as it is.
	 * @param own notes by entry
	 */
	@Transactional
	public RestrictionChange set(long policyId, Map<String, String> own, Set<RestrictionPreset> on) {
		return change(policyId, "policy.restrictions.changed", (rules, before) -> {
			var after = new LinkedHashMap<>(before);
			after.keySet().removeIf((key) -> key.preset() == null || !on.contains(key.preset()));
			own.forEach((entry, label) -> put(after, entry, null, label));
			for (var preset : on) {
				var entries = entries(preset, rules);
				if (after.keySet().stream().noneMatch((key) -> key.preset() == preset)) {
					if (entries.isEmpty()) {
						return new Wish(before, Set.of(),
								new PresetIsHome(CountryNames.name(rules.homeCountry(), Locale.ENGLISH)));
					}
					entries.forEach((entry) -> put(after, entry, preset, ""));
				}
			}
			return new Wish(after, own.keySet());
		});
	}

	/** Removes own entries. Those of presets stay until their preset is switched off. */
	@Transactional
	public RestrictionChange remove(long policyId, Set<String> entries) {
		return change(policyId, "policy.restrictions.removed", (rules, before) -> {
			var after = new LinkedHashMap<>(before);
			after.keySet().removeIf((key) -> key.preset() == null && entries.contains(key.entry()));
			return new Wish(after, Set.of());
		});
	}

	/**
	 * Switches a preset. What of it is the home country of the policy itself stays out.
	 */
	@Transactional
	public RestrictionChange setPreset(long policyId, RestrictionPreset preset, boolean on) {
		return change(policyId, on ? "policy.restrictions.preset.on" : "policy.restrictions.preset.off",
				(rules, before) -> {
					var after = new LinkedHashMap<>(before);
					after.keySet().removeIf((key) -> key.preset() == preset);
					var entries = entries(preset, rules);
					if (on && entries.isEmpty()) {
						return new Wish(before, Set.of(),
								new PresetIsHome(CountryNames.name(rules.homeCountry(), Locale.ENGLISH)));
					}
					if (on) {
						entries.forEach((entry) -> put(after, entry, preset, ""));
					}
					return new Wish(after, Set.of());
				});
	}

	/** The entries of a preset that a policy can have. */
	static SortedSet<String> entries(RestrictionPreset preset, PolicyRules rules) {
		var entries = new TreeSet<>(preset.entries());
		entries.removeIf((entry) -> RestrictionEntry.refused(entry, rules) != null);
		return entries;
	}

	/**
	 * Restricts exactly those entries, in one event. Presets that are wholly among them
	 * are on afterwards, the rest are own entries.
	 */
	@Transactional
	public RestrictionChange restore(long policyId, SortedSet<String> entries) {
		return change(policyId, "policy.restrictions.restored", (rules, before) -> {
			var own = before.values()
				.stream()
				.filter((restriction) -> restriction.preset() == null && entries.contains(restriction.entry()))
				.toList();
			var after = new LinkedHashMap<Key, Restriction>();
			own.forEach((restriction) -> after.put(Key.of(restriction), restriction));
			var covered = new TreeSet<>(entries(own));
			for (var preset : RestrictionPreset.values()) {
				var whole = entries(preset, rules);
				boolean isOn = before.keySet().stream().anyMatch((key) -> key.preset() == preset);
				if (!whole.isEmpty() && entries.containsAll(whole) && (isOn || !covered.containsAll(whole))) {
					whole.forEach((entry) -> put(after, entry, preset, ""));
					covered.addAll(whole);
				}
			}
			entries.stream()
				.filter((entry) -> !covered.contains(entry))
				.forEach((entry) -> put(after, entry, null, ""));
			return new Wish(after, Set.of());
		});
	}

	private static void put(Map<Key, Restriction> restrictions, String entry, @Nullable RestrictionPreset preset,
			String label) {
		var plain = label.replaceAll("\\p{Cntrl}", " ").strip();
		restrictions.putIfAbsent(new Key(entry, preset),
				new Restriction(entry, preset, plain.substring(0, Math.min(plain.length(), LABEL_LENGTH)).strip()));
	}

	/** Carries out what the proposal wants, under the policy's lock. */
	private RestrictionChange change(long policyId, String action,
			BiFunction<PolicyRules, Map<Key, Restriction>, Wish> proposal) {
		this.scope.requireEditable(policyId);
		var policy = this.policies.lock(policyId).orElse(null);
		if (policy == null) {
			return new Gone();
		}
		var rules = policy.rules();
		var rows = this.stored.findByPolicyIdOrderByEntry(policyId);
		var before = new LinkedHashMap<Key, Restriction>();
		rows.forEach((row) -> before.put(Key.of(row.restriction()), row.restriction()));
		var wish = proposal.apply(rules, before);
		var refused = wish.refused(rules);
		if (refused != null) {
			return refused;
		}
		if (wish.after().equals(before)) {
			return new Unchanged();
		}
		this.stored.deleteAll(rows.stream().filter((row) -> !wish.after().containsValue(row.restriction())).toList());
		this.stored.flush();
		this.stored.saveAll(wish.after()
			.values()
			.stream()
			.filter((restriction) -> !before.containsValue(restriction))
			.map((restriction) -> new StoredRestriction(policyId, restriction))
			.toList());
		policy.touch();
		this.trail.record(action, AuditObject.of("policy", policyId, policy.name()),
				RestrictionWords.of(before.values(), wish.after().values()),
				RestrictionWords.of(wish.after().values(), before.values()));
		return new Changed(without(wish.after().values(), before.values()),
				without(before.values(), wish.after().values()));
	}

	private static SortedSet<String> without(Collection<Restriction> all, Collection<Restriction> others) {
		var rest = entries(all);
		rest.removeAll(entries(others));
		return rest;
	}

	/**
	 * Lets an extension dial what is restricted, or changes until when it may.
	 * @param extension its number, or {@code group:} and the key of a group
	 * @param target an entry that is restricted by the policy of that PBX, or the name of
	 * a preset that is on there
	 * @param until when that ends, {@code null} for never
	 */
	@Transactional
	public RestrictionChange exempt(long pbxId, String extension, String target, @Nullable Instant until) {
		var number = extension.strip();
		boolean group = number.startsWith(ExtensionNumbers.GROUP);
		if (!group && !number.matches("[A-Za-z0-9._-]{1,40}")) {
			return new NoExtension();
		}
		if (until != null && !until.isAfter(Instant.now(this.clock))) {
			return new EndIsPast();
		}
		var pbx = locked(pbxId);
		if (pbx == null) {
			return new Gone();
		}
		var groups = groups(pbxId);
		if (group ? !groups.containsKey(number.substring(ExtensionNumbers.GROUP.length())) : !isThere(number, pbxId)) {
			return group ? new UnknownGroup() : new UnknownExtension(number, pbx.name());
		}
		var wanted = new GrantedExemption(0, pbxId, number, target, truncated(until));
		if (entries(wanted, list(pbx.policyId())).isEmpty()) {
			return new NotRestricted();
		}
		var row = this.exemptions.findByPbxIdInOrderByExtensionAscTargetAsc(List.of(pbxId))
			.stream()
			.filter((candidate) -> candidate.extension().equals(number) && candidate.target().equals(target))
			.findFirst()
			.orElse(null);
		if (row != null && Objects.equals(row.endsAt(), wanted.until())) {
			return new Unchanged();
		}
		var before = (row != null) ? RestrictionWords.of(granted(row), groups) : null;
		save(row, wanted);
		return touched(pbx, "pbx.restriction.exempted", before, RestrictionWords.of(wanted, groups));
	}

	/** A PBX whose extensions were never read may have any. */
	private boolean isThere(String number, long pbxId) {
		return this.extensions.stream()
			.map((source) -> source.numbers(pbxId))
			.allMatch((numbers) -> numbers.isEmpty() || numbers.contains(number));
	}

	private void save(@Nullable StoredExemption row, GrantedExemption wanted) {
		if (row != null) {
			row.endAt(wanted.until());
		}
		else {
			this.exemptions
				.save(new StoredExemption(wanted.pbxId(), wanted.extension(), wanted.target(), wanted.until()));
		}
	}

	/** Databases keep microseconds: what is read back has to equal what was written. */
	private static @Nullable Instant truncated(@Nullable Instant until) {
		return (until != null) ? until.truncatedTo(ChronoUnit.SECONDS) : null;
	}

	/** Ends an exemption, whether its time is over or not. */
	@Transactional
	public RestrictionChange removeExemption(long id) {
		var row = this.exemptions.findById(id).orElse(null);
		var pbx = (row != null) ? locked(row.pbxId()) : null;
		if (row == null || pbx == null) {
			return new Gone();
		}
		this.exemptions.delete(row);
		return touched(pbx, "pbx.restriction.exemption.removed", RestrictionWords.of(granted(row), groups(pbx.id())),
				null);
	}

	/**
	 * Has exactly those exemptions on a PBX, in one event. The entries that they are for
	 * have to be restricted already. One for a whole preset stays as it is when every
	 * entry of it is among them.
	 */
	@Transactional
	public RestrictionChange restoreExemptions(long pbxId, List<Exemption> wanted) {
		var pbx = locked(pbxId);
		if (pbx == null) {
			return new Gone();
		}
		if (Set.copyOf(of(pbx.policyId(), pbxId).exemptions()).equals(Set.copyOf(wanted))) {
			return new Unchanged();
		}
		var restrictions = list(pbx.policyId());
		var missing = new LinkedHashSet<>(wanted);
		var stale = new ArrayList<StoredExemption>();
		var rows = this.exemptions.findByPbxIdInOrderByExtensionAscTargetAsc(List.of(pbxId));
		for (StoredExemption row : rows) {
			var own = expanded(granted(row), restrictions);
			if (own.isEmpty() || !missing.containsAll(own)) {
				stale.add(row);
			}
			else {
				missing.removeAll(own);
			}
		}
		return restored(pbx, rows, stale, missing);
	}

	private RestrictionChange restored(Pbx pbx, List<StoredExemption> rows, List<StoredExemption> stale,
			Set<Exemption> missing) {
		var groups = groups(pbx.id());
		var before = RestrictionWords.all(rows.stream().map(RestrictionLists::granted).toList(), groups);
		this.exemptions.deleteAll(stale);
		this.exemptions.flush();
		this.exemptions.saveAll(rows(pbx, missing));
		this.exemptions.flush();
		return touched(pbx, "pbx.restriction.exemptions.restored", before,
				RestrictionWords.all(granted(List.of(pbx.id())), groups));
	}

	/** Whole presets where all of one is there, else one for each entry. */
	private List<StoredExemption> rows(Pbx pbx, Set<Exemption> exemptions) {
		var restrictions = list(pbx.policyId());
		var left = new LinkedHashSet<>(exemptions);
		var rows = new ArrayList<StoredExemption>();
		for (Exemption one : exemptions) {
			for (RestrictionPreset preset : RestrictionPreset.values()) {
				var whole = expanded(new GrantedExemption(0, pbx.id(), one.endpoint(), preset.name(), one.until()),
						restrictions);
				if (whole.contains(one) && left.containsAll(whole)) {
					left.removeAll(whole);
					rows.add(new StoredExemption(pbx.id(), one.endpoint(), preset.name(), one.until()));
				}
			}
		}
		left.forEach((one) -> rows.add(new StoredExemption(pbx.id(), one.endpoint(), one.entry(), one.until())));
		return rows;
	}

	private static Set<Exemption> expanded(GrantedExemption granted, Collection<Restriction> restrictions) {
		return entries(granted, restrictions).stream()
			.map((entry) -> new Exemption(granted.extension(), entry, granted.until()))
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private RestrictionChange touched(Pbx pbx, String action, @Nullable String before, @Nullable String after) {
		this.exemptions.flush();
		this.pbxs.touch(pbx.id());
		this.trail.record(action, AuditObject.of("pbx", pbx.id(), pbx.name()), before, after);
		return new Changed(new TreeSet<>(), new TreeSet<>());
	}

	/** The PBX, with the lock of its policy held. */
	private @Nullable Pbx locked(long pbxId) {
		var pbx = this.pbxs.find(pbxId).orElse(null);
		if (pbx != null) {
			this.policies.lock(pbx.policyId());
		}
		return pbx;
	}

	/** Where an exemption holds. */
	private record Place(String endpoint, String entry) implements Comparable<Place> {

		@Override
		public int compareTo(Place other) {
			return Comparator.comparing(Place::endpoint).thenComparing(Place::entry).compare(this, other);
		}

	}

	/** What there is one of. */
	private record Key(String entry, @Nullable RestrictionPreset preset) {

		static Key of(Restriction restriction) {
			return new Key(restriction.entry(), restriction.preset());
		}

	}

	/**
	 * What a change wants.
	 *
	 * @param after all restrictions then
	 * @param typed the entries that somebody typed, and that may be refused
	 * @param objection what stands against it anyway, {@code null} for nothing
	 */
	private record Wish(Map<Key, Restriction> after, Set<String> typed, @Nullable Refused objection) {

		Wish(Map<Key, Restriction> after, Set<String> typed) {
			this(after, typed, null);
		}

		@Nullable Refused refused(PolicyRules rules) {
			if (this.objection != null) {
				return this.objection;
			}
			for (String entry : this.typed) {
				var refused = RestrictionEntry.refused(entry, rules);
				if (refused != null) {
					return refused;
				}
			}
			return (this.after.size() > MOST_ENTRIES) ? new TooMany(MOST_ENTRIES) : null;
		}

	}

}
